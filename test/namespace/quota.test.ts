import { ApiObject, Chart, JsonPatch, Size, Testing } from 'cdk8s';
import { ResourceQuotaOptions } from '../../src/namespace/resource-quota-options';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { HardenedCronJob } from '../../src/workload/hardened-cron-job';
import { HardenedDaemonSet } from '../../src/workload/hardened-daemon-set';
import { HardenedDeployment } from '../../src/workload/hardened-deployment';
import { HardenedJob } from '../../src/workload/hardened-job';
import { HardenedStatefulSet } from '../../src/workload/hardened-stateful-set';
import { chart, failure } from '../network/fake-workload';

const MEMORY = { memory: { request: Size.mebibytes(100), limit: Size.mebibytes(200) } };
const CONTAINERS = [{ image: 'registry.acme.example/web:1', portNumber: 8080, resources: MEMORY, securityContext: { user: 10001, group: 10001 } }];
const RESTRICTED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

type Fill = (namespace: SecureNamespace, c: Chart) => unknown;
/** A quota for what `fill` puts into a namespace: what it allows, or what fails. */
function hard(fill: Fill, resourceQuota: ResourceQuotaOptions = {}, limitRange?: boolean): { [resource: string]: string } {
  const c = chart();
  const namespace = new SecureNamespace(c, 'ns', { resourceQuota, limitRange });
  fill(namespace, c);
  let found: any;
  const failed = failure(() => found = Testing.synth(c).find(({ kind }) => kind === 'ResourceQuota'));
  return found ? { ...found.spec.hard, why: found.metadata.annotations['cdk8s-hardened/why'] } : { failed };
}

/** A workload of any kind as it may come from anywhere; its pod has one small container. */
function raw(c: Chart, id: string, kind: string, spec: object, podSpec: object = {}): void {
  const pod = {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ name: 'a', image: 'x', resources: { requests: { cpu: '100m', memory: '10Mi' } }, securityContext: RESTRICTED }],
    ...podSpec,
  };
  const template = { metadata: {}, spec: pod };
  const whole = kind === 'Pod' ? pod : kind === 'CronJob' ? { ...spec, jobTemplate: { spec: { template, ...(spec as any).jobSpec } } } : { ...spec, template };
  new ApiObject(c, id, { apiVersion: 'x/v1', kind, metadata: { name: id, namespace: 'ns' }, spec: whole } as never);
}

const pods = (kind: string, spec: object, options?: ResourceQuotaOptions, more?: (c: Chart) => void) => {
  const found = hard((_, c) => {
    raw(c, 'x', kind, spec);
    more?.(c);
  }, options);
  return found.pods ?? found.failed;
};

describe('the most pods at the same time', () => {
  test.each<[string, string, object, string]>([
    ['Pod', 'itself', {}, '1'],
    ['Deployment', 'every replica, and as many that are ending', { replicas: 3 }, '6'],
    ['Deployment', 'one replica by default', {}, '2'],
    ['Deployment', 'none', { replicas: 0 }, '0'],
    ['Deployment', 'whatever the surge', { replicas: 3, strategy: { rollingUpdate: { maxSurge: '200%' } } }, '6'],
    ['Deployment', 'no more where it waits', { replicas: 3, strategy: { type: 'Recreate' } }, '3'],
    ['ReplicaSet', 'as a Deployment', { replicas: 2 }, '4'],
    ['StatefulSet', 'it waits for each to end', { replicas: 3 }, '3'],
    ['Job', 'one, and its successor', {}, '2'],
    ['Job', 'its parallelism', { parallelism: 4, completions: 10 }, '8'],
    ['Job', 'never more than its completions', { parallelism: 4, completions: 2 }, '4'],
    ['Job', 'no successor before the end', { parallelism: 4, podReplacementPolicy: 'Failed' }, '4'],
    ['CronJob', 'one Job', { concurrencyPolicy: 'Forbid' }, '2'],
    ['CronJob', 'two Jobs', { concurrencyPolicy: 'Replace', jobSpec: { parallelism: 3 } }, '12'],
  ])('of a %s: %s', (kind, _, spec, expected) => {
    expect(pods(kind, spec)).toBe(expected);
  });

  test.each<[object, string]>([
    [{}, '10'],
    [{ updateStrategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } } }, '12'],
    [{ updateStrategy: { rollingUpdate: { maxSurge: '11%', maxUnavailable: 0 } } }, '12'],
    [{ updateStrategy: { rollingUpdate: { maxSurge: '500%', maxUnavailable: 0 } } }, '20'],
  ])('of a DaemonSet on ten nodes with %j', (spec, expected) => {
    expect(pods('DaemonSet', spec, { nodes: 10 })).toBe(expected);
  });

  test('are those of the maximum of an autoscaler, or of what is said where that is more', () => {
    const scaler = (kind: string, spec: object, name = 'x') => (c: Chart) => {
      new ApiObject(c, `scaler-${name}`, { apiVersion: 'x/v1', kind, metadata: { namespace: 'ns' }, spec: { scaleTargetRef: { kind: 'Deployment', name }, ...spec } } as never);
    };
    expect(pods('Deployment', {}, {}, scaler('HorizontalPodAutoscaler', { maxReplicas: 7 }))).toBe('14');
    expect(pods('Deployment', { replicas: 9 }, {}, scaler('HorizontalPodAutoscaler', { maxReplicas: 7 }))).toBe('18');
    expect(pods('Deployment', { replicas: 3 }, {}, scaler('HorizontalPodAutoscaler', { maxReplicas: 7 }, 'other'))).toBe('6');
    expect(pods('StatefulSet', { replicas: 3 }, {}, scaler('HorizontalPodAutoscaler', { maxReplicas: 7 }))).toBe('3');
    expect(pods('Deployment', {}, {}, scaler('ScaledObject', { scaleTargetRef: { name: 'x' } }))).toBe('200');
  });

  test('that nobody can know are a fault with its ways out', () => {
    expect(pods('DaemonSet', {})).toBe(
      'shop/x: the ResourceQuota of its namespace cannot be worked out for DaemonSet ns/x: it has a pod on every node, and how many nodes there are is not known here [quota-unknown]. '
      + 'Say resourceQuota: { nodes: … } with the most nodes that there will be, or put it into another namespace, or do without a quota.',
    );
    expect(pods('CronJob', {})).toBe(
      'shop/x: the ResourceQuota of its namespace cannot be worked out for CronJob ns/x: its Jobs may run at the same time, and how many is not known here [quota-unknown]. '
      + "Say concurrencyPolicy: 'Forbid' or 'Replace' on it, or resourceQuota: { jobsPerCronJob: … }, or put it into another namespace, or do without a quota.",
    );
    expect(pods('CronJob', { concurrencyPolicy: 'Allow' }, { jobsPerCronJob: 3 })).toBe('6');
  });
});

describe('what a quota allows', () => {
  test('is what hardened workloads need, and why', () => {
    expect(hard(namespace => {
      new HardenedDeployment(namespace, 'web', { metadata: { name: 'web' }, replicas: 3, containers: CONTAINERS }).exposeViaService();
      new HardenedStatefulSet(namespace, 'db', { metadata: { name: 'db' }, replicas: 2, containers: CONTAINERS, dataSize: '10Gi' }).addDataFolder('/data');
      new HardenedJob(namespace, 'job', { metadata: { name: 'job' }, containers: CONTAINERS });
      new HardenedCronJob(namespace, 'cron', { metadata: { name: 'cron' }, schedule: { expressionString: '0 0 * * *' } as never, containers: CONTAINERS });
    })).toMatchSnapshot();
  });

  test('never counts CPU limits', () => {
    const found = hard(namespace => new HardenedDeployment(namespace, 'web', { containers: CONTAINERS, cpuLimit: '2' }));
    expect(Object.keys(found).filter(key => key.includes('cpu'))).toEqual(['requests.cpu']);
  });

  test('counts init containers one after the other, beside sidecars that were started before', () => {
    const container = (name: string, cpu: string, more = {}) => ({ name, image: 'x', resources: { requests: { cpu, memory: '1Mi' } }, securityContext: RESTRICTED, ...more });
    const sidecar = { restartPolicy: 'Always' };
    const cpu = (initContainers: object[], spec = {}) => hard((_, c) => raw(c, 'x', 'Pod', {}, { containers: [container('a', '100m'), container('b', '200m')], initContainers, ...spec }))['requests.cpu'];
    expect(cpu([])).toBe('300m');
    expect(cpu([container('i', '250m'), container('j', '250m')])).toBe('300m');
    expect(cpu([container('i', '1')])).toBe('1');
    expect(cpu([container('s', '50m', sidecar), container('i', '1')])).toBe('1050m');
    expect(cpu([container('i', '1'), container('s', '50m', sidecar)])).toBe('1');
    expect(cpu([container('s', '50m', sidecar)])).toBe('350m');
    expect(cpu([], { overhead: { cpu: '25m' } })).toBe('325m');
    expect(cpu([], { resources: { requests: { cpu: '2' } } })).toBe('2');
  });

  test('counts what a RuntimeClass adds, where it is part of the app, and says where it is not', () => {
    const c = chart();
    const namespace = new SecureNamespace(c, 'ns', { resourceQuota: {} });
    const web = new HardenedDeployment(namespace, 'web', { metadata: { name: 'web' }, replicas: 1, containers: CONTAINERS, runtimeClassName: 'kata' });
    const memory = () => Testing.synth(c).find(({ kind }) => kind === 'ResourceQuota').spec.hard['requests.memory'];
    expect([memory(), namespace.findings.map(({ where, rule, what }) => [where, rule, what])]).toEqual(['200Mi', [
      [web.node.path, 'namespace-quota', "what the RuntimeClass 'kata' adds to each pod is not known here, and not in the ResourceQuota"],
    ]]);
    new ApiObject(c, 'kata', { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'kata' }, overhead: { podFixed: { memory: '160Mi' } } } as never);
    expect([memory(), namespace.findings]).toEqual(['520Mi', []]);
  });

  test('leaves out what a container does not state, since Kubernetes would refuse its pods', () => {
    const bare = { containers: [{ name: 'a', image: 'x', securityContext: RESTRICTED }] };
    expect(Object.keys(hard((_, c) => raw(c, 'x', 'Pod', {}, bare)))).not.toContain('limits.memory');
    expect(hard((_, c) => raw(c, 'x', 'Pod', {}, bare))).toMatchObject({ 'requests.cpu': '50m', 'requests.memory': '128Mi', 'requests.ephemeral-storage': '64Mi' });
    expect(Object.keys(hard((_, c) => raw(c, 'x', 'Pod', {}, bare), {}, false)).filter(key => /cpu|memory/.test(key))).toEqual([]);
  });

  test('counts claims and ports that are opened', () => {
    expect(hard((_, c) => {
      raw(c, 'x', 'Pod', {}, { volumes: [{ name: 'v', ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '1Gi' } } } } } }] });
      new ApiObject(c, 'claim', { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { namespace: 'ns' }, spec: { resources: { requests: { storage: '500Mi' } } } } as never);
      const service = (id: string, spec: object) => new ApiObject(c, id, { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'ns' }, spec: { ports: [{ port: 1 }, { port: 2 }], ...spec } } as never);
      service('inside', {});
      service('nodes', { type: 'NodePort' });
      service('balancer', { type: 'LoadBalancer' });
      service('direct', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false });
    })).toMatchObject({ 'persistentvolumeclaims': '2', 'requests.storage': '1524Mi', 'services.nodeports': '4', 'services.loadbalancers': '2' });
  });

  test('has headroom where it is asked for, but not for ports', () => {
    expect(hard((_, c) => raw(c, 'x', 'StatefulSet', { replicas: 3 }), { headroomPercent: 25 })).toMatchObject({
      'pods': '4', 'requests.cpu': '375m', 'requests.memory': '38Mi', 'services.nodeports': '0',
    });
  });

  test('follows a patch of the user', () => {
    const c = chart();
    const namespace = new SecureNamespace(c, 'ns', { resourceQuota: {} });
    raw(c, 'x', 'Pod', {});
    (namespace.node.findChild('ContentsQuota') as ApiObject).addJsonPatch(JsonPatch.replace('/spec/hard/pods', '9'));
    expect(Testing.synth(c).find(({ kind }) => kind === 'ResourceQuota').spec.hard).toMatchObject({ 'pods': '9', 'requests.cpu': '100m' });
  });

  test('is refused for an empty namespace, and for numbers that are none', () => {
    expect(hard(() => undefined).failed).toBe(
      "shop/ns: the ResourceQuota of the namespace 'ns' is worked out from the workloads of this app, and none lies in it [quota-empty]. Leave resourceQuota out, or make the workloads in this app.",
    );
    const refused = (options: ResourceQuotaOptions) => failure(() => new SecureNamespace(chart(), 'ns', { resourceQuota: options }));
    expect(refused({ nodes: 0 })).toBe('shop/ns: resourceQuota says nodes: 0 [number-invalid]. Write a whole number from 1 to 100000.');
    expect(refused({ jobsPerCronJob: 1.5 })).toContain('resourceQuota says jobsPerCronJob: 1.5 [number-invalid]');
    expect(refused({ headroomPercent: -1 })).toBe('shop/ns: resourceQuota says headroomPercent: -1 [number-invalid]. Write a number from 0 to 10000.');
    for (const headroomPercent of [NaN, Infinity, 1e308]) expect(refused({ headroomPercent })).toContain('[number-invalid]');
    expect(refused({ nodes: Number.MAX_SAFE_INTEGER })).toContain('[number-invalid]');
  });

  test('is what it is in any order of the workloads', () => {
    const made = (ids: string[]) => hard(namespace => ids.forEach(id => (
      new HardenedDeployment(namespace, id, { metadata: { name: id }, containers: CONTAINERS })
    )));
    expect(made(['a', 'b'])).toEqual(made(['b', 'a']));
  });
});

describe('the LimitRange of a namespace', () => {
  const range = (c: Chart) => Testing.synth(c).find(({ kind }) => kind === 'LimitRange')?.spec;

  test('gives requests as they are decided, and no limits', () => {
    const c = chart();
    new SecureNamespace(c, 'ns');
    SecurityDefaults.of(c).set({ cpuRequest: '20m', memoryLimit: '1Gi', cpuLimit: '1' });
    expect(range(c)).toEqual({ limits: [{ type: 'Container', defaultRequest: { 'cpu': '20m', 'ephemeral-storage': '64Mi', 'memory': '128Mi' } }] });
  });

  test('can be left out', () => {
    const c = chart();
    new SecureNamespace(c, 'ns', { limitRange: false });
    expect(range(c)).toBeUndefined();
  });
});

test('a DaemonSet of ours is counted like any other', () => {
  expect(hard(namespace => new HardenedDaemonSet(namespace, 'agent', { containers: CONTAINERS }), { nodes: 4 }).pods).toBe('4');
});
