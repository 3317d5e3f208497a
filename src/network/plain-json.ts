import { ApiObject, ApiObjectMetadataDefinition, App } from 'cdk8s';
import type { JsonObject } from '../kube/json';
import type { Manifest } from '../kube/pod-spec';

/** How many resolvers an app has that was given none. */
const BUILT_IN_RESOLVERS = new App().resolvers.length;

/** Whether nobody else has a say in what an object writes, by JSON patches or by resolvers of the app's own. */
export function isOursAlone(object: ApiObject): boolean {
  const { resolvers } = object.node.root as Partial<App>;
  const { patches } = object as unknown as { readonly patches?: readonly unknown[] };
  return resolvers?.length === BUILT_IN_RESOLVERS && patches?.length === 0;
}

/**
 * What an object whose spec is plain data writes, without asking cdk8s' resolvers about each value and then copying the
 * rest once more: half of what it costs to write a policy. Undefined where somebody else has a say in it: then the object's
 * own `toJson` is to be asked.
 *
 * @param spec keys in order; nobody else holds a part of it
 */
export function plainJson(object: ApiObject, spec: JsonObject): Manifest | undefined {
  if (!isOursAlone(object)) return undefined;
  const { apiVersion, kind } = object;
  return { apiVersion, kind, metadata: metadataJson(object.metadata), spec };
}

/** What metadata hold; cdk8s lets nobody read more of it than the name and the namespace. */
interface Held {
  readonly name?: unknown;
  readonly namespace?: unknown;
  readonly labels?: { readonly [key: string]: unknown };
  readonly annotations?: { readonly [key: string]: unknown };
  readonly finalizers?: readonly unknown[];
  readonly ownerReferences?: readonly unknown[];
  readonly apiObject?: unknown;
  /** What it was made with, and what was added to it under other names. */
  readonly _additionalAttributes?: object;
}

const HELD: ReadonlySet<string> = new Set<keyof Held>(
  ['name', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences', 'apiObject', '_additionalAttributes'],
);

/** What `metadata.toJson()` returns. Where there are but names, labels and annotations, all plain texts, it need not be asked. */
export function metadataJson(metadata: ApiObjectMetadataDefinition): JsonObject {
  return ofTexts(metadata as unknown as Held) ?? metadata.toJson() as JsonObject;
}

function ofTexts(held: Held): JsonObject | undefined {
  const { name, namespace, finalizers, ownerReferences, _additionalAttributes: others } = held;
  if (!areHeld(held) || !others || !areHeld(others) || finalizers?.length !== 0 || ownerReferences?.length !== 0) return undefined;
  const json: JsonObject = {};
  if (!write(json, 'annotations', held.annotations) || !write(json, 'labels', held.labels)) return undefined;
  for (const [key, value] of [['name', name], ['namespace', namespace]] as const) {
    if (value === undefined) continue;
    if (typeof value !== 'string') return undefined;
    json[key] = value;
  }
  return json;
}

function areHeld(value: object): boolean {
  for (const key in value) if (!HELD.has(key)) return false;
  return true;
}

/** Writes texts with their keys in order, nothing where there are none; false where one is no text. */
function write(json: JsonObject, name: string, texts: Held['labels']): boolean {
  if (!texts) return false;
  const keys = Object.keys(texts).sort();
  if (!keys.length) return true;
  const written: JsonObject = {};
  for (const key of keys) {
    const text = texts[key];
    if (typeof text !== 'string') return false;
    written[key] = text;
  }
  json[name] = written;
  return true;
}
