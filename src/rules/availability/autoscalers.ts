import { isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { ManifestSet, namespaceOf } from '../manifest-set';

/**
 * An autoscaler that may go down to one pod takes the others away when they are needed least, and the last one may fail.
 *
 * Fields: spec.minReplicas of a HorizontalPodAutoscaler
 * Wanted: 2 or more
 */
export const autoscalerMin: ManifestRule = {
  id: 'autoscaler-min',
  title: 'Autoscalers keep two pods',
  severity: Severity.WARNING,
  kinds: ['HorizontalPodAutoscaler'],
  controls: { kubeLinter: 'hpa-minimum-three-replicas', kubeScore: 'horizontalpodautoscaler-replicas', polaris: 'hpaMinAvailability' },
  advice: 'Set minReplicas to 2 or more.',
  check: ({ manifest: { apiVersion, spec } }) => {
    if (!String(apiVersion).startsWith('autoscaling/') || !isObject(spec)) return [];
    const { minReplicas } = spec;
    return typeof minReplicas === 'number' && minReplicas >= 2 ? []
      : [{ field: 'spec.minReplicas', what: typeof minReplicas === 'number' ? `${minReplicas} pods are enough for the autoscaler` : 'one pod is enough for the autoscaler' }];
  },
};

/** How many pods an autoscaler keeps at least, by the workload that it scales: `namespace/Kind/name`. */
export function autoscaled(set: ManifestSet): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const manifest of set.ofKind('HorizontalPodAutoscaler')) {
    const { scaleTargetRef: target, minReplicas } = isObject(manifest.spec) ? manifest.spec : {};
    if (isObject(target)) found.set(`${namespaceOf(manifest)}/${String(target.kind)}/${String(target.name)}`, typeof minReplicas === 'number' ? minReplicas : 1);
  }
  // KEDA writes an autoscaler of its own.
  for (const manifest of set.ofKind('ScaledObject', 'keda.sh')) {
    const { scaleTargetRef: target, minReplicaCount } = isObject(manifest.spec) ? manifest.spec : {};
    if (isObject(target)) found.set(`${namespaceOf(manifest)}/${String(target.kind ?? 'Deployment')}/${String(target.name)}`, typeof minReplicaCount === 'number' ? minReplicaCount : 0);
  }
  return found;
}
