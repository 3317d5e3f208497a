import { Severity } from '../../kube/severity';
import { PodRule, PodView, eachContainer } from '../pod-rule';
import { Violation } from '../rule';

/**
 * Root in a container is root on the node as soon as anything else gives way.
 *
 * Restricted fields: spec.securityContext.runAsUser,
 *   spec.{containers,initContainers,ephemeralContainers}[*].securityContext.runAsUser
 * Allowed values: undefined, any number but 0; from 1.35 on, any in a pod with a user namespace of its own
 */
export const podRunAsRoot: PodRule = {
  id: 'pod-run-as-root',
  title: 'No container runs as uid 0',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'restricted', control: 'runAsUser' }, cis: '5.2.7', nsa: 'Non-root containers', checkov: 'CKV_K8S_23',
    kubescape: 'C-0013', polaris: 'runAsRootAllowed', trivy: 'KSV-0105',
    kyverno: 'pod-security/restricted/require-run-as-non-root-user',
  },
  advice: 'Choose another user; an image that insists on root often has an unprivileged variant.',
  mend: pod => {
    // With uid 0 the kubelet would refuse to start what says runAsNonRoot: the waiver of the one covers the other.
    for (const { container } of pod.containers) {
      const context = container.securityContext;
      if ((context?.runAsUser ?? pod.spec.securityContext?.runAsUser) === 0) (container.securityContext ??= {}).runAsNonRoot = false;
    }
  },
  versions: [
    { since: 23, check: asRoot },
    { since: 35, relaxes: true, check: pod => pod.spec.hostUsers === false ? [] : asRoot(pod) },
  ],
};

function asRoot(pod: PodView): Violation[] {
  const own: Violation[] = pod.spec.securityContext?.runAsUser === 0
    ? [{ field: 'securityContext.runAsUser', what: 'the pod runs as root' }] : [];
  return [...own, ...eachContainer(pod, ({ container, field }) => container.securityContext?.runAsUser === 0
    ? { field: `${field}.securityContext.runAsUser`, what: `container '${container.name}' runs as root`, container: container.name }
    : undefined)];
}
