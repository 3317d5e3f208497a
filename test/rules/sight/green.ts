import { JsonObject, copy } from '../../../src/kube/json';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const CLOSED = {
  allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, privileged: false, readOnlyRootFilesystem: true,
  runAsGroup: 20001, runAsNonRoot: true, runAsUser: 20001, seccompProfile: { type: 'RuntimeDefault' },
};
const RESOURCES = {
  limits: { 'cpu': '500m', 'memory': '128Mi', 'ephemeral-storage': '256Mi' }, requests: { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '64Mi' },
};

/** The template of a pod of one container. */
function template(app: string, port: number, besides: object = {}): JsonObject {
  return {
    metadata: { labels: { app } },
    spec: {
      automountServiceAccountToken: false,
      containers: [{
        name: app,
        image: `registry.example.org/shop/${app}:1.4.2@${DIGEST}`,
        imagePullPolicy: 'Always',
        ports: [{ name: 'main', containerPort: port }],
        livenessProbe: { tcpSocket: { port: 'main' }, periodSeconds: 20 },
        readinessProbe: { httpGet: { path: '/ready', port: 'main' } },
        resources: RESOURCES,
        securityContext: CLOSED,
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        ...besides,
      }],
      enableServiceLinks: false,
      securityContext: { fsGroup: 20001, runAsGroup: 20001, runAsNonRoot: true, runAsUser: 20001, seccompProfile: { type: 'RuntimeDefault' } },
      serviceAccountName: app,
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 100, podAffinityTerm: { labelSelector: { matchLabels: { app } }, topologyKey: 'kubernetes.io/hostname' } },
          ],
        },
      },
      topologySpreadConstraints: [
        { labelSelector: { matchLabels: { app } }, maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
      volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
    },
  } as unknown as JsonObject;
}

const meta = (name: string, besides: object = {}) => ({ name, namespace: 'shop', ...besides });
const pods = (app: string) => ({ podSelector: { matchLabels: { app } } });

function workload(app: string, port: number): JsonObject[] {
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(app), automountServiceAccountToken: false },
    {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta(app),
      spec: {
        replicas: 3,
        selector: { matchLabels: { app } },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: template(app, port),
      },
    },
    { apiVersion: 'v1', kind: 'Service', metadata: meta(app), spec: { type: 'ClusterIP', selector: { app }, ports: [{ name: 'main', port, targetPort: 'main' }] } },
    {
      apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: meta(app),
      spec: { maxUnavailable: 1, selector: { matchLabels: { app } }, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
    },
  ] as unknown as JsonObject[];
}

const policy = (name: string, spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: meta(name), spec }) as unknown as JsonObject;
const NAMED = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

/**
 * A small shop of which nothing is to be said: an ingress controller calls web, web calls api, and a job cleans up.
 * Each time made anew.
 */
export function green(): JsonObject[] {
  return copy([
    {
      apiVersion: 'v1', kind: 'Namespace',
      metadata: { name: 'shop', labels: Object.fromEntries(['enforce', 'audit', 'warn'].map(mode => [`pod-security.kubernetes.io/${mode}`, 'restricted'])) },
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta('default'), automountServiceAccountToken: false },
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata: meta('shop'), spec: { hard: { 'pods': '20', 'requests.cpu': '4', 'requests.memory': '8Gi', 'limits.memory': '8Gi' } } },
    {
      apiVersion: 'v1', kind: 'LimitRange', metadata: meta('shop'),
      spec: { limits: [{ type: 'Container', default: { memory: '128Mi' }, defaultRequest: { cpu: '50m', memory: '64Mi' }, max: { memory: '1Gi' }, min: { memory: '16Mi' } }] },
    },
    policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy('allow-dns', {
      podSelector: {}, policyTypes: ['Egress'],
      egress: [{
        to: [{ namespaceSelector: NAMED('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
        ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }],
      }],
    }),
    policy('web', {
      ...pods('web'), policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ namespaceSelector: NAMED('gateways'), podSelector: { matchLabels: { app: 'gateway' } } }], ports: [{ port: 8080 }] }],
      egress: [{ to: [pods('api')], ports: [{ port: 9090 }] }],
    }),
    policy('api', { ...pods('api'), policyTypes: ['Ingress'], ingress: [{ from: [pods('web')], ports: [{ port: 9090 }] }] }),
    ...workload('web', 8080),
    ...workload('api', 9090),
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta('clean'), automountServiceAccountToken: false },
    {
      apiVersion: 'batch/v1', kind: 'CronJob', metadata: meta('clean'),
      spec: {
        schedule: '0 3 * * *', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 600,
        jobTemplate: { spec: { ttlSecondsAfterFinished: 3600, template: onceOnly(template('clean', 8080)) } },
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: meta('web'),
      spec: {
        ingressClassName: 'gateway',
        tls: [{ hosts: ['shop.example.org'], secretName: 'shop-tls' }],
        rules: [{ host: 'shop.example.org', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'main' } } } }] } }],
      },
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta('settings'), data: { colour: 'blue' } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: meta('settings'), rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['settings'] }] },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: meta('settings'),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'settings' }, subjects: [{ kind: 'ServiceAccount', name: 'api', namespace: 'shop' }],
    },
  ] as unknown as JsonObject[]);
}

/** What a job is without: ports, probes, a spread over nodes. */
function onceOnly({ metadata, spec }: JsonObject): JsonObject {
  const { containers, affinity, topologySpreadConstraints, ...rest } = spec as JsonObject & { containers: JsonObject[] };
  const [{ ports, livenessProbe, readinessProbe, ...container }] = containers;
  return { metadata, spec: { ...rest, restartPolicy: 'Never', containers: [container] } };
}
