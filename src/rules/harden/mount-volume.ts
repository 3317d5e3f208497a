import { equal } from '../../kube/json';
import { realFolder } from '../../kube/paths';
import { Placed, Volume } from '../../kube/pod-spec';
import { PodView } from '../pod-rule';

/** Mounts a volume, read-only, in the containers that are meant and have nothing at the path; ephemeral ones cannot have it. */
export function mountVolume(pod: PodView, path: string, wanted: Volume, isMeant: (placed: Placed) => boolean = () => true): void {
  const users = pod.containers.filter(placed => placed.list !== 'ephemeralContainers' && isMeant(placed)
    && !(placed.container.volumeMounts ?? []).some(({ mountPath }) => realFolder(mountPath) === realFolder(path)));
  if (!users.length) return;
  const volume = unlessTaken(pod.spec.volumes ?? [], wanted);
  if (!(pod.spec.volumes ?? []).some(({ name }) => name === volume.name)) pod.spec.volumes = [...pod.spec.volumes ?? [], volume];
  for (const { container } of users) {
    container.volumeMounts = [...container.volumeMounts ?? [], { mountPath: path, name: volume.name, readOnly: true }];
  }
}

/** The volume under its own name, or under the next one where another volume has that. */
function unlessTaken(volumes: readonly Volume[], wanted: Volume): Volume {
  let volume = wanted;
  for (let i = 2; volumes.some(other => other.name === volume.name && !equal(other, volume)); i++) volume = { ...wanted, name: `${wanted.name}-${i}` };
  return volume;
}
