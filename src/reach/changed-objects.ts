import { isObject, Json } from '../kube/json';
import { ReadObject } from '../kube/reading/read';
import { Direction, DIRECTIONS } from './policy';
import { namespaceOf } from './world';

/** An object that is not the same before and after; absent where it is not there. */
export interface ChangedObject {
  readonly before?: ReadObject;
  readonly after?: ReadObject;
}

/** The objects that differ, whatever their order. */
export function changedObjects(before: readonly ReadObject[], after: readonly ReadObject[]): ChangedObject[] {
  const changed: ChangedObject[] = [];
  const rest: ReadObject[] = [];
  const old: ReadObject[] = [];
  for (let i = 0; i < Math.max(before.length, after.length); i++) {
    const [a, b] = [before[i], after[i]];
    // Mostly what was at a place is there still, so that nothing has to be looked up.
    if (a && b && isSameName(a, b)) {
      if (!isSameObject(a, b)) changed.push({ before: a, after: b });
      continue;
    }
    if (a) old.push(a);
    if (b) rest.push(b);
  }
  const byName = new Map(old.map(object => [nameOf(object), object]));
  for (const object of rest) {
    const name = nameOf(object);
    const its = byName.get(name);
    byName.delete(name);
    if (!its || !isSameObject(its, object)) changed.push({ before: its, after: object });
  }
  return [...changed, ...[...byName.values()].map(object => ({ before: object }))];
}

/** The directions in which a NetworkPolicy may say another thing than before. */
export function changedDirections({ before, after }: ChangedObject): readonly Direction[] {
  const [old, its] = [before?.manifest.spec, after?.manifest.spec];
  if (!isObject(old) || !isObject(its) || !isSame(old.podSelector, its.podSelector) || !isSame(old.policyTypes, its.policyTypes)) return DIRECTIONS;
  // Without policyTypes the rules themselves say which directions count.
  if (!Array.isArray(its.policyTypes) || !its.policyTypes.length) return DIRECTIONS;
  return DIRECTIONS.filter(direction => !isSame(old[direction], its[direction]));
}

function isSameName({ manifest: a, source }: ReadObject, { manifest: b, source: other }: ReadObject): boolean {
  return a.kind === b.kind && a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace
    && a.apiVersion === b.apiVersion && source.path === other.path;
}

function nameOf(object: ReadObject): string {
  const { apiVersion, kind, metadata } = object.manifest;
  return `${apiVersion}/${kind}/${namespaceOf(object)}/${String(metadata.name)}`;
}

function isSameObject(a: ReadObject, b: ReadObject): boolean {
  return (a.source.text !== undefined && a.source.text === b.source.text) || isSame(a.manifest, b.manifest);
}

/** Equality by content. Most objects are the same, so it is made for that. */
function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!isSame(a[i], b[i])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  let count = 0;
  for (const key in a) {
    if (a[key] === undefined) continue;
    if (!isSame(a[key], b[key])) return false;
    count++;
  }
  for (const key in b) if (b[key] !== undefined) count--;
  return count === 0;
}
