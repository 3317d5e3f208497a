import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/**
 * A process must not gain more privileges than its parent, by setuid files for example.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.allowPrivilegeEscalation
 * Allowed values: false
 */
export const podPrivilegeEscalation: PodRule = {
  id: 'pod-privilege-escalation',
  title: 'No privilege escalation',
  severity: Severity.ERROR,
  controls: { pss: 'restricted', cis: '5.2.6', checkov: 'CKV_K8S_20' },
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
  check: pod => pod.windows ? [] : eachContainer(pod, ({ container, field }) => {
    const { allowPrivilegeEscalation, privileged } = container.securityContext ?? {};
    return allowPrivilegeEscalation === false || privileged ? undefined : {
      field: `${field}.securityContext.allowPrivilegeEscalation`,
      what: `container '${container.name}' may gain privileges that it was not started with`,
      container: container.name,
    };
  }),
};
