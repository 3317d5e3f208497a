import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { Violation } from '../rule';
import { everyNamespace, isForNames, openTo } from './openness';
import { DIRECTIONS, Direction, onPorts, policyShape } from './policy-shape';

function openRules(direction: Direction): ManifestRule['check'] {
  return ({ manifest }) => {
    const policy = policyShape(manifest);
    if (!policy?.closes.includes(direction)) return [];
    return policy.rules[direction].flatMap((rule): Violation[] => {
      const whom = openTo(rule);
      const verb = direction === 'ingress' ? 'from' : 'to';
      return whom === undefined ? [] : [{ field: rule.field, what: `connections are open ${verb} ${whom}${onPorts(rule) || ' on every port'}` }];
    });
  };
}

/**
 * A rule without peers, or with blocks that are all addresses, lets everybody in, and the policy protects nothing on
 * these ports.
 *
 * Fields: spec.ingress[*].from of a NetworkPolicy that closes ingress
 * Wanted: peers, and no blocks that hold at least half of all addresses and a whole private range among them
 */
export const networkIngressOpen: ManifestRule = {
  id: 'network-ingress-open',
  title: 'No policy lets everybody in',
  severity: Severity.WARNING,
  controls: { nsa: 'Network policies' },
  advice: 'Name in from who connects: podSelector, namespaceSelector, or the ipBlock of the load balancer; where the public is meant, waive it with a reason.',
  kinds: ['NetworkPolicy'],
  check: openRules('ingress'),
};

/**
 * A rule without peers, or with blocks that are all addresses, lets a pod that was taken over call home, scan the
 * network, and reach every other workload.
 *
 * Fields: spec.egress[*].to of a NetworkPolicy that closes egress
 * Wanted: peers, and no blocks that hold at least half of all addresses and a whole private range among them
 */
export const networkEgressOpen: ManifestRule = {
  id: 'network-egress-open',
  title: 'No policy lets pods connect to everything',
  severity: Severity.WARNING,
  controls: { nsa: 'Network policies' },
  advice: 'Name in to what the pods need; for the internet, an ipBlock of 0.0.0.0/0 with 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 169.254.0.0/16 in except.',
  kinds: ['NetworkPolicy'],
  check: openRules('egress'),
};

/**
 * Every namespace is every tenant, those of tomorrow included. To look up names there is another matter.
 *
 * Fields: spec.ingress[*].from[*], spec.egress[*].to[*] of a NetworkPolicy that closes the direction
 * Wanted: no empty namespaceSelector without a podSelector that selects; to port 53 alone, any
 */
export const networkEveryNamespace: ManifestRule = {
  id: 'network-every-namespace',
  title: 'No policy is open to all namespaces',
  severity: Severity.WARNING,
  controls: { nsa: 'Network policies', trivy: 'KSV-0038', kyverno: 'other/restrict-networkpolicy-empty-podselector' },
  advice: 'Let namespaceSelector name the namespaces (kubernetes.io/metadata.name is a label of each), and podSelector the pods.',
  kinds: ['NetworkPolicy'],
  check: ({ manifest }) => {
    const policy = policyShape(manifest);
    if (!policy) return [];
    return DIRECTIONS.filter(direction => policy.closes.includes(direction)).flatMap(direction => (
      policy.rules[direction].filter(rule => !(direction === 'egress' && isForNames(rule))).flatMap(rule => everyNamespace(rule).map((i): Violation => ({
        field: `${rule.field}.${direction === 'ingress' ? 'from' : 'to'}[${i}]`,
        what: `every pod of every namespace ${direction === 'ingress' ? 'may connect' : 'may be connected to'}${onPorts(rule) || ' on every port'}`,
      })))
    ));
  },
};
