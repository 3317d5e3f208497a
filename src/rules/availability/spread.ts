import { at } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { SetRule } from '../set-rule';
import { replicated } from './replicas';

/**
 * Pods that may all lie on one node fail together.
 *
 * Fields: spec.topologySpreadConstraints, spec.affinity.podAntiAffinity of a Deployment or StatefulSet with several pods
 * Wanted: one of them
 */
export const workloadSpread: SetRule = {
  id: 'workload-spread',
  title: 'Pods of a workload are spread over nodes',
  severity: Severity.WARNING,
  controls: {
    kubeLinter: 'no-anti-affinity',
    kubeScore: ['deployment-has-host-podantiaffinity', 'statefulset-has-host-podantiaffinity', 'pod-topology-spread-constraints'],
    polaris: 'topologySpreadConstraint',
    kyverno: ['other/create-pod-antiaffinity', 'other/spread-pods-across-topology', 'other/topologyspreadconstraints-policy'],
  },
  advice: 'Write topologySpreadConstraints with the topologyKey kubernetes.io/hostname, and one for topology.kubernetes.io/zone.',
  check: set => set.once(replicated).flatMap(({ manifest, replicas, isAutoscaled, spec, field }) => {
    if (replicas < 2 && !isAutoscaled) return [];
    const apart = at(spec, 'affinity', 'podAntiAffinity');
    const isSpread = hasTerms(at(apart, 'requiredDuringSchedulingIgnoredDuringExecution')) || hasTerms(at(apart, 'preferredDuringSchedulingIgnoredDuringExecution'))
      || hasTerms(spec.topologySpreadConstraints);
    return isSpread ? [] : [{ manifest, field: `${field}.topologySpreadConstraints`, what: 'nothing keeps all pods off one and the same node' }];
  }),
};

function hasTerms(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
