import { POD_RULES } from './pod';
import { PodRule } from './pod-rule';
import { rulesOf } from './pod-security';

/** A named choice of rules. */
export interface Pack {
  readonly name: string;
  readonly title: string;
  readonly rules: readonly PodRule[];
  /** It is exactly what Kubernetes' own admission plugin says, and follows its relaxations. */
  readonly exact: boolean;
}

/** The packs, by name; the first is the default. */
export const PACKS: readonly Pack[] = [
  { name: 'hardened', title: 'Everything this library holds', rules: POD_RULES, exact: false },
  { name: 'pss-baseline', title: 'Pod Security Standards, baseline', rules: rulesOf('baseline'), exact: true },
  { name: 'pss-restricted', title: 'Pod Security Standards, restricted', rules: rulesOf('restricted'), exact: true },
];
