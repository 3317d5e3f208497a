import { Manifest } from '../../src/kube/pod-spec';
import { AuditFinding, Yardstick, judge, lookAcross } from '../../src/rules/audit';
import { JUDGED_RULES } from '../../src/rules/harden/judged-rules';
import { chosen } from '../../src/rules/packs';

/** What one rule says of manifests that lie together: the object, the field, and the message. */
function said(rule: string, manifests: readonly object[]): AuditFinding[] {
  const yardstick: Yardstick = { pack: chosen('one', 'One', ({ id }) => id === rule), minor: 37, today: '2026-01-01' };
  const before = JSON.stringify(manifests);
  const across = lookAcross(manifests as Manifest[], yardstick);
  const findings = (manifests as Manifest[]).flatMap(manifest => judge(manifest, yardstick, across.get(manifest)).findings)
    .filter(found => found.rule === rule);
  expect(JSON.stringify(manifests)).toBe(before);
  return findings;
}

interface Table {
  readonly rule: string;
  readonly valid: { readonly [why: string]: readonly object[] };
  readonly invalid: { readonly [why: string]: readonly [manifests: readonly object[], ...found: (readonly [field: string, message?: string])[]] };
}

const of = (apiVersion: string, kind: string, name = 'app') => (rest: object = {}, metadata: object = {}) => ({ apiVersion, kind, metadata: { name, namespace: 'shop', ...metadata }, ...rest });
const specOf = (apiVersion: string, kind: string, name = 'app') => (spec: object = {}, metadata: object = {}) => of(apiVersion, kind, name)({ spec }, metadata);
const service = specOf('v1', 'Service');
const ingress = specOf('networking.k8s.io/v1', 'Ingress');
const account = of('v1', 'ServiceAccount');
const secret = of('v1', 'Secret');
const config = (data: object) => of('v1', 'ConfigMap')({ data });
const scaler = (spec: object) => specOf('autoscaling/v2', 'HorizontalPodAutoscaler')({ scaleTargetRef: { kind: 'Deployment', name: 'app' }, maxReplicas: 9, ...spec });
const budget = (spec: object, labels: object = { app: 'app' }) => specOf('policy/v1', 'PodDisruptionBudget')({ selector: { matchLabels: labels }, ...spec });
const workload = (spec: object = {}, pod: object = {}, kind = 'Deployment') => specOf('apps/v1', kind)({
  selector: { matchLabels: { app: 'app' } }, template: { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'app', image: 'a:1' }], ...pod } }, ...spec,
});
const hosts = (...names: (string | undefined)[]) => names.map(host => ({ ...host !== undefined && { host } }));
const path = (name: string, port: object) => ({ rules: [{ host: 'a.example', http: { paths: [{ path: '/', backend: { service: { name, port } } }] } }] });
const other = config({});

const TABLES: readonly Table[] = [
  {
    rule: 'service-node-port',
    valid: { 'inside the cluster': [service({})], 'another API': [specOf('serving.knative.dev/v1', 'Service')({ type: 'NodePort' })] },
    invalid: { 'on the nodes': [[service({ type: 'NodePort' })], ['spec.type', 'the Service is open on every node']] },
  },
  {
    rule: 'service-load-balancer',
    valid: {
      'named ranges': [service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24'] })],
      'kept inside': [service({ type: 'LoadBalancer' }, { annotations: { 'networking.gke.io/load-balancer-type': 'Internal' } })],
    },
    invalid: {
      'nobody named': [[service({ type: 'LoadBalancer' })], ['spec.loadBalancerSourceRanges']],
      'everybody named': [[service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['192.0.2.0/24', '0.0.0.0/0'] })], ['spec.loadBalancerSourceRanges[1]']],
      'an annotation that says no': [[service({ type: 'LoadBalancer' }, { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'false' } })], ['spec.loadBalancerSourceRanges']],
    },
  },
  { rule: 'service-external-ips', valid: { none: [service({ externalIPs: [] })] }, invalid: { one: [[service({ externalIPs: ['192.0.2.1'] })], ['spec.externalIPs', 'what is sent to 192.0.2.1 is taken for the Service']] } },
  { rule: 'service-tiller', valid: { another: [service({ selector: { name: 'app' } })] }, invalid: { 'by name': [[service({}, { name: 'tiller-deploy' })], ['metadata.name']], 'by selector': [[service({ selector: { name: 'tiller' } })], ['spec.selector.name']] } },
  {
    rule: 'ingress-tls',
    valid: {
      'for each host': [ingress({ tls: [{ hosts: ['a.example', '*.b.example'] }], rules: hosts('a.example', 'x.b.example') })], 'for all': [ingress({ tls: [{}], rules: hosts('a.example') })],
      'no Ingress of Kubernetes': [specOf('config.openshift.io/v1', 'Ingress')({})],
    },
    invalid: {
      'none': [[ingress({ rules: hosts('a.example') })], ['spec.tls']],
      'not for one': [[ingress({ tls: [{ hosts: ['a.example', '*.b.example'] }], rules: hosts('a.example', 'b.example', 'x.y.b.example') })], ['spec.rules[1].host', 'requests for b.example are carried in the clear: spec.tls does not name it'], ['spec.rules[2].host']],
    },
  },
  {
    rule: 'ingress-host',
    valid: { one: [ingress({ rules: hosts('a.example') })] },
    invalid: {
      'none': [[ingress({ rules: hosts(undefined, '') })], ['spec.rules[0].host', 'the rule takes requests for every host'], ['spec.rules[1].host']],
      'a wildcard': [[ingress({ rules: hosts('*.example') })], ['spec.rules[0].host', 'the rule takes requests for every host of example']],
      'a default backend': [[ingress({ defaultBackend: { service: { name: 'a' } } })], ['spec.defaultBackend']],
    },
  },
  {
    rule: 'ingress-snippets',
    valid: {
      'another annotation': [ingress({}, { annotations: { 'nginx.ingress.kubernetes.io/rewrite-target': '/' } })],
      'switched off in the controller': [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'nginx' }, data: { 'allow-snippet-annotations': 'false' } }],
    },
    invalid: {
      'allowed in the controller': [
        [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'nginx' }, data: { 'allow-snippet-annotations': 'true' } }],
        ['data.allow-snippet-annotations', 'the ingress controller takes configuration from whoever writes an Ingress'],
      ],
      'for a location': [[ingress({}, { annotations: { 'nginx.ingress.kubernetes.io/configuration-snippet': 'x' } })], ['metadata.annotations[nginx.ingress.kubernetes.io/configuration-snippet]']],
      'for a server': [[ingress({}, { annotations: { 'nginx.org/server-snippets': 'x' } })], ['metadata.annotations[nginx.org/server-snippets]']],
    },
  },
  {
    rule: 'ingress-backend-missing',
    valid: {
      'by number': [ingress(path('app', { number: 80 })), service({ ports: [{ port: 80 }] })], 'by name': [ingress(path('app', { name: 'http' })), service({ ports: [{ name: 'http', port: 1 }] })],
      'Services that are not here': [ingress(path('web', { number: 80 }))], 'Services of another namespace alone': [ingress(path('web', { number: 80 })), service({}, { namespace: 'other' })],
    },
    invalid: {
      'no Service': [[ingress(path('web', { number: 80 })), service({})], ['spec.rules[0].http.paths[0].backend.service', "namespace 'shop' has no Service 'web'"]],
      'no port': [[ingress(path('app', { number: 81 })), service({ ports: [{ port: 80 }] })], ['spec.rules[0].http.paths[0].backend.service', "the Service 'app' has no port 81"]],
      'in older words': [[specOf('extensions/v1beta1', 'Ingress')({ backend: { serviceName: 'web', servicePort: 80 } }), service({})], ['spec.backend.serviceName']],
    },
  },
  {
    rule: 'service-account-token',
    valid: { 'off': [account({ automountServiceAccountToken: false })], 'the default one, of which another rule speaks': [account({}, { name: 'default' })] },
    invalid: { 'left out': [[account()], ['automountServiceAccountToken']], 'on': [[account({ automountServiceAccountToken: true })], ['automountServiceAccountToken']] },
  },
  {
    rule: 'service-account-default-token',
    valid: { off: [account({ automountServiceAccountToken: false }, { name: 'default' })], another: [account()] },
    invalid: { 'left out': [[account({}, { name: 'default' })], ['automountServiceAccountToken']] },
  },
  {
    rule: 'service-account-missing',
    valid: {
      'there': [workload({}, { serviceAccountName: 'app' }), account()], 'the default one': [workload({}, { serviceAccountName: 'default' }), account()],
      'accounts that are not here': [workload({}, { serviceAccountName: 'web' })], 'the default one alone is here': [workload({}, { serviceAccountName: 'web' }), account({}, { name: 'default' })],
    },
    invalid: { 'not there': [[workload({}, { serviceAccountName: 'web' }), account()], ['spec.template.spec.serviceAccountName', "namespace 'shop' has no ServiceAccount 'web'"]] },
  },
  {
    rule: 'secret-literal',
    valid: {
      'nothing in it': [secret({ data: {} })], 'to be filled in': [secret({ stringData: { password: '' } })], 'a template': [secret({ stringData: { password: '${PASSWORD}' } })],
      'encrypted': [secret({ stringData: { password: 'ENC[AES256_GCM,data:x]' }, sops: {} })], 'a release of Helm': [secret({ type: 'helm.sh/release.v1', data: { release: 'eA==' } })],
    },
    invalid: { 'as text': [[secret({ stringData: { user: 'a', password: 'b' } })], ['stringData', 'the manifest holds what is secret, for all to read: user, password']], 'in base64': [[secret({ data: { key: 'eA==' } })], ['data']] },
  },
  { rule: 'secret-service-account-token', valid: { another: [secret({ type: 'Opaque' })] }, invalid: { one: [[secret({ type: 'kubernetes.io/service-account-token' })], ['type']] } },
  {
    rule: 'config-map-secret',
    valid: {
      'where it lies': [config({ 'DB_PASSWORD_FILE': '/etc/db', 'app.yaml': 'password: ${DB_PASSWORD}\ntokenTtl: 5\n' })], 'no text': [config({ password: 5 })],
      'code': [config({ 'app.js': 'const token = getToken();\nlet password = process.env["P"];' })],
    },
    invalid: {
      'by its key': [[config({ apiKey: 'abc' })], ['data[apiKey]', 'the key holds a credential by its name']],
      'in a file': [[config({ 'app.ini': '[db]\nuser = app\npassword = "hunter2"\n' })], ['data[app.ini]', 'the text holds a credential by its name: password']],
      'a key in a file': [[config({ x: 'a\n-----BEGIN EC PRIVATE KEY-----\nb' })], ['data[x]', 'the text holds a private key']],
    },
  },
  {
    rule: 'job-ttl',
    valid: {
      'a number': [specOf('batch/v1', 'Job')({ ttlSecondsAfterFinished: 0 })], 'of a CronJob': [specOf('batch/v1', 'Job')({}, { ownerReferences: [{ kind: 'CronJob' }] })],
      'a hook of Helm': [specOf('batch/v1', 'Job')({}, { annotations: { 'helm.sh/hook': 'pre-install' } })], 'a CronJob, which removes its own': [specOf('batch/v1', 'CronJob')({})],
    },
    invalid: { none: [[specOf('batch/v1', 'Job')({})], ['spec.ttlSecondsAfterFinished']] },
  },
  { rule: 'cron-job-deadline', valid: { 'a number': [specOf('batch/v1', 'CronJob')({ startingDeadlineSeconds: 5 })] }, invalid: { none: [[specOf('batch/v1', 'CronJob')({})], ['spec.startingDeadlineSeconds']] } },
  {
    rule: 'workload-rolling-update',
    valid: { 'the default': [workload()], 'what writes to a claim': [workload({ strategy: { type: 'Recreate' } }, { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'd' } }] })] },
    invalid: { 'all at once': [[workload({ strategy: { type: 'Recreate' } })], ['spec.strategy.type']] },
  },
  { rule: 'autoscaler-min', valid: { two: [scaler({ minReplicas: 2 })] }, invalid: { 'left out': [[scaler({})], ['spec.minReplicas', 'one pod is enough for the autoscaler']], 'none': [[scaler({ minReplicas: 0 })], ['spec.minReplicas']] } },
  {
    rule: 'workload-replicas',
    valid: {
      'two': [workload({ replicas: 2 })], 'switched off': [workload({ replicas: 0 })], 'an autoscaler': [workload(), scaler({ minReplicas: 1 })], 'a StatefulSet': [workload({ replicas: 1 }, {}, 'StatefulSet')],
      'one of KEDA': [workload(), specOf('keda.sh/v1alpha1', 'ScaledObject')({ scaleTargetRef: { name: 'app' } })],
    },
    invalid: { 'one': [[workload({ replicas: 1 })], ['spec.replicas']], 'left out': [[workload()], ['spec.replicas']], 'the autoscaler of another': [[workload({}), scaler({ scaleTargetRef: { kind: 'Deployment', name: 'web' } })], ['spec.replicas']] },
  },
  {
    rule: 'workload-spread',
    valid: {
      'over nodes': [workload({ replicas: 2 }, { topologySpreadConstraints: [{ topologyKey: 'kubernetes.io/hostname' }] })], 'one pod': [workload({ replicas: 1 })],
      'apart': [workload({ replicas: 2 }, { affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] } } })],
    },
    invalid: {
      'not at all': [[workload({ replicas: 2 })], ['spec.template.spec.topologySpreadConstraints']],
      'a StatefulSet with an empty list': [[workload({ replicas: 3 }, { topologySpreadConstraints: [] }, 'StatefulSet')], ['spec.template.spec.topologySpreadConstraints']],
      'one that an autoscaler may make several': [[workload(), scaler({})], ['spec.template.spec.topologySpreadConstraints']],
    },
  },
  {
    rule: 'workload-disruption-budget',
    valid: {
      'one': [workload({ replicas: 2 }), budget({ maxUnavailable: 1 })], 'one pod': [workload({ replicas: 1 }), other], 'a file by itself': [workload({ replicas: 2 })],
      'one for all': [workload({ replicas: 2 }), specOf('policy/v1', 'PodDisruptionBudget')({ selector: {} })], 'others of another namespace': [workload({ replicas: 2 }), of('v1', 'ConfigMap')({}, { namespace: 'other' })],
    },
    invalid: {
      'none': [[workload({ replicas: 2 }), other], ['spec.template.metadata.labels']], 'that of another': [[workload({ replicas: 2 }), budget({}, { app: 'web' })], ['spec.template.metadata.labels']],
      'one that selects nothing': [[workload({ replicas: 2 }, {}, 'StatefulSet'), specOf('policy/v1', 'PodDisruptionBudget')({})], ['spec.template.metadata.labels']],
    },
  },
  {
    rule: 'disruption-budget-blocks',
    valid: {
      'one may go': [budget({ maxUnavailable: 1 })], 'one of two stays': [workload({ replicas: 2 }), budget({ minAvailable: 1 })], 'most stay': [workload({ replicas: 2 }), budget({ minAvailable: '99%' })],
      'pods that are not here': [budget({ minAvailable: 5 })], 'switched off': [workload({ replicas: 0 }), budget({ minAvailable: 1 })], 'pods of another sort, too': [workload({ replicas: 1 }), workload({}, {}, 'DaemonSet'), budget({ minAvailable: 1 })],
    },
    invalid: {
      'none may go': [[budget({ maxUnavailable: 0 })], ['spec.maxUnavailable']], 'none in a hundred': [[budget({ maxUnavailable: '0%' })], ['spec.maxUnavailable']], 'all stay': [[budget({ minAvailable: '100%' })], ['spec.minAvailable']],
      'as many stay as there are': [[workload({ replicas: 2 }), budget({ minAvailable: 2 })], ['spec.minAvailable', 'the budget lets no pod go: it keeps 2 of 2']],
      'as many as the autoscaler keeps': [[workload({ replicas: 9 }), scaler({ minReplicas: 2 }), budget({ minAvailable: 2 })], ['spec.minAvailable']],
      'no number': [[budget({})], ['spec.maxUnavailable']],
    },
  },
  {
    rule: 'disruption-budget-unhealthy',
    valid: { 'let go': [budget({ unhealthyPodEvictionPolicy: 'AlwaysAllow' })] },
    invalid: { 'left out': [[budget({})], ['spec.unhealthyPodEvictionPolicy']], 'kept': [[budget({ unhealthyPodEvictionPolicy: 'IfHealthyBudget' })], ['spec.unhealthyPodEvictionPolicy']] },
  },
];

test.each(TABLES.flatMap(({ rule, valid }) => Object.entries(valid).map(([why, manifests]) => [rule, why, manifests] as const)))('%s passes: %s', (rule, _, manifests) => {
  expect(said(rule, manifests)).toEqual([]);
});

test.each(TABLES.flatMap(({ rule, invalid }) => Object.entries(invalid).map(([why, broken]) => [rule, why, broken] as const)))('%s finds: %s', (rule, _, [manifests, ...found]) => {
  const findings = said(rule, manifests);
  expect(findings.map(({ field }) => field)).toEqual(found.map(([field]) => field));
  expect(findings.map(({ message }, i) => found[i][1] === undefined ? undefined : message)).toEqual(found.map(([, message]) => message));
});

test.each(TABLES.map(({ rule }) => rule))('%s takes whatever stands in the place of a field', rule => {
  const KINDS = ['Service', 'Ingress', 'ServiceAccount', 'Secret', 'ConfigMap', 'Job', 'CronJob', 'Deployment', 'StatefulSet', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'ScaledObject'];
  const odd = [null, 7, 'text', [], [null, 7], { rules: 7, tls: [7], selector: 7, template: 7, scaleTargetRef: 7 }, { rules: [7, { http: { paths: [7] } }], ports: [7], template: { spec: 7 } }];
  const manifests = KINDS.flatMap(kind => odd.map((value, i) => ({ apiVersion: ['v1', 'networking.k8s.io/v1', 'policy/v1', 'batch/v1', 'autoscaling/v2'][i % 5], kind, metadata: { name: 'x' }, spec: value, data: value, stringData: value })));
  expect(() => said(rule, manifests)).not.toThrow();
});

test('what is said of a workload beside others can be waived on its construct', () => {
  const ofWorkloads = TABLES.map(({ rule }) => rule).filter(rule => /^(workload|job|cron-job)-|^service-account-missing$/.test(rule));
  expect(ofWorkloads.filter(rule => !JUDGED_RULES.includes(rule))).toEqual([]);
});
