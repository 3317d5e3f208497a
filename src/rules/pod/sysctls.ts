import { Severity } from '../../kube/severity';
import { PodRule, PodView } from '../pod-rule';
import { Violation } from '../rule';

/** Kernel parameters of the pod's own namespaces that Pod Security allows, with the version that did first. */
export const SAFE_SYSCTLS: { readonly [name: string]: number } = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
  'net.ipv4.tcp_slow_start_after_idle': 37,
  'net.ipv4.tcp_notsent_lowat': 37,
};

/**
 * Other kernel parameters reach beyond the pod.
 *
 * Restricted fields: spec.securityContext.sysctls[*].name
 * Allowed values: the safe ones of the oldest Kubernetes that the manifests are for
 */
export const podSysctls: PodRule = {
  id: 'pod-sysctls',
  title: 'Only safe sysctls',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'baseline', control: 'sysctls' }, kubeLinter: 'unsafe-sysctls', trivy: 'KSV-0026',
    kyverno: 'pod-security/baseline/restrict-sysctls',
  },
  advice: 'Set it on the node, or leave it out.',
  // One version a step of the list; the check itself knows which sysctl is how old.
  versions: [0, 27, 29, 32, 37].map(since => ({ since, check: pod => unsafe(pod, since) })),
};

function unsafe(pod: PodView, minor: number): Violation[] {
  return (pod.spec.securityContext?.sysctls ?? []).flatMap(({ name }, i): Violation[] => {
    const since = Object.hasOwn(SAFE_SYSCTLS, name) ? SAFE_SYSCTLS[name] : undefined;
    if (since !== undefined && since <= minor) return [];
    const what = since === undefined ? 'reaches beyond the pod' : `is allowed from Kubernetes 1.${since} on only`;
    return [{ field: `securityContext.sysctls[${i}].name`, what: `sysctl ${name} ${what}` }];
  });
}
