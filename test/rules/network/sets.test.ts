import { deployment, found, policy, spaceOf } from './judged';

const said = (manifests: object[], rule: string) => found(manifests, rule).map(({ object: { name }, field, message }) => `${name} ${field}: ${message}`);
const BOTH = { policyTypes: ['Ingress', 'Egress'] };
const DENY = policy({ podSelector: {}, ...BOTH }, { name: 'deny' });

describe('a pod that no policy selects', () => {
  const RULE = 'network-pod-unselected';
  const OPEN = "web spec.template.metadata.labels: no NetworkPolicy of namespace 'shop' selects the pod";

  test.each<[string, object[]]>([
    ['has no policy beside it', [deployment('web')]],
    ['has one for others', [deployment('web'), policy({ podSelector: { matchLabels: { app: 'db' } } })]],
    ['has one in another namespace', [deployment('web'), policy({ podSelector: {} }, { namespace: 'other' })]],
    ['has one of another make in another namespace', [deployment('web'), { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'c', namespace: 'other' } }]],
    ['has one whose selector is none', [deployment('web'), policy({ podSelector: { matchLabels: { app: 1 } } })]],
  ])('is told where it %s', (_, manifests) => {
    expect(said(manifests, RULE)).toEqual([OPEN]);
  });

  test.each<[string, object[]]>([
    ['is selected by its labels', [deployment('web'), policy(BOTH)]],
    ['is selected by an expression', [deployment('web'), policy({ podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['db'] }] } })]],
    ['is one of all', [deployment('web'), DENY]],
    ['is in the network of its node, where no policy holds', [deployment('web', 'shop', { hostNetwork: true })]],
    ['has one of another make beside it', [deployment('web'), { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'c', namespace: 'shop' } }]],
    ['has one for the whole cluster', [deployment('web'), { apiVersion: 'policy.networking.k8s.io/v1alpha1', kind: 'AdminNetworkPolicy', metadata: { name: 'c' } }]],
    ['lies with it where no namespace is named', [deployment('web', 'default'), { ...policy(BOTH), metadata: { name: 'web' } }]],
  ])('is not one that %s', (_, manifests) => {
    expect(said(manifests, RULE)).toEqual([]);
  });

  test('is a pod, or what writes it, in any kind', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop', labels: { app: 'p' } }, spec: { containers: [] } };
    const cron = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c', namespace: 'shop' }, spec: { jobTemplate: { spec: { template: { spec: { containers: [] } } } } } };
    expect(found([pod, cron], RULE).map(({ field }) => field)).toEqual(['metadata.labels', 'spec.jobTemplate.spec.template.metadata.labels']);
  });
});

describe('a pod that is closed in one direction', () => {
  const RULE = 'network-pod-half-open';

  test('is told which one is open', () => {
    expect(said([deployment('web'), policy({ policyTypes: ['Ingress'] })], RULE))
      .toEqual(['web spec.template.metadata.labels: no NetworkPolicy says what the pod may connect to, so it may connect to everything']);
    expect(said([deployment('web'), policy({ policyTypes: ['Egress'] })], RULE))
      .toEqual(['web spec.template.metadata.labels: no NetworkPolicy says who may connect to the pod, so everybody may']);
  });

  test('may be closed in the other by another policy', () => {
    expect(said([deployment('web'), policy({ policyTypes: ['Ingress'] }), policy({ podSelector: {}, policyTypes: ['Egress'] }, { name: 'out' })], RULE)).toEqual([]);
    expect(said([deployment('web')], RULE)).toEqual([]);
  });
});

describe('what a namespace should have', () => {
  const SHOP = spaceOf('shop');
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q', namespace: 'shop' }, spec: { hard: { pods: '9' } } };
  const limits = { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l', namespace: 'shop' }, spec: { limits: [] } };

  test.each<[string, string, object]>([
    ['namespace-resource-quota', 'no ResourceQuota says how much its pods may ask for together', quota],
    ['namespace-limit-range', 'no LimitRange says what a container has that asks for nothing', limits],
  ])('is missed: %s', (rule, what, wanted) => {
    expect(said([SHOP, deployment('web')], rule)).toEqual([`shop metadata.name: ${what}`]);
    expect(said([SHOP, deployment('web'), wanted], rule)).toEqual([]);
    expect(said([SHOP, deployment('web'), { ...wanted, metadata: { name: 'o', namespace: 'other' } }], rule)).toHaveLength(1);
    // Of what is not in the input nothing is known.
    expect(said([deployment('web')], rule)).toEqual([]);
    expect(said([SHOP], rule)).toEqual([]);
    expect(said([spaceOf('kube-system'), deployment('web', 'kube-system')], rule)).toEqual([]);
  });

  test.each<[string, object[], string]>([
    ['in no direction', [], 'ingress and egress'],
    ['for one pod alone', [policy(BOTH)], 'ingress and egress'],
    ['in one direction', [policy({ podSelector: {} })], 'egress'],
    ['and opened again', [DENY, policy({ podSelector: {}, ingress: [{}] }, { name: 'open' })], 'ingress'],
  ])('is a policy that closes it: it is closed %s', (_, policies, open) => {
    expect(said([SHOP, deployment('web'), ...policies], 'network-default-deny')).toEqual([`shop metadata.name: no policy for every pod closes ${open} by default`]);
  });

  test('is closed by one policy, or one for each direction', () => {
    expect(said([SHOP, deployment('web'), DENY], 'network-default-deny')).toEqual([]);
    expect(said([SHOP, deployment('web'), policy({ podSelector: {} }), policy({ podSelector: {}, policyTypes: ['Egress'] }, { name: 'out' })], 'network-default-deny')).toEqual([]);
    expect(said([deployment('web')], 'network-default-deny')).toEqual([]);
  });

  test('is a level of Pod Security that is not the lowest', () => {
    const labels = { 'pod-security.kubernetes.io/enforce': 'privileged' };
    expect(said([spaceOf('shop', labels)], 'namespace-privileged')).toEqual(['shop metadata.labels[pod-security.kubernetes.io/enforce]: every pod is let in, whatever it asks for']);
    expect(said([SHOP], 'namespace-privileged')).toEqual([]);
    const waived = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'agents', labels, annotations: { 'cdk8s-hardened/waive.namespace-pod-security': '{"reason":"agents of nodes","owner":"platform"}' } } };
    expect(found([waived], 'namespace-p').map(({ rule, waiver }) => [rule, waiver?.owner])).toEqual([['namespace-pod-security', 'platform'], ['namespace-privileged', 'platform']]);
  });
});

describe('where something lies', () => {
  const at = (space: string | undefined, kind = 'ConfigMap', name = 'c') => ({ apiVersion: 'v1', kind, metadata: { name, ...(space !== undefined && { namespace: space }) } });

  test('is not the default namespace', () => {
    expect(said([at('default')], 'namespace-default')).toEqual(['c metadata.namespace: the object is put into the default namespace']);
    const cron = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c' }, spec: {} };
    expect(said([cron, at(undefined)], 'namespace-default'))
      .toEqual(['c metadata.namespace: no namespace is named, so that the pods go into the default one unless it is told otherwise on applying']);
    expect(said([at('shop'), at('default', 'ServiceAccount', 'default'), at('default', 'Service', 'kubernetes'), spaceOf('default')], 'namespace-default')).toEqual([]);
  });

  test('is no namespace of the cluster, but for what belongs to it', () => {
    expect(said([deployment('web', 'kube-system')], 'namespace-kube-system')).toEqual(['web metadata.namespace: a workload that is no part of the cluster is put into kube-system']);
    const part = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'etcd', namespace: 'kube-system', labels: { tier: 'control-plane' } }, spec: { containers: [] } };
    expect(said([deployment('cni', 'kube-system', { priorityClassName: 'system-node-critical' }), part, deployment('web'), at('kube-system')], 'namespace-kube-system')).toEqual([]);
  });
});

test('a shop of 4,000 policies is asked in a time that grows with them, not with their pairs', () => {
  const shop = (n: number) => Array.from({ length: n }, (_, i) => [
    deployment(`web-${i}`), policy({ podSelector: { matchLabels: { app: `web-${i}` } }, ...BOTH }, { name: `p-${i}` }), policy({ podSelector: {}, ...BOTH }, { name: `d-${i}` }),
  ]).flat();
  const time = (n: number) => {
    const manifests = shop(n);
    const start = process.cpuUsage();
    found(manifests, 'network-pod');
    return process.cpuUsage(start).user;
  };
  time(100);
  const [small, large] = [Math.min(time(500), time(500)), time(2000)];
  expect(large / small).toBeLessThan(12);
});
