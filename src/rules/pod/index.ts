import { PodRule } from '../pod-rule';
import { podCapabilitiesAdd, podCapabilitiesDefaultSet, podNetBindService } from './capabilities-add';
import { podCapabilitiesDrop } from './capabilities-drop';
import { podHostIpc, podHostNetwork, podHostPid } from './host-namespaces';
import { podHostPorts } from './host-ports';
import { podImageProfile } from './image-profile';
import { podAppArmor, podHostProcess, podSeLinux } from './mandatory-access';
import { podMemoryLimit } from './memory-limit';
import { podPrivilegeEscalation } from './privilege-escalation';
import { podPrivileged } from './privileged';
import { podProbeHosts } from './probe-hosts';
import { podLivenessProbe, podReadinessProbe } from './probes';
import { podProcMount, podProcMountAlways } from './proc-mount';
import { podReadOnlyRoot } from './read-only-root';
import { podRunAsNonRoot } from './run-as-non-root';
import { podRunAsRoot } from './run-as-root';
import { podSeccomp, podSeccompUnconfined } from './seccomp';
import { podSecretEnv } from './secret-env';
import { podServiceAccount, podServiceLinks, podTokenAutomount } from './service-account';
import { podSysctls } from './sysctls';
import { podUserUnknown } from './user-unknown';
import { podHostPath, podVolumeTypes } from './volume-types';

/** Every rule about pods. */
export const POD_RULES: readonly PodRule[] = [
  podPrivileged,
  podPrivilegeEscalation,
  podCapabilitiesAdd,
  podCapabilitiesDefaultSet,
  podNetBindService,
  podCapabilitiesDrop,
  podRunAsNonRoot,
  podRunAsRoot,
  podSeccomp,
  podSeccompUnconfined,
  podReadOnlyRoot,
  podProcMount,
  podProcMountAlways,
  podAppArmor,
  podSeLinux,
  podSysctls,
  podHostNetwork,
  podHostPid,
  podHostIpc,
  podHostPorts,
  podHostProcess,
  podHostPath,
  podVolumeTypes,
  podProbeHosts,
  podServiceAccount,
  podTokenAutomount,
  podServiceLinks,
  podSecretEnv,
  podUserUnknown,
  podMemoryLimit,
  podReadinessProbe,
  podLivenessProbe,
  podImageProfile,
];
