import * as fc from 'fast-check';
import { Manifest } from '../../src/kube/pod-spec';
import { minorOf } from '../../src/kube/versions';
import { podSecurity } from '../../src/rules/pod-security';
import { judge } from './psa';

const PODS = Number(process.env.FUZZ_PODS ?? 5000);
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 60);
const SEED = Number(process.env.SEED ?? 20260102);
const BATCH = 2500;

const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);
/** Mostly as in a pod that is allowed; now and then something else, absent and empty included. */
const mostly = <T>(usual: T, ...others: fc.Arbitrary<unknown>[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant<unknown>(usual) }, ...others.map(arbitrary => ({ weight: 1, arbitrary })));

const capability = oneOf('ALL', 'NET_BIND_SERVICE', 'CHOWN', 'NET_RAW', 'SYS_ADMIN', 'CAP_CHOWN', 'all', 'SYS_CHROOT');
const seccomp = fc.record({ type: oneOf('RuntimeDefault', 'Localhost', 'Unconfined') });
const appArmor = fc.record({ type: oneOf('RuntimeDefault', 'Localhost', 'Unconfined') });
const seLinux = fc.record({ type: oneOf('', 'container_t', 'container_engine_t', 'spc_t'), user: oneOf('', 'u'), role: oneOf('', 'r'), level: oneOf('s0') }, { requiredKeys: [] });
const windows = fc.record({ hostProcess: fc.boolean(), runAsUserName: oneOf('x') }, { requiredKeys: [] });
const host = oneOf('', '127.0.0.1', 'example.com');
const probe = fc.oneof(fc.record({ httpGet: fc.record({ port: oneOf(80), host }, { requiredKeys: ['port'] }) }), fc.record({ tcpSocket: fc.record({ port: oneOf(80), host }, { requiredKeys: ['port'] }) }));

const containerSecurity = fc.record({
  allowPrivilegeEscalation: mostly(false, oneOf(true, undefined)),
  privileged: mostly(undefined, fc.boolean()),
  capabilities: mostly({ drop: ['ALL'] }, fc.record({ drop: fc.array(capability, { maxLength: 2 }), add: fc.array(capability, { maxLength: 2 }) }, { requiredKeys: [] }), oneOf(undefined)),
  procMount: mostly(undefined, oneOf('Default', 'Unmasked')),
  runAsNonRoot: mostly(undefined, fc.boolean()),
  runAsUser: mostly(undefined, oneOf(0, 1, 1000)),
  seccompProfile: mostly(undefined, seccomp),
  appArmorProfile: mostly(undefined, appArmor),
  seLinuxOptions: mostly(undefined, seLinux),
  windowsOptions: mostly(undefined, windows),
});
const container = (name: string) => fc.record({
  name: fc.constant(name),
  image: fc.constant('registry.example/x:1'),
  securityContext: fc.oneof({ weight: 12, arbitrary: containerSecurity as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: oneOf(undefined, {}) }),
  ports: mostly(undefined, fc.array(fc.record({ containerPort: oneOf(80, 8080), hostPort: oneOf(0, 80) }, { requiredKeys: ['containerPort'] }), { maxLength: 2 })),
  livenessProbe: mostly(undefined, probe),
  startupProbe: mostly(undefined, probe),
  lifecycle: mostly(undefined, fc.record({ preStop: probe, postStart: probe }, { requiredKeys: [] })),
});
const volume = fc.oneof(...['emptyDir', 'configMap', 'csi', 'hostPath', 'nfs', 'image', 'gitRepo', 'iscsi', 'ephemeral', 'projected'].map(type => fc.constant({ name: type.toLowerCase(), [type]: {} })), fc.constant({ name: 'bare' }));

const pod = fc.record({
  containers: fc.oneof(fc.tuple(container('a')), fc.tuple(container('a'), container('b'))),
  initContainers: mostly(undefined, fc.tuple(container('i'))),
  ephemeralContainers: mostly(undefined, fc.tuple(container('e'))),
  securityContext: fc.record({
    runAsNonRoot: mostly(true, oneOf(false, undefined)),
    runAsUser: mostly(undefined, oneOf(0, 1000)),
    seccompProfile: mostly({ type: 'RuntimeDefault' }, seccomp, oneOf(undefined)),
    appArmorProfile: mostly(undefined, appArmor),
    seLinuxOptions: mostly(undefined, seLinux),
    windowsOptions: mostly(undefined, windows),
    sysctls: mostly(undefined, fc.array(fc.record({ name: oneOf('net.ipv4.tcp_syncookies', 'net.ipv4.ip_local_reserved_ports', 'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_notsent_lowat', 'kernel.msgmax'), value: oneOf('1') }), { maxLength: 2 })),
  }),
  volumes: mostly(undefined, fc.array(volume, { maxLength: 3 })),
  hostNetwork: mostly(undefined, fc.boolean()),
  hostPID: mostly(undefined, fc.boolean()),
  hostIPC: mostly(undefined, fc.boolean()),
  hostUsers: mostly(undefined, fc.boolean()),
  os: mostly(undefined, fc.record({ name: oneOf('linux', 'windows') })),
});
const annotations = mostly(undefined, fc.record({
  'container.apparmor.security.beta.kubernetes.io/a': oneOf('', 'runtime/default', 'unconfined', 'localhost/x'),
  'seccomp.security.alpha.kubernetes.io/pod': oneOf('runtime/default', 'unconfined'),
  'container.seccomp.security.alpha.kubernetes.io/a': oneOf('docker/default', 'unconfined'),
}, { requiredKeys: [] }));

const manifests = fc.tuple(pod, annotations, oneOf('Pod', 'Deployment', 'CronJob')).map(([spec, notes, kind]): Manifest => {
  const template = { metadata: { name: 'x', annotations: notes }, spec };
  const value = kind === 'Pod' ? { apiVersion: 'v1', kind, ...template }
    : kind === 'Deployment' ? { apiVersion: 'apps/v1', kind, metadata: { name: 'x' }, spec: { template } }
      : { apiVersion: 'batch/v1', kind, metadata: { name: 'x' }, spec: { jobTemplate: { spec: { template } } } };
  return JSON.parse(JSON.stringify(value));
});

test('random pods at random levels and versions get the verdict of Kubernetes, by the same controls', () => {
  const end = Date.now() + SECONDS * 1000;
  let judged = 0;
  let denied = 0;
  for (let batch = 0; judged < PODS && Date.now() < end; batch++) {
    const pods = fc.sample(manifests, { seed: SEED + batch, numRuns: Math.min(BATCH, PODS - judged) });
    const version = `v1.${(SEED + 7 * batch) % 38}`;
    const level = batch % 3 === 0 ? 'baseline' : 'restricted';
    const verdicts = judge(pods.map((manifest, i) => ({ id: String(i), manifest })), [level], [version]);
    pods.forEach((manifest, i) => {
      const found = [...new Set(podSecurity(manifest, level, minorOf(version)!).map(({ rule }) => rule.controls!.pss!.control))].sort();
      const expected = verdicts[i].violations.map(({ check }) => check).sort();
      // Deliberate, see pod-security.test.ts: what is denied at baseline is denied at restricted.
      const ofBaseline = new Set(podSecurity(manifest, 'baseline', minorOf(version)!).map(({ rule }) => rule.controls!.pss!.control));
      const more = found.filter(control => !expected.includes(control));
      const isStricter = level === 'restricted' && expected.every(control => found.includes(control)) && more.every(control => ofBaseline.has(control));
      if (!isStricter && JSON.stringify(found) !== JSON.stringify(expected)) {
        throw new Error(`seed ${SEED + batch}, ${level} ${version}: found ${found.join()}, Kubernetes says ${expected.join()}: ${JSON.stringify(manifest)}`);
      }
      denied += Number(expected.length > 0);
    });
    judged += pods.length;
  }
  console.log(`seed ${SEED}: ${judged} pods judged, ${denied} denied, no disagreement`);
  expect(denied).toBeGreaterThan(judged / 10);
  expect(denied).toBeLessThan(judged * 0.98);
}, (SECONDS + 60) * 1000);
