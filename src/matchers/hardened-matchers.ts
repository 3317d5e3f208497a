import type { Pack } from '../rules/pack';

/** How `toHaveNoFindings` judges. */
export interface NoFindingsOptions {
  /** The rules that are asked, or the name of a pack: `pss-restricted`, `nsa`. @default 'hardened' */
  readonly pack?: Pack | string;
  /** `error` lets warnings pass. @default 'warning' */
  readonly failOn?: 'error' | 'warning';
  /** The version of Kubernetes that is judged for, as `1.30`. @default - the newest that is known */
  readonly kubernetesVersion?: string;
  /** The day that decides whether a waiver has expired. @default - HARDENED_TODAY, else the clock */
  readonly today?: string;
}

/** A connection that a test speaks of. */
export interface ConnectionExpected {
  /**
   * Who connects: a workload, a `Peer`, or a word: `namespace/name`, `namespace/`, `namespace/label=value`, an address, a CIDR,
   * `internet`, `cluster`, `anyone`. Constructs only where an app, a chart or another construct was handed to `expect`.
   */
  readonly from: string | object;
  /** To whom, in the same words. */
  readonly to: string | object;
  /** The port of the container. @default - `toAllow`: any; `cannotReach`: on none */
  readonly port?: number;
  /** The last port of a range. @default - the port: no range */
  readonly endPort?: number;
  /** TCP, UDP or SCTP. @default - `toAllow`: TCP; `cannotReach`: every one */
  readonly protocol?: string;
}

/** What `expect(…)` can do besides; handed an app, a chart, any other construct, a manifest, or a list of manifests. */
export interface HardenedMatchers<R> {
  /**
   * Every pod passes Pod Security `restricted`, as Kubernetes' own admission plugin says it. Waivers do not count: they do
   * not move the API server.
   */
  toBeRestricted(): R;

  /** The rules of a pack have nothing to say that no waiver allows. */
  toHaveNoFindings(options?: NoFindingsOptions): R;

  /** The policies surely let all of the first connect to all of the second. Who names nobody fails, with `not` too. */
  toAllow(connection: ConnectionExpected): R;

  /** The policies surely let none of the first connect to any of the second, directly. Who names nobody fails, with `not` too. */
  cannotReach(connection: ConnectionExpected): R;
}
