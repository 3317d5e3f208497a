import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedCronJob, HardenedDeployment, HardenedStatefulSet } from '../../src';
import { KINDS, MAKE, WEB, chart, only, podOf, web, written } from './made';

const { Probe } = kplus;
const DIGEST = `sha256:${'0'.repeat(64)}`;

test.each([
  ['nginx:1.28', 'IfNotPresent'],
  [`nginx@${DIGEST}`, 'IfNotPresent'],
  [`nginx:latest@${DIGEST}`, 'IfNotPresent'],
  ['nginx', 'Always'],
  ['nginx:latest', 'Always'],
  ['registry.acme.example:5000/web', 'Always'],
  ['registry.acme.example:5000/web:2', 'IfNotPresent'],
])('the image %s is pulled %s', (image, policy) => {
  expect(podOf(web({ containers: [{ ...WEB, image }] })).containers[0].imagePullPolicy).toBe(policy);
});

test.each(Object.values(kplus.ImagePullPolicy))('a pull policy %s that was said stays', imagePullPolicy => {
  const pod = podOf(web({ containers: [{ ...WEB, imagePullPolicy }], initContainers: [{ image: 'x:1', imagePullPolicy }] }));
  expect([pod.containers[0].imagePullPolicy, pod.initContainers[0].imagePullPolicy]).toEqual([imagePullPolicy, imagePullPolicy]);
});

test('the start-up probe that cdk8s-plus invents is gone, the same one said by the user stays', () => {
  const container = (startup?: kplus.Probe) => podOf(web({ containers: [{ ...WEB, startup }] })).containers[0];
  expect(container()).not.toHaveProperty('startupProbe');
  expect(container(Probe.fromTcpSocket({ port: 8080 })).startupProbe).toEqual({ failureThreshold: 3, tcpSocket: { port: 8080 } });
  expect(container(Probe.fromTcpSocket({ port: 9 })).startupProbe).toEqual({ failureThreshold: 3, tcpSocket: { port: 9 } });
});

test('no probe is invented, and a missing one is a finding, but not of pods that end by themselves', () => {
  const findings = (workload: HardenedDeployment | HardenedCronJob) => workload.findings.filter(({ rule }) => rule.endsWith('-probe'))
    .map(({ rule, severity, field, what, advice }) => `${severity} ${field}: ${what} [${rule}]. ${advice}`);
  const advice = (prop: string) => `State it (${prop}: Probe.fromHttpGet('/healthz')); which request shows it only the application's author can say.`;
  expect(findings(web({ containers: [WEB], initContainers: [{ image: 'x:1' }] }))).toEqual([
    `warning spec.template.spec.containers[0].readinessProbe: container 'main' has no readiness probe: it is sent requests before it can answer them [pod-readiness-probe]. ${advice('readiness')}`,
    `warning spec.template.spec.containers[0].livenessProbe: container 'main' has no liveness probe: it is not restarted when it hangs [pod-liveness-probe]. ${advice('liveness')}`,
  ]);
  expect(findings(web({ containers: [{ ...WEB, readiness: Probe.fromCommand(['a']), liveness: Probe.fromCommand(['b']) }] }))).toEqual([]);
  expect(findings(MAKE.CronJob(chart(), 'cron', { containers: [WEB] }) as HardenedCronJob)).toEqual([]);
});

test('old revisions are kept as many as was said, and updates roll', () => {
  const spec = (kind: 'Deployment' | 'StatefulSet' | 'DaemonSet', props: object = {}) => written(MAKE[kind](chart(), 'web', { containers: [WEB], ...props })).spec;
  expect(spec('Deployment')).toMatchObject({ revisionHistoryLimit: 3, strategy: { type: 'RollingUpdate' } });
  expect(spec('StatefulSet')).toMatchObject({ revisionHistoryLimit: 3, updateStrategy: { type: 'RollingUpdate' } });
  expect(spec('DaemonSet')).toMatchObject({ revisionHistoryLimit: 3, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } } });
  for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'] as const) expect(spec(kind, { revisionHistoryLimit: 0 }).revisionHistoryLimit).toBe(0);
});

describe('a PodDisruptionBudget', () => {
  const budgets = (scope: ReturnType<typeof chart>) => Testing.synth(scope).filter(({ kind }) => kind === 'PodDisruptionBudget');
  const count = (make: (scope: ReturnType<typeof chart>) => unknown) => {
    const scope = chart();
    make(scope);
    return budgets(scope).length;
  };

  test('is for more than one replica', () => {
    expect(count(scope => new HardenedDeployment(scope, 'web', { containers: [WEB] }))).toBe(1);
    expect(count(scope => new HardenedDeployment(scope, 'web', { containers: [WEB], replicas: 1 }))).toBe(0);
    expect(count(scope => new HardenedDeployment(scope, 'web', { containers: [WEB], replicas: 0 }))).toBe(0);
    expect(count(scope => new HardenedStatefulSet(scope, 'db', { containers: [WEB] }))).toBe(0);
    expect(count(scope => new HardenedStatefulSet(scope, 'db', { containers: [WEB], replicas: 3 }))).toBe(1);
    expect(count(scope => MAKE.DaemonSet(scope, 'agent', { containers: [WEB] }))).toBe(0);
  });

  test('can be left to others', () => {
    expect(count(scope => new HardenedDeployment(scope, 'web', { containers: [WEB], podDisruptionBudget: false }))).toBe(0);
  });

  test('follows an autoscaler that comes later, and is made once', () => {
    const scope = chart();
    const web1 = new HardenedStatefulSet(scope, 'web', { containers: [WEB] });
    expect(budgets(scope)).toEqual([]);
    new kplus.HorizontalPodAutoscaler(web1, 'scaler', { target: web1, maxReplicas: 3 });
    expect(budgets(scope)).toHaveLength(1);
    expect(budgets(scope)).toEqual([only(Testing.synth(scope), 'PodDisruptionBudget')]);
  });

  test('selects the pods and no others', () => {
    const scope = chart('shop');
    new HardenedDeployment(scope, 'web', { containers: [WEB], metadata: { name: 'web' } });
    const serviceAccount = new kplus.ServiceAccount(scope, 'account', { metadata: { name: 'db' } });
    new HardenedStatefulSet(scope, 'db', { containers: [WEB], metadata: { name: 'web' }, replicas: 2, serviceAccount });
    const [first, second] = budgets(scope);
    expect([first.metadata.name, second.metadata.name]).toEqual(['deployment-web', 'statefulset-web']);
    expect(first.spec.selector).not.toEqual(second.spec.selector);
  });
});

describe('replicas are spread', () => {
  const spread = (props: object, kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' = 'Deployment') => podOf(MAKE[kind](chart(), 'web', { containers: [WEB], ...props })).topologySpreadConstraints;

  test('over nodes and zones as far as possible', () => {
    const [host, zone] = spread({});
    expect(host).toEqual({ labelSelector: { matchLabels: { 'cdk8s.io/metadata.addr': expect.any(String) } }, maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' });
    expect(zone).toEqual({ ...host, topologyKey: 'topology.kubernetes.io/zone' });
  });

  test('by the keys that were said, or not at all', () => {
    expect(spread({ topologyKeys: ['acme.example/rack'] }).map(({ topologyKey }: any) => topologyKey)).toEqual(['acme.example/rack']);
    expect(spread({ topologyKeys: [] })).toBeUndefined();
    expect(spread({ replicas: 1 })).toBeUndefined();
    expect(spread({ replicas: 2 }, 'StatefulSet')).toHaveLength(2);
    expect(spread({}, 'StatefulSet')).toBeUndefined();
    expect(spread({}, 'DaemonSet')).toBeUndefined();
  });
});

test.each(KINDS)('a %s has a service account of its own', kind => {
  const scope = chart('shop');
  const workload = MAKE[kind](scope, 'web', { containers: [WEB] });
  const { metadata: { name, namespace } } = only(Testing.synth(scope), 'ServiceAccount');
  expect(namespace).toBe('shop');
  expect(podOf(workload).serviceAccountName).toBe(name);
});
