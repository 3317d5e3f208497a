import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/**
 * A privileged container is root on the node.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.privileged
 * Allowed values: undefined, false
 */
export const podPrivileged: PodRule = {
  id: 'pod-privileged',
  title: 'No privileged containers',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'baseline', control: 'privileged' }, cis: '5.2.2', nsa: 'Pod security enforcement',
    checkov: ['CKV_K8S_16', 'CKV_K8S_2'], kubeLinter: 'privileged-container',
    kubeScore: 'container-security-context-privileged', kubescape: ['C-0057', 'C-0193', 'C-0213'],
    polaris: 'runAsPrivileged', trivy: 'KSV-0017', kyverno: 'pod-security/baseline/disallow-privileged-containers',
  },
  advice: 'Remove privileged, or grant the one capability that is needed.',
  versions: [{
    since: 0,
    check: pod => eachContainer(pod, ({ container, field }) => container.securityContext?.privileged
      ? { field: `${field}.securityContext.privileged`, what: `container '${container.name}' is privileged: root on the node`, container: container.name }
      : undefined),
  }],
};
