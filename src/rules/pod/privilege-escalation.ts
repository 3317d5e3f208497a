import { Severity } from '../../kube/severity';
import { PodRule, PodView, eachContainer } from '../pod-rule';
import { Violation } from '../rule';

/**
 * A process must not gain more privileges than its parent, by setuid files for example.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.allowPrivilegeEscalation
 * Allowed values: false; from 1.25 on, undefined in a Windows pod
 */
export const podPrivilegeEscalation: PodRule = {
  id: 'pod-privilege-escalation',
  title: 'No privilege escalation',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'restricted', control: 'allowPrivilegeEscalation' }, cis: '5.2.6', nsa: 'Pod security enforcement',
    checkov: ['CKV_K8S_20', 'CKV_K8S_5'], kubeLinter: 'privilege-escalation-container',
    kubescape: ['C-0016', 'C-0197', 'C-0217'], polaris: 'privilegeEscalationAllowed', trivy: 'KSV-0001',
    kyverno: 'pod-security/restricted/disallow-privilege-escalation',
  },
  advice: 'Set securityContext.allowPrivilegeEscalation to false.',
  mend: pod => {
    if (pod.windows) return;
    for (const { container } of pod.containers) {
      const context = container.securityContext ??= {};
      // The API server refuses the combination; pod-privileged speaks of it.
      if (context.privileged) delete context.allowPrivilegeEscalation;
      else context.allowPrivilegeEscalation ??= false;
    }
  },
  versions: [
    { since: 8, check: escalating },
    { since: 25, check: pod => pod.windows ? [] : escalating(pod) },
  ],
};

function escalating(pod: PodView): Violation[] {
  return eachContainer(pod, ({ container, field }) => {
    const { allowPrivilegeEscalation, privileged } = container.securityContext ?? {};
    return allowPrivilegeEscalation === false ? undefined : {
      field: `${field}.securityContext.allowPrivilegeEscalation`,
      what: `container '${container.name}' may gain privileges that it was not started with`,
      container: container.name,
      ...(privileged && { impliedBy: 'pod-privileged' }),
    };
  });
}
