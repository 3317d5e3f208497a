import { RbacRule } from '../rbac-rule';
import { rbacCsr, rbacNodeProxy, rbacPersistentVolumes, rbacWebhooks } from './cluster';
import { rbacBind, rbacEscalate, rbacImpersonate, rbacTokenCreate } from './escalation';
import { rbacCreatePods, rbacExec, rbacPortForward } from './pods';
import { rbacSecrets } from './secrets';
import { rbacWildcardResources, rbacWildcardVerbs } from './wildcards';

/** Every rule about the rights that roles give. */
export const RBAC_RULES: readonly RbacRule[] = [
  rbacWildcardVerbs,
  rbacWildcardResources,
  rbacEscalate,
  rbacBind,
  rbacImpersonate,
  rbacTokenCreate,
  rbacSecrets,
  rbacExec,
  rbacPortForward,
  rbacCreatePods,
  rbacNodeProxy,
  rbacPersistentVolumes,
  rbacCsr,
  rbacWebhooks,
];
