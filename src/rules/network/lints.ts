import type { Provenance } from '../../kube/reading/read';
import { Severity } from '../../kube/severity';
import type { Lint, LintId } from '../../reach/lints/lint';
import type * as Lints from '../../reach/lints/lints';
import type * as Engine from '../../reach/reach';
import { ManifestSet } from '../manifest-set';
import { RuleHead } from '../rule';
import { SetRule } from '../set-rule';

/** Rules say where in a manifest; where that is in a file is its reader's to add. */
const NOWHERE: Provenance = { file: '', document: 0, path: '', locate: () => ({ line: 1, column: 1, endLine: 1, endColumn: 1 }) };

/** What the engine of reachability has against the policies of a set, by lint. It is loaded where there are policies. */
function lintsOf(set: ManifestSet): ReadonlyMap<LintId, readonly Lint[]> {
  const found = new Map<LintId, Lint[]>();
  if (!set.ofKind('NetworkPolicy').length) return found;
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { lintsOf: lint } = require('../../reach/lints/lints') as typeof Lints;
  const { Reach } = require('../../reach/reach') as typeof Engine;
  /* eslint-enable @typescript-eslint/no-require-imports */
  for (const one of lint(new Reach(set.manifests.map(manifest => ({ manifest, source: NOWHERE }))))) {
    const known = found.get(one.id);
    if (known) known.push(one);
    else found.set(one.id, [one]);
  }
  return found;
}

/** A rule that asks who can reach whom. */
function reachRule(head: RuleHead & { readonly id: LintId }): SetRule {
  return {
    ...head,
    check: set => (set.once(lintsOf).get(head.id) ?? []).map(({ policy, field, what, advice }) => (
      { manifest: policy.source.manifest, field, what, advice }
    )),
  };
}

/**
 * What it was to protect is open, what it was to open is shut. Where nothing of the namespace is here, nothing is said.
 *
 * Fields: spec.podSelector of a NetworkPolicy
 * Wanted: the labels of some pod of the namespace
 */
export const networkPolicySelectsNothing = reachRule({
  id: 'network-policy-selects-nothing',
  title: 'Every NetworkPolicy selects a pod',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'dangling-networkpolicy', kubeScore: 'networkpolicy-targets-pod', kubescape: 'C-0299' },
  advice: 'Write labels of its pods into podSelector, or remove the policy.',
});

/**
 * A policy that neither closes nor opens anything is read by people, and believed.
 *
 * Fields: spec of a NetworkPolicy
 * Wanted: something that would change without it
 */
export const networkPolicyUnused = reachRule({
  id: 'network-policy-unused',
  title: 'No NetworkPolicy that changes nothing',
  severity: Severity.WARNING,
  advice: 'Remove the policy, or mend its rules.',
});

/**
 * Nobody whom the rule names is there: what it was written for stays shut. A namespace that is not here is unknown.
 *
 * Fields: spec.ingress[*], spec.egress[*] of a NetworkPolicy
 * Wanted: peers that exist, and ports of theirs
 */
export const networkRuleNoEffect = reachRule({
  id: 'network-rule-no-effect',
  title: 'No rule that lets nothing through',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'dangling-networkpolicypeer-podselector' },
  advice: 'Write labels that the pods have, or remove the rule.',
});

/**
 * Whoever removes the narrower rule to shut something finds it still open.
 *
 * Fields: spec.ingress[*], spec.egress[*] of a NetworkPolicy
 * Wanted: something that no other rule for these pods lets through
 */
export const networkRuleShadowed = reachRule({
  id: 'network-rule-shadowed',
  title: 'No rule that another one says already',
  severity: Severity.WARNING,
  advice: 'Remove one of the two: the wider, where the narrower is meant.',
});

/**
 * A pod that may not ask the DNS finds nobody by name.
 *
 * Fields: spec.egress of the NetworkPolicies that select a pod
 * Wanted: UDP 53 to the DNS of the cluster, or no name that is needed
 */
export const networkDnsBlocked = reachRule({
  id: 'network-dns-blocked',
  title: 'Pods under egress policies may ask the DNS',
  severity: Severity.WARNING,
  controls: { kyverno: 'best-practices/add-networkpolicy-dns' },
  advice: 'Let out UDP and TCP 53 to pods with k8s-app=kube-dns in namespace kube-system; waive it for pods that need no names.',
});

/**
 * A connection is made where both ends let it: a rule at one of them alone opens nothing.
 *
 * Fields: spec.egress[*] and spec.ingress[*] of the NetworkPolicies at the two ends
 * Wanted: the same ports at both
 */
export const networkEndsDisagree = reachRule({
  id: 'network-ends-disagree',
  title: 'Both ends of a flow let it through',
  severity: Severity.WARNING,
  advice: 'Write the same ports at both ends.',
});
