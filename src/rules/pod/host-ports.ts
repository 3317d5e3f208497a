import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';
import { Violation } from '../rule';

/**
 * A host port opens the container on every address of the node, beside the Services. On the host network every
 * port is one of the node, by defaulting.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].ports[*].hostPort
 * Allowed values: undefined, 0
 */
export const podHostPorts: PodRule = {
  id: 'pod-host-ports',
  title: 'No host ports',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'baseline', control: 'hostPorts' }, cis: { 1.8: '5.2.13', 1.12: '5.2.12' }, checkov: 'CKV_K8S_26',
    kubeScore: 'container-ports-check', kubescape: ['C-0044', 'C-0204'], polaris: 'hostPortSet', trivy: 'KSV-0024',
    kyverno: ['pod-security/baseline/disallow-host-ports', 'pod-security/baseline/disallow-host-ports-range'],
  },
  advice: 'Expose the port by a Service.',
  tidies: true,
  mend: pod => {
    // 0 stands for none; some scanners take the field itself for a host port.
    for (const { container } of pod.containers) {
      for (const port of container.ports ?? []) if (port.hostPort === 0) delete port.hostPort;
    }
  },
  versions: [{
    since: 0,
    check: pod => pod.containers.flatMap(({ container, field, list }) =>
      (container.ports ?? []).flatMap(({ hostPort, containerPort }, i): Violation[] => {
        // Pods are defaulted, templates of pods are not (since 1.28), and ephemeral containers cannot have ports.
        const isDefaulted = pod.spec.hostNetwork && pod.kind === 'Pod' && list !== 'ephemeralContainers';
        const port = hostPort || (isDefaulted ? containerPort : 0);
        return port ? [{
          field: `${field}.ports[${i}].hostPort`,
          what: `container '${container.name}' takes port ${port} of the node`,
          container: container.name,
          ...(pod.spec.hostNetwork && { impliedBy: 'pod-host-network' }),
        }] : [];
      })),
  }],
};
