import * as fc from 'fast-check';
import { CUSTOM_WORKLOADS } from '../../src/kube/custom-workloads';
import { Json, JsonObject, copy } from '../../src/kube/json';
import { podPart } from '../../src/kube/kinds';
import { Manifest } from '../../src/kube/pod-spec';

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
/** Mostly absent, so that most pods have few oddities. */
const rarely = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
const seldom = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const capabilities = fc.record({
  add: seldom(fc.subarray(['CAP_CHOWN', 'NET_BIND_SERVICE', 'SYS_ADMIN', 'NET_RAW'], { minLength: 1 })),
  drop: optional(fc.constantFrom(['ALL'], ['CAP_NET_RAW'], ['NET_RAW', 'ALL'])),
}, { requiredKeys: [] });

const seccomp = fc.constantFrom({ type: 'RuntimeDefault' }, { type: 'Localhost', localhostProfile: 'x.json' }, { type: 'Unconfined' });
const seLinux = fc.constantFrom({ level: 's0:c1' }, { type: 'container_t' }, { type: 'spc_t' }, { user: 'system_u' });
const appArmor = fc.constantFrom({ type: 'RuntimeDefault' }, { type: 'Unconfined' });

const containerSecurity = fc.record({
  runAsNonRoot: optional(fc.constantFrom(true, true, true, false)),
  runAsUser: optional(fc.constantFrom(1000, 101, 65532, 0)),
  runAsGroup: optional(fc.constantFrom(1000, 101, 0)),
  privileged: seldom(fc.boolean()),
  allowPrivilegeEscalation: seldom(fc.boolean()),
  readOnlyRootFilesystem: seldom(fc.boolean()),
  procMount: seldom(fc.constantFrom('Default', 'Unmasked')),
  capabilities: optional(capabilities),
  seccompProfile: seldom(seccomp),
  seLinuxOptions: seldom(seLinux),
  appArmorProfile: seldom(appArmor),
}, { requiredKeys: [] });

const httpProbe = fc.record({ httpGet: fc.record({ path: fc.constant('/'), port: fc.constant(8080), host: seldom(fc.constantFrom('', 'example.com', '127.0.0.1')) }, { requiredKeys: ['path', 'port'] }) });

function container(name: string): fc.Arbitrary<object> {
  return fc.record({
    name: fc.constant(name),
    image: fc.constantFrom('nginx:1.28', 'redis:7.4-alpine', 'ghcr.io/acme/web:1.2.3', 'ghcr.io/acme/web', `ghcr.io/acme/web@sha256:${'a'.repeat(64)}`, 'traefik:v3.2', 'quay.io/keycloak/keycloak:26.0'),
    securityContext: optional(containerSecurity),
    ports: optional(fc.constantFrom([{ containerPort: 80 }], [{ containerPort: 8080, name: 'http' }], [{ containerPort: 8080, hostPort: 80 }])),
    livenessProbe: rarely(httpProbe),
    resources: optional(fc.constantFrom({ limits: { memory: '64Mi' } }, { requests: { cpu: '1', memory: '1Gi' } }, { limits: { cpu: '500m' } })),
    volumeMounts: optional(fc.constantFrom([{ name: 'v', mountPath: '/tmp' }], [{ name: 'v', mountPath: '/var/lib/x', readOnly: true }])),
  }, { requiredKeys: ['name', 'image'] });
}

const podSpec = fc.record({
  containers: fc.oneof(fc.tuple(container('main')), fc.tuple(container('main'), container('side'))),
  initContainers: optional(fc.tuple(container('init'))),
  securityContext: optional(fc.record({
    runAsNonRoot: optional(fc.constantFrom(true, true, false)),
    runAsUser: seldom(fc.constantFrom(1000, 0)),
    fsGroup: seldom(fc.constant(2000)),
    supplementalGroups: seldom(fc.constant([3000])),
    seccompProfile: seldom(seccomp),
    seLinuxOptions: seldom(seLinux),
    appArmorProfile: seldom(appArmor),
    sysctls: seldom(fc.constantFrom([{ name: 'net.ipv4.tcp_syncookies', value: '1' }], [{ name: 'kernel.msgmax', value: '1' }])),
  }, { requiredKeys: [] })),
  volumes: fc.constantFrom<object[]>([{ name: 'v', emptyDir: {} }], [{ name: 'v' }], [{ name: 'v', hostPath: { path: '/' } }], [{ name: 'v', nfs: { server: 'x', path: '/' } }], [{ name: 'v', emptyDir: { sizeLimit: '1Gi' } }]),
  hostNetwork: seldom(fc.boolean()),
  hostPID: seldom(fc.boolean()),
  hostIPC: seldom(fc.boolean()),
  hostUsers: seldom(fc.boolean()),
  os: seldom(fc.constantFrom({ name: 'linux' }, { name: 'windows' })),
  automountServiceAccountToken: optional(fc.boolean()),
  serviceAccountName: fc.constant('app'),
}, { requiredKeys: ['containers', 'serviceAccountName'] });

/** Objects with a pod, most of them with some field that was set on purpose, some of those for worse. */
export const manifests: fc.Arbitrary<Manifest> = fc.tuple(podSpec, fc.constantFrom('Pod', 'Deployment', 'CronJob', 'StatefulSet', 'DaemonSet', 'Job')).map(([spec, kind]) => {
  const labels = { app: 'x' };
  const template = { metadata: { labels }, spec: withoutUndefined(spec) };
  const metadata = { name: 'x', namespace: 'shop' };
  const selector = { matchLabels: labels };
  const object = (apiVersion: string, its: object): Manifest => ({ apiVersion, kind, metadata, spec: its as never });
  switch (kind) {
    case 'Pod': return { apiVersion: 'v1', kind, metadata: { ...metadata, labels }, spec: template.spec as never };
    case 'CronJob': return object('batch/v1', { schedule: '@daily', jobTemplate: { spec: { template } } });
    case 'Job': return object('batch/v1', { template });
    default: return object('apps/v1', { selector, template, ...(kind === 'StatefulSet' && { serviceName: 'x' }) });
  }
});

/** Where custom resources keep their pods. */
const PLACES: readonly ((template: Json) => JsonObject)[] = [
  template => ({ template }),
  template => ({ jobTargetRef: { template }, maxReplicaCount: 3 }),
  template => ({ replicatedJobs: [{ name: 'none' }, { name: 'a', template: { spec: { template } } }] }),
  template => ({ leaderWorkerTemplate: { leaderTemplate: template, workerTemplate: copy(template), size: 2 } }),
];

/** The same pods in custom resources whose controllers take a pod as it stands. */
export const customResources: fc.Arbitrary<Manifest> = fc.tuple(manifests, fc.constantFrom(...CUSTOM_WORKLOADS.filter(({ templates }) => templates === 'whole')), fc.constantFrom(...PLACES))
  .map(([manifest, { group, kinds: [kind] }, place]): Manifest => {
    const { spec, meta } = podPart(manifest)!;
    return { apiVersion: `${group}/v1`, kind, metadata: { name: 'x', namespace: 'shop' }, spec: place({ metadata: meta, spec } as unknown as Json) as never };
  });

function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
