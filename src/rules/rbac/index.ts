import { RbacRule } from '../rbac-rule';
import { rbacConfigmaps, rbacCsr, rbacNodeProxy, rbacPersistentVolumes, rbacServicesStatus, rbacWebhooks } from './cluster';
import { rbacBind, rbacEscalate, rbacImpersonate, rbacRolebindingEscalation, rbacTokenCreate } from './escalation';
import { rbacCreatePods, rbacExec, rbacPortForward } from './pods';
import { rbacSecrets } from './secrets';
import { rbacDeleteEvents, rbacDeleteLogs } from './traces';
import { rbacWildcardResources, rbacWildcardVerbs } from './wildcards';

/** Every rule about the rights that roles give. */
export const RBAC_RULES: readonly RbacRule[] = [
  rbacWildcardVerbs,
  rbacWildcardResources,
  rbacEscalate,
  rbacBind,
  rbacImpersonate,
  rbacRolebindingEscalation,
  rbacTokenCreate,
  rbacSecrets,
  rbacExec,
  rbacPortForward,
  rbacCreatePods,
  rbacNodeProxy,
  rbacPersistentVolumes,
  rbacCsr,
  rbacWebhooks,
  rbacServicesStatus,
  rbacConfigmaps,
  rbacDeleteEvents,
  rbacDeleteLogs,
];
