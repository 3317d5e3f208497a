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

/** What `expect(…)` can do besides; handed an app, a chart, any other construct, a manifest, or a list of manifests. */
export interface HardenedMatchers<R> {
  /**
   * Every pod passes Pod Security `restricted`, as Kubernetes' own admission plugin says it. Waivers do not count: they do
   * not move the API server.
   */
  toBeRestricted(): R;

  /** The rules of a pack have nothing to say that no waiver allows. */
  toHaveNoFindings(options?: NoFindingsOptions): R;
}
