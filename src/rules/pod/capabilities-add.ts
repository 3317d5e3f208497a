import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';

/**
 * Each capability is a part of root. NET_BIND_SERVICE alone is allowed by Pod Security, but does nothing
 * for a process that is not root: low ports are opened by a sysctl instead.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.capabilities.add
 * Allowed values: undefined, empty
 */
export const podCapabilitiesAdd: PodRule = {
  id: 'pod-capabilities-add',
  title: 'No capabilities added',
  severity: Severity.ERROR,
  controls: { pss: 'restricted', cis: '5.2.9', checkov: 'CKV_K8S_25' },
  advice: 'Remove it; a port below 1024 needs none, since the sysctl net.ipv4.ip_unprivileged_port_start opens it.',
  mend: pod => {
    for (const { container } of pod.containers) {
      const capabilities = container.securityContext?.capabilities;
      if (!capabilities) continue;
      // cdk8s-plus writes CAP_CHOWN; Kubernetes and container runtimes know CHOWN.
      if (capabilities.add) capabilities.add = plainNames(capabilities.add);
      if (capabilities.drop) capabilities.drop = plainNames(capabilities.drop);
    }
  },
  check: pod => eachContainer(pod, ({ container, field }) => {
    const added = container.securityContext?.capabilities?.add ?? [];
    return added.length === 0 ? undefined : {
      field: `${field}.securityContext.capabilities.add`,
      what: `container '${container.name}' is granted ${added.join(', ')}`,
      container: container.name,
    };
  }),
};

function plainNames(capabilities: string[]): string[] {
  return [...new Set(capabilities.map(name => name.replace(/^CAP_/, '')))];
}
