import { Json, isObject } from '../../kube/json';
import { overlay } from './overlay';

/**
 * The value of a document with other objects in it, by the ways that lead to them: `''`, or `items[2].items[0]` in Lists.
 * What mending has not changed stays as it is written there.
 */
export function withObjects(document: Json, wanted: ReadonlyMap<string, Json>, path = ''): Json {
  const object = wanted.get(path);
  if (object !== undefined) return overlaid(document, object);
  if (!isObject(document) || !Array.isArray(document.items)) return document;
  return { ...document, items: document.items.map((item, i) => withObjects(item, wanted, `${path && `${path}.`}items[${i}]`)) };
}

/** What an item of a typed list may leave out, reading has filled in; it is not written. */
function overlaid(written: Json, object: Json): Json {
  if (!isObject(written) || !isObject(object)) return object;
  const filledIn = { ...written, apiVersion: object.apiVersion, kind: object.kind, metadata: written.metadata ?? {} };
  return overlay(written, filledIn, object) ?? object;
}
