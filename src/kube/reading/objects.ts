import { isObject, Json, JsonObject } from '../json';
import { Manifest } from '../pod-spec';

/** An object within a document, and the way to it: `''`, or `items[2]` in a List. */
export interface Item {
  readonly manifest: Manifest;
  readonly path: string;
}

/** What is wrong with an item, by its path. */
export interface Flaw {
  readonly path: string;
  readonly message: string;
}

/** What the apiVersion of a kind is where an object says none. */
export type Versions = { readonly [kind: string]: string };

/** What is known of an item besides what it says. */
interface Around {
  readonly list?: JsonObject;
  readonly versions: Versions;
}

/** The objects of a value, those of Lists (of Lists) included, and what stands where an object should. */
export function objectsOf(value: Json, versions: Versions = {}): { items: Item[]; flaws: Flaw[] } {
  // Of thousands of objects few are lists, or lack anything.
  if (isWhole(value)) return { items: [{ path: '', manifest: value }], flaws: [] };
  const items: Item[] = [];
  const flaws: Flaw[] = [];
  gather(value, '', { versions }, items, flaws);
  return { items, flaws };
}

function gather(value: Json, path: string, around: Around, items: Item[], flaws: Flaw[]): void {
  const where = path && `${path}: `;
  if (!isObject(value)) {
    flaws.push({ path, message: `${where}it is ${nounOf(value)}, not an object with apiVersion and kind. Write it as one.` });
    return;
  }
  const { apiVersion, kind } = withKindOfList(value, around);
  const wrong = [['apiVersion', apiVersion], ['kind', kind]].find(([, text]) => typeof text !== 'string' || text === '');
  if (wrong) {
    flaws.push({ path, message: `${where}${lacking(value, wrong[0] as string)}` });
  } else if (isList(value, kind as string)) {
    value.items.forEach((item, index) => gather(item, `${path && `${path}.`}items[${index}]`, { ...around, list: value }, items, flaws));
  } else if (value.metadata !== undefined && value.metadata !== null && !isObject(value.metadata)) {
    flaws.push({ path: `${path && `${path}.`}metadata`, message: `${where}metadata is ${nounOf(value.metadata)}, not a mapping. Write it as one, with a name.` });
  } else {
    // Rules rely on the three; the document's own value stays as it is.
    const whole = isObject(value.metadata) && value.kind === kind && value.apiVersion === apiVersion;
    items.push({ path, manifest: (whole ? value : { ...value, apiVersion, kind, metadata: value.metadata ?? {} }) as Manifest });
  }
}

function isWhole(value: Json): value is Json & Manifest {
  if (!isObject(value) || !isObject(value.metadata)) return false;
  const { apiVersion, kind } = value;
  return typeof apiVersion === 'string' && apiVersion !== '' && typeof kind === 'string' && kind !== '' && !kind.endsWith('List');
}

function isList(value: JsonObject, kind: string): value is JsonObject & { items: Json[] } {
  return kind.endsWith('List') && Array.isArray(value.items);
}

/** The items of a typed list (PodList) may leave out what the list says of them. */
function withKindOfList(value: JsonObject, { list, versions }: Around): JsonObject {
  const typed = list && typeof list.kind === 'string' && list.kind !== 'List' ? list : undefined;
  const kind = value.kind ?? (typed?.kind as string | undefined)?.replace(/List$/, '');
  const assumed = typeof kind === 'string' && Object.hasOwn(versions, kind) ? versions[kind] : undefined;
  return { apiVersion: value.apiVersion ?? typed?.apiVersion ?? assumed, kind };
}

function lacking(value: JsonObject, field: string): string {
  const found = value[field];
  if (found !== undefined && found !== null && found !== '') return `${field} is ${nounOf(found)}, not a string. Quote it.`;
  const near = Object.keys(value).find(key => key !== field && key.toLowerCase() === field.toLowerCase());
  if (near) return `it has no ${field}, but '${near}'. Did you mean '${field}'?`;
  return `it has no ${field}, so it is no object of Kubernetes. Write its ${field}, or leave the file out.`;
}

/** `a list`, as messages name a value. */
function nounOf(value: Json): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  const type = typeof value;
  return type === 'object' ? 'a mapping' : type === 'boolean' ? `${value} (true or false)` : `a ${type}`;
}
