import { isObject, Json } from '../../kube/json';
import { Container } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';
import { Violation } from '../rule';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const HOOKS = ['postStart', 'preStop'] as const;
const ACTIONS = ['httpGet', 'tcpSocket'] as const;

/**
 * A probe with a host of its own makes the kubelet send requests to wherever it says, from the node.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].{probes,lifecycle}.{httpGet,tcpSocket}.host
 * Allowed values: undefined, ''
 */
export const podProbeHosts: PodRule = {
  id: 'pod-probe-hosts',
  title: 'Probes and hooks name no host',
  severity: Severity.ERROR,
  controls: { pss: { level: 'baseline', control: 'hostProbesAndHostLifecycle' } },
  advice: 'Leave the host out: the kubelet then asks the pod.',
  versions: [{
    since: 34,
    check: pod => pod.containers.flatMap(({ container, field }) => [
      ...PROBES.flatMap(key => called(container[key], container, `${field}.${key}`)),
      ...HOOKS.flatMap(key => called(container.lifecycle?.[key], container, `${field}.lifecycle.${key}`)),
    ]),
  }],
};

function called(handler: Json | undefined, container: Container, field: string): Violation[] {
  if (!isObject(handler)) return [];
  return ACTIONS.flatMap((action): Violation[] => {
    const host = isObject(handler[action]) ? handler[action].host : undefined;
    return host ? [{ field: `${field}.${action}.host`, what: `the kubelet is made to call ${String(host)}`, container: container.name }] : [];
  });
}
