import { ContainerSecurity, PodSecurity } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { PodRule, PodView } from '../pod-rule';
import { Violation } from '../rule';

const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const SELINUX_TYPES = ['container_t', 'container_init_t', 'container_kvm_t'];
/** Allowed from 1.31 on. */
const SELINUX_ENGINE_TYPE = 'container_engine_t';

/** Visits the pod's security context and each container's. */
function eachContext(pod: PodView, visit: (context: PodSecurity | ContainerSecurity) => [key: string, what: string] | undefined): Violation[] {
  const violations: Violation[] = [];
  const general = pod.spec.securityContext && visit(pod.spec.securityContext);
  if (general) violations.push({ field: `securityContext.${general[0]}`, what: general[1] });
  for (const { container, field } of pod.containers) {
    const own = container.securityContext && visit(container.securityContext);
    if (own) violations.push({ field: `${field}.securityContext.${own[0]}`, what: own[1], container: container.name });
  }
  return violations;
}

/**
 * AppArmor's default profile keeps a container off the node's mounts and parts of /proc and /sys.
 *
 * Restricted fields: spec[.containers[*]].securityContext.appArmorProfile.type,
 *   metadata.annotations["container.apparmor.security.beta.kubernetes.io/*"]
 * Allowed values: undefined, RuntimeDefault, Localhost; runtime/default, localhost/*
 */
export const podAppArmor: PodRule = {
  id: 'pod-apparmor',
  title: 'AppArmor is not switched off',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'baseline', control: 'appArmorProfile' }, nsa: 'Pod security enforcement', kubescape: 'C-0055',
    polaris: 'linuxHardening', trivy: 'KSV-0002',
    kyverno: ['pod-security/baseline/restrict-apparmor-profiles', 'psp-migration/add-apparmor'],
  },
  advice: 'Use RuntimeDefault, or a profile of the node (Localhost).',
  versions: [{
    since: 0,
    check: pod => [
      ...eachContext(pod, ({ appArmorProfile: profile }) => {
        const type = profile?.type;
        return type === undefined || type === 'RuntimeDefault' || type === 'Localhost' ? undefined : ['appArmorProfile.type', `the AppArmor profile is ${type}`];
      }),
      ...Object.entries(pod.meta.annotations ?? {})
        .filter(([key, value]) => key.startsWith(APPARMOR_ANNOTATION) && value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/'))
        .map(([key, value]): Violation => ({ field: `metadata.annotations[${key}]`, what: `the AppArmor profile is ${value}`, container: key.slice(APPARMOR_ANNOTATION.length) })),
    ],
  }],
};

/**
 * SELinux types other than the container ones, and users or roles of one's own, reach the node's files.
 *
 * Restricted fields: spec[.containers[*]].securityContext.seLinuxOptions.{type,user,role}
 * Allowed values: type undefined, '' or a container type; user and role undefined or ''
 */
export const podSeLinux: PodRule = {
  id: 'pod-selinux',
  title: 'SELinux labels stay those of containers',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'baseline', control: 'seLinuxOptions' }, nsa: 'Pod security enforcement', kubescape: 'C-0055',
    polaris: 'linuxHardening', trivy: 'KSV-0025', kyverno: 'pod-security/baseline/disallow-selinux',
  },
  advice: `Use a type of containers (${SELINUX_TYPES.join(', ')}), and state neither user nor role.`,
  versions: [
    { since: 0, check: pod => ownLabels(pod, SELINUX_TYPES) },
    { since: 31, check: pod => ownLabels(pod, [...SELINUX_TYPES, SELINUX_ENGINE_TYPE]) },
  ],
};

function ownLabels(pod: PodView, types: readonly string[]): Violation[] {
  return [
    ...eachContext(pod, ({ seLinuxOptions: labels }) => labels?.type && !types.includes(labels.type)
      ? ['seLinuxOptions.type', `the SELinux type is ${labels.type}`] : undefined),
    ...eachContext(pod, ({ seLinuxOptions: labels }) => labels?.user || labels?.role
      ? [`seLinuxOptions.${labels.user ? 'user' : 'role'}`, `the SELinux ${labels.user ? 'user' : 'role'} is ${labels.user || labels.role}`] : undefined),
  ];
}

/**
 * A host process container of Windows runs on the node itself.
 *
 * Restricted fields: spec[.containers[*]].securityContext.windowsOptions.hostProcess
 * Allowed values: undefined, false
 */
export const podHostProcess: PodRule = {
  id: 'pod-host-process',
  title: 'No host process containers',
  severity: Severity.ERROR,
  controls: {
    pss: { level: 'baseline', control: 'windowsHostProcess' }, cis: { 1.8: '5.2.11', 1.12: '5.2.10' },
    kubescape: 'C-0202', polaris: 'hostProcess', trivy: 'KSV-0103',
    kyverno: 'pod-security/baseline/disallow-host-process',
  },
  advice: 'Leave hostProcess out.',
  versions: [{
    since: 0,
    check: pod => eachContext(pod, ({ windowsOptions: options }) => options?.hostProcess
      ? ['windowsOptions.hostProcess', 'the container runs on the node itself'] : undefined),
  }],
};
