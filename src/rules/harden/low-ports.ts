import { isSidecar } from '../../kube/pod-spec';
import { Remedy } from '../pod-rule';

const SYSCTL = 'net.ipv4.ip_unprivileged_port_start';

/**
 * Lets a process that is not root listen below 1024. A capability in the bounding set does nothing for it;
 * this sysctl is one of the pod's own network namespace, and allowed at `restricted`.
 */
export const lowPorts: Remedy = (pod, knowledge) => {
  if (pod.windows) return;
  const staying = pod.containers.filter(placed => placed.list === 'containers' || isSidecar(placed));
  let lowest = 1024;
  for (const { container } of staying) {
    // What the image opens although nobody declared it; not where other ports are declared in its stead.
    const ports = container.ports?.length ? container.ports.map(({ containerPort }) => containerPort) : knowledge.profile(container)?.ports ?? [];
    lowest = Math.min(lowest, ...ports);
  }
  if (lowest >= 1024) return;
  if (pod.spec.hostNetwork) {
    const root = staying.every(({ container: { securityContext } }) => (securityContext?.runAsUser ?? pod.spec.securityContext?.runAsUser) === 0);
    if (!root) {
      knowledge.fault('low-port-on-host-network', `port ${lowest} is below 1024 and the pod is on the host network, where no pod may change who can listen on it`,
        'Listen on a port from 1024 on, or leave hostNetwork out.');
    }
    return;
  }
  const context = pod.spec.securityContext ??= {};
  const sysctls = context.sysctls ?? [];
  if (!sysctls.some(({ name }) => name === SYSCTL)) context.sysctls = [...sysctls, { name: SYSCTL, value: '0' }];
};
