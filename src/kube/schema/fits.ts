import { JsonObject, isObject } from '../json';
import { SCALARS } from './scalars';
import { ObjectShape, Shape } from './shapes';

// Most manifests have no fault in their schema. Whether one has is told here, in half the time that it takes to tell which:
// test/kube/schema/fits.property.test.ts holds both to say the same.

/** What the API server makes of null in a list. */
export const EMPTY: Readonly<Record<string, unknown>> = { object: {}, enum: '' };

/** How an object fits its schema: not at all; with null somewhere, which counts as nothing; or whole. */
export enum Fit { NOT, WITH_NULLS, WHOLE }

const { NOT, WITH_NULLS, WHOLE } = Fit;

/** Whether the schema has nothing against an object. */
export function fits(value: JsonObject, shape: ObjectShape): Fit {
  const fit = fieldsFit(value, shape);
  if (fit === NOT) return NOT;
  for (const key of shape.required) {
    if (value[key] === undefined || value[key] === null) return NOT;
  }
  return fit;
}

function fieldsFit(value: JsonObject, { fields }: ObjectShape): Fit {
  let fit = WHOLE;
  for (const key of Object.keys(value)) {
    const inner = value[key];
    if (inner === undefined) continue;
    const field = fields.get(key);
    if (!field) return NOT;
    const its = valueFits(inner, field, false);
    if (its === NOT) return NOT;
    if (its === WITH_NULLS) fit = WITH_NULLS;
  }
  return fit;
}

/** The API server reads null as if nothing were written, in a list as an empty element. */
function valueFits(value: unknown, shape: Shape, isItem: boolean): Fit {
  if (value === null) return WITH_NULLS;
  switch (shape.is) {
    case 'scalar': return SCALARS[shape.letter].accepts(value) ? WHOLE : NOT;
    // An empty field is filled in; an empty element of a list is not.
    case 'enum': return (value === '' && !isItem) || (typeof value === 'string' && shape.values.includes(value)) ? WHOLE : NOT;
    case 'object': return isObject(value) ? fits(value, shape) : NOT;
    case 'list': return Array.isArray(value) ? itemsFit(value, shape.of) : NOT;
    case 'map': return isObject(value) ? entriesFit(value, shape.of) : NOT;
  }
}

function itemsFit(items: readonly unknown[], shape: Shape): Fit {
  let fit = WHOLE;
  for (const item of items) {
    const its = valueFits(item ?? EMPTY[shape.is] ?? null, shape, true);
    if (its === NOT) return NOT;
    if (its === WITH_NULLS || item === null || item === undefined) fit = WITH_NULLS;
  }
  return fit;
}

function entriesFit(map: JsonObject, shape: Shape): Fit {
  let fit = WHOLE;
  for (const key of Object.keys(map)) {
    const its = valueFits(map[key], shape, false);
    if (its === NOT) return NOT;
    if (its === WITH_NULLS) fit = WITH_NULLS;
  }
  return fit;
}
