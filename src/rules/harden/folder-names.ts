import { Json, isObject } from '../../kube/json';
import { pathToName } from '../../kube/names';
import { realFolder } from '../../kube/paths';
import { Container, Manifest, PodSpec, VolumeMount } from '../../kube/pod-spec';
import { FolderKind } from '../../posture/writable-folder';
import { FolderClaim } from './claims';

/**
 * The names of the volumes that folders become. A name says the path, with the container's behind it where another
 * container has the same path, and a number where all of that is taken. Containers that share a folder share its name.
 */
export class FolderNames {
  /** The names of shared volumes, by what their claims call them. */
  private readonly shared = new Map<string, string>();

  constructor(private readonly manifest: Manifest, private readonly spec: PodSpec, asks: ReadonlyMap<Container, readonly FolderClaim[]>) {
    // These are found first: whoever shares nothing must not come by a name of theirs.
    for (const [container, folders] of asks) {
      for (const folder of folders) {
        if (folder.volume === undefined || this.shared.get(folder.volume) !== undefined) continue;
        const mounted = mountAt(container, folder.path)?.name;
        const again = mounted !== undefined && isOneOf(mounted, folder.volume) ? mounted : undefined;
        this.shared.set(folder.volume, again ?? this.firstFree([folder.volume]));
      }
    }
  }

  /** The name for a folder of a container, not taken by anything else. */
  public of(container: Container, folder: FolderClaim): string {
    if (folder.volume !== undefined) return this.shared.get(folder.volume)!;
    const plain = volumeName(folder, '');
    return this.isTaken(plain) ? this.firstFree([plain, volumeName(folder, container.name)]) : plain;
  }

  /** Whether an earlier hardening has made the mount: hardening twice changes nothing more. */
  public isOurs(container: Container, folder: FolderClaim, mount: VolumeMount): boolean {
    const names = folder.volume !== undefined ? [folder.volume] : [volumeName(folder, ''), volumeName(folder, container.name)];
    return names.some(name => isOneOf(mount.name, name));
  }

  private isTaken(name: string): boolean {
    for (const shared of this.shared.values()) if (shared === name) return true;
    for (const volume of this.spec.volumes ?? []) if (volume.name === name) return true;
    return claimTemplates(this.manifest).some(template => nameOf(template) === name);
  }

  private firstFree(names: readonly string[]): string {
    const free = names.find(name => !this.isTaken(name));
    if (free !== undefined) return free;
    let i = 2;
    while (this.isTaken(`${names[0]}-${i}`)) i++;
    return `${names[0]}-${i}`;
  }
}

function nameOf(template: Json): Json | undefined {
  return isObject(template) && isObject(template.metadata) ? template.metadata.name : undefined;
}

/** The claim templates of a StatefulSet. */
export function claimTemplates(manifest: Manifest): Json[] {
  const templates = manifest.spec?.volumeClaimTemplates;
  return Array.isArray(templates) ? templates : [];
}

/** The mount of a container at a path. */
export function mountAt(container: Container, path: string): VolumeMount | undefined {
  return (container.volumeMounts ?? []).find(({ mountPath }) => realFolder(mountPath) === realFolder(path));
}

function volumeName(folder: FolderClaim, suffix: string): string {
  return pathToName(suffix ? `${folder.path}-${suffix}` : folder.path, folder.kind === FolderKind.DATA ? 'data' : 'temp');
}

function isOneOf(name: string, base: string): boolean {
  return name === base || (name.startsWith(`${base}-`) && /^\d+$/.test(name.slice(base.length + 1)));
}
