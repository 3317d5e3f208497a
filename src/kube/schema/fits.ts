import { JsonObject, isObject } from '../json';
import { SCALARS } from './scalars';
import { ObjectShape, Shape } from './shapes';

// Most manifests have no fault in their schema. Whether one has is told here, in half the time that it takes to tell which:
// test/kube/schema/fits.property.test.ts holds both to say the same.

/** An object within a manifest of which it is known that its schema has nothing against it, but for some of its fields. */
export interface Known {
  readonly object: JsonObject;
  /** `core.v1.PodSpec` */
  readonly type: string;
  /** The fields of which nothing is known. */
  readonly except: readonly string[];
}

/** What the API server makes of null in a list. */
export const EMPTY: Readonly<Record<string, unknown>> = { object: {}, enum: '' };

/** Whether the schema has nothing against an object. */
export function fits(value: JsonObject, shape: ObjectShape, known?: Known): boolean {
  if (known?.object === value && known.type === shape.type) return fieldsFit(value, known.except, shape, known);
  if (!fieldsFit(value, Object.keys(value), shape, known)) return false;
  for (const key of shape.required) {
    if (value[key] === undefined || value[key] === null) return false;
  }
  return true;
}

function fieldsFit(value: JsonObject, keys: readonly string[], { fields }: ObjectShape, known: Known | undefined): boolean {
  for (const key of keys) {
    const inner = value[key];
    if (inner === undefined) continue;
    const field = fields.get(key);
    if (!field || !valueFits(inner, field, false, known)) return false;
  }
  return true;
}

/** The API server reads null as if nothing were written, in a list as an empty element. */
function valueFits(value: unknown, shape: Shape, isItem: boolean, known: Known | undefined): boolean {
  if (value === null) return true;
  switch (shape.is) {
    case 'scalar': return SCALARS[shape.letter].accepts(value);
    // An empty field is filled in; an empty element of a list is not.
    case 'enum': return (value === '' && !isItem) || (typeof value === 'string' && shape.values.includes(value));
    case 'object': return isObject(value) && fits(value, shape, known);
    case 'list': return Array.isArray(value) && itemsFit(value, shape.of, known);
    case 'map': return isObject(value) && entriesFit(value, shape.of, known);
  }
}

function itemsFit(items: readonly unknown[], shape: Shape, known: Known | undefined): boolean {
  for (const item of items) {
    if (!valueFits(item ?? EMPTY[shape.is] ?? null, shape, true, known)) return false;
  }
  return true;
}

function entriesFit(map: JsonObject, shape: Shape, known: Known | undefined): boolean {
  for (const key of Object.keys(map)) {
    if (!valueFits(map[key], shape, false, known)) return false;
  }
  return true;
}
