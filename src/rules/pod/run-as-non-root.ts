import { Severity } from '../../kube/severity';
import { PodRule, PodView, eachContainer } from '../pod-rule';
import { Violation } from '../rule';

/**
 * The kubelet starts no container as root that must not run as root.
 *
 * Restricted fields: spec.securityContext.runAsNonRoot,
 *   spec.{containers,initContainers,ephemeralContainers}[*].securityContext.runAsNonRoot
 * Allowed values: true in every container, or true in the pod and undefined in the container; never false in the pod;
 *   from 1.35 on, any in a pod with a user namespace of its own
 */
export const podRunAsNonRoot: PodRule = {
  id: 'pod-run-as-non-root',
  title: 'runAsNonRoot holds for every container',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'restricted', control: 'runAsNonRoot' }, cis: '5.2.7', nsa: 'Non-root containers',
    checkov: ['CKV_K8S_23', 'CKV_K8S_6'], kubeLinter: 'run-as-non-root', kubescape: ['C-0013', 'C-0198', 'C-0218'],
    polaris: 'runAsRootAllowed', trivy: 'KSV-0012', kyverno: 'pod-security/restricted/require-run-as-nonroot',
  },
  advice: 'Set runAsNonRoot to true, and runAsUser to a number other than 0 if the image names none.',
  inCode: 'Leave ensureNonRoot as it is (true), and state a numeric user if the image names none.',
  mend: pod => {
    if (pod.isWhole) (pod.spec.securityContext ??= {}).runAsNonRoot ??= true;
    for (const { container } of pod.containers) (container.securityContext ??= {}).runAsNonRoot ??= true;
  },
  versions: [
    { since: 0, check: mayBeRoot },
    { since: 35, relaxes: true, check: pod => pod.spec.hostUsers === false ? [] : mayBeRoot(pod) },
  ],
};

function mayBeRoot(pod: PodView): Violation[] {
  const general = pod.spec.securityContext ?? {};
  const own: Violation[] = general.runAsNonRoot === false
    ? [{ field: 'securityContext.runAsNonRoot', what: 'the pod allows its containers to run as root' }] : [];
  return [...own, ...eachContainer(pod, ({ container, field }) => {
    const context = container.securityContext ?? {};
    return (context.runAsNonRoot ?? general.runAsNonRoot) === true ? undefined : {
      field: `${field}.securityContext.runAsNonRoot`,
      what: `container '${container.name}' may run as root`,
      container: container.name,
      ...((context.runAsUser ?? general.runAsUser) === 0 && { impliedBy: 'pod-run-as-root' }),
    };
  })];
}
