import { Severity } from '../../kube/severity';
import { PodRule, Violation } from '../pod-rule';

/**
 * A host port opens the container on every address of the node, beside the Services.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].ports[*].hostPort
 * Allowed values: undefined, 0
 */
export const podHostPorts: PodRule = {
  id: 'pod-host-ports',
  title: 'No host ports',
  severity: Severity.ERROR,
  controls: { pss: 'baseline', cis: '5.2.13', checkov: 'CKV_K8S_26' },
  advice: 'Expose the port by a Service.',
  // On the host network every port is one of the node: pod-host-network speaks of it.
  check: pod => pod.spec.hostNetwork ? [] : pod.containers.flatMap(({ container, field }) => (container.ports ?? []).flatMap((port, i): Violation[] =>
    port.hostPort ? [{ field: `${field}.ports[${i}].hostPort`, what: `container '${container.name}' takes port ${port.hostPort} of the node`, container: container.name }] : [])),
};
