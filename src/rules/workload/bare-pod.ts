import { Severity } from '../../kube/severity';
import { PodRule, PodView } from '../pod-rule';

/**
 * A pod that nothing controls is gone with its node, and nothing brings it back.
 *
 * Fields: kind
 * Wanted: not Pod, but for pods that something else has made, static pods of the control plane, and hooks of Helm
 */
export const podBare: PodRule = {
  id: 'pod-bare',
  title: 'Every pod has a controller',
  severity: Severity.WARNING,
  controls: { kubescape: 'C-0073', kyverno: 'other/prevent-bare-pods' },
  advice: 'Write a Deployment, a StatefulSet, a DaemonSet or a Job, which makes the pod again.',
  readsNames: true,
  versions: [{
    since: 0,
    check: pod => pod.kind !== 'Pod' || isMadeElsewhere(pod) ? [] : [{ field: '', what: 'nothing brings the pod back when its node is gone' }],
  }],
};

function isMadeElsewhere({ meta: { ownerReferences, labels = {}, annotations = {} } }: PodView): boolean {
  return (Array.isArray(ownerReferences) && ownerReferences.length > 0)
    || labels.tier === 'control-plane'
    || ['kubernetes.io/config.source', 'kubernetes.io/config.mirror', 'helm.sh/hook'].some(key => Object.hasOwn(annotations, key));
}
