import { Severity } from '../../kube/severity';
import { PodRule, PodView, eachContainer } from '../pod-rule';
import { Violation } from '../rule';

/**
 * Container runtimes grant about a dozen capabilities by default; few programs need one of them.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.capabilities.drop
 * Allowed values: any list with ALL in it; from 1.25 on, undefined in a Windows pod
 */
export const podCapabilitiesDrop: PodRule = {
  id: 'pod-capabilities-drop',
  title: 'All capabilities dropped',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'restricted', control: 'capabilities_restricted', overrides: 'capabilities_baseline' },
    cis: { 1.8: '5.2.10', 1.12: '5.2.9' }, nsa: 'Pod security enforcement', checkov: ['CKV_K8S_37', 'CKV_K8S_36'],
    kubescape: ['C-0055', 'C-0201', 'C-0220'], polaris: ['linuxHardening', 'insecureCapabilities'],
    trivy: ['KSV-0003', 'KSV-0106'],
    kyverno: ['pod-security/restricted/disallow-capabilities-strict', 'best-practices/require-drop-all'],
  },
  advice: 'Set capabilities.drop to [ALL], and add back the one that is needed.',
  inCode: 'Drop ALL, and add back the one that is needed.',
  mend: pod => {
    if (pod.windows) return;
    for (const { container } of pod.containers) {
      const capabilities = (container.securityContext ??= {}).capabilities ??= {};
      // An empty list is a wish of its own: to drop none. ALL covers whatever else is listed.
      if (!capabilities.drop || capabilities.drop.length) capabilities.drop = ['ALL'];
    }
  },
  versions: [
    { since: 22, check: keeping },
    { since: 25, check: pod => pod.windows ? [] : keeping(pod) },
  ],
};

function keeping(pod: PodView): Violation[] {
  return eachContainer(pod, ({ container, field }) => container.securityContext?.capabilities?.drop?.includes('ALL') ? undefined : {
    field: `${field}.securityContext.capabilities.drop`,
    what: `container '${container.name}' keeps the capabilities of the container runtime`,
    container: container.name,
  });
}
