import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/**
 * Without a limit one container can take a node's memory from all others.
 *
 * Fields: spec.{containers,initContainers}[*].resources.limits.memory
 * Wanted: a quantity
 */
export const podMemoryLimit: PodRule = {
  id: 'pod-memory-limit',
  title: 'Memory is limited',
  severity: Severity.WARNING,
  controls: {
    nsa: 'Resource policies', checkov: 'CKV_K8S_13', kubeLinter: 'unset-memory-requirements',
    kubeScore: 'container-resources', kubescape: ['C-0004', 'C-0009', 'C-0271'], polaris: 'memoryLimitsMissing',
    trivy: 'KSV-0018', kyverno: 'best-practices/require-pod-requests-limits',
  },
  advice: "Set resources.limits.memory to the most that it may use; a JVM's is its heap and about a third more.",
  inCode: "State it (resources: { memory: { limit: Size.mebibytes(256) } }) or set memoryLimit in SecurityDefaults; a JVM's is its heap and about a third more.",
  versions: [{
    since: 0,
    check: pod => eachContainer(pod, ({ container, field, list }) => list === 'ephemeralContainers' || container.resources?.limits?.memory !== undefined ? undefined : {
      field: `${field}.resources.limits.memory`,
      what: `container '${container.name}' has no memory limit, and none is invented`,
      container: container.name,
    }),
  }],
};
