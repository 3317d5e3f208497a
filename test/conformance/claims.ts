import { Manifest } from '../../src/kube/pod-spec';
import { Yardstick, judge, lookAcross } from '../../src/rules/audit';
import { allControls } from '../../src/rules/controls';
import { MANIFEST_RULES } from '../../src/rules/manifest';
import { PACKS, chosen, rulesIn } from '../../src/rules/packs';
import type { Parameters } from '../../src/rules/parameters';

/** The scanners whose verdicts on manifests of their own are known. */
export const SCANNERS = ['checkov', 'kube-score', 'kube-linter', 'kyverno'] as const;
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

/** Our rules by the ids that they claim of a scanner. */
export const CLAIMS: { readonly [scanner in Scanner]: ReadonlyMap<string, readonly string[]> } = {
  'checkov': claimsOf('checkov'), 'kube-score': claimsOf('kube-score'), 'kube-linter': claimsOf('kube-linter'), 'kyverno': claimsOf('kyverno'),
};

function claimsOf(scanner: Scanner): ReadonlyMap<string, readonly string[]> {
  const claims = new Map<string, string[]>();
  for (const { id, controls } of [...MANIFEST_RULES, ...rulesIn(PACKS[0])]) {
    for (const check of allControls(controls)[scanner] ?? []) claims.set(check, [...claims.get(check) ?? [], id]);
  }
  return claims;
}

/** A manifest, and those of some rules that have something against it. */
export interface Judged {
  readonly manifest: Manifest;
  readonly rules: ReadonlySet<string>;
}

/** Judges manifests that belong together, by each rule alone: none is silent because another speaks of the same. */
export function judgedBy(rules: readonly string[], manifests: readonly Manifest[], parameters: Parameters = {}): readonly Judged[] {
  const found = manifests.map(() => new Set<string>());
  for (const rule of rules) {
    const yardstick: Yardstick = { pack: chosen(rule, rule, ({ id }) => id === rule), minor: 37, today: '2026-01-01', parameters };
    const across = lookAcross(manifests, yardstick);
    manifests.forEach((manifest, i) => judge(manifest, yardstick, across.get(manifest)).findings.forEach(each => found[i].add(each.rule)));
  }
  return manifests.map((manifest, i) => ({ manifest, rules: found[i] }));
}
