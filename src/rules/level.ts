import { podPart } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';
import { PodSecurityLevel, meets } from './pod-security';

/** The levels of the Pod Security Standards, the strictest first. */
export const LEVELS: readonly PodSecurityLevel[] = ['restricted', 'baseline', 'privileged'];

/** The strictest level that the pod of a manifest meets in one minor version of Kubernetes; undefined where it has no pod. */
export function strictestLevel(manifest: Manifest, minor: number): PodSecurityLevel | undefined {
  if (!podPart(manifest)) return undefined;
  return LEVELS.find(level => meets(manifest, level, minor));
}
