import { FolderMedium } from '../posture/writable-folder';

/**
 * What one container needs besides what cdk8s-plus can say of it.
 */
export interface ContainerOptions {
  /**
   * Folders of this container that it writes to and whose files may be lost: each becomes an emptyDir volume.
   *
   * @default - those of the image's profile
   */
  readonly tempFolders?: string[];

  /**
   * Features of the image that are used, which decide over folders of its profile: `acme`, `plugins`.
   *
   * @default - none: only arguments and environment decide
   */
  readonly features?: string[];

  /**
   * Whether the profile of its image is applied.
   *
   * @default true
   */
  readonly useImageProfile?: boolean;
}

/** How a folder becomes an emptyDir volume. */
export interface TempFolderOptions {
  /**
   * The size beyond which the pod is evicted, as a quantity.
   *
   * @default - the organisation's `tempFolderSizeLimit`: '256Mi'
   */
  readonly sizeLimit?: string;

  /**
   * Where the files are kept.
   *
   * @default FolderMedium.DISK
   */
  readonly medium?: FolderMedium;

  /**
   * The containers that see it, by name. Several share one volume.
   *
   * @default - every container that is no init container, each with a volume of its own
   */
  readonly containers?: string[];
}

/** A folder whose files the image brings and the application changes. */
export interface SeededFolderOptions {
  /**
   * The size beyond which the pod is evicted, as a quantity.
   *
   * @default - the organisation's `tempFolderSizeLimit`: '256Mi'
   */
  readonly sizeLimit?: string;

  /**
   * The container whose image brings the files, by name.
   *
   * @default - the sole container that is no init container
   */
  readonly container?: string;
}

/** A folder whose files outlive the pod. */
export interface DataFolderOptions {
  /**
   * The size of the volume, as a quantity. Only a StatefulSet makes volumes, one for each replica.
   *
   * @default - the workload's `dataSize`
   */
  readonly size?: string;

  /**
   * The name of a PersistentVolumeClaim that exists, in place of a volume that is made.
   *
   * @default - a volume is made
   */
  readonly claimName?: string;

  /**
   * The StorageClass of the volume that is made.
   *
   * @default - the workload's `storageClassName`, else the cluster's default
   */
  readonly storageClassName?: string;

  /**
   * The folder of the volume that is mounted. Databases want one: the root of a fresh volume holds
   * `lost+found`, and its mode is not theirs.
   *
   * @default - the root of the volume
   */
  readonly subPath?: string;

  /**
   * The container that sees it, by name.
   *
   * @default - the sole container that is no init container
   */
  readonly container?: string;
}

/** A token by which a third party recognises the workload. */
export interface ServiceAccountTokenOptions {
  /** Who the token is for, as it checks it: `vault`, `sts.amazonaws.com`. */
  readonly audience: string;

  /** The folder in which every container finds it, in a file called `token`. */
  readonly path: string;

  /**
   * How long it is valid, in seconds, at least 600; the kubelet renews it in time.
   *
   * @default 3600
   */
  readonly expirationSeconds?: number;
}

/** How a Secret becomes files. */
export interface SecretFolderOptions {
  /**
   * The keys that are wanted, each a file of that name.
   *
   * @default - all
   */
  readonly keys?: string[];

  /**
   * The containers that see it, by name.
   *
   * @default - every container that is no init container
   */
  readonly containers?: string[];

  /**
   * Whether the pod starts without the Secret, too.
   *
   * @default false
   */
  readonly optional?: boolean;
}
