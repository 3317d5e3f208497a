import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/**
 * With a read-only root file system an intruder can leave no tools behind; what the application writes goes
 * to volumes.
 *
 * Restricted fields: spec.{containers,initContainers}[*].securityContext.readOnlyRootFilesystem
 * Allowed values: true
 */
export const podReadOnlyRoot: PodRule = {
  id: 'pod-read-only-root',
  title: 'The root file system is read-only',
  severity: Severity.ERROR,
  controls: {
    nsa: 'Immutable container file systems', checkov: 'CKV_K8S_22', kubeLinter: 'no-read-only-root-fs',
    kubeScore: 'container-security-context-readonlyrootfilesystem', kubescape: 'C-0017',
    polaris: 'notReadOnlyRootFilesystem', trivy: 'KSV-0014', kyverno: 'best-practices/require-ro-rootfs',
  },
  advice: 'Set readOnlyRootFilesystem to true, and mount an emptyDir at each folder that the application writes to, such as /tmp.',
  inCode: "Keep it read-only and name the folders that the application writes to: tempFolders: ['/tmp'].",
  mend: pod => {
    if (pod.windows) return;
    for (const { container } of pod.containers) (container.securityContext ??= {}).readOnlyRootFilesystem ??= true;
  },
  versions: [{
    since: 0,
    check: pod => pod.windows ? [] : eachContainer(pod, ({ container, field }) =>
      container.securityContext?.readOnlyRootFilesystem === true ? undefined : {
        field: `${field}.securityContext.readOnlyRootFilesystem`,
        what: `the root file system of container '${container.name}' is writable`,
        container: container.name,
      }),
  }],
};
