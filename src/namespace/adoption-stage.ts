import { EnforcedLevel, weaker } from './pod-security-level';

/**
 * How far a namespace that is in use already is closed. Each stage lists in the `findings` of the namespace what
 * the next one would break.
 */
export enum AdoptionStage {
  /**
   * Nothing binds. Pod Security warns of and audits what it would refuse; every policy is written, under one that
   * leaves everything open; the default service account, LimitRange and ResourceQuota are left out.
   */
  OBSERVE = 'observe',
  /**
   * What concerns new pods binds: Pod Security refuses what breaks `baseline`, the default service account has
   * no token, LimitRange and ResourceQuota are written. Connections stay open.
   */
  WARN = 'warn',
  /** Everything binds. */
  ENFORCE = 'enforce',
}

/** What Pod Security enforces at a stage, given what it is to enforce in the end; undefined where it refuses nothing. */
export function enforcedAt(stage: AdoptionStage, level: EnforcedLevel): EnforcedLevel | undefined {
  switch (stage) {
    case AdoptionStage.OBSERVE: return undefined;
    case AdoptionStage.WARN: return weaker(level, 'baseline');
    case AdoptionStage.ENFORCE: return level;
  }
}

/** The stage that follows. */
export function stageAfter(stage: AdoptionStage): AdoptionStage | undefined {
  switch (stage) {
    case AdoptionStage.OBSERVE: return AdoptionStage.WARN;
    case AdoptionStage.WARN: return AdoptionStage.ENFORCE;
    case AdoptionStage.ENFORCE: return undefined;
  }
}
