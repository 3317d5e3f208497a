import { Json, JsonObject, equal, isObject } from '../../kube/json';
import { Container } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';
import { Violation } from '../rule';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const ACTIONS = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const;
const FAILURES = 3;
const PERIOD = 10;

/** How long a probe fails until it has a consequence, in seconds, by Kubernetes' own defaults. */
function patience({ failureThreshold, periodSeconds }: JsonObject): number {
  return (typeof failureThreshold === 'number' ? failureThreshold : FAILURES) * (typeof periodSeconds === 'number' ? periodSeconds : PERIOD);
}

/**
 * What is not ready for a moment must not be killed for it: a busy pod that is restarted makes the others busier. The
 * same request may stand in both if the liveness probe waits longer.
 *
 * Fields: spec.{containers,initContainers}[*].{livenessProbe,readinessProbe}
 * Wanted: another request, or more patience (failureThreshold times periodSeconds) in the liveness probe
 */
export const podProbesIdentical: PodRule = {
  id: 'pod-probes-identical',
  title: 'Liveness asks for less than readiness',
  severity: Severity.WARNING,
  controls: { kubeScore: 'pod-probes-identical', kyverno: 'other/ensure-probes-different' },
  advice: 'Let the liveness probe ask for something cheaper, or give it a greater failureThreshold than the readiness probe has.',
  versions: [{
    since: 0,
    check: pod => eachContainer(pod, ({ container, field }) => {
      const { livenessProbe, readinessProbe } = container;
      if (!livenessProbe || !readinessProbe || patience(livenessProbe) > patience(readinessProbe)) return undefined;
      const action = ACTIONS.find(key => livenessProbe[key] !== undefined);
      return action && equal(livenessProbe[action], readinessProbe[action]) ? {
        field: `${field}.livenessProbe`,
        what: `container '${container.name}' is killed as soon as it is not ready: both probes ask the same, for as long`,
        container: container.name,
      } : undefined;
    }),
  }],
};

/**
 * A probe of a port by a name that the container does not declare fails for ever; a number that it does not declare is
 * a typing error as a rule.
 *
 * Fields: spec.{containers,initContainers}[*].{livenessProbe,readinessProbe,startupProbe}.{httpGet,tcpSocket,grpc}.port
 * Wanted: the name or the number of one of the container's ports
 */
export const podProbePorts: PodRule = {
  id: 'pod-probe-ports',
  title: 'Probes ask ports that the container declares',
  severity: Severity.WARNING,
  controls: { kubeLinter: ['liveness-port', 'readiness-port', 'startup-port'] },
  advice: 'Declare the port in the ports of the container, or correct the probe.',
  versions: [{
    since: 0,
    check: pod => {
      const found: Violation[] = [];
      for (const { container, field } of pod.containers) {
        for (const probe of PROBES) {
          for (const action of ACTIONS) {
            const port = portOf(container[probe], action);
            if (port === undefined || declares(container, port)) continue;
            found.push({ field: `${field}.${probe}.${action}.port`, what: `container '${container.name}' has no port ${port}, which its ${probe} asks`, container: container.name });
          }
        }
      }
      return found;
    },
  }],
};

function portOf(probe: Json | undefined, action: string): string | number | undefined {
  const handler = isObject(probe) ? probe[action] : undefined;
  const port = isObject(handler) ? handler.port : undefined;
  return typeof port === 'number' || (typeof port === 'string' && port !== '') ? port : undefined;
}

function declares({ ports = [] }: Container, asked: string | number): boolean {
  return ports.some(({ containerPort, name }) => name === asked || containerPort === asked || String(containerPort) === asked);
}
