import { posix } from 'path';
import { Fault } from './faults';

/** Folders that the kubelet or the kernel fills: nothing may be laid over them. */
const RESERVED = ['/', '/proc', '/sys', '/dev'];

/** Refuses a path that cannot be a folder of its own in a container; returns it in its shortest form. */
export function checkFolderPath(where: string, path: string): string {
  const fault = (what: string, advice: string) => new Fault({ where, what: `temp folder '${path}' ${what}`, id: 'folder-path-invalid', advice });
  if (!path.startsWith('/')) {
    throw fault('is not absolute', `Did you mean '${posix.normalize('/' + path.replace(/^(\.\.?\/)+/, ''))}'?`);
  }
  if (path.split('/').includes('..')) {
    throw fault("has '..' in it", `Did you mean '${posix.normalize(path)}'?`);
  }
  if (path.includes(':')) {
    throw fault("has ':' in it, which Kubernetes refuses in a mount path", 'Choose a path without it.');
  }
  const clean = normalFolder(path);
  if (RESERVED.includes(clean)) {
    throw fault(clean === '/' ? 'is the root of the image and would hide all of it' : 'belongs to the system', "Name the folder that the application writes to, such as '/tmp'.");
  }
  return clean;
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
export function realFolder(path: string): string {
  return normalFolder(path).replace(/^\/var\/run(?=\/|$)/, '/run');
}

/** Tells whether `path` lies in `folder` or is that folder. */
export function isWithin(path: string, folder: string): boolean {
  const [inner, outer] = [realFolder(path), realFolder(folder)];
  return inner === outer || inner.startsWith(outer === '/' ? '/' : `${outer}/`);
}
