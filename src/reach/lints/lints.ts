import { Reach } from '../reach';
import { dnsBlocked } from './dns-blocked';
import { endsDisagree } from './ends-disagree';
import { Knowledge } from './knowledge';
import { Lint, LintId } from './lint';
import { noEffect } from './no-effect';
import { selectsNothing } from './selects-nothing';
import { shadowed } from './shadowed';
import { unused } from './unused';

/** Each lint with the question that finds it. */
export const LINTS: Readonly<Record<LintId, { readonly title: string; find(knowledge: Knowledge): Lint[] }>> = {
  'network-policy-selects-nothing': { title: 'No policy for pods that are not there', find: selectsNothing },
  'network-policy-unused': { title: 'No policy that changes nothing', find: unused },
  'network-rule-no-effect': { title: 'No rule that lets nothing through', find: noEffect },
  'network-rule-shadowed': { title: 'No rule that another one says already', find: shadowed },
  'network-dns-blocked': { title: 'Pods under egress policies may ask the DNS', find: dnsBlocked },
  'network-ends-disagree': { title: 'Both ends of a flow let it through', find: endsDisagree },
};

/**
 * What is allowed to be written in policies and hardly meant, by policy and field. For the rules of a pack:
 * `lintsOf(new Reach(objects))` once for all objects, then each lint by its `id`; `policy.source` is the object that it is
 * about, `field` the place in it, `what` and `advice` the words.
 */
export function lintsOf(reach: Reach): Lint[] {
  const knowledge = new Knowledge(reach);
  const places = new Map(knowledge.policies.map((policy, place) => [policy, place]));
  const found = Object.values(LINTS).flatMap(({ find }) => find(knowledge));
  return found.sort((a, b) => places.get(a.policy)! - places.get(b.policy)! || compare(a.field, b.field) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
