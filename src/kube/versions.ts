import { Fault } from './faults';

/** The oldest Kubernetes minor version that we write for. */
export const OLDEST_KUBERNETES = '1.27';
/** The newest Kubernetes minor version that we know. */
export const NEWEST_KUBERNETES = '1.37';

/** The minor number of a version like `1.31`, `v1.31` or `v1.31.4`; undefined if it is none. */
export function minorOf(version: string): number | undefined {
  const match = /^v?1\.(\d{1,3})(?:\.\d+)?(?:[-+].*)?$/.exec(version);
  return match ? Number(match[1]) : undefined;
}

/** Refuses what is no Kubernetes version that we know; returns it as `1.NN`. */
export function checkKubernetesVersion(where: string, version: string): string {
  const minor = minorOf(version);
  const [oldest, newest] = [minorOf(OLDEST_KUBERNETES)!, minorOf(NEWEST_KUBERNETES)!];
  if (minor !== undefined && minor >= oldest && minor <= newest) return `1.${minor}`;
  throw new Fault({
    where,
    what: `'${version}' is no Kubernetes version that is known here`,
    id: 'kubernetes-version-unknown',
    advice: `Write a version from '${OLDEST_KUBERNETES}' to '${NEWEST_KUBERNETES}'.`,
  });
}

/**
 * Compares two dotted versions by their numbers (`1.27.5` after `1.27`): negative, zero or positive.
 * What follows the numbers (`-alpine`) does not count.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map(v => (/^v?(\d+(?:\.\d+)*)/.exec(v)?.[1] ?? '').split('.').map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference) return difference;
  }
  return 0;
}
