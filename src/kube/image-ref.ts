import { remembered } from './remembered';

/** The parts of an image reference. */
export interface ImageRef {
  /** Registry and repository, written out: `docker.io/library/nginx`. */
  readonly repository: string;
  /** The tag, if one is written. */
  readonly tag?: string;
  /** The digest, if one is written: `sha256:…`. */
  readonly digest?: string;
}

/**
 * Takes an image reference apart as container runtimes do: the first part is a registry only where it
 * holds a dot, a colon or is `localhost`; names without one come from Docker Hub.
 */
export const parseImage = remembered((image): ImageRef => {
  const [rest, digest] = image.split('@', 2);
  const slash = rest.lastIndexOf('/');
  const colon = rest.indexOf(':', slash + 1);
  const name = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  return { repository: fullRepository(name), tag, digest };
});

/** A repository with the registry and `library/` that Docker Hub leaves out. */
export function fullRepository(name: string): string {
  const first = name.split('/', 1)[0];
  const hasRegistry = name.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  const full = hasRegistry ? name : `docker.io/${name}`;
  const path = full.replace(/^index\.docker\.io\//, 'docker.io/');
  return /^docker\.io\/[^/]+$/.test(path) ? path.replace('docker.io/', 'docker.io/library/') : path;
}

/** Tells whether the reference says exactly one image: by digest. */
export function isPinned(ref: ImageRef): boolean {
  return ref.digest !== undefined;
}

/** Tells whether the tag moves by design: none at all, or `latest`. */
export function isMoving(ref: ImageRef): boolean {
  return ref.digest === undefined && (ref.tag === undefined || ref.tag === 'latest');
}
