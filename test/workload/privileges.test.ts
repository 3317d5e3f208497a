import { JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { SecurityDefaults } from '../../src';
import { KINDS, MAKE, WEB, apiObject, chart, failure, podOf, podPointer, web } from './made';

const waived = (...rules: string[]) => rules.map(rule => ({ rule, reason: 'it is tested', owner: 'team-a' }));
const context = (securityContext: kplus.ContainerSecurityContextProps, ...rules: string[]) => podOf(web({
  containers: [{ ...WEB, securityContext: { ...WEB.securityContext, ...securityContext } }], waivers: waived(...rules),
})).containers[0].securityContext;

test.each(KINDS)('a %s drops all privileges by default', kind => {
  const pod = podOf(MAKE[kind](chart(), 'web', { containers: [WEB], initContainers: [{ image: 'x:1' }] }));
  expect(pod.containers[0].securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsGroup: 10001,
    runAsNonRoot: true,
    runAsUser: 10001,
  });
  expect(pod.initContainers[0].securityContext).toEqual({
    allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true,
  });
  expect(pod).toMatchObject({
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    hostIPC: false,
    hostNetwork: false,
    hostPID: false,
    securityContext: { fsGroup: 10001, fsGroupChangePolicy: 'OnRootMismatch', runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  });
});

test('capabilities lose the prefix that Kubernetes does not know, each is named once, and all but those are dropped', () => {
  expect(context({ capabilities: { add: [kplus.Capability.CHOWN, kplus.Capability.SETUID, 'CHOWN' as kplus.Capability] } }, 'pod-capabilities-add').capabilities)
    .toEqual({ add: ['CHOWN', 'SETUID'], drop: ['ALL'] });
});

test('dropping some capabilities is dropping all', () => {
  expect(context({ capabilities: { drop: [kplus.Capability.NET_RAW] } }).capabilities).toEqual({ drop: ['ALL'] });
});

test('an empty list to drop is a wish of its own, and needs a waiver', () => {
  expect(failure(() => context({ capabilities: { drop: [] } }))).toBe(
    "shop/web · Deployment web · spec.template.spec.containers[0].securityContext.capabilities.drop: container 'main' keeps the capabilities of the container runtime "
    + '[pod-capabilities-drop]. Drop ALL, and add back the one that is needed. '
    + "To allow it all the same: waivers: [{ rule: 'pod-capabilities-drop', container: 'main', reason: '…', owner: '…' }].");
  expect(context({ capabilities: { drop: [] } }, 'pod-capabilities-drop').capabilities).toEqual({ drop: [] });
});

test('a pod that says it may be root is refused, though its containers say otherwise: Pod Security denies it', () => {
  const pod = (waivers = waived()) => web({ containers: [WEB], securityContext: { ensureNonRoot: false }, waivers });
  expect(failure(() => podOf(pod()))).toBe(
    'shop/web · Deployment web · spec.template.spec.securityContext.runAsNonRoot: the pod allows its containers to run as root [pod-run-as-non-root]. '
    + 'Leave ensureNonRoot as it is (true), and state a numeric user if the image names none. '
    + "To allow it all the same: waivers: [{ rule: 'pod-run-as-non-root', reason: '…', owner: '…' }].");
  expect(podOf(pod(waived('pod-run-as-non-root'))).securityContext.runAsNonRoot).toBe(false);
});

test.each([
  ['RuntimeDefault', undefined],
  ['Localhost', undefined],
  ['Unconfined', 'pod-seccomp'],
])('a seccomp profile of the type %s stays', (type, rule) => {
  const workload = web({ containers: [WEB], waivers: rule ? waived(rule) : [] });
  const seccompProfile = { type, ...(type === 'Localhost' && { localhostProfile: 'web.json' }) };
  apiObject(workload).addJsonPatch(JsonPatch.add('/spec/template/spec/securityContext/seccompProfile', seccompProfile));
  expect(podOf(workload).securityContext.seccompProfile).toEqual(seccompProfile);
});

test.each(KINDS)('a container that a patch adds to a %s, of any sort, is hardened as well', kind => {
  const workload = MAKE[kind](chart(), 'web', { containers: [WEB] });
  const pointer = podPointer(kind);
  apiObject(workload).addJsonPatch(
    JsonPatch.add(`${pointer}/ephemeralContainers`, [{ name: 'debug', image: 'ghcr.io/acme/tools:1' }]),
    JsonPatch.add(`${pointer}/initContainers`, [{ name: 'side', image: 'ghcr.io/acme/side:1', restartPolicy: 'Always' }]),
  );
  const { ephemeralContainers: [debug], initContainers: [side] } = podOf(workload);
  const hardened = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsNonRoot: true };
  expect(side).toMatchObject({ restartPolicy: 'Always', securityContext: hardened });
  expect(debug).toEqual({ name: 'debug', image: 'ghcr.io/acme/tools:1', imagePullPolicy: 'IfNotPresent', securityContext: hardened });
});

describe('ports below 1024', () => {
  const SYSCTL = { name: 'net.ipv4.ip_unprivileged_port_start', value: '0' };
  const sysctls = (props: object) => podOf(web(props)).securityContext.sysctls;
  const { ports: _, portNumber: __, ...CONTAINER } = { ports: [], ...WEB };

  test('are opened by a safe sysctl, and by no capability', () => {
    expect(sysctls({ containers: [{ ...CONTAINER, portNumber: 80 }] })).toEqual([SYSCTL]);
    expect(sysctls({ containers: [{ ...CONTAINER, ports: [{ number: 53, protocol: kplus.Protocol.UDP }] }] })).toEqual([SYSCTL]);
    expect(sysctls({ containers: [{ ...CONTAINER, portNumber: 1024 }] })).toBeUndefined();
  });

  test('count also where only the profile of the image knows them, unless other ports are declared in their stead', () => {
    expect(sysctls({ containers: [{ image: 'nginx:1.28' }] })).toEqual([SYSCTL]);
    expect(sysctls({ containers: [{ image: 'nginx:1.28', portNumber: 8080 }] })).toBeUndefined();
  });

  test('count in sidecars, too', () => {
    const workload = web({ containers: [WEB], initContainers: [{ image: 'ghcr.io/acme/proxy:1', name: 'proxy', portNumber: 443 }] });
    expect(podOf(workload).securityContext.sysctls).toBeUndefined();
    apiObject(workload).addJsonPatch(JsonPatch.add('/spec/template/spec/initContainers/0/restartPolicy', 'Always'));
    expect(podOf(workload).securityContext.sysctls).toEqual([SYSCTL]);
  });

  test("leave the user's own sysctls, and their own value of that one", () => {
    const own = [{ name: SYSCTL.name, value: '80' }, { name: 'net.ipv4.tcp_syncookies', value: '1' }];
    expect(sysctls({ containers: [{ ...CONTAINER, portNumber: 80 }], securityContext: { sysctls: own } })).toEqual(own);
    expect(sysctls({ containers: [{ ...CONTAINER, portNumber: 80 }], securityContext: { sysctls: own.slice(1) } })).toEqual([own[1], SYSCTL]);
  });

  test('cannot be opened on the host network, which is a fault unless the containers are root', () => {
    const onHost = (user: number, ...rules: string[]) => web({
      containers: [{ ...CONTAINER, portNumber: 80, securityContext: { user, group: 1 } }], hostNetwork: true, waivers: waived('pod-host-network', ...rules),
    });
    expect(failure(() => Testing.synth(onHost(5).node.scope as any))).toBe(
      'shop/web: port 80 is below 1024 and the pod is on the host network, where no pod may change who can listen on it [low-port-on-host-network]. '
      + 'Listen on a port from 1024 on, or leave hostNetwork out.');
    expect(podOf(onHost(0, 'pod-run-as-root')).securityContext.sysctls).toBeUndefined();
  });
});

test('a sysctl that the oldest cluster does not take as safe is refused', () => {
  const sysctls = [{ name: 'net.ipv4.tcp_keepalive_time', value: '60' }];
  const tuned = (kubernetesVersion: string) => {
    const scope = chart();
    SecurityDefaults.of(scope).set({ kubernetesVersion });
    // Not written: what tests write is judged by older versions too.
    return web({ containers: [WEB], securityContext: { sysctls } }, scope).findings.filter(({ rule }) => rule === 'pod-sysctls');
  };
  expect(failure(() => podOf(web({ containers: [WEB], securityContext: { sysctls } })))).toBe(
    'shop/web · Deployment web · spec.template.spec.securityContext.sysctls[0].name: sysctl net.ipv4.tcp_keepalive_time is allowed from Kubernetes 1.29 on only '
    + "[pod-sysctls]. Set it on the node, or leave it out. To allow it all the same: waivers: [{ rule: 'pod-sysctls', reason: '…', owner: '…' }].");
  expect(tuned('1.28')).toHaveLength(1);
  expect(tuned('1.29')).toEqual([]);
});
