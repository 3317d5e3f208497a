import { JsonObject, equal } from '../../kube/json';
import { pathToName } from '../../kube/names';
import { realFolder } from '../../kube/paths';
import { PodView, Remedy } from '../pod-rule';
import { SecretFolderClaim } from './claims';
import { mountVolume } from './mount-volume';

/**
 * Secrets as files, readable by the group of the volumes where the pod has one. Without one they belong to root, and
 * only a mode for everybody lets a process that is not root read them.
 */
export const secretFolders: Remedy = (pod, knowledge) => {
  for (const claim of knowledge.claims.secretFolders ?? []) {
    const { path, containers } = claim;
    const volume = { name: pathToName(path, 'secret'), secret: sourceOf(claim, pod) };
    const isMeant = ({ list, container }: PodView['containers'][0]) => containers ? containers.includes(container.name) : list === 'containers';
    for (const placed of pod.containers.filter(isMeant)) {
      const { name, volumeMounts = [] } = placed.container;
      const taken = volumeMounts.find(({ mountPath }) => realFolder(mountPath) === realFolder(path));
      // What an earlier hardening has mounted is this very volume.
      if (!taken || equal(pod.spec.volumes?.find(other => other.name === taken.name), { ...volume, name: taken.name })) continue;
      knowledge.fault('folder-clash', `the Secret '${claim.secretName}' at '${path}' of container '${name}' is already the mount of volume '${taken.name}'`,
        'Remove one of the two, or choose another path.');
    }
    mountVolume(pod, path, volume, isMeant);
  }
};

function sourceOf({ secretName, keys, optional }: SecretFolderClaim, pod: PodView): JsonObject {
  return {
    secretName,
    ...(!pod.windows && { defaultMode: pod.spec.securityContext?.fsGroup === undefined ? 0o444 : 0o440 }),
    ...(keys && { items: keys.map(key => ({ key, path: key })) }),
    ...(optional && { optional }),
  };
}
