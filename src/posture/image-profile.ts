import { Fault } from '../kube/faults';
import { checkFolderPath, checkSubPath } from '../kube/paths';
import { checkPort } from '../kube/ports';
import { checkQuantity } from '../kube/quantity';
import { FolderKind, WritableFolder } from './writable-folder';

/** How well a profile is founded. */
export enum ProfileConfidence {
  /** Read off the image's own files or documentation. */
  HIGH = 'high',
  /** Read off charts and issues of its users. */
  MEDIUM = 'medium',
  /** In part unknown: the finding that shows it says so. */
  LOW = 'low',
}

/** What differs for some tags of an image. */
export interface ImageVariant {
  /** Patterns of tags, with `*` for any text: `*-alpine`. */
  readonly tags: string[];

  /**
   * The numeric user.
   *
   * @default - as in the other tags
   */
  readonly user?: number;

  /**
   * The numeric group.
   *
   * @default - as in the other tags
   */
  readonly group?: number;

  /**
   * Ports that these tags open besides the others.
   *
   * @default - none besides
   */
  readonly ports?: number[];
}

/** What an image needs to run hardened. */
export interface ImageProfileProps {
  /** The repositories of the image: `nginx`, `docker.io/library/nginx`, `ghcr.io/acme/web`. */
  readonly images: string[];

  /**
   * Patterns of the tags that it is about, with `*` for any text.
   *
   * @default - all tags
   */
  readonly tags?: string[];

  /**
   * The numeric user that the image's files are made for.
   *
   * @default - unknown: the user of the pod has to be said elsewhere
   */
  readonly user?: number;

  /**
   * The numeric group that the image's files are made for.
   *
   * @default - unknown
   */
  readonly group?: number;

  /**
   * The folders that the image writes to. With these mounted, the root file system can be read-only.
   *
   * @default - none
   */
  readonly folders?: WritableFolder[];

  /**
   * What differs for some tags.
   *
   * @default - nothing
   */
  readonly variants?: ImageVariant[];

  /**
   * The ports that the image opens.
   *
   * @default - none known
   */
  readonly ports?: number[];

  /**
   * The ports, among those, that clients connect to: not those of administration, metrics or replication.
   *
   * @default - the sole port, if it has just one
   */
  readonly clientPorts?: number[];

  /**
   * Environment variables that the image needs to run hardened; the user's own win.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * Arguments that the image needs to run hardened; used only where the user gives none.
   *
   * @default - none
   */
  readonly args?: string[];

  /**
   * The memory request, as a quantity.
   *
   * @default - the organisation's
   */
  readonly memoryRequest?: string;

  /**
   * The memory limit, as a quantity.
   *
   * @default - the organisation's
   */
  readonly memoryLimit?: string;

  /**
   * Kernel parameters that the image needs, by name; only safe ones of the pod's own namespaces.
   *
   * @default - none
   */
  readonly sysctls?: { [name: string]: string };

  /**
   * Whether the image has the command `cp`, with which seeded folders are filled.
   *
   * @default true
   */
  readonly hasCopyCommand?: boolean;

  /**
   * How well this is founded.
   *
   * @default ProfileConfidence.HIGH
   */
  readonly confidence?: ProfileConfidence;

  /**
   * What shows that the image runs with a read-only root file system.
   *
   * @default - nothing shows it yet
   */
  readonly readOnlyRootEvidence?: string;

  /**
   * What else its user should know, as whole sentences.
   *
   * @default - nothing
   */
  readonly note?: string;
}

/**
 * What one image needs to run hardened: its user, the folders it writes to, its ports.
 *
 * Profiles of the well-known images are built in; this is for one's own:
 *
 * @example
 * declare const app: cdk8s.App;
 * SecurityDefaults.of(app).set({
 *   imageProfiles: [ImageProfile.of({
 *     images: ['ghcr.io/acme/web'],
 *     user: 10001,
 *     group: 10001,
 *     folders: [{ path: '/tmp' }, { path: '/var/lib/web', kind: FolderKind.DATA }],
 *   })],
 * });
 */
export class ImageProfile {
  /**
   * A profile of an image of one's own.
   *
   * @throws a fault where no image is named, or where a path, a user, a port or a quantity cannot be.
   */
  public static of(props: ImageProfileProps): ImageProfile {
    const where = `image profile ${props.images[0] ?? ''}`.trim();
    if (!props.images.length) {
      throw new Fault({ where, what: 'it names no image', id: 'image-profile-empty', advice: "Say which images it is about: images: ['ghcr.io/acme/web']." });
    }
    for (const { path, sizeLimit, subPath } of props.folders ?? []) {
      checkFolderPath(where, path);
      if (sizeLimit !== undefined) checkQuantity(where, `the size of '${path}'`, sizeLimit);
      if (subPath !== undefined) checkSubPath(where, path, subPath);
    }
    for (const key of ['memoryRequest', 'memoryLimit'] as const) {
      if (props[key] !== undefined) checkQuantity(where, key, props[key]);
    }
    for (const port of [...props.ports ?? [], ...(props.variants ?? []).flatMap(({ ports = [] }) => ports)]) checkPort(where, port);
    for (const port of props.clientPorts ?? []) checkPort(where, port, 'client port');
    for (const [what, id] of [['user', props.user], ['group', props.group]] as const) {
      if (id !== undefined && !(Number.isInteger(id) && id >= 0 && id <= 0x7fffffff)) {
        throw new Fault({ where, what: `${what} ${id} is no numeric id`, id: 'image-profile-id-invalid', advice: 'Write the number that /etc/passwd or /etc/group of the image has.' });
      }
    }
    return new ImageProfile(props);
  }

  /** What the profile says. */
  public readonly props: ImageProfileProps;

  private constructor(props: ImageProfileProps) {
    this.props = props;
  }

  /** The folders whose files must outlive the pod. */
  public get dataFolders(): string[] {
    return (this.props.folders ?? []).filter(f => f.kind === FolderKind.DATA).map(f => f.path);
  }
}
