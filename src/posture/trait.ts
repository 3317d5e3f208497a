import type { IConstruct } from 'constructs';
import type { ClusterFacts } from './cluster-facts';
import type { ImageProfileProps } from './image-profile';
import type { Waiver } from './waiver';
import type { WorkloadDefaults } from './workload-defaults';

/**
 * What is stored on a construct: versioned plain data under a registered symbol, so that two copies of the
 * package in one app read each other's.
 */
export interface Stored {
  readonly version: 1;
  defaults: WorkloadDefaults;
  today?: string;
  kubernetes?: string;
  cluster?: ClusterFacts;
  imageProfiles: ImageProfileProps[];
  imageMirrors: { [mirror: string]: string };
  waivers: Waiver[];
}

const KEY = Symbol.for('cdk8s-hardened.posture/1');

/** What is stored on this very construct, if anything is. */
export function stored(construct: IConstruct): Stored | undefined {
  return (construct as unknown as { [KEY]?: Stored })[KEY];
}

/** What is stored on this very construct, made if need be. */
export function store(construct: IConstruct): Stored {
  const found = stored(construct);
  if (found) return found;
  const value: Stored = { version: 1, defaults: {}, imageProfiles: [], imageMirrors: {}, waivers: [] };
  Object.defineProperty(construct, KEY, { value });
  return value;
}

/** What scopes with waivers need of the workloads below them: which waivers these used, which rules they know. */
export interface WaiverUser {
  readonly ruleIds: readonly string[];
  /** The waivers that its hardening uses as it is now. */
  waiversUsed(): readonly Waiver[];
}

const USER = Symbol.for('cdk8s-hardened.waiver-user/2');

/** Marks a construct as one whose manifest uses waivers; several may have something to say of one. */
export function markWaiverUser(construct: IConstruct, user: WaiverUser): void {
  const known = usersOf(construct);
  if (known) known.push(user);
  else Object.defineProperty(construct, USER, { value: [user] });
}

/** The marks of all constructs at and below a scope. */
export function waiverUsers(scope: IConstruct): WaiverUser[] {
  return scope.node.findAll().flatMap(construct => usersOf(construct) ?? []);
}

function usersOf(construct: IConstruct): WaiverUser[] | undefined {
  return (construct as unknown as { [USER]?: WaiverUser[] })[USER];
}
