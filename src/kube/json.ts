/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object; a missing key reads as undefined. */
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** Tells whether a value is a JSON object (neither null nor a list). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A deep copy, so that what is handed in is never changed. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value)) result[key] = copy(value[key]);
  return result as T;
}

/** The same value with the keys of every object in alphabetical order, undefined keys left out. */
export function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const key of inOrder(Object.keys(value))) {
    if (value[key] !== undefined) result[key] = sorted(value[key]);
  }
  return result as T;
}

/**
 * The same as `sorted`, for a value that nobody else holds: only objects whose keys are not in order are written anew.
 * No part of it may stand in two places.
 */
export function sortedInPlace<T>(value: T): T {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      if (typeof value[i] === 'object') value[i] = sortedInPlace(value[i]);
    }
    return value;
  }
  if (!isObject(value)) return value;
  let before = '';
  let isSorted = true;
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (typeof item === 'object') (value as JsonObject)[key] = sortedInPlace(item);
    isSorted &&= item !== undefined && before <= key;
    before = key;
  }
  if (isSorted) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value).sort()) {
    if (value[key] !== undefined) result[key] = value[key];
  }
  return result as T;
}

/** Sorts keys in place. Most objects have theirs in order already; to sort them all the same takes as long as the rest of a walk. */
export function inOrder(keys: string[]): string[] {
  for (let i = 1; i < keys.length; i++) if (keys[i - 1] > keys[i]) return keys.sort();
  return keys;
}

/** Equality by content; the order of keys does not matter, a missing key equals undefined. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  for (const key of Object.keys(a)) if (!equal(a[key], b[key])) return false;
  for (const key of Object.keys(b)) if (b[key] !== undefined && a[key] === undefined) return false;
  return true;
}

/** A copy without the keys whose value is undefined. */
export function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;
}
