import { Severity } from '../../kube/severity';
import { PodRule, PodView } from '../pod-rule';
import { Violation } from '../rule';

const RUNTIME_DEFAULTS = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
];
const BIND = 'NET_BIND_SERVICE';

/** The containers that are granted a capability which is not allowed. */
function granted(pod: PodView, isAllowed: (capability: string) => boolean, impliedBy?: string): Violation[] {
  return pod.containers.flatMap(({ container, field }): Violation[] => {
    const added = (container.securityContext?.capabilities?.add ?? []).filter(capability => !isAllowed(capability));
    return added.length === 0 ? [] : [{
      field: `${field}.securityContext.capabilities.add`,
      what: `container '${container.name}' is granted ${added.join(', ')}`,
      container: container.name,
      ...(impliedBy !== undefined && { impliedBy }),
    }];
  });
}

/**
 * Each capability is a part of root.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.capabilities.add
 * Allowed values: undefined, NET_BIND_SERVICE; from 1.25 on, any in a Windows pod, where the API server refuses them
 */
export const podCapabilitiesAdd: PodRule = {
  id: 'pod-capabilities-add',
  title: 'No capabilities added',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'restricted', control: 'capabilities_restricted', overrides: 'capabilities_baseline' },
    cis: { 1.8: '5.2.9', 1.12: null }, checkov: 'CKV_K8S_25', kubescape: 'C-0200', trivy: 'KSV-0106',
    kyverno: 'pod-security/restricted/disallow-capabilities-strict',
  },
  advice: 'Remove it, or name the one thing that needs it.',
  tidies: true,
  mend: pod => {
    for (const { container } of pod.containers) {
      const capabilities = container.securityContext?.capabilities;
      if (!capabilities) continue;
      // cdk8s-plus writes CAP_CHOWN; Kubernetes and container runtimes know CHOWN.
      if (capabilities.add) capabilities.add = plainNames(capabilities.add);
      if (capabilities.drop) capabilities.drop = plainNames(capabilities.drop);
    }
  },
  versions: [
    { since: 22, check: pod => granted(pod, capability => capability === BIND) },
    { since: 25, check: pod => pod.windows ? [] : granted(pod, capability => capability === BIND) },
  ],
};

/**
 * Beyond those that container runtimes grant anyway, a capability reaches the node.
 *
 * Restricted fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.capabilities.add
 * Allowed values: undefined, those that container runtimes grant by default but for NET_RAW
 */
export const podCapabilitiesDefaultSet: PodRule = {
  id: 'pod-capabilities-default-set',
  title: 'No capability beyond those of the container runtime',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'baseline', control: 'capabilities_baseline' }, cis: { 1.8: '5.2.9', 1.12: null },
    nsa: 'Pod security enforcement', checkov: ['CKV_K8S_25', 'CKV_K8S_24'], kubescape: ['C-0046', 'C-0200', 'C-0219'],
    polaris: 'insecureCapabilities', trivy: 'KSV-0022',
    kyverno: ['pod-security/baseline/disallow-capabilities', 'psp-migration/restrict-adding-capabilities'],
  },
  advice: 'Remove it, or name the one thing that needs it.',
  versions: [{
    since: 0,
    // The stricter rule leaves Windows pods alone.
    check: pod => granted(pod, capability => RUNTIME_DEFAULTS.includes(capability), pod.windows ? undefined : 'pod-capabilities-add'),
  }],
};

/**
 * NET_BIND_SERVICE is allowed by Pod Security, but in the bounding set of a process that is not root it does
 * nothing: low ports are opened by a sysctl instead.
 *
 * Fields: spec.{containers,initContainers,ephemeralContainers}[*].securityContext.capabilities.add
 * Wanted: no NET_BIND_SERVICE
 */
export const podNetBindService: PodRule = {
  id: 'pod-net-bind-service',
  title: 'No NET_BIND_SERVICE, which does nothing',
  severity: Severity.ERROR,
  advice: 'Remove it: a port below 1024 is opened by the sysctl net.ipv4.ip_unprivileged_port_start.',
  versions: [{ since: 0, check: pod => granted(pod, capability => capability !== BIND) }],
};

function plainNames(capabilities: string[]): string[] {
  return [...new Set(capabilities.map(name => name.replace(/^CAP_/, '')))];
}
