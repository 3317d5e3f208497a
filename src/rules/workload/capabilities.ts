import { Container } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { PodRule, eachContainer } from '../pod-rule';
import { Controls } from '../rule';

/** Every capability there is. */
const ALL = 'ALL';
const NET_RAW = 'NET_RAW';

/** Some write capabilities with the kernel's prefix, which Kubernetes does not know: CRI-O takes it, containerd does not. Wherever that may give one, it counts. */
function isAdded({ securityContext }: Container, name: string): boolean {
  return securityContext?.capabilities?.add?.some(added => [name, `CAP_${name}`, ALL].includes(added)) ?? false;
}

/** And where it may leave one, it does not. */
function isDropped({ securityContext }: Container, name: string): boolean {
  return securityContext?.capabilities?.drop?.some(dropped => dropped === name || dropped === ALL) ?? false;
}

/**
 * Raw packets let a container answer in the name of others on its node's network: ARP and DNS can be forged.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.capabilities
 * Wanted: drop with ALL or NET_RAW in it, and neither in add
 */
export const podNetRaw: PodRule = {
  id: 'pod-net-raw',
  title: 'NET_RAW is dropped',
  severity: Severity.ERROR,
  controls: {
    cis: '5.2.8', checkov: ['CKV_K8S_28', 'CKV_K8S_7'], kubeLinter: 'drop-net-raw-capability', kubescape: 'C-0199', polaris: 'insecureCapabilities',
    trivy: 'KSV-0119', kyverno: 'best-practices/require-drop-cap-net-raw',
  },
  advice: 'Set capabilities.drop to [ALL], or at least to [NET_RAW].',
  versions: [{
    since: 0,
    check: pod => pod.windows ? [] : eachContainer(pod, ({ container, field }) => {
      const added = isAdded(container, NET_RAW);
      if (!added && isDropped(container, NET_RAW)) return undefined;
      return {
        field: `${field}.securityContext.capabilities.${added ? 'add' : 'drop'}`,
        what: `container '${container.name}' may write packets in the name of others`,
        container: container.name,
        impliedBy: added ? 'pod-capabilities-add' : 'pod-capabilities-drop',
      };
    }),
  }],
};

function reachesNode(id: string, name: string, title: string, consequence: string, controls: Controls): PodRule {
  return {
    id,
    title,
    severity: Severity.ERROR,
    controls,
    advice: 'Remove it: what needs it is a part of the node, and belongs there.',
    versions: [{
      since: 0,
      check: pod => pod.windows ? [] : eachContainer(pod, ({ container, field }) => isAdded(container, name) ? {
        field: `${field}.securityContext.capabilities.add`,
        what: `container '${container.name}' is granted ${name}: ${consequence}`,
        container: container.name,
        impliedBy: 'pod-capabilities-add',
      } : undefined),
    }],
  };
}

/**
 * SYS_ADMIN mounts, traces and configures nearly everything: root under another name.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.capabilities.add
 * Wanted: neither SYS_ADMIN nor ALL
 */
export const podSysAdmin = reachesNode('pod-sys-admin', 'SYS_ADMIN', 'No SYS_ADMIN', 'root on the node, under another name', {
  checkov: 'CKV_K8S_39', kubescape: 'C-0046', polaris: 'dangerousCapabilities', trivy: 'KSV-0005', kyverno: 'pod-security/baseline/disallow-capabilities',
});

/**
 * SYS_MODULE loads code into the kernel that all pods of the node share.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.capabilities.add
 * Wanted: neither SYS_MODULE nor ALL
 */
export const podSysModule = reachesNode('pod-sys-module', 'SYS_MODULE', 'No SYS_MODULE', 'it can load code into the kernel', {
  kubescape: 'C-0046', trivy: 'KSV-0120', kyverno: 'pod-security/baseline/disallow-capabilities',
});
