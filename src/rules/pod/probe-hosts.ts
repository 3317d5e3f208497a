import { isObject, Json } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { PodRule, Violation } from '../pod-rule';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;

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
    check: pod => pod.containers.flatMap(({ container, field }) => {
      const handlers: [string, Json | undefined][] = [
        ...PROBES.map((key): [string, Json | undefined] => [key, container[key]]),
        ...['postStart', 'preStop'].map((key): [string, Json | undefined] => [`lifecycle.${key}`, container.lifecycle?.[key]]),
      ];
      return handlers.flatMap(([key, handler]) => ['httpGet', 'tcpSocket'].flatMap((action): Violation[] => {
        const host = isObject(handler) && isObject(handler[action]) ? handler[action].host : undefined;
        return host ? [{ field: `${field}.${key}.${action}.host`, what: `the kubelet is made to call ${String(host)}`, container: container.name }] : [];
      }));
    }),
  }],
};
