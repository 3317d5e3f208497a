import { JsonObject } from '../../../src/kube/json';

/** One thing that is made worse on a set of which nothing is to be said, and the rules of which one has to see it. */
export interface Weakening {
  readonly what: string;
  readonly rules: readonly string[];
  readonly lay: (set: Laid) => void;
}

/** A set of manifests that things are laid on. */
export class Laid {
  constructor(public readonly manifests: JsonObject[]) {}

  /** An object, as `Kind name`. */
  public of(object: string): JsonObject {
    const [kind, name] = object.split(' ');
    const found = this.manifests.find(manifest => manifest.kind === kind && (manifest.metadata as JsonObject).name === name);
    if (!found) throw new Error(`no ${object}`);
    return found;
  }

  /** Writes a field by its path; undefined takes it away. */
  public write(object: string, path: string, value: unknown): void {
    const keys = path.split('.');
    const last = keys.pop()!;
    let place = this.of(object) as never as Record<string, Record<string, never>>;
    for (const key of keys) place = (place[key] ??= {}) as never;
    if (value === undefined) delete place[last];
    else place[last] = value as never;
  }

  public add(manifest: object): void {
    this.manifests.push(manifest as JsonObject);
  }

  public remove(object: string): void {
    this.manifests.splice(this.manifests.indexOf(this.of(object)), 1);
  }
}

const POD = 'spec.template.spec';
const CONTAINER = `${POD}.containers.0`;
const RBAC = 'rbac.authorization.k8s.io';

/** A field of the pod of web. */
const pod = (what: string, rule: string | string[], path: string, value: unknown): Weakening => (
  { what, rules: [rule].flat(), lay: set => set.write('Deployment web', `${POD}.${path}`, value) }
);
/** A field of its container. */
const container = (what: string, rule: string | string[], path: string, value: unknown): Weakening => pod(what, rule, `containers.0.${path}`, value);
const field = (what: string, rule: string | string[], object: string, path: string, value: unknown): Weakening => (
  { what, rules: [rule].flat(), lay: set => set.write(object, path, value) }
);
const without = (what: string, rule: string | string[], object: string): Weakening => (
  { what, rules: [rule].flat(), lay: set => set.remove(object) }
);
const volume = (what: string, rule: string | string[], source: object, mount: object = {}): Weakening => ({
  what, rules: [rule].flat(),
  lay: set => {
    set.write('Deployment web', `${POD}.volumes.1`, { name: 'more', ...source });
    set.write('Deployment web', `${CONTAINER}.volumeMounts.1`, { name: 'more', mountPath: '/more', ...mount });
  },
});
const right = (what: string, rule: string, resource: string, verbs: string[], group = ''): Weakening => ({
  what, rules: [rule],
  lay: set => set.write('Role settings', 'rules.1', { apiGroups: [group], resources: [resource], verbs }),
});
const given = (what: string, rule: string, subject: object, role = 'view'): Weakening => ({
  what, rules: [rule],
  lay: set => set.add({
    apiVersion: `${RBAC}/v1`, kind: 'ClusterRoleBinding', metadata: { name: 'given' }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role }, subjects: [subject],
  }),
});

export const PODS: readonly Weakening[] = [
  container('a privileged container', 'pod-privileged', 'securityContext.privileged', true),
  container('privilege escalation', 'pod-privilege-escalation', 'securityContext.allowPrivilegeEscalation', true),
  container('privilege escalation left open', 'pod-privilege-escalation', 'securityContext.allowPrivilegeEscalation', undefined),
  container('a container that turns runAsNonRoot off over a good pod', 'pod-run-as-non-root', 'securityContext.runAsNonRoot', false),
  container('user 0', 'pod-run-as-root', 'securityContext.runAsUser', 0),
  container('group 0', 'pod-root-group', 'securityContext.runAsGroup', 0),
  container('a user of the node', 'pod-high-user', 'securityContext.runAsUser', 1000),
  container('a capability that is dangerous', ['pod-capabilities-add', 'pod-capabilities-default-set'], 'securityContext.capabilities.add', ['SYS_ADMIN']),
  container('capabilities that are not dropped', 'pod-capabilities-drop', 'securityContext.capabilities', undefined),
  container('a root folder that can be written', 'pod-read-only-root', 'securityContext.readOnlyRootFilesystem', false),
  container('seccomp switched off', ['pod-seccomp', 'pod-seccomp-unconfined'], 'securityContext.seccompProfile.type', 'Unconfined'),
  container('AppArmor switched off', 'pod-apparmor', 'securityContext.appArmorProfile', { type: 'Unconfined' }),
  container('a type of SELinux of its own', 'pod-selinux', 'securityContext.seLinuxOptions', { type: 'spc_t' }),
  container('/proc unmasked', ['pod-proc-mount', 'pod-proc-mount-always'], 'securityContext.procMount', 'Unmasked'),
  pod('an unsafe sysctl', 'pod-sysctls', 'securityContext.sysctls', [{ name: 'kernel.msgmax', value: '1' }]),
  pod('a sysctl behind a sysctl', 'pod-sysctl-value', 'securityContext.sysctls', [{ name: 'net.ipv4.tcp_syncookies', value: '1+kernel.core_pattern=|/x' }]),
  pod('the processes of the node', 'pod-host-pid', 'hostPID', true),
  pod('the memory of the node', 'pod-host-ipc', 'hostIPC', true),
  pod('the network of the node', 'pod-host-network', 'hostNetwork', true),
  pod('processes that all containers share', 'pod-shared-processes', 'shareProcessNamespace', true),
  container('a port of the node', 'pod-host-ports', 'ports.0.hostPort', 8080),
  container('a process of the node on Windows', 'pod-host-process', 'securityContext.windowsOptions', { hostProcess: true }),
  container('a probe of another host', 'pod-probe-hosts', 'readinessProbe.httpGet.host', '169.254.169.254'),
  volume('a folder of the node', ['pod-host-path', 'pod-volume-types'], { hostPath: { path: '/srv' } }),
  volume('the socket of the container runtime', ['pod-runtime-socket', 'pod-host-path'], { hostPath: { path: '/run/containerd/containerd.sock' } }),
  volume('a mount that reaches the node', 'pod-mount-propagation', { emptyDir: { sizeLimit: '1Mi' } }, { mountPropagation: 'Bidirectional' }),
  volume('a projected token of a service account', 'rbac-token-without-rights', { projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }),
  volume('a folder without a limit', 'pod-empty-dir-size', { emptyDir: {} }),
  pod('a toleration of everything', 'pod-tolerates-everything', 'tolerations', [{ operator: 'Exists' }]),
  pod('the token of a service account', 'pod-token-automount', 'automountServiceAccountToken', true),
  pod('the default service account', 'pod-service-account', 'serviceAccountName', undefined),
  pod('names of its own in /etc/hosts', 'pod-host-aliases', 'hostAliases', [{ ip: '10.0.0.1', hostnames: ['registry.example.org'] }]),
  container('an image without a tag', ['image-tag', 'image-digest'], 'image', 'registry.example.org/shop/web'),
  container('an image by its latest', ['image-tag', 'image-digest'], 'image', 'registry.example.org/shop/web:latest'),
  container('an image without digest', 'image-digest', 'image', 'registry.example.org/shop/web:1.4.2'),
  container('an image of another registry', 'image-registry', 'image', `docker.io/library/web:1@sha256:${'ab'.repeat(32)}`),
  {
    what: 'an image that is taken from the node', rules: ['image-pull-policy'],
    lay: set => {
      set.write('Deployment web', `${CONTAINER}.image`, 'registry.example.org/shop/web:1.4.2');
      set.write('Deployment web', `${CONTAINER}.imagePullPolicy`, 'Never');
    },
  },
  container('no limit of memory', 'pod-memory-limit', 'resources.limits', {}),
  container('no request of CPU', 'pod-cpu-request', 'resources', { limits: { memory: '128Mi' }, requests: { memory: '128Mi' } }),
  container('no request of memory', 'pod-memory-request', 'resources', { requests: { cpu: '1' } }),
  container('no liveness probe', 'pod-liveness-probe', 'livenessProbe', undefined),
  container('no readiness probe', 'pod-readiness-probe', 'readinessProbe', undefined),
  container('a port below 1024', 'pod-low-ports', 'ports.0.containerPort', 80),
  container('a shell by SSH', 'pod-ssh-port', 'ports.1', { containerPort: 22 }),
  container('sudo', 'pod-sudo', 'command', ['sudo', '/server']),
  container('a password in a variable', 'pod-literal-secret', 'env', [{ name: 'DB_PASSWORD', value: 'hunter2-and-more' }]),
  container('a Secret in a variable', 'pod-secret-env', 'env', [{ name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }]),
  container('a variable that is written twice', 'pod-duplicate-env', 'env', [{ name: 'A', value: '1' }, { name: 'A', value: '2' }]),
  container('a protection that is misspelt', 'schema-unknown-field', 'securityContext.readOnlyRootFileSystem', true),
  {
    what: 'a pod that nobody starts again', rules: ['pod-bare'],
    lay: set => {
      const { template } = set.of('Deployment web').spec as { template: { spec: object } } & JsonObject;
      set.add({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bare', namespace: 'shop', labels: { app: 'web' } }, spec: template.spec });
    },
  },
];

const inPolicy = (what: string, rules: string[], name: string, path: string, value: unknown): Weakening => field(what, rules, `NetworkPolicy ${name}`, path, value);

export const NETWORK: readonly Weakening[] = [
  inPolicy('egress [{}]', ['network-egress-open'], 'web', 'spec.egress', [{}]),
  inPolicy('ingress [{}]', ['network-ingress-open'], 'web', 'spec.ingress', [{}]),
  inPolicy('egress to every address', ['network-egress-open'], 'web', 'spec.egress.1', { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }),
  inPolicy('egress to every address in two halves', ['network-egress-open'], 'web', 'spec.egress.1', { to: [{ ipBlock: { cidr: '0.0.0.0/1' } }, { ipBlock: { cidr: '128.0.0.0/1' } }] }),
  inPolicy('egress to every address of IPv6', ['network-egress-open'], 'web', 'spec.egress.1', { to: [{ ipBlock: { cidr: '::/0' } }] }),
  inPolicy('egress to the metadata of the cloud', ['network-metadata-address'], 'web', 'spec.egress.1', { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }], ports: [{ port: 80 }] }),
  inPolicy('egress to the internet with the metadata of the cloud', ['network-metadata-address'], 'web', 'spec.egress.1',
    { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] } }] }),
  inPolicy('ingress from all namespaces', ['network-every-namespace'], 'web', 'spec.ingress.0.from.0', { namespaceSelector: {} }),
  inPolicy('egress to all namespaces', ['network-every-namespace'], 'web', 'spec.egress.0.to.0', { namespaceSelector: {} }),
  inPolicy('ingress from every address', ['network-ingress-open'], 'web', 'spec.ingress.1', { from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }),
  inPolicy('a default deny that allows who comes', ['network-deny-allows'], 'default-deny', 'spec.ingress', [{}]),
  inPolicy('a default deny that allows whatever leaves', ['network-deny-allows'], 'default-deny', 'spec.egress', [{}]),
  {
    what: 'a default deny of one direction alone', rules: ['network-default-deny'],
    lay: set => {
      set.write('NetworkPolicy default-deny', 'spec.policyTypes', ['Ingress']);
      set.remove('NetworkPolicy allow-dns');
    },
  },
  inPolicy('a default deny for some pods alone', ['network-default-deny'], 'default-deny', 'spec.podSelector', { matchLabels: { app: 'web' } }),
  without('no default deny', ['network-default-deny'], 'NetworkPolicy default-deny'),
  inPolicy('a policy that selects nothing', ['network-policy-selects-nothing'], 'api', 'spec.podSelector', { matchLabels: { app: 'apis' } }),
  inPolicy('a peer that is not there', ['network-rule-no-effect', 'network-ends-disagree'], 'api', 'spec.ingress.0.from.0', { podSelector: { matchLabels: { app: 'wbe' } } }),
  inPolicy('ends that disagree on a port', ['network-ends-disagree', 'network-rule-no-effect'], 'api', 'spec.ingress.0.ports.0.port', 9091),
  inPolicy('a rule that another one says already', ['network-rule-shadowed'], 'api', 'spec.ingress.1', { from: [{ podSelector: { matchLabels: { app: 'web' } } }] }),
  without('no DNS', ['network-dns-blocked'], 'NetworkPolicy allow-dns'),
  inPolicy('rules for a direction that is left open', ['network-direction-ignored'], 'web', 'spec.policyTypes', ['Ingress']),
  inPolicy('a range by an address in its middle', ['network-host-bits'], 'web', 'spec.egress.1', { to: [{ ipBlock: { cidr: '10.7.0.9/16' } }], ports: [{ port: 443 }] }),
  field('a Service on every node', 'service-node-port', 'Service web', 'spec.type', 'NodePort'),
  field('a Service for the whole world', 'service-load-balancer', 'Service web', 'spec.type', 'LoadBalancer'),
  field('a Service that claims an address', 'service-external-ips', 'Service web', 'spec.externalIPs', ['203.0.113.7']),
  field('a Service that selects nothing', 'service-selects-nothing', 'Service api', 'spec.selector', { app: 'apis' }),
  field('an Ingress without TLS', 'ingress-tls', 'Ingress web', 'spec.tls', undefined),
  field('an Ingress with no host', 'ingress-host', 'Ingress web', 'spec.rules.0.host', undefined),
  field('an Ingress with a wildcard host', 'ingress-host', 'Ingress web', 'spec.rules.0.host', '*.example.org'),
  field('an Ingress to a Service that is not there', 'ingress-backend-missing', 'Ingress web', 'spec.rules.0.http.paths.0.backend.service.name', 'wbe'),
  field('an Ingress with a snippet', 'ingress-snippets', 'Ingress web', 'metadata.annotations', { 'nginx.ingress.kubernetes.io/server-snippet': 'return 200;' }),
];

const secret = (what: string, rule: string, fields: object): Weakening => (
  { what, rules: [rule], lay: set => set.add({ apiVersion: 'v1', kind: 'Secret', ...fields }) }
);
const LABEL = 'pod-security.kubernetes.io/enforce';

export const TENANCY: readonly Weakening[] = [
  field('a namespace without Pod Security labels', 'namespace-pod-security', 'Namespace shop', 'metadata.labels', {}),
  field('a namespace that enforces privileged', 'namespace-privileged', 'Namespace shop', 'metadata.labels', { [LABEL]: 'privileged' }),
  field('a namespace that enforces baseline', 'namespace-pod-security', 'Namespace shop', 'metadata.labels', { [LABEL]: 'baseline' }),
  without('no quota', 'namespace-resource-quota', 'ResourceQuota shop'),
  without('no limit range', 'namespace-limit-range', 'LimitRange shop'),
  field('the default namespace', 'namespace-default', 'ConfigMap settings', 'metadata.namespace', 'default'),
  field('a workload in kube-system', 'namespace-kube-system', 'Deployment web', 'metadata.namespace', 'kube-system'),
  secret('a Secret as it is', 'secret-literal', { metadata: { name: 'db', namespace: 'shop' }, stringData: { password: 'hunter2-and-more' } }),
  secret('a token that never ends', 'secret-service-account-token', {
    type: 'kubernetes.io/service-account-token', metadata: { name: 'token', namespace: 'shop', annotations: { 'kubernetes.io/service-account.name': 'api' } },
  }),
  field('a password in a ConfigMap', 'config-map-secret', 'ConfigMap settings', 'data', { password: 'hunter2-and-more' }),
  field('a service account that hands out its token', 'service-account-token', 'ServiceAccount web', 'automountServiceAccountToken', undefined),
  field('a service account that is not there', 'service-account-missing', 'Deployment web', `${POD}.serviceAccountName`, 'wbe'),
  without('no disruption budget', 'workload-disruption-budget', 'PodDisruptionBudget web'),
  field('a disruption budget that lets no node be emptied', 'disruption-budget-blocks', 'PodDisruptionBudget web', 'spec.maxUnavailable', 0),
  field('one replica', 'workload-replicas', 'Deployment web', 'spec.replicas', 1),
  field('a rollout that stops everything', 'workload-rolling-update', 'Deployment web', 'spec.strategy', { type: 'Recreate' }),
  field('an API that was removed', 'api-removed', 'CronJob clean', 'apiVersion', 'batch/v1beta1'),
  field('a selector that misses its own pods', 'api-refused', 'Deployment web', 'spec.selector.matchLabels', { app: 'wbe' }),
];

export const RIGHTS: readonly Weakening[] = [
  right('every verb', 'rbac-wildcard-verbs', 'pods', ['*']),
  right('every resource', 'rbac-wildcard-resources', '*', ['get']),
  right('all Secrets', 'rbac-secrets', 'secrets', ['list']),
  right('escalate', 'rbac-escalate', 'roles', ['escalate'], RBAC),
  right('bind', 'rbac-bind', 'roles', ['bind'], RBAC),
  right('impersonate', 'rbac-impersonate', 'users', ['impersonate']),
  right('bindings', 'rbac-rolebinding-escalation', 'rolebindings', ['create'], RBAC),
  right('create on serviceaccounts/token', 'rbac-token-create', 'serviceaccounts/token', ['create']),
  right('shells in pods', 'rbac-exec', 'pods/exec', ['create']),
  right('ports of pods', 'rbac-port-forward', 'pods/portforward', ['create']),
  right('pods', 'rbac-create-pods', 'pods', ['create']),
  right('the proxy of nodes', 'rbac-node-proxy', 'nodes/proxy', ['get']),
  right('volumes', 'rbac-persistent-volumes', 'persistentvolumes', ['create']),
  right('certificates', 'rbac-csr', 'certificatesigningrequests/approval', ['update'], 'certificates.k8s.io'),
  right('webhooks', 'rbac-webhooks', 'mutatingwebhookconfigurations', ['patch'], 'admissionregistration.k8s.io'),
  right('the status of Services', 'rbac-services-status', 'services/status', ['patch']),
  right('ConfigMaps', 'rbac-configmaps', 'configmaps', ['update']),
  right('traces', 'rbac-delete-events', 'events', ['delete']),
  given('cluster-admin', 'rbac-cluster-admin', { kind: 'User', name: 'jane', apiGroup: RBAC }, 'cluster-admin'),
  given('rights of system:masters', 'rbac-system-masters', { kind: 'Group', name: 'system:masters', apiGroup: RBAC }),
  given('rights without a name', 'rbac-anonymous', { kind: 'User', name: 'system:anonymous', apiGroup: RBAC }),
  given('rights of whoever is logged in', 'rbac-authenticated', { kind: 'Group', name: 'system:authenticated', apiGroup: RBAC }),
  given('rights of a default service account', 'rbac-default-account', { kind: 'ServiceAccount', name: 'default', namespace: 'shop' }),
];
