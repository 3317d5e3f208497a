import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, sorted } from '../../src/kube/json';
import { Manifest } from '../../src/kube/pod-spec';
import { readInputs } from '../../src/kube/reading/read';
import { ROOT } from '../house/files';

/** What others write of manifests. */
export const FOLDER = join(process.env.SHARED ?? join(ROOT, '../shared'), 'conformance');
export const IS_THERE = existsSync(FOLDER);
if (!IS_THERE) console.log(`skipped: ${FOLDER} is not there, which holds what others write of manifests`);

/** Those that are files of YAML. */
export const FOLDERS = ['checkov/manifests', 'kube-score/manifests', 'kube-linter/manifests', 'network/np-guard', 'network/recipes', 'network/cyclonus'];

const LINES = (file: string) => readFileSync(join(FOLDER, file), 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line));
const DATA = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
const PODS = (names: readonly string[]): Manifest[] => names.flatMap(name => DATA(join('pod-security', name)).map(({ pod }: { pod: Manifest }) => pod));

/** Every foreign manifest, by where it comes from; equal ones once, whatever their names. */
export const SOURCES: { readonly [name: string]: () => Manifest[] } = {
  "Kubernetes' own fixtures, of every version": () => distinct(PODS(readdirSync(join(FOLDER, 'pod-security')).filter(name => /-v1\.\d+\.json$/.test(name)))),
  "the pods of Kubernetes' unit tests": () => distinct(PODS(['unit.json'])),
  'manifests near the borders of Pod Security': () => distinct(LINES('pod-security/fuzz.jsonl').map(({ manifest }) => manifest)),
  'Kyverno': () => distinct([...DATA('kyverno/rules.json'), ...DATA('kyverno/chainsaw.json')].map(({ resource }) => resource)),
  ...Object.fromEntries(FOLDERS.map(folder => [folder, () => distinct(readInputs([join(FOLDER, folder)]).objects.map(({ manifest }) => manifest))])),
};

function distinct(manifests: readonly Manifest[]): Manifest[] {
  const whole = manifests.filter(manifest => isObject(manifest) && isObject(manifest.metadata));
  return [...new Map(whole.map(manifest => [JSON.stringify(sorted({ ...manifest, metadata: { ...manifest.metadata, name: '' } })), manifest])).values()];
}
