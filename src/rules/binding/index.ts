import { ManifestRule } from '../manifest-rule';
import { SetRule } from '../set-rule';
import { rbacClusterAdmin, rbacSystemMasters } from './cluster-admin';
import { rbacDefaultAccount } from './default-account';
import { rbacAnonymous, rbacAuthenticated } from './everybody';
import { rbacTokenWithoutRights } from './token-without-rights';

/** Every rule about who is given a role. */
export const BINDING_RULES: readonly ManifestRule[] = [
  rbacClusterAdmin,
  rbacSystemMasters,
  rbacAnonymous,
  rbacAuthenticated,
  rbacDefaultAccount,
];

/** Every rule about who is given a role, and what else is here. */
export const BINDING_SET_RULES: readonly SetRule[] = [
  rbacTokenWithoutRights,
];
