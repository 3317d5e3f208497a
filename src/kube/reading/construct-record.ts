import { basename, dirname } from 'node:path';
import { isObject } from '../json';
import { Manifest } from '../pod-spec';
import { Unreadable } from './problem';
import { ReadObject } from './read';

/** Our own record. No `.json`: kubectl and Argo CD would take it for a manifest. */
export const PATHS_FILE = 'construct-paths.jsonl';
/** What cdk8s itself writes where it is asked to. */
export const METADATA_FILE = 'construct-metadata.json';
/** The first line of our own. */
export const PATHS_HEADER = { constructPaths: 1 };

/** Which construct wrote which object. */
export interface ConstructRecord {
  /** The path of the construct; undefined where the record does not know it for certain. */
  constructOf(manifest: Manifest, file: string): string | undefined;
}

/** A line of our own record: one object, the label of its chart, and the construct. */
export interface ConstructPath {
  readonly chart: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly construct: string;
}

/** Two constructs that wrote the same object into one chart. */
const AMBIGUOUS = Symbol('ambiguous');

/** Reads our own record. What has another shape is no record; half of one would name wrong constructs. */
export function pathsRecord(text: string): ConstructRecord {
  const [header, ...lines] = text.split('\n').filter(line => line !== '').map(parsed);
  if (!isObject(header) || header.constructPaths !== PATHS_HEADER.constructPaths) throw noRecord(`it does not begin with ${JSON.stringify(PATHS_HEADER)}`);
  const byObject = new Map<string, Map<string, string | typeof AMBIGUOUS>>();
  for (const line of lines) {
    if (!isConstructPath(line)) throw noRecord('a line is no object with chart, apiVersion, kind, namespace, name and construct');
    const { chart, construct } = line;
    const key = keyOf(line.apiVersion, line.kind, line.namespace, line.name);
    const byChart = byObject.get(key) ?? new Map<string, string | typeof AMBIGUOUS>();
    byObject.set(key, byChart.set(chart, byChart.has(chart) && byChart.get(chart) !== construct ? AMBIGUOUS : construct));
  }
  return {
    constructOf: ({ apiVersion, kind, metadata: { namespace = null, name } }, file) => {
      const byChart = byObject.get(keyOf(apiVersion, kind, namespace, name));
      if (!byChart) return undefined;
      // The same object for several clusters: the file tells which chart wrote it.
      const labels = byChart.size === 1 ? [...byChart.keys()] : chartsOf(file).filter(label => byChart.has(label));
      const found = labels.length === 1 ? byChart.get(labels[0]) : undefined;
      return typeof found === 'string' ? found : undefined;
    },
  };
}

/**
 * Reads cdk8s's own record, which goes by the name of an object alone: of a Service and a Deployment with one name it
 * keeps the one that came last. So only a name that a single object has tells anything.
 */
export function metadataRecord(text: string, objectsAround: () => readonly ReadObject[]): ConstructRecord {
  const record = parsed(text);
  if (!isObject(record) || !isObject(record.resources)) throw noRecord('it has no resources');
  const paths = new Map<unknown, unknown>(Object.entries(record.resources).map(([name, entry]) => [name, isObject(entry) ? entry.path : undefined]));
  let counts: Map<unknown, number> | undefined;
  return {
    constructOf: ({ metadata: { name } }) => {
      const path = paths.get(name);
      if (typeof path !== 'string' || path === '') return undefined;
      counts ??= counted(objectsAround());
      return counts.get(name) === 1 ? path : undefined;
    },
  };
}

function counted(objects: readonly ReadObject[]): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const { manifest: { metadata: { name } } } of objects) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The labels of charts that a file can be of, as cdk8s names files and folders: `0001-shop.k8s.yaml`, `shop/Service.web.k8s.yaml`. */
function chartsOf(file: string): string[] {
  const names = [basename(file).split('.')[0], basename(dirname(file))];
  return [...new Set(names.flatMap(name => [name, name.replace(/^\d{4,}-/, '')]))];
}

function keyOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}

function isConstructPath(line: unknown): line is ConstructPath {
  if (!isObject(line)) return false;
  const { chart, apiVersion, kind, namespace, name, construct } = line;
  return [chart, apiVersion, kind, name, construct].every(text => typeof text === 'string') && (namespace === null || typeof namespace === 'string');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw noRecord('it is not JSON');
  }
}

function noRecord(why: string): Unreadable {
  return new Unreadable(`it is no record of constructs: ${why}. Write it by ConstructPaths.write(app), or name cdk8s's own ${METADATA_FILE}.`);
}
