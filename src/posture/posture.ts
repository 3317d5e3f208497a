import type { IConstruct } from 'constructs';
import { OLDEST_KUBERNETES, minorOf } from '../kube/versions';
import type { ClusterFacts } from './cluster-facts';
import { ImageProfileProps } from './image-profile';
import { PROFILES } from './profiles';
import { Mirrors } from './resolve-profile';
import { onceSettled } from './synthesis';
import { ambientToday } from './today';
import { stored } from './trait';
import { LaidWaiver } from './waiver';
import { BUILT_IN, WorkloadDefaults } from './workload-defaults';

/** Everything that was decided for one workload, merged from the root of the tree to the workload. */
export interface Posture extends WorkloadDefaults {
  /** The construct path, for messages. */
  readonly where: string;
  /** The day that decides whether a waiver has expired. */
  readonly today: string;
  /** The minor version of the oldest cluster that the manifests are for. */
  readonly kubernetesMinor: number;
  /** The same, where somebody has named it. */
  readonly namedMinor?: number;
  /** The nearest scope's profiles first, the built-in ones last. */
  readonly profiles: readonly ImageProfileProps[];
  readonly mirrors: Mirrors;
  /** The nearest scope's waivers first. */
  readonly waivers: readonly LaidWaiver[];
}

/** Merges what is stored on the scopes of a construct, the leaf winning, property by property. */
export function postureOf(construct: IConstruct): Posture {
  let defaults: WorkloadDefaults = BUILT_IN;
  let today: string | undefined;
  let kubernetes: string | undefined;
  let profiles = PROFILES;
  let mirrors: Mirrors = {};
  let waivers: LaidWaiver[] = [];
  for (const scope of construct.node.scopes) {
    const part = stored(scope);
    if (!part) continue;
    defaults = { ...defaults, ...part.defaults };
    today = part.today ?? today;
    kubernetes = part.kubernetes ?? part.cluster?.kubernetes ?? kubernetes;
    if (part.imageProfiles.length) profiles = [...part.imageProfiles, ...profiles];
    mirrors = { ...mirrors, ...part.imageMirrors };
    if (part.waivers.length) waivers = [...part.waivers.map(waiver => ({ waiver, where: scope.node.path })), ...waivers];
  }
  const where = construct.node.path;
  const namedMinor = kubernetes === undefined ? undefined : minorOf(kubernetes)!;
  const kubernetesMinor = namedMinor ?? minorOf(OLDEST_KUBERNETES)!;
  return { ...defaults, where, today: today ?? ambientToday(where), kubernetesMinor, namedMinor, profiles, mirrors, waivers };
}

/** Stands for an app in which nothing was decided. */
const NOTHING = {};

/**
 * The same where somebody else is named in messages. In a synthesis it is merged once for all constructs below the scope
 * that is the nearest to have decided anything, as soon as nothing new is decided.
 */
export function postureNamed(construct: IConstruct, where: string): Posture {
  return { ...shared(construct), where };
}

/** The same for who judges: where nothing was waived there is nothing to say in anybody's name, and it is one for all. */
export function postureJudged(construct: IConstruct, where: () => string): Posture {
  const posture = shared(construct);
  return posture.waivers.length ? { ...posture, where: where() } : posture;
}

function shared(construct: IConstruct): Posture {
  let scope = construct;
  while (!stored(scope) && scope.node.scope) scope = scope.node.scope;
  try {
    return onceSettled(construct, stored(scope) ?? NOTHING, () => postureOf(scope));
  } catch {
    // A fault names whom it was worked out for.
    return postureOf(construct);
  }
}

/** One default as it was decided for a construct: that of the nearest scope, without merging all others. */
export function defaultOf<K extends keyof WorkloadDefaults>(construct: IConstruct, key: K): WorkloadDefaults[K] {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    const decided = stored(scope)?.defaults[key];
    if (decided !== undefined) return decided;
  }
  return (BUILT_IN as WorkloadDefaults)[key];
}

/** The cluster that a construct is for: that of the nearest scope which names one; undefined where none does. */
export function clusterOf(construct: IConstruct): ClusterFacts | undefined {
  for (let scope: IConstruct | undefined = construct; scope; scope = scope.node.scope) {
    const cluster = stored(scope)?.cluster;
    if (cluster) return cluster;
  }
  return undefined;
}
