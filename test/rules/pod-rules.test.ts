import { Manifest, PodSpec } from '../../src/kube/pod-spec';
import { Posture } from '../../src/posture/posture';
import { PROFILES } from '../../src/posture/profiles';
import { BUILT_IN } from '../../src/posture/workload-defaults';
import { RULE_IDS, harden } from '../../src/rules/harden/harden';

const POSTURE: Posture = { ...BUILT_IN, where: 'app/web', today: '2026-11-21', kubernetesMinor: 30, profiles: PROFILES, mirrors: {}, waivers: [] };
const PROBE = { httpGet: { path: '/ok', port: 8080 } };

/** The least that satisfies every rule. */
function minimal(): PodSpec {
  return {
    serviceAccountName: 'web',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{
      name: 'web',
      image: 'ghcr.io/acme/web:1',
      livenessProbe: PROBE,
      readinessProbe: PROBE,
      resources: { limits: { memory: '64Mi' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsUser: 10001 },
    }],
  };
}

const WRAP: { [kind: string]: [field: string, wrap: (spec: PodSpec) => Manifest] } = {
  Pod: ['', spec => manifest('v1', 'Pod', spec)],
  Deployment: ['spec.template.', spec => manifest('apps/v1', 'Deployment', { selector: {}, template: { metadata: {}, spec } })],
  StatefulSet: ['spec.template.', spec => manifest('apps/v1', 'StatefulSet', { selector: {}, template: { metadata: {}, spec } })],
  DaemonSet: ['spec.template.', spec => manifest('apps/v1', 'DaemonSet', { selector: {}, template: { metadata: {}, spec } })],
  ReplicaSet: ['spec.template.', spec => manifest('apps/v1', 'ReplicaSet', { selector: {}, template: { metadata: {}, spec } })],
  Job: ['spec.template.', spec => manifest('batch/v1', 'Job', { template: { metadata: {}, spec } })],
  CronJob: ['spec.jobTemplate.spec.template.', spec => manifest('batch/v1', 'CronJob', { jobTemplate: { spec: { template: { metadata: {}, spec } } } })],
};

function manifest(apiVersion: string, kind: string, spec: object): Manifest {
  return { apiVersion, kind, metadata: { name: 'web' }, spec: spec as Manifest['spec'] };
}

/** Rule, field below the pod spec, and what breaks the rule and nothing else. Nobody has set the opposite on purpose. */
const TWEAKS: [rule: string, field: string, tweak: (spec: PodSpec, container: PodSpec['containers'][0]) => void][] = [
  ['pod-privileged', 'containers[0].securityContext.privileged', (_, { securityContext }) => { securityContext!.privileged = true; }],
  ['pod-privilege-escalation', 'containers[0].securityContext.allowPrivilegeEscalation', (_, { securityContext }) => { securityContext!.allowPrivilegeEscalation = true; }],
  ['pod-capabilities-add', 'containers[0].securityContext.capabilities.add', (_, { securityContext }) => { securityContext!.capabilities!.add = ['NET_ADMIN']; }],
  ['pod-net-bind-service', 'containers[0].securityContext.capabilities.add', (_, { securityContext }) => { securityContext!.capabilities!.add = ['NET_BIND_SERVICE']; }],
  ['pod-capabilities-drop', 'containers[0].securityContext.capabilities.drop', (_, { securityContext }) => { securityContext!.capabilities!.drop = []; }],
  ['pod-run-as-non-root', 'containers[0].securityContext.runAsNonRoot', (_, { securityContext }) => { securityContext!.runAsNonRoot = false; }],
  ['pod-run-as-non-root', 'securityContext.runAsNonRoot', ({ securityContext }) => { securityContext!.runAsNonRoot = false; }],
  ['pod-run-as-root', 'containers[0].securityContext.runAsUser', (_, { securityContext }) => { securityContext!.runAsUser = 0; }],
  ['pod-run-as-root', 'securityContext.runAsUser', ({ securityContext }) => { securityContext!.runAsUser = 0; }],
  ['pod-seccomp', 'securityContext.seccompProfile.type', ({ securityContext }) => { securityContext!.seccompProfile!.type = 'Unconfined'; }],
  ['pod-seccomp', 'containers[0].securityContext.seccompProfile.type', (_, { securityContext }) => { securityContext!.seccompProfile = { type: 'Unconfined' }; }],
  ['pod-read-only-root', 'containers[0].securityContext.readOnlyRootFilesystem', (_, { securityContext }) => { securityContext!.readOnlyRootFilesystem = false; }],
  ['pod-proc-mount', 'containers[0].securityContext.procMount', (_, { securityContext }) => { securityContext!.procMount = 'Unmasked'; }],
  ['pod-apparmor', 'securityContext.appArmorProfile.type', ({ securityContext }) => { securityContext!.appArmorProfile = { type: 'Unconfined' }; }],
  ['pod-selinux', 'securityContext.seLinuxOptions.type', ({ securityContext }) => { securityContext!.seLinuxOptions = { type: 'spc_t' }; }],
  ['pod-selinux', 'containers[0].securityContext.seLinuxOptions.role', (_, { securityContext }) => { securityContext!.seLinuxOptions = { role: 'sysadm_r' }; }],
  ['pod-sysctls', 'securityContext.sysctls[0].name', ({ securityContext }) => { securityContext!.sysctls = [{ name: 'kernel.msgmax', value: '1' }]; }],
  ['pod-secret-env', 'containers[0].env[1].valueFrom.secretKeyRef', (_, container) => {
    container.env = [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'c', key: 'a' } } }, { name: 'B', valueFrom: { secretKeyRef: { name: 's', key: 'b' } } }];
  }],
  ['pod-secret-env', 'containers[0].envFrom[1].secretRef', (_, container) => { container.envFrom = [{ configMapRef: { name: 'c' } }, { secretRef: { name: 's' } }]; }],
  ['pod-sysctls', 'securityContext.sysctls[0].name', ({ securityContext }) => { securityContext!.sysctls = [{ name: 'net.ipv4.tcp_rmem', value: '1' }]; }],
  ['pod-host-network', 'hostNetwork', spec => { spec.hostNetwork = true; }],
  ['pod-host-pid', 'hostPID', spec => { spec.hostPID = true; }],
  ['pod-host-ipc', 'hostIPC', spec => { spec.hostIPC = true; }],
  ['pod-host-ports', 'containers[0].ports[1].hostPort', (_, container) => { container.ports = [{ containerPort: 8080 }, { containerPort: 8081, hostPort: 8081 }]; }],
  ['pod-host-process', 'securityContext.windowsOptions.hostProcess', ({ securityContext }) => { securityContext!.windowsOptions = { hostProcess: true }; }],
  ['pod-host-path', 'volumes[0].hostPath', spec => { spec.volumes = [{ name: 'logs', hostPath: { path: '/var/log' } }]; }],
  ['pod-volume-types', 'volumes[0].nfs', spec => { spec.volumes = [{ name: 'files', nfs: { server: 'x', path: '/' } }]; }],
  ['pod-probe-hosts', 'containers[0].livenessProbe.httpGet.host', (_, container) => { container.livenessProbe = { httpGet: { ...PROBE.httpGet, host: '169.254.169.254' } }; }],
  ['pod-probe-hosts', 'containers[0].lifecycle.preStop.tcpSocket.host', (_, container) => { container.lifecycle = { preStop: { tcpSocket: { port: 1, host: 'x' } } }; }],
  ['pod-service-account', 'serviceAccountName', spec => { spec.serviceAccountName = 'default'; }],
  ['pod-service-account', 'serviceAccountName', spec => { delete spec.serviceAccountName; }],
  ['pod-service-links', 'enableServiceLinks', spec => { spec.enableServiceLinks = true; }],
  ['pod-user-unknown', 'containers[0].securityContext.runAsUser', (_, { securityContext }) => { delete securityContext!.runAsUser; }],
  ['pod-memory-limit', 'containers[0].resources.limits.memory', (_, container) => { delete container.resources; }],
  ['pod-image-profile', 'containers[0].image', (_, container) => { container.image = 'nginx'; }],
];

/** What pods that end by themselves need not have. */
const OF_SERVICES: typeof TWEAKS = [
  ['pod-readiness-probe', 'containers[0].readinessProbe', (_, container) => { delete container.readinessProbe; }],
  ['pod-liveness-probe', 'containers[0].livenessProbe', (_, container) => { delete container.livenessProbe; }],
];

describe.each(Object.keys(WRAP))('the pod of a %s', kind => {
  const [prefix, wrap] = WRAP[kind];
  const found = (spec: PodSpec) => {
    const { findings, faults } = harden(wrap(spec), {}, POSTURE);
    expect(faults).toEqual([]);
    return findings.map(({ rule, field }) => [rule, field]);
  };

  test('that satisfies every rule has no findings', () => {
    expect(found(minimal())).toEqual([]);
  });

  test.each(TWEAKS)('breaks %s at %s, and no other rule', (rule, field, tweak) => {
    const spec = minimal();
    tweak(spec, spec.containers[0]);
    expect(found(spec)).toEqual([[rule, `${prefix || ''}spec.${field}`]]);
  });

  test.each(OF_SERVICES)('breaks %s at %s, unless it ends by itself', (rule, field, tweak) => {
    const spec = minimal();
    tweak(spec, spec.containers[0]);
    expect(found(spec)).toEqual(kind.endsWith('Job') ? [] : [[rule, `${prefix}spec.${field}`]]);
  });

  test.each(TWEAKS.filter(([, field]) => field.startsWith('containers[0].securityContext') && !field.endsWith('runAsUser')))(
    'breaks %s at %s in every sort of container', (rule, field, tweak) => {
      for (const list of ['initContainers', 'ephemeralContainers'] as const) {
        const spec = minimal();
        const { name: _, resources: __, livenessProbe: ___, readinessProbe: ____, ...rest } = minimal().containers[0];
        const other = { name: 'other', ...rest, ...(list === 'initContainers' && { resources: minimal().containers[0].resources }) };
        spec[list] = [other];
        tweak(spec, other);
        expect(found(spec)).toEqual([[rule, `${prefix}spec.${field.replace('containers[0]', `${list}[0]`)}`]]);
      }
    });
});

test('every rule is seen to be broken', () => {
  // Hardening turns a token that is mounted by itself into one that is short-lived: what it writes cannot break the rule.
  const seen = [...TWEAKS, ...OF_SERVICES].map(([rule]) => rule);
  // The others say less than a rule that is broken with them, which alone speaks while a manifest is written;
  // test/conformance holds them against Kubernetes.
  const implied = ['pod-capabilities-default-set', 'pod-seccomp-unconfined', 'pod-proc-mount-always'];
  // Those about roles have a table of their own.
  expect(RULE_IDS.filter(id => !id.startsWith('rbac-') && !seen.includes(id) && !implied.includes(id))).toEqual(['pod-token-automount']);
  expect(seen.filter(id => !RULE_IDS.includes(id))).toEqual([]);
});

test('hardening what says nothing at all satisfies every rule that a machine can satisfy', () => {
  const bare = { serviceAccountName: 'web', containers: [{ name: 'web', image: 'ghcr.io/acme/web:1' }] };
  expect(harden(WRAP.Deployment[1](bare), {}, POSTURE).findings.map(({ rule }) => rule))
    .toEqual(['pod-user-unknown', 'pod-memory-limit', 'pod-readiness-probe', 'pod-liveness-probe']);
});
