import { PodRule } from '../pod-rule';
import { podServiceAccountField } from './account-field';
import { podBare } from './bare-pod';
import { podNetRaw, podSysAdmin, podSysModule } from './capabilities';
import { podDuplicateEnv } from './duplicate-env';
import { podEphemeralContainers } from './ephemeral-containers';
import { podGitSync } from './git-sync';
import { podHostAliases } from './host-aliases';
import { podHostPathSensitive, podHostPathWritable, podRuntimeSocket } from './host-folders';
import { imagePullPolicy } from './image-pull-policy';
import { imageRegistry, imageRetiredRegistry } from './image-registry';
import { imageDigest, imageTag } from './image-tag';
import { podLiteralSecret } from './literal-secret';
import { podEmptyDirSize, podLocalDisk } from './local-disk';
import { podMountPropagation, podSharedProcesses, podToleratesEverything } from './pod-sharing';
import { podLowPorts, podSshPort } from './ports';
import { podProbePorts, podProbesIdentical } from './probes';
import { podCpuRequest, podMemoryRequest } from './requests';
import { podDashboard, podTiller } from './retired-software';
import { podSecurityContext } from './security-context';
import { podSudo } from './sudo';
import { podSysctlValue } from './sysctl-value';
import { podGroupUnknown, podHighGroup, podHighUser, podRootGroup } from './users';

/** Rules about pods that judges alone ask: what they want is not the constructs' to decide. */
export const WORKLOAD_RULES: readonly PodRule[] = [
  imageTag,
  imageDigest,
  imagePullPolicy,
  imageRegistry,
  imageRetiredRegistry,
  podSecurityContext,
  podNetRaw,
  podSysAdmin,
  podSysModule,
  podHighUser,
  podHighGroup,
  podGroupUnknown,
  podRootGroup,
  podHostPathSensitive,
  podHostPathWritable,
  podRuntimeSocket,
  podMountPropagation,
  podSharedProcesses,
  podToleratesEverything,
  podHostAliases,
  podSshPort,
  podLowPorts,
  podSudo,
  podSysctlValue,
  podEphemeralContainers,
  podBare,
  podServiceAccountField,
  podLiteralSecret,
  podDuplicateEnv,
  podCpuRequest,
  podMemoryRequest,
  podLocalDisk,
  podEmptyDirSize,
  podProbesIdentical,
  podProbePorts,
  podGitSync,
  podTiller,
  podDashboard,
];
