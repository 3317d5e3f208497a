import { JsonObject } from '../json';
import { OLDEST_KUBERNETES, minorOf } from '../versions';
import { apiFault } from './apis';
import { SchemaFault } from './fault';
import { Fit, fits } from './fits';
import { ObjectShape, Shapes } from './shapes';
import { Span, holds, kinds } from './table';
import { Walk } from './walk';

/** The oldest minor version whose schema is known. */
export const OLDEST_SCHEMA = minorOf(OLDEST_KUBERNETES)!;

/** The shapes of the versions that were asked for. */
const SHAPES = new Map<number, Shapes>();

/**
 * What the API server of a minor version would refuse in a manifest under strict validation, by its schema alone,
 * and what it would warn of. Custom resources have none: their schemas are not known. The manifest is not changed.
 */
export function validate(manifest: JsonObject, minor: number): SchemaFault[] {
  const { apiVersion, kind } = manifest;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  // The reader takes lists apart, and each object in one is judged by itself.
  if (apiVersion === 'v1' && kind === 'List') return [];
  const { shape, fault } = kindAt(apiVersion, kind, minor);
  const faults = fault ? [fault] : [];
  if (shape && fits(manifest, shape) === Fit.NOT) new Walk(faults, minor).object(manifest, shape);
  return faults;
}

/** Whether there is nothing to say of a manifest, and null nowhere in it: it has every type that it should have. */
export function isPlain(manifest: JsonObject, minor: number): boolean {
  const { apiVersion, kind } = manifest;
  if (minor < OLDEST_SCHEMA || typeof apiVersion !== 'string' || typeof kind !== 'string') return false;
  const { shape, fault } = kindAt(apiVersion, kind, minor);
  return !fault && shape !== undefined && fits(manifest, shape) === Fit.WHOLE;
}

/** What a kind must look like, and what is to be said of it at all. */
interface Kind {
  readonly shape?: ObjectShape;
  readonly fault?: SchemaFault;
}

/** The kinds of Kubernetes' own that were asked for, by where their versions stand in the table. */
const KINDS = new WeakMap<readonly Span[], Map<number, Kind>>();

function kindAt(apiVersion: string, kind: string, minor: number): Kind {
  const spans = kinds().get(apiVersion)?.get(kind);
  const known = spans && KINDS.get(spans)?.get(minor);
  if (known) return known;
  const shape = spans?.some(span => holds(span, minor)) ? shapeOf(apiVersion, kind, minor) : undefined;
  const found = { shape, fault: apiFault(apiVersion, shape ? kind : kind.replace(/List$/, ''), minor) };
  // Anybody may write any kind: of others nothing is kept.
  if (spans) KINDS.set(spans, (KINDS.get(spans) ?? new Map<number, Kind>()).set(minor, found));
  return found;
}

function shapeOf(apiVersion: string, kind: string, minor: number): ObjectShape {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return shapesOf(minor).type(`${group.replace(/\..*$/, '')}.${version}.${kind}`);
}

function shapesOf(minor: number): Shapes {
  let shapes = SHAPES.get(minor);
  if (!shapes) SHAPES.set(minor, shapes = new Shapes(minor));
  return shapes;
}
