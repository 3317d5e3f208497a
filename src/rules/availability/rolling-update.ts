import { isObject } from '../../kube/json';
import { podPart } from '../../kube/kinds';
import { Manifest, at } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';

/**
 * Recreate ends all pods before the first new one starts. What writes to a volume of its own cannot do otherwise.
 *
 * Fields: spec.strategy.type of a Deployment
 * Wanted: undefined, RollingUpdate; Recreate where the pod mounts a claim
 */
export const workloadRollingUpdate: ManifestRule = {
  id: 'workload-rolling-update',
  title: 'Deployments are replaced pod by pod',
  severity: Severity.WARNING,
  kinds: ['Deployment'],
  controls: { kubeLinter: 'no-rolling-update-strategy', kubeScore: 'deployment-strategy', kubescape: 'C-0305' },
  advice: 'Leave the strategy out: RollingUpdate is the default.',
  check: ({ manifest }) => {
    if (!isObject(manifest.metadata) || at(manifest, 'spec', 'strategy', 'type') !== 'Recreate') return [];
    const volumes = podPart(manifest as Manifest)?.spec.volumes;
    const hasClaim = Array.isArray(volumes) && volumes.some(volume => isObject(volume) && isObject(volume.persistentVolumeClaim));
    return hasClaim ? [] : [{ field: 'spec.strategy.type', what: 'nobody is answered while the Deployment is replaced' }];
  },
};
