import { Json, JsonObject, equal, isObject } from '../../kube/json';

/** A change of one field. */
export interface Change {
  /** The field path from the root of the manifest, places in lists counted as they were before. */
  readonly field: string;
  /** What was done, as a clause: `set to false`. */
  readonly what: string;
}

/** What differs between two values, field by field; what was added is shown as one. */
export function changesBetween(before: Json | undefined, after: Json | undefined, field = ''): Change[] {
  if (equal(before, after)) return [];
  if (isObject(after) && (isObject(before) || before === undefined) && Object.keys(after).length) {
    const was = before ?? {};
    return Object.keys({ ...was, ...after }).flatMap(key => changesBetween(was[key], after[key], joined(field, key)));
  }
  const [old, now] = [before ?? [], after];
  if (Array.isArray(old) && Array.isArray(now) && old.every(isNamed) && now.every(isNamed)) return changedItems(old, now, field);
  if (after === undefined) return [{ field, what: `removed (it was ${shown(before!)})` }];
  return [{ field, what: `set to ${shown(after)}${before === undefined ? '' : ` (it was ${shown(before)})`}` }];
}

type Named = JsonObject & ({ readonly name: string } | { readonly mountPath: string });

/** Containers, volumes, variables and mounts are known by their names, whatever their places. */
function changedItems(before: readonly Named[], after: readonly Named[], field: string): Change[] {
  const known = new Map(before.map((item, index) => [identity(item), { item, index }]));
  return after.flatMap(item => {
    const old = known.get(identity(item));
    if (old) return changesBetween(old.item, item, `${field}[${old.index}]`);
    return [{ field, what: `added ${shown(item)}` }];
  });
}

function isNamed(item: Json): item is Named {
  return isObject(item) && (typeof item.mountPath === 'string' || typeof item.name === 'string');
}

function identity({ mountPath, name, containerPort, protocol }: Named): string {
  return JSON.stringify([mountPath ?? name, containerPort, protocol]);
}

function joined(field: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${field}[${key}]`;
  return field === '' ? key : `${field}.${key}`;
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
