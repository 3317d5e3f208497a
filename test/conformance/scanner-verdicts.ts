import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../../src/kube/pod-spec';
import { readInputs } from '../../src/kube/reading/read';
import { Yardstick, judge, lookAcross } from '../../src/rules/audit';
import { allControls } from '../../src/rules/controls';
import { MANIFEST_RULES } from '../../src/rules/manifest';
import { PACKS, chosen, rulesIn } from '../../src/rules/packs';
import { FOLDER } from './foreign-manifests';

/** The scanners whose verdicts on manifests of their own are known. */
export const SCANNERS = ['checkov', 'kube-score', 'kube-linter'] as const;
export type Scanner = typeof SCANNERS[number];

/** What a scanner says of an object by one of its checks, and what our rules that claim the check say. */
export interface Compared {
  readonly scanner: Scanner;
  readonly check: string;
  /** The path of the file below the scanner's folder. */
  readonly file: string;
  /** `Kind name`; `Kind` alone where the scanner names no object: any of that kind in the file. */
  readonly object: string;
  readonly theirs: boolean;
  readonly ours: boolean;
}

/** A row of the recorded verdicts. */
interface Row {
  readonly check: string;
  readonly file: string;
  readonly passed?: readonly string[];
  readonly failed?: readonly (string | { readonly kind: string; readonly message: string })[];
  readonly failedCount?: number | null;
}

/** Our rules by the ids that they claim of a scanner. */
const CLAIMS: { readonly [scanner: string]: ReadonlyMap<string, readonly string[]> } = Object.fromEntries(SCANNERS.map(scanner => {
  const claims = new Map<string, string[]>();
  for (const { id, controls } of [...MANIFEST_RULES, ...rulesIn(PACKS[0])]) {
    for (const check of allControls(controls)[scanner] ?? []) claims.set(check, [...claims.get(check) ?? [], id]);
  }
  return [scanner, claims];
}));

/** The manifests of a file, and the rules that have something against each; each file is judged once, by each rule alone. */
const judged = new Map<string, readonly { readonly manifest: Manifest; readonly rules: ReadonlySet<string> }[]>();

function judgedFile(file: string, claims: readonly string[]): readonly { readonly manifest: Manifest; readonly rules: ReadonlySet<string> }[] {
  const key = `${file} ${claims.join()}`;
  const known = judged.get(key);
  if (known) return known;
  const manifests = readInputs([file]).objects.map(({ manifest }) => manifest);
  const found = manifests.map(() => new Set<string>());
  for (const claim of claims) {
    const yardstick: Yardstick = { pack: chosen(claim, claim, ({ id }) => id === claim), minor: 37, today: '2026-01-01' };
    const across = lookAcross(manifests, yardstick);
    manifests.forEach((manifest, i) => judge(manifest, yardstick, across.get(manifest)).findings.forEach(({ rule }) => found[i].add(rule)));
  }
  const result = manifests.map((manifest, i) => ({ manifest, rules: found[i] }));
  judged.set(key, result);
  return result;
}

/** How each scanner calls an object. */
const NAMED: { readonly [scanner in Scanner]: (manifest: Manifest) => string } = {
  'checkov': ({ kind, metadata: { name, namespace } }) => `${kind}.${namespace ?? 'default'}.${name}`,
  'kube-score': ({ kind, apiVersion, metadata: { name, namespace } }) => `${kind}/${apiVersion}/${namespace ?? ''}/${name ?? ''}`,
  'kube-linter': ({ kind }) => kind,
};

/** Every verdict of a scanner on a check that a rule of ours claims. */
export function compared(scanner: Scanner): Compared[] {
  const cases = join(FOLDER, scanner, 'cases.json');
  if (!existsSync(cases)) return [];
  return (JSON.parse(readFileSync(cases, 'utf8')) as Row[]).flatMap(({ check, file, passed = [], failed = [], failedCount }) => {
    const claims = CLAIMS[scanner].get(check);
    if (!claims || (scanner === 'kube-linter' && failedCount === null)) return [];
    const objects = judgedFile(join(FOLDER, scanner, file), claims);
    const found = objects.filter(({ rules }) => claims.some(claim => rules.has(claim))).map(({ manifest }) => NAMED[scanner](manifest));
    const failures = new Set(failed.map(each => typeof each === 'string' ? each : each.kind.split(' ')[0]));
    // kube-linter names what fails alone, by its kind: whatever else is in the file passes.
    const passes = scanner === 'kube-linter' ? objects.map(({ manifest }) => manifest.kind).filter(kind => !failures.has(kind)) : passed;
    return [...new Set([...passes, ...failures])].map(name => ({ scanner, check, file: file.replace(/^manifests\//, ''), object: name, theirs: failures.has(name), ours: found.includes(name) }));
  });
}
