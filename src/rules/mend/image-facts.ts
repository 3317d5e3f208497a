import { parseImage } from '../../kube/image-ref';
import { isWithin, realFolder } from '../../kube/paths';
import { Container, Placed, PodSpec, Volume, isSidecar } from '../../kube/pod-spec';
import { ProfileConfidence } from '../../posture/image-profile';
import { ResolvedProfile } from '../../posture/resolve-profile';
import { FolderKind, WritableFolder } from '../../posture/writable-folder';

/** Volumes whose files the kubelet does not hand to `fsGroup`: who may write there is up to their owner. */
const UNMANAGED = ['hostPath', 'nfs', 'cephfs', 'glusterfs', 'azureFile', 'quobyte'];

/** Programs that live on setuid bits, as they are called in commands, arguments and scripts. */
const SETUID_PROGRAMS = /(^|[\s/;&|"'])(sudo|su|doas|newuidmap|newgidmap|fusermount3?|ping|mount|crontab|sendmail|postfix)($|[\s;&|"'])/;

/** Whether the container runs what the image is made for: its own entry point, or a program named after the image. */
export function runsItsProgram({ command, image }: Container): boolean {
  if (!command?.length) return true;
  const program = command[0].split('/').pop()!;
  const name = parseImage(image ?? '').repository.split('/').pop()!;
  return program === 'docker-entrypoint.sh' || (name !== '' && program.startsWith(name));
}

/** Whether the profile of the container's image says enough to go by. */
export function isKnown(container: Container, profile: ResolvedProfile | undefined): profile is ResolvedProfile {
  return profile !== undefined && profile.profile.confidence !== ProfileConfidence.LOW && runsItsProgram(container);
}

/** Whether the container calls a program that gains rights by its setuid bit. */
export function callsSetuid({ command = [], args = [] }: Container): boolean {
  return [...command, ...args].some(word => SETUID_PROGRAMS.test(word));
}

/** The first volume that the container writes to and that only its owner opens for another user. */
export function foreignVolume(spec: PodSpec, { volumeMounts = [] }: Container): Volume | undefined {
  const written = new Set(volumeMounts.filter(({ readOnly }) => readOnly !== true).map(({ name }) => name));
  return (spec.volumes ?? []).find(volume => written.has(volume.name) && UNMANAGED.some(type => volume[type] !== undefined && volume[type] !== null));
}

/** The folders with data that lie on no volume, and so would be lost, or could not be written with a read-only root. */
export function unmountedData(placed: Placed, profile: ResolvedProfile | undefined): WritableFolder[] {
  if (placed.list !== 'containers' && !isSidecar(placed)) return [];
  return (profile?.folders ?? []).filter(folder => folder.kind === FolderKind.DATA
    && !(placed.container.volumeMounts ?? []).some(({ mountPath }) => isWithin(folder.path, mountPath)));
}

/**
 * The folder that an image wants to own itself and that is the mount of a volume: a fresh volume belongs to root, so that
 * only root can take it over. The profile names variables that lead the image one folder deeper; who sets them is fine.
 */
export function ownedByRoot({ env = [], volumeMounts = [] }: Container, profile: ResolvedProfile): WritableFolder | undefined {
  return profile.folders.find(folder => Object.keys(folder.env ?? {}).some(name => !env.some(variable => variable.name === name))
    && volumeMounts.some(({ mountPath }) => realFolder(mountPath) === realFolder(folder.path)));
}

/** The folders that would have to be filled by a copy of what the image has there. */
export function unfilledFolders({ volumeMounts = [] }: Container, profile: ResolvedProfile | undefined): WritableFolder[] {
  return (profile?.folders ?? []).filter(({ kind, path }) => kind === FolderKind.SEEDED
    && !volumeMounts.some(({ mountPath }) => realFolder(mountPath) === realFolder(path)));
}
