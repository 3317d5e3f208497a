import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runInNewContext } from 'node:vm';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../house/files';

/** As much of a manifest as is looked at here. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly items?: readonly unknown[];
}

/** A manifest that is judged, under a name that leads back to where it stands. */
export interface Judged {
  readonly id: string;
  readonly manifest: Manifest;
}

const WITH_PODS = new Set([
  'Pod', 'PodTemplate', 'ReplicationController', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob',
]);

/** Every manifest with pods in what the examples write and in the tests' snapshots. */
export function writtenPods(): Judged[] {
  const examples = filesUnder('examples', 'expected.yaml').map(path => ({ path, texts: { '': readFileSync(path, 'utf8') } }));
  const snapshots = filesUnder('test', '.snap').map(path => ({ path, texts: snapshotsIn(readFileSync(path, 'utf8')) }));
  return [...examples, ...snapshots].flatMap(({ path, texts }) => Object.entries(texts).flatMap(([title, text]) =>
    podsIn(manifestsIn(text, `${relative(ROOT, path)} ${title}`), [relative(ROOT, path), title].filter(Boolean).join(' > '))));
}

/** What record.ts kept of a run of all tests. */
export function recordedPods(): Judged[] {
  const folder = process.env.PODS_WRITTEN;
  if (!folder) throw new Error('PODS_WRITTEN names no folder: use `npm run test:psa`');
  return readdirSync(folder).filter(name => name.endsWith('.jsonl')).sort()
    .flatMap(name => readFileSync(join(folder, name), 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line)));
}

/** Those manifests that have pods, lists unpacked, named after the place and themselves. */
export function podsIn(values: readonly unknown[], place: string): Judged[] {
  return values.filter(isManifest).flatMap(manifest => {
    if (manifest.kind === 'List') return podsIn(manifest.items ?? [], place);
    if (!WITH_PODS.has(manifest.kind)) return [];
    const { namespace, name } = manifest.metadata ?? {};
    return [{ id: `${place} > ${manifest.kind} ${namespace ? `${namespace}/` : ''}${name}`, manifest }];
  });
}

/** The snapshots of one file of jest's, by the title of their test. */
export function snapshotsIn(file: string): Record<string, string> {
  const exports: Record<string, string> = {};
  runInNewContext(file, { exports });
  return exports;
}

/** The values that a text holds: YAML documents, or what jest prints for strings, objects and arrays. */
export function manifestsIn(text: string, place: string): unknown[] {
  const bare = text.trim();
  if (!/\bapiVersion\b/.test(bare)) return [];
  if (/^(Array |Object )?[[{]/.test(bare)) return flat(evaluate(bare, place));
  const documents = parseAllDocuments(bare.startsWith('"') ? bare.slice(1, -1) : bare);
  if (!Array.isArray(documents)) return [];
  const fault = documents.flatMap(({ errors }) => errors)[0];
  if (fault) throw new Error(`${place} speaks of an apiVersion, but cannot be read: ${fault.message}. Take the snapshot of YAML text or of plain objects`);
  return documents.flatMap(document => flat(document.toJS()));
}

/** Jest prints objects almost as JavaScript: what it leaves bare in strings (quotes, line ends) is escaped first. */
function evaluate(text: string, place: string): unknown {
  const quoted = (_: string, before: string, content: string) => `${before}${JSON.stringify(content)},`;
  const escaped = text
    .replace(/^(\s*"[^"\n]*": )"([^]*?)",$/gm, quoted)
    .replace(/^(\s*)"((?![^"\n]*": )[^]*?)",$/gm, quoted)
    .replace(/^(\s*(?:"[^"\n]*": )?)(?:Array|Object) ([[{])/gm, '$1$2');
  try {
    return JSON.parse(JSON.stringify(runInNewContext(`(${escaped})`)));
  } catch (error) {
    throw new Error(`${place} speaks of an apiVersion, but cannot be read: ${(error as Error).message}. Take the snapshot of YAML text instead`);
  }
}

function flat(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isManifest(value: unknown): value is Manifest {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value;
}

function filesUnder(folder: string, ending: string): string[] {
  const start = join(ROOT, folder);
  if (!existsSync(start)) return [];
  return (readdirSync(start, { recursive: true, encoding: 'utf8' }))
    .filter(path => path.endsWith(ending) && !path.includes('node_modules'))
    .sort().map(path => join(start, path));
}
