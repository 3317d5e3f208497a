import { isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { ManifestSet, SetPod } from '../manifest-set';
import { SetRule } from '../set-rule';
import { autoscaled } from './autoscalers';

/** Kinds whose pods stand in for each other. */
const REPLICATED = ['Deployment', 'StatefulSet'];

/** A workload of several pods, or of one that stands alone. */
export interface Replicated extends SetPod {
  /** How many pods there are at least. */
  readonly replicas: number;
  readonly isAutoscaled: boolean;
}

/** Every Deployment and StatefulSet, with its replicas: those of its autoscaler, else its own, else one. */
export function replicated(set: ManifestSet): readonly Replicated[] {
  const scaled = set.once(autoscaled);
  return set.pods.flatMap(pod => {
    const { manifest: { kind, metadata, spec }, namespace } = pod;
    if (!REPLICATED.includes(kind)) return [];
    const own = isObject(spec) && typeof spec.replicas === 'number' ? spec.replicas : 1;
    const kept = scaled.get(`${namespace}/${kind}/${String(metadata.name)}`);
    return [{ ...pod, replicas: kept ?? own, isAutoscaled: kept !== undefined }];
  });
}

/** The namespaces of which something besides one workload is in the input: there, what is not here may be asked for. */
export function inCompany(set: ManifestSet): ReadonlySet<string> {
  const once = new Set<string>();
  const found = new Set<string>();
  for (const { metadata: { namespace } } of set.manifests) {
    const name = typeof namespace === 'string' && namespace !== '' ? namespace : 'default';
    if (once.has(name)) found.add(name);
    else once.add(name);
  }
  return found;
}

/**
 * One pod is none while it is moved, replaced or restarted. A StatefulSet of one is left alone: many programs that keep
 * data can be no more than one. What an autoscaler keeps is its own rule's to judge.
 *
 * Fields: spec.replicas of a Deployment
 * Wanted: 2 or more, or an autoscaler; 0 is switched off
 */
export const workloadReplicas: SetRule = {
  id: 'workload-replicas',
  title: 'Deployments have two pods',
  severity: Severity.WARNING,
  controls: {
    kubeLinter: 'minimum-three-replicas', kubeScore: 'deployment-replicas', polaris: 'deploymentMissingReplicas',
    kyverno: 'other/require-deployments-have-multiple-replicas',
  },
  advice: 'Set replicas to 2 or more, or lay a HorizontalPodAutoscaler on it.',
  check: set => set.once(replicated).flatMap(({ manifest, replicas, isAutoscaled }) => (
    manifest.kind !== 'Deployment' || isAutoscaled || replicas >= 2 || replicas === 0 ? [] : [{ manifest, field: 'spec.replicas', what: 'nobody is answered while its one pod is moved or replaced' }]
  )),
};
