import { Severity } from '../../kube/severity';
import { PodRule, Violation, eachContainer } from '../pod-rule';

/**
 * Root in a container is root on the node as soon as anything else gives way.
 *
 * Restricted fields: spec.securityContext.runAsUser,
 *   spec.{containers,initContainers,ephemeralContainers}[*].securityContext.runAsUser
 * Allowed values: undefined, any number but 0
 */
export const podRunAsRoot: PodRule = {
  id: 'pod-run-as-root',
  title: 'No container runs as uid 0',
  severity: Severity.ERROR,
  controls: { pss: 'restricted', cis: '5.2.7', checkov: 'CKV_K8S_23' },
  advice: 'Choose another user; an image that insists on root often has an unprivileged variant.',
  mend: pod => {
    // With uid 0 the kubelet would refuse to start what says runAsNonRoot: the waiver of the one covers the other.
    for (const { container } of pod.containers) {
      const context = container.securityContext;
      if ((context?.runAsUser ?? pod.spec.securityContext?.runAsUser) === 0) (container.securityContext ??= {}).runAsNonRoot = false;
    }
  },
  check: pod => {
    const own: Violation[] = pod.spec.securityContext?.runAsUser === 0
      ? [{ field: 'securityContext.runAsUser', what: 'the pod runs as root' }] : [];
    return [...own, ...eachContainer(pod, ({ container, field }) => container.securityContext?.runAsUser === 0
      ? { field: `${field}.securityContext.runAsUser`, what: `container '${container.name}' runs as root`, container: container.name }
      : undefined)];
  },
};
