import { ContainerPort } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { PodRule, PodView } from '../pod-rule';
import { Violation } from '../rule';

const SSH = 22;
const FIRST_FREE = 1024;
const PORT_START = 'net.ipv4.ip_unprivileged_port_start';

function portsOf(pod: PodView, isMeant: (port: ContainerPort) => boolean, what: (port: ContainerPort, container: string) => string): Violation[] {
  const found: Violation[] = [];
  for (const { container, field } of pod.containers) {
    container.ports?.forEach((port, i) => {
      if (isMeant(port)) found.push({ field: `${field}.ports[${i}].containerPort`, what: what(port, container.name), container: container.name });
    });
  }
  return found;
}

/**
 * A shell that is reached from outside is none that the API server knows of, grants or logs.
 *
 * Fields: spec.{containers,initContainers}[*].ports[*].containerPort
 * Wanted: not 22
 */
export const podSshPort: PodRule = {
  id: 'pod-ssh-port',
  title: 'No SSH in containers',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'ssh-port', kubescape: 'C-0042' },
  advice: 'Leave the SSH server out, and use kubectl exec or kubectl debug, which are granted and logged.',
  versions: [{
    since: 0,
    check: pod => portsOf(pod, ({ containerPort, protocol = 'TCP' }) => containerPort === SSH && protocol === 'TCP', (_, name) => `container '${name}' listens on port 22, that of SSH`),
  }],
};

/**
 * A port below 1024 is for root or for a capability, unless a sysctl of the pod's own network opens it to everybody.
 *
 * Fields: spec.{containers,initContainers}[*].ports[*].containerPort
 * Wanted: 1024 and above, or the sysctl net.ipv4.ip_unprivileged_port_start at or below it
 */
export const podLowPorts: PodRule = {
  id: 'pod-low-ports',
  title: 'No port that is for root alone',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'privileged-ports', trivy: 'KSV-0117' },
  advice: 'Let it listen on a port of 1024 or above, or set the sysctl net.ipv4.ip_unprivileged_port_start to 0.',
  versions: [{
    since: 0,
    check: pod => {
      if (pod.windows) return [];
      const first = firstOpen(pod);
      return portsOf(pod, ({ containerPort: port }) => port > 0 && port < first, ({ containerPort }, name) => `container '${name}' listens on port ${containerPort}, which on many nodes is for root alone`);
    },
  }],
};

/** The first port that every user may open. */
function firstOpen({ spec: { securityContext, hostNetwork } }: PodView): number {
  // The network of the node has a setting of its own.
  const value = hostNetwork ? undefined : securityContext?.sysctls?.find(({ name }) => name === PORT_START)?.value;
  return /^\d{1,5}$/.test(String(value)) ? Math.min(Number(value), FIRST_FREE) : FIRST_FREE;
}
