/** A level of the Pod Security Standards, as a namespace enforces it. */
export enum PodSecurityLevel {
  /** Everything is admitted: for agents of the node, such as a network plugin. */
  PRIVILEGED = 'privileged',
  /** What breaks out of the container by known ways is refused. */
  BASELINE = 'baseline',
  /** Only pods that follow the present practice of hardening are admitted. */
  RESTRICTED = 'restricted',
  /**
   * The strictest level that the pods of the namespace meet, worked out at synthesis: `restricted`, unless a pod
   * carries waivers for what keeps it from that.
   */
  STRICTEST = 'strictest',
}

/** A level that can be enforced. */
export type EnforcedLevel = 'privileged' | 'baseline' | 'restricted';

const FROM_THE_WEAKEST: readonly EnforcedLevel[] = ['privileged', 'baseline', 'restricted'];

/** The weaker of two levels. */
export function weaker(a: EnforcedLevel, b: EnforcedLevel): EnforcedLevel {
  return FROM_THE_WEAKEST.indexOf(a) < FROM_THE_WEAKEST.indexOf(b) ? a : b;
}

/** Tells whether a level refuses what another one is the lowest to forbid. */
export function forbids(enforced: EnforcedLevel, lowest: 'baseline' | 'restricted'): boolean {
  return weaker(enforced, lowest) === lowest;
}
