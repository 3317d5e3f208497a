import { posix } from 'path';
import { Fault } from './faults';
import { remembered } from './remembered';

/** Folders that the kubelet or the kernel fills: nothing may be laid over them. */
const RESERVED = ['/', '/proc', '/sys', '/dev'];
/** Nor into these: all of them is the kernel's. */
const KERNEL = ['/proc', '/sys'];

/** Refuses a path that cannot be a folder of its own in a container; returns it in its shortest form. */
export function checkFolderPath(where: string, path: string): string {
  const fault = (what: string, advice: string) => new Fault({ where, what: `folder '${path}' ${what}`, id: 'folder-path-invalid', advice });
  const orElse = "Name the folder that the application writes to, such as '/tmp'.";
  const didYouMean = (meant: string) => RESERVED.includes(meant) || meant.includes(':') ? orElse : `Did you mean '${meant}'?`;
  if (!path.startsWith('/')) {
    throw fault('is not absolute', didYouMean(posix.normalize('/' + path.replace(/^(\.\.?\/)+/, ''))));
  }
  if (path.split('/').includes('..')) {
    throw fault("has '..' in it", didYouMean(posix.normalize(path)));
  }
  if (path.includes(':')) {
    throw fault("has ':' in it, which Kubernetes refuses in a mount path", 'Choose a path without it.');
  }
  const clean = normalFolder(path);
  if (RESERVED.includes(clean) || KERNEL.some(folder => isWithin(clean, folder))) {
    throw fault(clean === '/' ? 'is the root of the image and would hide all of it' : 'belongs to the system', orElse);
  }
  return clean;
}

/** Refuses what cannot be the `subPath` of a mount; returns it unchanged. */
export function checkSubPath(where: string, path: string, subPath: string): string {
  if (subPath !== '' && !subPath.startsWith('/') && !subPath.split('/').includes('..')) return subPath;
  throw new Fault({
    where,
    what: `subPath '${subPath}' of folder '${path}' is no folder within the volume`,
    id: 'folder-path-invalid',
    advice: "Write it without a leading '/' and without '..', such as 'data'.",
  });
}

/** A path without doubled or trailing slashes. */
export function normalFolder(path: string): string {
  const clean = posix.normalize(path);
  return clean.length > 1 ? clean.replace(/\/+$/, '') : clean;
}

/**
 * The folder as the image resolves it: `/var/run` is a symbolic link to `/run` in the images that matter
 * (Debian since 7, Alpine), so both are one place.
 */
export const realFolder = remembered((path): string => normalFolder(path).replace(/^\/var\/run(?=\/|$)/, '/run'));

/** Tells whether `path` lies in `folder` or is that folder. */
export function isWithin(path: string, folder: string): boolean {
  const [inner, outer] = [realFolder(path), realFolder(folder)];
  return inner === outer || inner.startsWith(outer === '/' ? '/' : `${outer}/`);
}
