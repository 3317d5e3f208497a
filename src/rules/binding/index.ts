import { ManifestRule } from '../manifest-rule';
import { rbacClusterAdmin, rbacSystemMasters } from './cluster-admin';
import { rbacDefaultAccount } from './default-account';
import { rbacAnonymous, rbacAuthenticated } from './everybody';

/** Every rule about who is given a role. */
export const BINDING_RULES: readonly ManifestRule[] = [
  rbacClusterAdmin,
  rbacSystemMasters,
  rbacAnonymous,
  rbacAuthenticated,
  rbacDefaultAccount,
];
