import { pathToName } from '../../kube/names';
import { Container, PodSpec } from '../../kube/pod-spec';

/** Where the copying container sees the volume that is to be filled. */
const TARGET = '/seed';

/** Tells whether a container is one that fills a volume. */
export function isSeed(container: Container): boolean {
  return container.command?.[0] === 'cp' && (container.volumeMounts ?? []).some(({ mountPath }) => mountPath === TARGET);
}

/**
 * Fills a volume with the image's own files before it hides them: by an init container of the same image
 * that copies, without a shell. It comes first, since the user's own init containers may read the folder.
 */
export function addSeed(spec: PodSpec, container: Container, path: string, volume: string): void {
  const name = pathToName(path, 'seed');
  const seeds = spec.initContainers ?? [];
  if (seeds.some(seed => (seed.volumeMounts ?? []).some(mount => mount.name === volume && mount.mountPath === TARGET))) return;
  const { runAsUser, runAsGroup } = container.securityContext ?? {};
  const seed: Container = {
    name: seeds.some(other => other.name === name) ? pathToName(`${container.name}-${path}`, 'seed') : name,
    image: container.image,
    ...(container.imagePullPolicy !== undefined && { imagePullPolicy: container.imagePullPolicy }),
    command: ['cp', '-RP', `${path}/.`, TARGET],
    securityContext: {
      ...(runAsUser !== undefined && { runAsUser }),
      ...(runAsGroup !== undefined && { runAsGroup }),
    },
    volumeMounts: [{ mountPath: TARGET, name: volume }],
  };
  const already = seeds.filter(isSeed).length;
  spec.initContainers = [...seeds.slice(0, already), seed, ...seeds.slice(already)];
}
