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
  controls: { pss: { level: 'baseline', control: 'privileged' }, cis: '5.2.2', checkov: 'CKV_K8S_16' },
  advice: 'Remove privileged, or grant the one capability that is needed.',
  versions: [{
    since: 0,
    check: pod => eachContainer(pod, ({ container, field }) => container.securityContext?.privileged
      ? { field: `${field}.securityContext.privileged`, what: `container '${container.name}' is privileged: root on the node`, container: container.name }
      : undefined),
  }],
};
