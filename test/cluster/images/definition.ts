/** What `docker inspect` calls Config: how the image is started. */
export interface ImageConfig {
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Env?: readonly string[];
  readonly StopSignal?: string;
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly ExposedPorts?: { readonly [port: string]: object };
  readonly Volumes?: { readonly [path: string]: object };
}

/** One name under which an image is loaded. */
export interface Tag {
  readonly name: string;
  readonly config: ImageConfig;
  /** What differs from the other tags: text files by their paths. */
  readonly files?: { readonly [path: string]: string };
  /** Folders of this tag alone, by their paths. */
  readonly folders?: { readonly [path: string]: Folder };
}

/** A folder of an image: the owner's number, the same for its group, and its mode. */
export interface Folder {
  readonly owner: number;
  readonly mode: string;
}

/** An image that is made of Debian's packages, so that no registry is needed. */
export interface Definition {
  readonly name: string;
  /** Packages of Debian; what they depend on comes with them. */
  readonly packages: readonly string[];
  /** The image's user, with the number that the official image has given it. */
  readonly user?: { readonly name: string; readonly id: number; readonly home: string };
  /** Text files by their paths; those that begin with `#!` can be run. */
  readonly files?: { readonly [path: string]: string };
  readonly folders?: { readonly [path: string]: Folder };
  /** What else is done with the unpacked packages. */
  readonly finish?: (root: string) => void;
  readonly tags: readonly Tag[];
}
