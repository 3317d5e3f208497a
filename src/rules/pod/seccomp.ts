import { Severity } from '../../kube/severity';
import { PodRule, Violation, eachContainer } from '../pod-rule';

const ALLOWED = ['RuntimeDefault', 'Localhost'];

/**
 * The runtime's default profile closes some 60 system calls that containers do not need.
 *
 * Restricted fields: spec.securityContext.seccompProfile.type,
 *   spec.{containers,initContainers,ephemeralContainers}[*].securityContext.seccompProfile.type
 * Allowed values: RuntimeDefault, Localhost; undefined in a container where the pod states one
 */
export const podSeccomp: PodRule = {
  id: 'pod-seccomp',
  title: 'A seccomp profile filters system calls',
  severity: Severity.ERROR,
  controls: { pss: 'restricted', cis: '5.7.2', checkov: 'CKV_K8S_31' },
  advice: 'Use the type RuntimeDefault.',
  mend: pod => {
    if (!pod.windows) (pod.spec.securityContext ??= {}).seccompProfile ??= { type: 'RuntimeDefault' };
  },
  check: pod => {
    if (pod.windows) return [];
    const type = pod.spec.securityContext?.seccompProfile?.type;
    const own: Violation[] = type !== undefined && !ALLOWED.includes(type)
      ? [{ field: 'securityContext.seccompProfile.type', what: `the pod's seccomp profile is ${type}` }] : [];
    return [...own, ...eachContainer(pod, ({ container, field }) => {
      const its = container.securityContext?.seccompProfile?.type;
      if (its === undefined ? type !== undefined : ALLOWED.includes(its)) return undefined;
      return {
        field: `${field}.securityContext.seccompProfile.type`,
        what: its ? `the seccomp profile of container '${container.name}' is ${its}` : `container '${container.name}' has no seccomp profile`,
        container: container.name,
      };
    })];
  },
};
