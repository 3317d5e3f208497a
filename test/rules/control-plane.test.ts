import { audit } from '../../src/rules/audit';
import { CONTROL_PLANE_RULES } from '../../src/rules/control-plane';
import { packNamed } from '../../src/rules/packs';

const OWN = new Set(CONTROL_PLANE_RULES.map(({ id }) => id));

/** What the rules about control plane and nodes have against a manifest, as `rule field: what`. */
function found(manifest: object, rule?: string): string[] {
  return audit({ metadata: {}, ...manifest } as never, { pack: packNamed('hardened')!, minor: 35, today: '2026-06-01' })
    .filter(finding => OWN.has(finding.rule) && (rule === undefined || finding.rule === rule))
    .map(({ rule: id, field, message }) => `${id} ${field}: ${message}`);
}

const pod = (container: object) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'kube-system' }, spec: { containers: [{ name: 'c', image: 'registry.k8s.io/pause:3.10', ...container }] },
});
const run = (...command: string[]) => pod({ command });
const RULE = 'apiserver-profiling';
const wrong = (field: string, what: string) => [`${RULE} ${field}: --profiling of kube-apiserver ${what}`];
const ON = "is 'true'";

describe('a flag of the API server is read', () => {
  test.each<[string, object, string[]]>([
    ['behind a sign', run('kube-apiserver', '--profiling=true'), wrong('spec.containers[0].command[1]', ON)],
    ['where it stands alone, which is on', run('kube-apiserver', '--profiling', 'false'), wrong('spec.containers[0].command[1]', ON)],
    ['in its last place, which wins', run('kube-apiserver', '--profiling=false', '--v=2', '--profiling=1'), wrong('spec.containers[0].command[3]', "is '1'")],
    ['in the arguments', pod({ command: ['/usr/local/bin/kube-apiserver'], args: ['--profiling=true'] }), wrong('spec.containers[0].args[0]', ON)],
    ['where the image says what is run', pod({ image: 'registry.k8s.io/kube-apiserver:v1.35.0@sha256:0123', args: ['--profiling=true'] }), wrong('spec.containers[0].args[0]', ON)],
    ['in a line for a shell', run('/bin/sh', '-c', 'exec kube-apiserver --profiling=true --v=2'), wrong('spec.containers[0].command[2]', ON)],
    ['behind an old name of all programs in one', run('/hyperkube', 'apiserver', '--profiling=true'), wrong('spec.containers[0].command[2]', ON)],
    ['where it is not set', run('kube-apiserver', '--v=2'), wrong('spec.containers[0].command', 'is not set, and on by default')],
    ['in whatever writes pods', {
      apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'd', namespace: 'kube-system' },
      spec: { template: { spec: { containers: [{ name: 'c', command: ['kube-apiserver', '--profiling=true'] }] } } },
    }, wrong('spec.template.spec.containers[0].command[1]', ON)],
    ['as off, in each way to write it', run('kube-apiserver', '--profiling=f'), []],
    ['only of what is run', run('sleep', 'kube-apiserver', '--profiling=true'), []],
    ['not of a tool for it', run('etcdctl', '--profiling=true'), []],
    ['not where more may be set than is seen', run('kube-apiserver', '$(FLAGS)'), []],
    ['not of what is no command', pod({ command: 'kube-apiserver --profiling=true', args: [1, null, {}] }), []],
  ])('%s', (_, manifest, expected) => {
    expect(found(manifest, RULE)).toEqual(expected);
  });
});

describe('what is wanted of a flag', () => {
  test.each<[string, string[], string[]]>([
    ['apiserver-rbac', ['--authorization-mode=Node,RBAC'], ['--authorization-mode=Node', '--authorization-mode=AlwaysAllow', '']],
    ['apiserver-always-allow', ['--authorization-mode=Node,RBAC', '--authorization-config=/etc/authz.yaml'], ['--authorization-mode=AlwaysAllow', '--authorization-mode=RBAC,AlwaysAllow']],
    ['apiserver-abac', ['--authorization-mode=RBAC'], ['--authorization-mode=ABAC,RBAC']],
    ['apiserver-token-auth-file', [''], ['--token-auth-file=/tokens.csv', '--token-auth-file /tokens.csv']],
    ['apiserver-kubelet-client-certificate', ['--kubelet-client-certificate=a --kubelet-client-key=b'], ['--kubelet-client-certificate=a', '--kubelet-client-certificate=a --kubelet-client-key=', '']],
    ['apiserver-audit-log-maxage', ['--audit-log-maxage=30', '--audit-webhook-config-file=/a.yaml'], ['--audit-log-maxage=7', '--audit-log-maxage=many', '']],
    ['apiserver-request-timeout', ['', '--request-timeout=2m3s', '--request-timeout=300s'], ['--request-timeout=0', '--request-timeout=1h', '--request-timeout=soon']],
    ['apiserver-tls-ciphers', ['', '--tls-cipher-suites=TLS_AES_128_GCM_SHA256'], ['--tls-cipher-suites=TLS_AES_128_GCM_SHA256,TLS_RSA_WITH_RC4_128_SHA']],
    ['apiserver-insecure-port', ['', '--insecure-port=0'], ['--insecure-port=8080']],
    ['apiserver-service-account-lookup', ['', '--service-account-lookup'], ['--service-account-lookup=false']],
  ])('%s', (rule, right, bad) => {
    for (const line of right) expect([line, found(run(`kube-apiserver ${line}`), rule)]).toEqual([line, []]);
    for (const line of bad) expect([line, found(run(`kube-apiserver ${line}`), rule)]).toEqual([line, [expect.stringContaining(rule)]]);
  });
});

test('etcd is read from its environment as well, and not where a file says the rest', () => {
  const env = [{ name: 'ETCD_CLIENT_CERT_AUTH', value: 'true' }, { name: 'ETCD_AUTO_TLS', value: 'true' }];
  expect(found(pod({ command: ['etcd'], env }), 'etcd-client-cert-auth')).toEqual([]);
  expect(found(pod({ command: ['etcd'], env }), 'etcd-auto-tls')).toEqual(["etcd-auto-tls spec.containers[0].env[1]: --auto-tls of etcd is 'true'"]);
  expect(found(pod({ command: ['etcd', '--client-cert-auth=false'], env }), 'etcd-client-cert-auth')).toHaveLength(1);
  expect(found(run('etcd', '--config-file=/etcd.yaml'))).toEqual([]);
});

test('a kubelet on the command line has other defaults than one with a file, of which nothing is known', () => {
  const ports = ['kubelet-read-only-port spec.containers[0].command: --read-only-port of kubelet is not set'];
  expect(found(run('kubelet'), 'kubelet-read-only-port')).toEqual(ports);
  expect(found(run('kubelet', '--config=/var/lib/kubelet/config.yaml'))).toEqual([]);
  expect(found(run('kubelet', '--config=/var/lib/kubelet/config.yaml', '--anonymous-auth=true')))
    .toEqual(["kubelet-anonymous-auth spec.containers[0].command[2]: --anonymous-auth of kubelet is 'true'"]);
});

describe('a configuration of the kubelet', () => {
  const file = (fields: object) => ({ apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', ...fields });

  test('is closed by default but for what is left to say', () => {
    expect(found(file({})).map(line => line.split(':')[0])).toEqual([
      'kubelet-client-ca authentication.x509.clientCAFile', 'kubelet-protect-kernel-defaults protectKernelDefaults', 'kubelet-tls-certificate tlsCertFile',
      'kubelet-pod-pids podPidsLimit', 'kubelet-seccomp-default seccompDefault',
    ]);
  });

  test('is told where it is opened, by its own fields', () => {
    const opened = file({
      authentication: { anonymous: { enabled: true } }, authorization: { mode: 'AlwaysAllow' }, readOnlyPort: 10255, streamingConnectionIdleTimeout: '0s',
      makeIPTablesUtilChains: false, rotateCertificates: false, featureGates: { RotateKubeletServerCertificate: false }, tlsCipherSuites: ['TLS_RSA_WITH_RC4_128_SHA'],
      eventRecordQPS: -1,
    });
    expect(found(opened)).toEqual(expect.arrayContaining([
      "kubelet-anonymous-auth authentication.anonymous.enabled: authentication.anonymous.enabled of kubelet is 'true'",
      "kubelet-always-allow authorization.mode: authorization.mode of kubelet is 'AlwaysAllow'",
      "kubelet-read-only-port readOnlyPort: readOnlyPort of kubelet is '10255'",
      "kubelet-streaming-timeout streamingConnectionIdleTimeout: streamingConnectionIdleTimeout of kubelet is '0s'",
      'kubelet-rotate-server-certificates featureGates: featureGates of kubelet has RotateKubeletServerCertificate=false',
      'kubelet-tls-ciphers tlsCipherSuites: tlsCipherSuites of kubelet has TLS_RSA_WITH_RC4_128_SHA',
      "kubelet-event-qps eventRecordQPS: eventRecordQPS of kubelet is '-1'",
    ]));
  });

  test('may be set up as wanted', () => {
    expect(found(file({
      authentication: { x509: { clientCAFile: '/ca.crt' } }, protectKernelDefaults: true, serverTLSBootstrap: true, podPidsLimit: 1024, seccompDefault: true,
    }))).toEqual([]);
  });

  test('of another group is somebody else\'s', () => {
    expect(found({ ...file({ readOnlyPort: 10255 }), apiVersion: 'example.org/v1' })).toEqual([]);
  });
});

describe('what kubeadm is told', () => {
  const cluster = (version: string, extraArgs: unknown) => ({ apiVersion: `kubeadm.k8s.io/${version}`, kind: 'ClusterConfiguration', apiServer: { extraArgs } });

  test('is a map, or a list of which the last one wins', () => {
    expect(found(cluster('v1beta3', { profiling: 'true' }), RULE)).toEqual([`${RULE} apiServer.extraArgs.profiling: profiling of kube-apiserver is 'true'`]);
    const list = [{ name: 'profiling', value: 'false' }, { name: 'profiling', value: 'true' }];
    expect(found(cluster('v1beta4', list), RULE)).toEqual([`${RULE} apiServer.extraArgs[1].value: profiling of kube-apiserver is 'true'`]);
    expect(found(cluster('v1beta4', [...list, { name: 'profiling', value: 'false' }]), RULE)).toEqual([]);
  });

  test('is what it does not do by itself', () => {
    const ids = found(cluster('v1beta4', [])).map(line => line.split(' ')[0]);
    expect(ids).toContain('apiserver-audit-log');
    expect(ids).toContain('controller-manager-profiling');
    expect(ids.filter(id => id.startsWith('etcd-') || /rbac|kubelet-client|tls-cert|bind-address/.test(id))).toEqual([]);
  });

  test('of nodes is judged by what is said, for the rest is in a file', () => {
    const join = (kubeletExtraArgs: unknown) => ({ apiVersion: 'kubeadm.k8s.io/v1beta4', kind: 'JoinConfiguration', nodeRegistration: { kubeletExtraArgs } });
    expect(found(join([{ name: 'read-only-port', value: '10255' }]))).toEqual(["kubelet-read-only-port nodeRegistration.kubeletExtraArgs[0].value: read-only-port of kubelet is '10255'"]);
    expect(found(join(undefined))).toEqual([]);
  });

  test('may be of any type', () => {
    for (const args of [null, 'x', 1, [null, 'x'], { __proto__: 'x' }]) expect(() => found(cluster('v1beta4', args))).not.toThrow();
    expect(() => found({ apiVersion: 'kubeadm.k8s.io/v1beta4', kind: 'ClusterConfiguration', etcd: [], apiServer: 'x' })).not.toThrow();
  });
});

test('kube-proxy shows its metrics on the node alone', () => {
  const proxy = (metricsBindAddress?: string) => ({ apiVersion: 'kubeproxy.config.k8s.io/v1alpha1', kind: 'KubeProxyConfiguration', metricsBindAddress });
  expect(found(proxy('0.0.0.0:10249'))).toEqual(["kube-proxy-metrics-address metricsBindAddress: metricsBindAddress of kube-proxy is '0.0.0.0:10249'"]);
  expect([proxy(), proxy('127.0.0.1:10249'), proxy('[::1]:10249')].flatMap(manifest => found(manifest))).toEqual([]);
});
