import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../../src/kube/pod-spec';
import { readInputs } from '../../src/kube/reading/read';
import { CLAIMS, Compared, Judged, Scanner, judgedBy } from './claims';
import { FOLDER } from './foreign-manifests';
import { comparedWithKyverno, kyvernoChecks } from './kyverno-verdicts';

/** Those that judge files. */
type FileScanner = Exclude<Scanner, 'kyverno'>;

/** A row of the recorded verdicts. */
interface Row {
  readonly check: string;
  readonly file: string;
  readonly passed?: readonly string[];
  readonly failed?: readonly (string | { readonly kind: string; readonly message: string })[];
  readonly failedCount?: number | null;
}

/** The manifests of a file, and the rules that have something against each; each file is judged once. */
const judged = new Map<string, readonly Judged[]>();

function judgedFile(scanner: FileScanner, name: string): readonly Judged[] {
  const file = join(FOLDER, scanner, name);
  const claimed = [...new Set([...CLAIMS[scanner].values()].flat())];
  const known = judged.get(file) ?? judgedBy(claimed, readInputs([file]).objects.map(({ manifest }) => manifest));
  judged.set(file, known);
  return known;
}

/** How each scanner calls an object. */
const NAMED: { readonly [scanner in FileScanner]: (manifest: Manifest) => string } = {
  // What has no name it calls by a label.
  'checkov': ({ kind, metadata: { name, namespace, labels = {} } }) => `${kind}.${namespace ?? 'default'}.${name ?? Object.entries(labels).map(pair => pair.join('-'))[0]}`,
  'kube-score': ({ kind, apiVersion, metadata: { name, namespace } }) => `${kind}/${apiVersion}/${namespace ?? ''}/${name ?? ''}`,
  'kube-linter': ({ kind }) => kind,
};

/** Of Checkov what each of its checks says of the manifests of all others, too. */
function rowsOf(scanner: FileScanner): readonly Row[] {
  const [cases, all] = ['cases.json', 'all-checks.jsonl'].map(name => join(FOLDER, scanner, name));
  if (existsSync(all)) return readFileSync(all, 'utf8').trim().split('\n').map(line => JSON.parse(line));
  return existsSync(cases) ? JSON.parse(readFileSync(cases, 'utf8')) : [];
}

/** Every check of a scanner that manifests are there for. */
export function checksWithCases(scanner: Scanner): ReadonlySet<string> {
  return scanner === 'kyverno' ? kyvernoChecks() : new Set(rowsOf(scanner).map(({ check }) => check));
}

/** Every verdict of a scanner on a check that a rule of ours claims. */
export function compared(scanner: Scanner): Compared[] {
  if (scanner === 'kyverno') return comparedWithKyverno();
  return rowsOf(scanner).flatMap(({ check, file, passed = [], failed = [], failedCount }) => {
    const claims = CLAIMS[scanner].get(check);
    if (!claims || (scanner === 'kube-linter' && failedCount === null)) return [];
    const objects = judgedFile(scanner, file);
    const found = objects.filter(({ rules }) => claims.some(claim => rules.has(claim))).map(({ manifest }) => NAMED[scanner](manifest));
    const failures = new Set(failed.map(each => typeof each === 'string' ? each : each.kind.split(' ')[0]));
    // kube-linter names what fails alone, by its kind: whatever else is in the file passes.
    const passes = scanner === 'kube-linter' ? objects.map(({ manifest }) => manifest.kind).filter(kind => !failures.has(kind)) : passed;
    return [...new Set([...passes, ...failures])].map(name => ({ scanner, check, file: file.replace(/^manifests\//, ''), object: name, theirs: failures.has(name), ours: found.includes(name) }));
  });
}
