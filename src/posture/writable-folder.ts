/** What is to become of the files that a container writes to a folder. */
export enum FolderKind {
  /** They may be lost with the pod: an emptyDir volume with a size limit. */
  EPHEMERAL = 'ephemeral',
  /** They must outlive the pod: a volume claim whose size the user states. */
  DATA = 'data',
  /** The image brings files there which the application changes: copied into an emptyDir before it starts. */
  SEEDED = 'seeded',
}

/** Where an emptyDir volume keeps its files. */
export enum FolderMedium {
  /** The node's disk; counts towards ephemeral storage. */
  DISK = '',
  /** The node's memory (tmpfs); counts towards the memory limit of the container that writes. */
  MEMORY = 'Memory',
}

/**
 * When a folder is written at all. It holds if any one of what is stated holds.
 */
export interface FolderCondition {
  /**
   * Holds where the user names this feature for the container (`features: ['acme']`).
   *
   * @default - no feature
   */
  readonly feature?: string;

  /**
   * Holds where an argument or a part of the command of the container begins with one of these.
   *
   * @default - arguments do not matter
   */
  readonly argPrefixes?: string[];

  /**
   * Holds where the name of an environment variable of the container begins with one of these.
   *
   * @default - the environment does not matter
   */
  readonly envPrefixes?: string[];

  /**
   * Turns the condition round: the folder is written unless it holds.
   *
   * @default false
   */
  readonly unless?: boolean;
}

/**
 * A folder that an image writes to, as an image profile states it.
 */
export interface WritableFolder {
  /** The absolute path in the container. */
  readonly path: string;

  /**
   * What is to become of the files.
   *
   * @default FolderKind.EPHEMERAL
   */
  readonly kind?: FolderKind;

  /**
   * What the image writes there, in a few words.
   *
   * @default - not said
   */
  readonly why?: string;

  /**
   * When the folder is written at all.
   *
   * @default - always
   */
  readonly when?: FolderCondition;

  /**
   * The first version of the image (its tag) that writes there.
   *
   * @default - all up to `beforeVersion`
   */
  readonly sinceVersion?: string;

  /**
   * The first version of the image (its tag) that no longer writes there.
   *
   * @default - all from `sinceVersion` on
   */
  readonly beforeVersion?: string;

  /**
   * For data: the folder of the volume that is mounted. A database wants one, since the root of a fresh
   * volume holds `lost+found` and has a mode that is not its own.
   *
   * @default - the root of the volume
   */
  readonly subPath?: string;

  /**
   * Environment variables that tell the image of this folder, set where the folder is made a mount;
   * the user's own win, and a mount of the user's own stays without them.
   *
   * @default - none
   */
  readonly env?: { [name: string]: string };

  /**
   * The size limit of the emptyDir volume, as a quantity (`256Mi`).
   *
   * @default - the organisation's `tempFolderSizeLimit`
   */
  readonly sizeLimit?: string;
}
