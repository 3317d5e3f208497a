import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../../src/kube/pod-spec';
import { sound } from '../../src/kube/sound';
import { PACKS, rulesIn } from '../../src/rules/packs';
import type { Parameters } from '../../src/rules/parameters';
import { CLAIMS, Compared, judgedBy } from './claims';
import { FOLDER } from './foreign-manifests';

/** A verdict of Kyverno on a manifest, whichever of its two suites of tests has it. */
interface Verdict {
  /** The folder of the policy, which is its id. */
  readonly policy: string;
  /** The rule within the policy, or the file of the manifest. */
  readonly place: string;
  /** Which of our rules ask what the rule within the policy asks. @default - all that claim the policy */
  readonly asked?: readonly string[];
  readonly result: 'pass' | 'fail' | 'skip';
  readonly manifest: Manifest;
}

/** Policies that ask two things, each of which is a rule of ours. */
const WITHIN: { readonly [rule: string]: readonly string[] } = {
  'adding-capabilities-strict': ['pod-capabilities-add'],
  'require-drop-all': ['pod-capabilities-drop'],
};

/** Policies that are a whole level of Pod Security: our packs of the same name, less what the policy leaves out. */
const LEVELS: { readonly [policy: string]: readonly string[] } = {
  'pod-security/subrule/podsecurity-subrule-baseline': ids('pss-baseline'),
  'pod-security/subrule/restricted/restricted-exclude-capabilities': ids('pss-restricted').filter(id => !id.startsWith('pod-capabilities-')),
  'pod-security/subrule/restricted/restricted-exclude-seccomp': ids('pss-restricted').filter(id => !id.startsWith('pod-seccomp')),
  'pod-security/subrule/restricted/restricted-latest': ids('pss-restricted'),
};

/** What a policy was written with, where that is a parameter of ours. */
const PARAMETERS: { readonly [policy: string]: Parameters } = {
  'best-practices/restrict-image-registries': { allowedRegistries: ['eu.foo.io', 'bar.io'] },
};

function ids(pack: string): readonly string[] {
  return rulesIn(PACKS.find(({ name }) => name === pack)!).map(({ id }) => id);
}

function rows<T>(name: string): readonly T[] {
  const file = join(FOLDER, 'kyverno', name);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

function verdicts(): readonly Verdict[] {
  return [
    ...rows<{ group: string; rule: string; result: Verdict['result']; resource: Manifest }>('rules.json')
      .map(({ group, rule, result, resource }): Verdict => ({ policy: group, place: rule, asked: WITHIN[rule], result, manifest: resource })),
    ...rows<{ group: string; file: string; expected: 'allowed' | 'denied'; resource: Manifest }>('chainsaw.json')
      .map(({ group, file, expected, resource }): Verdict => ({ policy: group, place: file, result: expected === 'allowed' ? 'pass' : 'fail', manifest: resource })),
  ];
}

/** Our rules that ask what a policy asks. */
export function kyvernoClaims(policy: string): readonly string[] | undefined {
  return LEVELS[policy] ?? CLAIMS.kyverno.get(policy);
}

/** Every policy that a manifest is there for. */
export function kyvernoChecks(): ReadonlySet<string> {
  return new Set(verdicts().map(({ policy }) => policy));
}

/** Every verdict of Kyverno on a policy that a rule of ours claims. */
export function comparedWithKyverno(): Compared[] {
  return [...grouped(verdicts(), ({ policy }) => policy)].flatMap(([policy, its]) => {
    const claims = kyvernoClaims(policy);
    return claims ? comparedUnder(policy, its, claims) : [];
  });
}

function grouped<T>(all: readonly T[], keyOf: (each: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(keyOf(each), [...groups.get(keyOf(each)) ?? [], each]);
  return groups;
}

function comparedUnder(policy: string, all: readonly Verdict[], claims: readonly string[]): Compared[] {
  // A kind of which none is ever refused sets the scene, or is changed by the policy: that it is let in says nothing of it.
  const refused = new Set(all.filter(({ result }) => result === 'fail').map(({ manifest }) => manifest.kind));
  const scene = all.filter(({ manifest }) => !refused.has(manifest.kind)).map(({ manifest }) => sound(manifest) as Manifest);
  const judged = all.filter(({ result, manifest }) => result !== 'skip' && refused.has(manifest.kind));
  // One that breaks one rule of a policy passes its others: what was asked together is one verdict.
  const together = grouped(judged, ({ manifest, asked }) => JSON.stringify([manifest, asked]));
  return [...together.values()].map(same => {
    const [{ place, asked, manifest }] = same;
    const [{ rules }] = judgedBy(asked ?? claims, [sound(manifest) as Manifest, ...scene], PARAMETERS[policy]);
    return {
      scanner: 'kyverno', check: policy, file: place, object: `${manifest.kind} ${manifest.metadata.name}`,
      theirs: same.some(({ result }) => result === 'fail'), ours: (asked ?? claims).some(rule => rules.has(rule)),
    };
  });
}
