import { POD_RULES } from './pod';
import { PodRule } from './pod-rule';
import { rulesOf } from './pod-security';
import { RBAC_RULES } from './rbac';
import { RbacRule } from './rbac-rule';

/** A named choice of rules. */
export interface Pack {
  readonly name: string;
  readonly title: string;
  /** The rules about pods. */
  readonly rules: readonly PodRule[];
  /** The rules about the rights that roles give. */
  readonly rbac: readonly RbacRule[];
  /** It is exactly what Kubernetes' own admission plugin says, and follows its relaxations. */
  readonly exact: boolean;
}

/** The packs, by name; the first is the default. */
export const PACKS: readonly Pack[] = [
  { name: 'hardened', title: 'Everything this library holds', rules: POD_RULES, rbac: RBAC_RULES, exact: false },
  { name: 'pss-baseline', title: 'Pod Security Standards, baseline', rules: rulesOf('baseline'), rbac: [], exact: true },
  { name: 'pss-restricted', title: 'Pod Security Standards, restricted', rules: rulesOf('restricted'), rbac: [], exact: true },
];
