import { Manifest } from '../../src/kube/pod-spec';
import { audit } from '../../src/rules/audit';
import { JUDGED_RULES } from '../../src/rules/harden/judged-rules';
import { PACKS, chosen, rulesIn } from '../../src/rules/packs';
import { Parameters } from '../../src/rules/parameters';
import { POD_RULES } from '../../src/rules/pod';
import { WORKLOAD_RULES } from '../../src/rules/workload';

/** A pod: what its first container says, what the pod says, and what its metadata say. */
type Case = [why: string, container: object, spec?: object, meta?: object];

interface Table {
  readonly rule: string;
  readonly valid: readonly Case[];
  readonly invalid: readonly [broken: Case, fields: string[], message?: string][];
  readonly parameters?: Parameters;
}

const security = (securityContext: object) => ({ securityContext });
const capabilities = (each: object) => security({ capabilities: each });
const volume = (source: object, mount: object = {}): [object, object] => [{ volumeMounts: [{ name: 'v', mountPath: '/v', ...mount }] }, { volumes: [{ name: 'v', ...source }] }];
const folder = (path: string, mount: object = {}) => volume({ hostPath: { path } }, mount);
const port = (containerPort: number, besides: object = {}) => ({ ports: [{ containerPort, ...besides }] });
const sysctl = (value: string) => security({ sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value }] });
const env = (name: string, value: string) => ({ env: [{ name, value }] });
const get = (path: string, besides: object = {}) => ({ httpGet: { path, port: 8080 }, ...besides });
const DIGEST = `@sha256:${'0123456789abcdef'.repeat(4)}`;
const C = 'containers[0]';

const TABLES: readonly Table[] = [
  {
    rule: 'image-tag',
    valid: [['a version', { image: 'nginx:1.28' }], ['a digest', { image: `nginx${DIGEST}` }], ['a digest of what moves', { image: `nginx:latest${DIGEST}` }], ['a port of the registry', { image: 'registry:5000/app:1' }]],
    invalid: [
      [['no tag', { image: 'nginx' }], [`${C}.image`], "the image 'nginx' of container 'app' names no version"],
      [['latest', { image: 'nginx:latest' }], [`${C}.image`], "the image 'nginx:latest' of container 'app' is whatever was pushed last as 'latest'"],
      [['a port is no tag', { image: 'registry:5000/app' }], [`${C}.image`]],
    ],
  },
  {
    rule: 'image-digest',
    valid: [['a digest', { image: `nginx:1.28${DIGEST}` }]],
    invalid: [[['a tag', { image: 'nginx:1.28' }], [`${C}.image`]], [['in an init container', { image: `a${DIGEST}` }, { initContainers: [{ name: 'i', image: 'b:1' }] }], ['initContainers[0].image']]],
  },
  {
    rule: 'image-pull-policy',
    valid: [['Always', { image: 'a:1', imagePullPolicy: 'Always' }], ['latest, which is pulled always', { image: 'a' }], ['a digest', { image: `a${DIGEST}`, imagePullPolicy: 'IfNotPresent' }]],
    invalid: [
      [['a tag without a policy', { image: 'a:1' }], [`${C}.imagePullPolicy`]],
      [['what moves, if not there', { image: 'a:latest', imagePullPolicy: 'IfNotPresent' }], [`${C}.imagePullPolicy`]],
      [['never', { image: 'a:1', imagePullPolicy: 'Never' }], [`${C}.imagePullPolicy`]],
    ],
  },
  {
    rule: 'image-registry',
    parameters: { allowedRegistries: ['registry.example.org/team/', 'docker.io/library', 'localhost:5000'] },
    valid: [['the path', { image: 'registry.example.org/team/app:1' }], ['Docker Hub, by its short name', { image: 'nginx' }], ['and by its other one', { image: 'index.docker.io/library/nginx' }], ['with a port', { image: 'localhost:5000/a' }]],
    invalid: [
      [['another path', { image: 'registry.example.org/teams/app:1' }], [`${C}.image`], "the image 'registry.example.org/teams/app:1' of container 'app' comes from registry.example.org, which is not allowed"],
      [['another part of Docker Hub', { image: 'somebody/nginx' }], [`${C}.image`]],
      [['a host that begins alike', { image: 'registry.example.org.evil.example/team/app' }], [`${C}.image`]],
    ],
  },
  { rule: 'image-registry', valid: [['nobody has decided', { image: 'anything/at:all' }]], invalid: [] },
  {
    rule: 'image-retired-registry',
    valid: [['the new one', { image: 'registry.k8s.io/pause:3.9' }], ['a name that begins alike', { image: 'k8s.gcr.io.example.org/pause:3' }]],
    invalid: [[['the old one', { image: 'k8s.gcr.io/pause:3.9' }], [`${C}.image`]], [['the oldest one', { image: 'gcr.io/google_containers/pause:3' }], [`${C}.image`]]],
  },
  {
    rule: 'pod-security-context',
    valid: [['one', security({ runAsUser: 1 })], ['Windows', {}, { os: { name: 'windows' } }]],
    invalid: [
      [['none', {}], [`${C}.securityContext`]], [['an empty one', security({})], [`${C}.securityContext`]], [['that of the pod alone', {}, security({ runAsUser: 1 })], [`${C}.securityContext`]],
    ],
  },
  {
    rule: 'pod-net-raw',
    valid: [['ALL', capabilities({ drop: ['ALL'] })], ['NET_RAW', capabilities({ drop: ['NET_RAW'] })]],
    invalid: [
      [['nothing is dropped', {}], [`${C}.securityContext.capabilities.drop`]],
      [['a name with a prefix, which containerd prefixes once more and so does not drop', capabilities({ drop: ['CAP_NET_RAW'] })], [`${C}.securityContext.capabilities.drop`]],
      [['dropped and added', capabilities({ drop: ['ALL'], add: ['NET_RAW'] })], [`${C}.securityContext.capabilities.add`]],
      [['everything added', capabilities({ drop: ['NET_RAW'], add: ['ALL'] })], [`${C}.securityContext.capabilities.add`]],
      [['in a sidecar', capabilities({ drop: ['ALL'] }), { initContainers: [{ name: 's', image: 'a:1', restartPolicy: 'Always' }] }], ['initContainers[0].securityContext.capabilities.drop']],
    ],
  },
  {
    rule: 'pod-sys-admin',
    valid: [['another', capabilities({ add: ['SYS_TIME'] })], ['dropped', capabilities({ drop: ['SYS_ADMIN'] })]],
    invalid: [[['added', capabilities({ add: ['SYS_ADMIN'] })], [`${C}.securityContext.capabilities.add`]], [['all of them', capabilities({ add: ['ALL'] })], [`${C}.securityContext.capabilities.add`]]],
  },
  { rule: 'pod-sys-module', valid: [['another', capabilities({ add: ['SYS_ADMIN'] })]], invalid: [[['added', capabilities({ add: ['SYS_MODULE'] })], [`${C}.securityContext.capabilities.add`]]] },
  {
    rule: 'pod-high-user',
    valid: [
      ['high', security({ runAsUser: 10000 })], ['nobody says', {}], ['users of its own', security({ runAsUser: 1 }), { hostUsers: false }],
      ["the image's own user", { image: 'nginx:1.28', ...security({ runAsUser: 101 }) }], ["the pod's, overridden", security({ runAsUser: 20000 }), security({ runAsUser: 1 })],
    ],
    invalid: [
      [['low', security({ runAsUser: 9999 })], [`${C}.securityContext.runAsUser`], "container 'app' runs as user 9999, which a user of the node may have"],
      [['by the pod', {}, security({ runAsUser: 1000 })], ['securityContext.runAsUser']],
      [['root, where no other rule speaks of it', security({ runAsUser: 0 })], [`${C}.securityContext.runAsUser`]],
      [["not the image's own", { image: 'nginx:1.28', ...security({ runAsUser: 102 }) }], [`${C}.securityContext.runAsUser`]],
    ],
  },
  { rule: 'pod-high-user', parameters: { minimumUid: 1000 }, valid: [['as was decided', security({ runAsUser: 1000 })]], invalid: [[['below', security({ runAsUser: 999 })], [`${C}.securityContext.runAsUser`]]] },
  {
    rule: 'pod-high-group',
    valid: [['high', security({ runAsGroup: 10000 })], ["the image's own", { image: 'nginx:1.28', ...security({ runAsGroup: 101 }) }]],
    invalid: [[['low', security({ runAsGroup: 5 })], [`${C}.securityContext.runAsGroup`]]],
  },
  {
    rule: 'pod-group-unknown',
    valid: [['both', security({ runAsUser: 1, runAsGroup: 1 })], ['neither', {}], ['of the pod', security({ runAsUser: 1 }), security({ runAsGroup: 1 })]],
    invalid: [[['the user alone', security({ runAsUser: 1 })], [`${C}.securityContext.runAsGroup`]]],
  },
  {
    rule: 'pod-root-group',
    valid: [['another', security({ runAsGroup: 1 }), security({ fsGroup: 1, supplementalGroups: [1] })], ["the image's own", { image: 'docker.elastic.co/elasticsearch/elasticsearch:8.15.0', ...security({ runAsGroup: 0 }) }, security({ fsGroup: 0 })]],
    invalid: [
      [['of the container', security({ runAsGroup: 0 })], [`${C}.securityContext.runAsGroup`]],
      [['of the volumes', {}, security({ fsGroup: 0 })], ['securityContext.fsGroup']],
      [['besides', {}, security({ supplementalGroups: [5, 0] })], ['securityContext.supplementalGroups[1]']],
    ],
  },
  {
    rule: 'pod-host-path-sensitive',
    valid: [['another', ...folder('/srv/data')], ['one whose name begins alike', ...folder('/etcetera')], ['none', ...volume({ emptyDir: {} })]],
    invalid: [
      [['everything', ...folder('/')], ['volumes[0].hostPath.path']], [['configuration', ...folder('/etc/')], ['volumes[0].hostPath.path'], "volume 'v' is /etc of the node, by which the node runs"],
      [['in it', ...folder('/etc/kubernetes/pki')], ['volumes[0].hostPath.path']], [['by a detour', ...folder('/srv/../proc')], ['volumes[0].hostPath.path']],
    ],
  },
  {
    rule: 'pod-host-path-writable',
    valid: [['read-only', ...folder('/srv', { readOnly: true })], ['no folder of the node', ...volume({ emptyDir: {} })]],
    invalid: [[['writable', ...folder('/srv')], [`${C}.volumeMounts[0].readOnly`]], [['said to be', ...folder('/srv', { readOnly: false })], [`${C}.volumeMounts[0].readOnly`]]],
  },
  {
    rule: 'pod-runtime-socket',
    valid: [['another folder', ...folder('/srv')], ['another socket', ...folder('/run/app/app.sock')]],
    invalid: ['/var/run/docker.sock', '/run/containerd/containerd.sock', '/var/run/crio/crio.sock', '/run/k3s/containerd', '/var/run/', '/'].map(path => [[path, ...folder(path)], ['volumes[0].hostPath.path']]),
  },
  {
    rule: 'pod-mount-propagation',
    valid: [['one way', ...volume({ emptyDir: {} }, { mountPropagation: 'HostToContainer' })]],
    invalid: [[['both ways', ...volume({ emptyDir: {} }, { mountPropagation: 'Bidirectional' })], [`${C}.volumeMounts[0].mountPropagation`]]],
  },
  { rule: 'pod-shared-processes', valid: [['off', {}, { shareProcessNamespace: false }]], invalid: [[['on', {}, { shareProcessNamespace: true }], ['shareProcessNamespace']]] },
  {
    rule: 'pod-tolerates-everything',
    valid: [['one taint', {}, { tolerations: [{ key: 'gpu', operator: 'Exists' }] }], ['no list', {}, { tolerations: 'all' }]],
    invalid: [[['every taint', {}, { tolerations: [{ key: 'gpu', operator: 'Exists' }, { operator: 'Exists' }] }], ['tolerations[1]']]],
  },
  { rule: 'pod-host-aliases', valid: [['none', {}, { hostAliases: [] }]], invalid: [[['one', {}, { hostAliases: [{ ip: '192.0.2.1', hostnames: ['a'] }] }], ['hostAliases']]] },
  { rule: 'pod-ssh-port', valid: [['another', port(2222)], ['another protocol', port(22, { protocol: 'UDP' })]], invalid: [[['that of SSH', port(22)], [`${C}.ports[0].containerPort`]]] },
  {
    rule: 'pod-low-ports',
    valid: [['high', port(1024)], ['opened to everybody', port(80), sysctl('0')], ['from there on', port(443), sysctl('443')], ['Windows', port(80), { os: { name: 'windows' } }]],
    invalid: [
      [['low', port(1023)], [`${C}.ports[0].containerPort`]], [['below what is opened', port(80), sysctl('443')], [`${C}.ports[0].containerPort`]],
      [['a sysctl that is none', port(80), sysctl('')], [`${C}.ports[0].containerPort`]], [['on the network of the node', port(80), { hostNetwork: true, ...sysctl('0') }], [`${C}.ports[0].containerPort`]],
    ],
  },
  {
    rule: 'pod-sudo',
    valid: [['installed, not called', { command: ['sh', '-c', 'apt-get install sudo'] }], ['another program', { command: ['pseudo'] }], ['an argument', { command: ['man'], args: ['sudo'] }]],
    invalid: [
      [['the command', { command: ['sudo', 'app'] }], [`${C}.command`]], [['by its path', { command: ['/usr/bin/sudo', 'app'] }], [`${C}.command`]],
      [['in a shell', { command: ['sh', '-c'], args: ['set -e; sudo app'] }], [`${C}.args`]], [['as arguments of the entry point', { args: ['sudo', 'app'] }], [`${C}.args`]],
    ],
  },
  {
    rule: 'pod-sysctl-value',
    valid: [['a number', {}, sysctl('80')], ['several', {}, sysctl('1024 65000')], ['ranges', {}, sysctl('8080,9000-9100')], ['a name', {}, sysctl('bbr')]],
    invalid: [
      [['another sysctl behind it', {}, sysctl('0+kernel.core_pattern=|/tmp/x.sh #')], ['securityContext.sysctls[0].value'], 'the value of sysctl net.ipv4.ip_unprivileged_port_start names another one: 0+kernel.core_pattern=|/tmp/x.sh #'],
      [['two of them', {}, sysctl('1=2')], ['securityContext.sysctls[0].value']],
    ],
  },
  { rule: 'pod-ephemeral-containers', valid: [['none', {}]], invalid: [[['one', {}, { ephemeralContainers: [{ name: 'd', image: 'a' }] }], ['ephemeralContainers[0]']]] },
  { rule: 'pod-service-account-field', valid: [['both, as objects are exported', {}, { serviceAccount: 'a', serviceAccountName: 'a' }]], invalid: [[['the old one', {}, { serviceAccount: 'a' }], ['serviceAccount']]] },
  {
    rule: 'pod-literal-secret',
    valid: [
      ['a name alone', env('DB_PASSWORD', '')], ['where it lies', env('DB_PASSWORD_FILE', '/etc/db/password')], ['a path', env('PASSWORD', '/run/secrets/db')], ['a reference', env('TOKEN', '$(OTHER)')],
      ['a template', env('TOKEN', '{{ .token }}')], ['a switch', env('REQUIRE_TOKEN', 'true')], ['a store', env('DB_PASSWORD', 'vault:secret/data/db#password')], ['about one', env('TOKEN_TTL', '3600')],
      ['another word', env('SECRETARY', 'Miss Moneypenny')], ['an address without a password', env('DATABASE_URL', 'postgres://app@db:5432/shop')], ['by reference', { env: [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }],
    ],
    invalid: [
      [['a password', env('DB_PASSWORD', 'hunter2')], [`${C}.env[0].value`], "the environment variable DB_PASSWORD of container 'app' holds a credential by its name"],
      [['in camel case', env('apiKey', 'abc')], [`${C}.env[0].value`]], [['a key', env('SECRET_KEY', 'abc')], [`${C}.env[0].value`]],
      [['an address with a password', env('DATABASE_URL', 'postgres://app:hunter2@db:5432/shop')], [`${C}.env[0].value`], "the environment variable DATABASE_URL of container 'app' holds an address with a password in it"],
      [['a key of AWS', env('X', `AKIA${'ABCDEFGHIJKLMNOP'}`)], [`${C}.env[0].value`]], [['a private key', env('X', '-----BEGIN RSA PRIVATE KEY-----\nabc')], [`${C}.env[0].value`]],
    ],
  },
  { rule: 'pod-duplicate-env', valid: [['two', { env: [{ name: 'A' }, { name: 'B' }] }]], invalid: [[['one twice', { env: [{ name: 'A' }, { name: 'B' }, { name: 'A' }] }], [`${C}.env[2].name`]]] },
  ...(['cpu', 'memory'] as const).map((resource): Table => ({
    rule: `pod-${resource}-request`,
    valid: [
      ['a request', { resources: { requests: { [resource]: 1 } } }], ['a limit, which is the request too', { resources: { limits: { [resource]: '1' } } }],
      ['of the whole pod', {}, { resources: { requests: { [resource]: '1' } } }], ['a session of debugging', { resources: { requests: { [resource]: '1' } } }, { ephemeralContainers: [{ name: 'd' }] }],
    ],
    invalid: [[['none', {}], [`${C}.resources.requests.${resource}`]], [['null', { resources: { requests: { [resource]: null } } }], [`${C}.resources.requests.${resource}`]]],
  })),
  { rule: 'pod-local-disk', valid: [['a limit', { resources: { limits: { 'ephemeral-storage': '1Gi' } } }]], invalid: [[['none', {}], [`${C}.resources.limits.ephemeral-storage`]]] },
  {
    rule: 'pod-empty-dir-size',
    valid: [['a size', ...volume({ emptyDir: { sizeLimit: '1Gi' } })], ['a claim', ...volume({ persistentVolumeClaim: { claimName: 'c' } })]],
    invalid: [[['none', ...volume({ emptyDir: {} })], ['volumes[0].emptyDir.sizeLimit'], "volume 'v' may fill the disk of its node"], [['in memory', ...volume({ emptyDir: { medium: 'Memory' } })], ['volumes[0].emptyDir.sizeLimit'], "volume 'v' may fill the memory of its node"]],
  },
  {
    rule: 'pod-probes-identical',
    valid: [
      ['another request', { livenessProbe: get('/live'), readinessProbe: get('/ready') }], ['more patience', { livenessProbe: get('/', { failureThreshold: 4 }), readinessProbe: get('/') }],
      ['a longer period', { livenessProbe: get('/', { periodSeconds: 30 }), readinessProbe: get('/') }], ['one alone', { livenessProbe: get('/') }],
    ],
    invalid: [[['the same', { livenessProbe: get('/'), readinessProbe: get('/') }], [`${C}.livenessProbe`]], [['less patience', { livenessProbe: get('/', { failureThreshold: 1 }), readinessProbe: get('/') }], [`${C}.livenessProbe`]]],
  },
  {
    rule: 'pod-probe-ports',
    valid: [['by number', { ...port(8080), livenessProbe: get('/') }], ['by name', { ...port(1, { name: 'http' }), startupProbe: { tcpSocket: { port: 'http' } } }], ['a command', { livenessProbe: { exec: { command: ['true'] } } }]],
    invalid: [
      [['another number', { ...port(80), livenessProbe: get('/') }], [`${C}.livenessProbe.httpGet.port`], "container 'app' has no port 8080, which its livenessProbe asks"],
      [['a name that nobody has', { ...port(80, { name: 'web' }), readinessProbe: { tcpSocket: { port: 'http' } } }], [`${C}.readinessProbe.tcpSocket.port`]],
      [['gRPC', { startupProbe: { grpc: { port: 9000 } } }], [`${C}.startupProbe.grpc.port`]],
    ],
  },
  {
    rule: 'pod-git-sync',
    valid: [['without', { image: 'registry.k8s.io/git-sync/git-sync:v4', args: ['--git-config=a'] }], ['another program', { image: 'a:1', args: ['--git=x'] }]],
    invalid: [[['a flag', { image: 'registry.k8s.io/git-sync/git-sync:v4', args: ['--git', '/x'] }], [`${C}.args`]], [['a variable', { image: 'registry.k8s.io/git-sync', ...env('GITSYNC_GIT', '/x') }], [`${C}.env[0].name`]]],
  },
  {
    rule: 'pod-tiller',
    valid: [['another program', { image: 'rototiller:1' }]],
    invalid: [[['the image', { image: 'ghcr.io/helm/tiller:v2' }], [`${C}.image`]], [['the labels', {}, {}, { labels: { app: 'helm', name: 'tiller' } }], ['metadata.labels[name]']]],
  },
  { rule: 'pod-dashboard', valid: [['another one', { image: 'grafana/grafana:11' }]], invalid: [[['the image', { image: 'kubernetesui/dashboard:v2' }], [`${C}.image`]], [['the labels', {}, {}, { labels: { 'k8s-app': 'kubernetes-dashboard' } }], ['metadata.labels[k8s-app]']]] },
];

const KINDS: { readonly [kind: string]: [place: string, wrap: (template: object) => object] } = {
  Pod: ['', ({ metadata, spec }: any) => ({ apiVersion: 'v1', metadata: { name: 'x', ...metadata }, spec })],
  Deployment: ['spec.template.', template => ({ apiVersion: 'apps/v1', metadata: { name: 'x' }, spec: { template } })],
  CronJob: ['spec.jobTemplate.spec.template.', template => ({ apiVersion: 'batch/v1', metadata: { name: 'x' }, spec: { jobTemplate: { spec: { template } } } })],
};

function fieldsFound({ rule, parameters }: Table, kind: string, [, container, spec = {}, metadata = {}]: Case): [field: string, message: string][] {
  const [, wrap] = KINDS[kind];
  const template = { metadata, spec: { containers: [{ name: 'app', image: 'registry.example.org/app:1', ...container }], ...spec } };
  const manifest = { kind, ...wrap(template) } as Manifest;
  const before = JSON.stringify(manifest);
  const findings = audit(manifest, { pack: chosen('one', 'One', ({ id }) => id === rule), minor: 37, today: '2026-01-01', parameters }).filter(found => found.rule === rule);
  expect(JSON.stringify(manifest)).toBe(before);
  return findings.map(({ field, message }) => [field, message]);
}

describe.each(Object.keys(KINDS))('rules that judges ask of the pod of a %s', kind => {
  const [place] = KINDS[kind];

  test.each(TABLES.flatMap(table => table.valid.map(each => [table.rule, each[0], table, each] as const)))('%s passes: %s', (_, __, table, each) => {
    expect(fieldsFound(table, kind, each)).toEqual([]);
  });

  test.each(TABLES.flatMap(table => table.invalid.map(each => [table.rule, each[0][0], table, each] as const)))('%s finds: %s', (_, __, table, [each, fields, message]) => {
    const found = fieldsFound(table, kind, each);
    expect(found.map(([field]) => field)).toEqual(fields.map(field => place + (field.startsWith('metadata.') ? field : `spec.${field}`)));
    if (message !== undefined) expect(found[0][1]).toBe(message);
  });
});

test('every rule that judges alone ask of pods can be waived on a construct', () => {
  expect(WORKLOAD_RULES.map(({ id }) => id).filter(id => !JUDGED_RULES.includes(id))).toEqual([]);
  const known = rulesIn(PACKS[0]).map(({ id }) => id);
  expect(JUDGED_RULES.filter(id => !known.includes(id) || POD_RULES.some(rule => rule.id === id))).toEqual([]);
});

test('every rule that judges alone ask of pods has its table', () => {
  const tested = new Set([...TABLES.map(({ rule }) => rule), 'pod-bare']);
  expect(WORKLOAD_RULES.map(({ id }) => id).filter(id => !tested.has(id))).toEqual([]);
});
