import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { HardenedCronJob } from '../../src/workload/hardened-cron-job';
import { HardenedDeployment } from '../../src/workload/hardened-deployment';
import { HardenedJob } from '../../src/workload/hardened-job';
import { HardenedStatefulSet } from '../../src/workload/hardened-stateful-set';
import { apply, eventually, get, kubectl, manifestsOf, refusal } from './kubectl';

const CONTAINERS = [{ image: 'registry.acme.example/x:1', portNumber: 8080, securityContext: { user: 10001, group: 10001 } }];
const RESTRICTED = { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } };

function pod(namespace: string, name: string, resources: object): any {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec: { containers: [{ name: 'a', image: 'x', resources, securityContext: RESTRICTED }] } };
}

/** The pods of a workload that are there, those that are ending included. */
function podsOf(namespace: string, prefix = ''): any[] {
  return get('pods', '-n', namespace).items.filter(({ metadata }: any) => metadata.name.startsWith(prefix));
}

/** A node without a kubelet: pods are put on it, and stay when they are deleted. */
function fakeNode(name: string): void {
  const size = { 'cpu': '64', 'memory': '256Gi', 'pods': '1000', 'ephemeral-storage': '1000Gi' };
  apply([{ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { 'kubernetes.io/hostname': name } } }]);
  patchStatus(['node', name], { capacity: size, allocatable: size, conditions: [{ type: 'Ready', status: 'True', reason: 'x', message: 'x', lastHeartbeatTime: new Date().toISOString() }] });
}

function patchStatus(object: string[], status: object): void {
  const { ok, err } = kubectl(['patch', ...object, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status })]);
  if (!ok && !err.includes('NotFound')) throw new Error(err);
}

/** What a kubelet would say of a pod that runs. */
function run(namespace: string, { metadata: { name }, status }: any): void {
  if (status.conditions?.some(({ type, status: is }: any) => type === 'Ready' && is === 'True')) return;
  const now = new Date().toISOString();
  const conditions = ['Ready', 'ContainersReady', 'Initialized', 'PodScheduled'].map(type => ({ type, status: 'True', lastTransitionTime: now }));
  patchStatus(['pod', name, '-n', namespace], { phase: 'Running', startTime: now, conditions });
}

function used(namespace: string): { [resource: string]: string } {
  return get('resourcequota', 'contents', '-n', namespace).status?.used ?? {};
}

describe('a LimitRange', () => {
  beforeAll(() => apply(manifestsOf(chart => new SecureNamespace(chart, 'range'))));

  test.each<[string, object, object]>([
    ['without resources gets requests and no limits', {}, { requests: { 'cpu': '50m', 'memory': '128Mi', 'ephemeral-storage': '64Mi' } }],
    ['without a CPU limit stays without one', { limits: { memory: '64Mi' } }, { limits: { memory: '64Mi' }, requests: { 'cpu': '50m', 'memory': '64Mi', 'ephemeral-storage': '64Mi' } }],
    ['with requests keeps them', { requests: { cpu: '2', memory: '1Gi' } }, { requests: { 'cpu': '2', 'memory': '1Gi', 'ephemeral-storage': '64Mi' } }],
    ['with a CPU limit keeps it', { limits: { cpu: '10m' } }, { limits: { cpu: '10m' }, requests: { 'cpu': '10m', 'memory': '128Mi', 'ephemeral-storage': '64Mi' } }],
  ])('a container %s', (name, resources, expected) => {
    const id = name.replace(/[^a-z]+/gi, '-').toLowerCase().slice(0, 40).replace(/-$/, '');
    expect(refusal(pod('range', id, resources))).toBe('');
    expect(get('pod', id, '-n', 'range').spec.containers[0].resources).toEqual(expected);
  });
});

test('the default service account has no token, at once and however often the manifests are applied', () => {
  for (let i = 0; i < 10; i++) apply(manifestsOf(chart => new SecureNamespace(chart, `account-${i}`)));
  for (let i = 0; i < 10; i++) {
    expect(refusal(pod(`account-${i}`, 'x', {}))).toBe('');
    expect(get('pod', 'x', '-n', `account-${i}`).spec.volumes ?? []).toEqual([]);
  }
});

describe('a quota', () => {
  const manifests = manifestsOf(chart => {
    const namespace = new SecureNamespace(chart, 'quota', { resourceQuota: {} });
    const web = new HardenedDeployment(namespace, 'web', { metadata: { name: 'web' }, replicas: undefined, containers: CONTAINERS, memoryLimit: '256Mi', terminationGracePeriod: Duration.seconds(600) });
    new kplus.HorizontalPodAutoscaler(namespace, 'scaler', { target: web, minReplicas: 2, maxReplicas: 4 });
    new HardenedStatefulSet(namespace, 'db', { metadata: { name: 'db' }, replicas: 2, containers: CONTAINERS, memoryLimit: '256Mi', dataSize: '1Gi', podManagementPolicy: kplus.PodManagementPolicy.PARALLEL }).addDataFolder('/data');
    new HardenedJob(namespace, 'job', { metadata: { name: 'job' }, containers: CONTAINERS, memoryLimit: '256Mi' });
    new HardenedCronJob(namespace, 'cron', { metadata: { name: 'cron' }, schedule: { expressionString: '0 0 1 1 *' } as never, containers: CONTAINERS, memoryLimit: '256Mi' });
  });
  const hard = manifests.find(({ kind }) => kind === 'ResourceQuota').spec.hard;

  beforeAll(async () => {
    fakeNode('node-1');
    apply(manifests);
    await eventually(() => podsOf('quota'), pods => pods.length >= 4);
  }, 120_000);

  test('takes every replica at the maximum, and as many that are ending while they are replaced', async () => {
    const scale = () => kubectl(['scale', 'deployment/web', '-n', 'quota', '--replicas=4']).ok;
    expect(scale()).toBe(true);
    const all = () => podsOf('quota', 'web-');
    const tick = () => all().filter(({ metadata }: any) => !metadata.deletionTimestamp).forEach((found: any) => run('quota', found));
    await eventually(() => {
      scale();
      tick();
      return all();
    }, pods => pods.length === 4 && pods.every(({ status }: any) => status.phase === 'Running'));
    expect(kubectl(['patch', 'deployment', 'web', '-n', 'quota', '--type=merge', '-p', '{"spec":{"template":{"metadata":{"annotations":{"x":"y"}}}}}']).ok).toBe(true);
    const pods = await eventually(() => {
      tick();
      return all();
    }, found => found.filter(({ metadata }: any) => metadata.deletionTimestamp).length === 4, 40);
    expect([pods.length, pods.filter(({ metadata }: any) => metadata.deletionTimestamp).length]).toEqual([8, 4]);
    const said = get('events', '-n', 'quota').items.map(({ message }: any) => message);
    expect(said.filter((message: string) => /exceeded quota|forbidden/.test(message))).toEqual([]);
  }, 120_000);

  test('counts what we count', async () => {
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'by-hand', namespace: 'quota' }, spec: manifests.find(({ kind }) => kind === 'CronJob').spec.jobTemplate.spec };
    apply([job]);
    // 8 of the Deployment, 2 of the StatefulSet, 1 of each Job, whose successors are not needed here.
    const found = await eventually(() => used('quota'), ({ pods }) => pods === '12');
    expect(found.pods).toBe('12');
    const share = (resource: string, each: number) => expect(Number(found[resource].replace(/m|Mi/, ''))).toBe(12 * each);
    share('requests.cpu', 50);
    expect(hard).toMatchObject({ 'pods': '14', 'requests.cpu': '700m', 'persistentvolumeclaims': '2', 'requests.storage': '2Gi', 'limits.memory': '3584Mi' });
    expect([found.persistentvolumeclaims, found['requests.storage']]).toEqual(['2', '2Gi']);
  }, 60_000);

  test('refuses what is more, and ports that the app does not open', () => {
    const small = { limits: { memory: '1Mi' }, requests: { cpu: '1m' } };
    expect([1, 2].map(i => refusal(pod('quota', `room-${i}`, small)))).toEqual(['', '']);
    expect(refusal(pod('quota', 'more', small))).toMatch(/exceeded quota: contents, requested: pods=1.*used: pods=14.*limited: pods=14/);
    const service = (type: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: type.toLowerCase(), namespace: 'quota' }, spec: { type, ports: [{ port: 80 }], selector: { a: 'b' } } });
    expect(refusal(service('NodePort'))).toContain('exceeded quota: contents');
    expect(refusal(service('LoadBalancer'))).toContain('exceeded quota: contents');
    expect(refusal(service('ClusterIP'))).toBe('');
  });
});

test('a PodDisruptionBudget lets one replica go at a time', async () => {
  apply(manifestsOf(chart => new HardenedDeployment(new SecureNamespace(chart, 'budget'), 'web', { metadata: { name: 'web' }, replicas: 2, containers: CONTAINERS })));
  fakeNode('node-2');
  await eventually(() => {
    podsOf('budget').forEach(found => run('budget', found));
    return get('poddisruptionbudget', 'deployment-web', '-n', 'budget').status ?? {};
  }, ({ disruptionsAllowed, currentHealthy }) => disruptionsAllowed === 1 && currentHealthy === 2);
  const evict = ({ metadata: { name } }: any) => kubectl(['create', '--raw', `/api/v1/namespaces/budget/pods/${name}/eviction`, '-f', '-'],
    JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'budget' } }));
  const [first, second] = podsOf('budget').map(evict);
  expect([first.ok, second.ok, /disruption budget/.test(second.err)]).toEqual([true, false, true]);
}, 60_000);
