import { describe } from '../kube/kinds';
import { Hindrance, hindrances } from '../rules/level/hindrances';
import { AdoptionStage, enforcedAt } from './adoption-stage';
import { Content } from './contents';
import { EnforcedLevel, PodSecurityLevel, forbids } from './pod-security-level';

/** Pods of the namespace, and what keeps them from `restricted`. */
export interface HinderedPod extends Content {
  readonly hindrances: readonly Hindrance[];
}

/** What a namespace is told to enforce, and how far that has come. */
export interface Admission {
  readonly level: PodSecurityLevel;
  readonly stage: AdoptionStage;
}

/** The pods that do not meet `restricted`, by kind and name. */
export function hinderedPods(pods: readonly Content[], minor: number, today: string): HinderedPod[] {
  return pods
    .map(pod => ({ ...pod, hindrances: hindrances(pod.manifest, minor, today) }))
    .filter(pod => pod.hindrances.length)
    .sort((a, b) => describe(a.manifest) < describe(b.manifest) ? -1 : 1);
}

/** The level that is to be enforced in the end: as told, or the strictest that waivers leave. */
export function finalLevel({ level }: Admission, pods: readonly HinderedPod[]): EnforcedLevel {
  if (level !== PodSecurityLevel.STRICTEST) return level;
  const waived = new Set(pods.flatMap(pod => pod.hindrances.filter(({ waiver }) => waiver).map(hindrance => hindrance.level)));
  return waived.has('baseline') ? 'privileged' : waived.has('restricted') ? 'baseline' : 'restricted';
}

/**
 * The pods that must not be there at a stage, and why: the API server would refuse them, or the level would have to
 * fall for them without a waiver.
 */
export function refusedPods({ level, stage }: Admission, pods: readonly HinderedPod[]): HinderedPod[] {
  const end = finalLevel({ level, stage }, pods);
  const enforced = enforcedAt(stage, end);
  if (enforced === undefined) return [];
  const strictest = enforcedAt(stage, 'restricted')!;
  const isRefused = (hindrance: Hindrance) => forbids(enforced, hindrance.level)
    || (level === PodSecurityLevel.STRICTEST && !hindrance.waiver && forbids(strictest, hindrance.level));
  return pods
    .map(pod => ({ ...pod, hindrances: pod.hindrances.filter(isRefused) }))
    .filter(pod => pod.hindrances.length);
}
