import { defined } from '../../kube/json';
import { isWithin, realFolder } from '../../kube/paths';
import { Container, Manifest, PodSpec, Volume, isSidecar } from '../../kube/pod-spec';
import { FolderKind, WritableFolder } from '../../posture/writable-folder';
import { Knowledge } from '../knowledge';
import { PodView } from '../pod-rule';
import { FolderClaim } from './claims';
import { FolderNames, claimTemplates, mountAt } from './folder-names';
import { addSeed, isSeed } from './seeds';

/** Sources of volumes that nothing can be written to. */
const READ_ONLY_SOURCES = ['configMap', 'secret', 'projected', 'downwardAPI', 'image'];

/** Every folder that the containers write to becomes a mount: those that somebody asked for, and those of the image's profile. */
export function addFolders(manifest: Manifest, pod: PodView, knowledge: Knowledge): void {
  // Regular containers come first, so that theirs are the plain names.
  const placed = pod.containers.filter(({ list }) => list !== 'ephemeralContainers').sort((a, b) => Number(a.list !== 'containers') - Number(b.list !== 'containers'));
  const asks = new Map(placed.map(({ container }) => [container, merged(knowledge, container, knowledge.of(container).folders ?? [])]));
  const names = new FolderNames(manifest, pod.spec, asks);
  for (const { container, list, index, field } of placed) {
    if (isSeed(container)) continue;
    const stays = list === 'containers' || isSidecar({ container, list, index, field });
    const asked = asks.get(container)!;
    for (const folder of asked) {
      const taken = mountAt(container, folder.path);
      if (taken && !names.isOurs(container, folder, taken)) {
        knowledge.fault('folder-clash', `folder '${folder.path}' of container '${container.name}' is already the mount of volume '${taken.name}'`, 'Remove one of the two, or choose another path.');
      } else if (!taken) {
        addFolder(manifest, pod.spec, container, completed(folder, container, knowledge), names, knowledge);
      }
    }
    for (const folder of knowledge.profile(container)?.folders ?? []) {
      // An init container of a database's image talks to one; it is none.
      if (!stays && (folder.kind ?? FolderKind.EPHEMERAL) !== FolderKind.EPHEMERAL) continue;
      if (!isCovered(pod.spec, container, folder)) addFolder(manifest, pod.spec, container, fromProfile(folder), names, knowledge);
    }
  }
}

/** What the image's profile knows of a folder that somebody asked for. */
function completed(folder: FolderClaim, container: Container, knowledge: Knowledge): FolderClaim {
  const known = knowledge.profile(container)?.folders.find(({ path }) => realFolder(path) === realFolder(folder.path));
  if (!known || folder.kind !== FolderKind.DATA) return folder;
  return { ...folder, subPath: folder.subPath ?? known.subPath };
}

function fromProfile({ path, kind, sizeLimit, subPath }: WritableFolder): FolderClaim {
  return { path, kind: kind ?? FolderKind.EPHEMERAL, sizeLimit, subPath };
}

/** One claim a folder: the same one twice is one, with what either says; two that differ are refused. */
function merged(knowledge: Knowledge, container: Container, folders: readonly FolderClaim[]): FolderClaim[] {
  const byPath = new Map<string, FolderClaim>();
  for (const folder of folders) {
    const key = realFolder(folder.path);
    const known = byPath.get(key);
    if (known && !agree(known, folder)) {
      knowledge.fault('folder-clash', `folder '${folder.path}' of container '${container.name}' is claimed twice, in different ways`, 'Claim it once.');
    } else {
      byPath.set(key, { ...folder, ...defined(known ?? folder) });
    }
  }
  return [...byPath.values()];
}

/** Whether two claims of one folder say nothing different. */
function agree(a: FolderClaim, b: FolderClaim): boolean {
  return a.volume === b.volume && (Object.keys(a) as (keyof FolderClaim)[]).every(key =>
    key === 'path' || a[key] === undefined || b[key] === undefined || a[key] === b[key]);
}

/** Whether the user already mounted something writable there, or over a folder around it. */
function isCovered(spec: PodSpec, container: Container, folder: WritableFolder): boolean {
  return (container.volumeMounts ?? []).some(mount => {
    if (realFolder(mount.mountPath) === realFolder(folder.path)) return true;
    if (!isWithin(folder.path, mount.mountPath) || folder.kind !== FolderKind.DATA) return false;
    const volume = (spec.volumes ?? []).find(({ name }) => name === mount.name);
    return !mount.readOnly && !READ_ONLY_SOURCES.some(source => volume?.[source] !== undefined);
  });
}

function addFolder(manifest: Manifest, spec: PodSpec, container: Container, folder: FolderClaim, names: FolderNames, knowledge: Knowledge): void {
  const name = names.of(container, folder);
  const added = folder.kind === FolderKind.DATA
    ? addData(manifest, spec, container, folder, name, knowledge) : addEmptyDir(spec, folder, name, knowledge);
  if (!added) return;
  if (folder.kind === FolderKind.SEEDED) {
    if (knowledge.profile(container)?.profile.hasCopyCommand === false) {
      knowledge.fault('seed-without-copy', `folder '${folder.path}' holds files of the image, which has no 'cp' to copy them into a volume`,
        `Mount a volume of your own at '${folder.path}' that holds them, build the files elsewhere in the image, or use a variant of the image that has a shell.`);
      return;
    }
    addSeed(spec, container, folder.path, name);
  }
  container.volumeMounts = [...container.volumeMounts ?? [], { mountPath: folder.path, name, ...(folder.subPath && { subPath: folder.subPath }) }];
  tellImage(container, folder, knowledge);
}

/** Some images have to be told of a folder; not where the user mounted it, since data that are there would seem gone. */
function tellImage(container: Container, folder: FolderClaim, knowledge: Knowledge): void {
  const known = knowledge.profile(container)?.folders.find(({ path }) => realFolder(path) === realFolder(folder.path));
  const env = container.env ?? [];
  const missing = Object.entries(known?.env ?? {}).filter(([name]) => !env.some(variable => variable.name === name));
  if (missing.length) container.env = [...env, ...missing.map(([name, value]) => ({ name, value }))];
}

function addEmptyDir(spec: PodSpec, folder: FolderClaim, name: string, { posture }: Knowledge): boolean {
  if ((spec.volumes ?? []).some(volume => volume.name === name)) return true;
  const emptyDir = { ...(folder.medium && { medium: folder.medium }), sizeLimit: folder.sizeLimit ?? posture.tempFolderSizeLimit };
  spec.volumes = [...spec.volumes ?? [], { name, emptyDir }];
  return true;
}

function addData(
  manifest: Manifest, spec: PodSpec, container: Container, folder: FolderClaim, name: string, knowledge: Knowledge,
): boolean {
  const { claims } = knowledge;
  const size = folder.size ?? claims.dataSize;
  if (folder.claimName !== undefined) {
    const volume: Volume = { name, persistentVolumeClaim: { claimName: folder.claimName } };
    if (!(spec.volumes ?? []).some(other => other.name === name)) spec.volumes = [...spec.volumes ?? [], volume];
    return true;
  }
  if (manifest.kind === 'StatefulSet' && size !== undefined) {
    const storageClassName = folder.storageClassName ?? claims.storageClassName;
    const template = {
      metadata: { name },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } }, ...(storageClassName && { storageClassName }) },
    };
    manifest.spec!.volumeClaimTemplates = [...claimTemplates(manifest), template];
    return true;
  }
  knowledge.fault('data-folder-without-claim', `container '${container.name}' keeps data in '${folder.path}', and nothing says where they are to outlive the pod`,
    claims.foreign ? 'Mount a claim there, or, if the files may be lost with the pod, an emptyDir.' : inOptions(manifest, folder));
  return false;
}

function inOptions({ kind }: Manifest, { path }: FolderClaim): string {
  const orElse = `mount a claim of your own there, or, if the files may be lost with the pod, say tempFolders: ['${path}'].`;
  return kind === 'StatefulSet' ? `State the size of its volume, such as dataSize: '10Gi', ${orElse}` : `Use a HardenedStatefulSet with dataSize: '10Gi', ${orElse}`;
}
