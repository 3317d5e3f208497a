import { Severity } from '../../kube/severity';
import { ManifestSet, SetPod } from '../manifest-set';
import { SetRule, SetViolation } from '../set-rule';
import { Closed, isolationOf } from './isolation';
import { DIRECTIONS } from './policy-shape';

/** Pods that policies can close, and how they are closed: not those on the network of their node, which none reaches. */
function closable(set: ManifestSet): readonly (readonly [SetPod, Closed])[] {
  const isolation = set.once(isolationOf);
  return set.pods.filter(pod => !isHostNetwork(pod) && !isolation.isUnknown(pod.namespace)).map(pod => [pod, isolation.of(pod)]);
}

function isHostNetwork({ spec }: SetPod): boolean {
  return spec.hostNetwork === true;
}

function about({ manifest, field }: SetPod, what: string): SetViolation {
  return { manifest, field: field.replace(/spec$/, 'metadata.labels'), what };
}

/**
 * A pod that no policy selects is reached by every pod of the cluster, and reaches everything. Where policies of
 * another make lie beside it, nothing is said: they may close it.
 *
 * Fields: spec.podSelector of the NetworkPolicies of the namespace
 * Wanted: one that selects the pod
 */
export const networkPodUnselected: SetRule = {
  id: 'network-pod-unselected',
  title: 'Every pod is selected by a NetworkPolicy',
  severity: Severity.WARNING,
  controls: {
    cis: '5.3.2',
    nsa: 'Network policies',
    checkov: 'CKV2_K8S_6',
    kubeLinter: 'non-isolated-pod',
    kubeScore: 'pod-networkpolicy',
    kubescape: 'C-0260',
    polaris: 'missingNetworkPolicy',
    kyverno: 'other/require-netpol',
  },
  advice: 'Write a NetworkPolicy for every pod of the namespace (an empty podSelector, both policyTypes, no rules), and one beside it for what the pod needs.',
  inCode: 'Put the workload into a SecureNamespace, and say who connects to whom.',
  check: set => set.once(closable).flatMap(([pod, { directions }]) => (
    directions.size ? [] : [about(pod, `no NetworkPolicy of namespace '${pod.namespace}' selects the pod`)]
  )),
};

/**
 * A pod that is closed in one direction is open in the other.
 *
 * Fields: spec.policyTypes of the NetworkPolicies that select the pod
 * Wanted: Ingress and Egress among them
 */
export const networkPodHalfOpen: SetRule = {
  id: 'network-pod-half-open',
  title: 'Every pod is closed in both directions',
  severity: Severity.WARNING,
  controls: { cis: '5.3.2', nsa: 'Network policies', kubescape: 'C-0260' },
  advice: 'Write both directions in policyTypes, and rules for what the pod needs.',
  inCode: 'Put the workload into a SecureNamespace, and say who connects to whom.',
  check: set => set.once(closable).flatMap(([pod, { directions }]) => {
    if (directions.size !== 1) return [];
    const open = DIRECTIONS.find(direction => !directions.has(direction))!;
    return [about(pod, open === 'egress' ? 'no NetworkPolicy says what the pod may connect to, so it may connect to everything'
      : 'no NetworkPolicy says who may connect to the pod, so everybody may')];
  }),
};
