import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/**
 * Whether privileges may be gained, which capabilities are kept and whether the root file system can be written to is
 * said container by container; who says nothing has the widest of each.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext
 * Wanted: one in every container
 */
export const podSecurityContext: PodRule = {
  id: 'pod-security-context',
  title: 'Every container has a security context',
  severity: Severity.ERROR,
  controls: { cis: { 1.8: '5.7.3', 1.11: '5.6.3' }, checkov: ['CKV_K8S_29', 'CKV_K8S_30'], kubescape: 'C-0211', trivy: 'KSV-0118' },
  advice: 'Write a securityContext: allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, readOnlyRootFilesystem: true.',
  versions: [{
    since: 0,
    // Such a container breaks the rules on each of its fields, too.
    check: pod => pod.windows ? [] : eachContainer(pod, ({ container, field }) => Object.keys(container.securityContext ?? {}).length ? undefined : {
      field: `${field}.securityContext`,
      what: `container '${container.name}' has no security context`,
      container: container.name,
      impliedBy: 'pod-privilege-escalation',
    }),
  }],
};
