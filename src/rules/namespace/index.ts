import { namespacePodSecurity } from '../level/namespace-pod-security';
import { ManifestRule } from '../manifest-rule';
import { SetRule } from '../set-rule';
import { namespaceDefault, namespaceKubeSystem } from './placement';
import { namespacePrivileged } from './privileged';
import { namespaceLimitRange, namespaceResourceQuota, networkDefaultDeny } from './provisions';

/** Every rule about namespaces and what lies in which. */
export const NAMESPACE_RULES: readonly ManifestRule[] = [
  namespacePodSecurity,
  namespacePrivileged,
  namespaceDefault,
  namespaceKubeSystem,
];

/** Every rule about what a namespace should have beside its workloads. */
export const NAMESPACE_SET_RULES: readonly SetRule[] = [
  networkDefaultDeny,
  namespaceResourceQuota,
  namespaceLimitRange,
];
