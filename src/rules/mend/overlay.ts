import { Json, JsonObject, equal, isObject } from '../../kube/json';

/**
 * Lays what changed between two values over a third, which is the first as somebody wrote it: with fields that mean
 * nothing (`resources: null`), and with keys in an order of its own. What did not change stays as it was written.
 */
export function overlay(written: Json | undefined, before: Json | undefined, after: Json | undefined): Json | undefined {
  if (equal(before, after)) return written;
  if (isObject(after)) return overlaidObject(isObject(written) ? written : {}, isObject(before) ? before : {}, after);
  if (Array.isArray(after) && Array.isArray(before) && Array.isArray(written) && written.length === before.length) {
    return overlaidList(written, before, after);
  }
  return after;
}

function overlaidObject(written: JsonObject, before: JsonObject, after: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const key of Object.keys({ ...written, ...after })) {
    const value = overlay(written[key], before[key], after[key]);
    if (value !== undefined && !(written[key] === undefined && isEmpty(value))) result[key] = value;
  }
  return result;
}

/** Items that were there before are found by their names; what mending adds may stand in front of them. */
function overlaidList(written: readonly Json[], before: readonly Json[], after: readonly Json[]): Json[] {
  const names = before.map(nameOf);
  return after.map((item, i) => {
    const name = nameOf(item);
    const index = before.length === after.length ? i : name === undefined ? -1 : names.indexOf(name);
    return index < 0 ? item : overlay(written[index], before[index], item) ?? item;
  });
}

function nameOf(item: Json): string | undefined {
  if (!isObject(item)) return undefined;
  return typeof item.mountPath === 'string' ? item.mountPath : typeof item.name === 'string' ? item.name : undefined;
}

/** A context that a remedy made, and then had nothing to put into. */
function isEmpty(value: Json): boolean {
  return isObject(value) && Object.values(value).every(item => item === undefined || isEmpty(item as Json));
}
