import { lines, reachOf } from './clusters';

const policy = (spec: object, name = 'p', namespace = 'shop') => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec });
const namespace = (name: string, labels: object = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
const template = (labels: object, spec: object = {}) => ({ metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i' }], ...spec } });
const deployment = (name: string, spec: object = {}, where = 'shop') => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: where }, spec: { replicas: 2, template: template({ app: name }, spec) },
});
const pod = (name: string, labels: object, rest: object = {}) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels, ...rest }, spec: { containers: [{ name: 'c', image: 'i' }] },
});
const onlyFrom = (app: string) => policy({ podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app } } }] }] });
const between = (...manifests: (string | object)[]) => lines(reachOf(...manifests)).filter(line => !line.includes('255.255'));

describe('workloads', () => {
  test('of any kind with a pod template count, and are named with their group', () => {
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'web', namespace: 'shop' }, spec: { template: template({ app: 'web' }) } };
    const cron = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'job', namespace: 'shop' }, spec: { jobTemplate: { spec: { template: template({}) } } } };
    expect(between(rollout, cron, deployment('db'), onlyFrom('web'))).toEqual([
      'shop/db[Deployment] => shop/job[CronJob] : all',
      'shop/db[Deployment] => shop/web[Rollout.argoproj.io] : all',
      'shop/job[CronJob] => shop/web[Rollout.argoproj.io] : all',
      'shop/web[Rollout.argoproj.io] => shop/db[Deployment] : all',
      'shop/web[Rollout.argoproj.io] => shop/job[CronJob] : all',
    ]);
  });

  test('take in the pods that they own, through a ReplicaSet of the input', () => {
    const owned = (kind: string, name: string) => ({ ownerReferences: [{ apiVersion: 'apps/v1', kind, name, controller: true }] });
    const replicaSet = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web-1', namespace: 'shop', ...owned('Deployment', 'web') }, spec: { template: template({ app: 'web' }) } };
    const reach = reachOf(deployment('web'), replicaSet, pod('web-1-x', { 'app': 'web', 'pod-template-hash': '1' }, owned('ReplicaSet', 'web-1')));
    expect(reach.workloads.map(({ id, units }) => [id, units.length])).toEqual([['shop/web[Deployment]', 1]]);
  });

  test('leave out what a rollout has left behind: a ReplicaSet without replicas keeps the labels of before', () => {
    const owner = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', controller: true }] };
    const replicaSet = (name: string, app: string, replicas: number) => ({
      apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name, namespace: 'shop', ...owner }, spec: { replicas, template: template({ app }) },
    });
    const found = (replicas: number) => between(deployment('web'), replicaSet('web-1', 'old', replicas), replicaSet('web-2', 'web', 1), deployment('db'), onlyFrom('old'));
    expect(found(0)).toEqual(['shop/db[Deployment] => shop/web[Deployment] : all']);
    // In the middle of a rollout both are there.
    expect(found(1)).toContain('shop/web[Deployment] => shop/db[Deployment] : all');
    // Nobody's ReplicaSet may be scaled up again.
    expect(between({ ...replicaSet('web-1', 'old', 0), metadata: { name: 'web-1', namespace: 'shop' } }, deployment('db'), onlyFrom('old'))).toContain('shop/web-1[ReplicaSet] => shop/db[Deployment] : all');
  });

  test('are the union of pods that differ', () => {
    const owner = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', controller: true }] };
    const found = between(pod('a', { app: 'web' }, owner), pod('b', { app: 'old' }, owner), deployment('db'), onlyFrom('web'));
    expect(found).toContain('shop/web[ReplicaSet] => shop/db[Deployment] : all');
  });

  test('have replicas that a policy may tell apart', () => {
    const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'db', namespace: 'shop' }, spec: { replicas: 2, template: template({ app: 'db' }) } };
    const first = { podSelector: { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'db-0' } }, ingress: [{ ports: [{ port: 1 }] }] };
    const reach = reachOf(set, deployment('web'), policy(first));
    const [db, web] = reach.workloads;
    expect(db.units.map(unit => reach.sides.between(web.units[0], unit).sure.key)).toEqual(['TCP 1', reach.world.verdicts.ports.all.key]);
  });

  test('reach replicas of their own as policies say', () => {
    const reach = reachOf(deployment('db'), onlyFrom('web'));
    const [unit] = reach.workloads[0].units;
    expect(reach.sides.between(unit, unit).maybe.isEmpty).toBe(true);
  });
});

describe('what Kubernetes leaves open is said to depend', () => {
  test('on the plugin, where pods run in the network of their node', () => {
    expect(between(deployment('agent', { hostNetwork: true }), deployment('db'), onlyFrom('web'))).toEqual([
      'shop/agent[Deployment] =? shop/db[Deployment] : all', 'shop/db[Deployment] => shop/agent[Deployment] : all',
    ]);
  });

  test('on the plugin, where a block covers the address of a pod', () => {
    const a = { ...pod('a', { app: 'a' }), status: { podIPs: [{ ip: '10.1.0.1' }, { ip: 'fd00::1' }] } };
    const block = (cidr: string, except: string[] = []) => policy({ podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr, except } }] }] });
    const fromDb = (...manifests: object[]) => between(a, deployment('db'), ...manifests).filter(line => line.startsWith('shop/db') && line.includes('[Pod]'));
    expect(fromDb(block('10.0.0.0/8'))).toEqual(['shop/db[Deployment] =? shop/a[Pod] : all']);
    expect(fromDb(block('fd00::/8'))).toEqual(['shop/db[Deployment] =? shop/a[Pod] : all']);
    expect(fromDb(block('10.0.0.0/8', ['10.1.0.0/16']))).toEqual([]);
    expect(fromDb(block('::ffff:10.1.0.1/128'))).toEqual(['shop/db[Deployment] =? shop/a[Pod] : all']);
  });

  test('on the plugin, where a block has every address in it, and so that of a pod which the input does not say', () => {
    const block = (cidr: string, except: string[] = []) => policy({ podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr, except } }] }] });
    const fromDb = (...manifests: object[]) => between(deployment('web'), deployment('db'), ...manifests).filter(line => /^shop.db.*shop.web/.test(line));
    expect(fromDb(block('0.0.0.0/0'))).toEqual(['shop/db[Deployment] =? shop/web[Deployment] : all']);
    expect(fromDb(block('::/0'))).toEqual(['shop/db[Deployment] =? shop/web[Deployment] : all']);
    // Of less nobody knows: an export of the cluster says the addresses.
    expect(fromDb(block('0.0.0.0/0', ['10.0.0.0/8']))).toEqual([]);
    expect(fromDb(block('10.0.0.0/8'))).toEqual([]);
    expect(fromDb(block('0.0.0.0/0'), policy({ podSelector: {}, ingress: [] }, 'deny'))).toEqual([]);
  });

  test('on labels that are not in the input', () => {
    const fromTeam = policy({ podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }] });
    const web = deployment('web', {}, 'front');
    expect(between(web, deployment('db'), fromTeam)[0]).toBe('front/web[Deployment] =? shop/db[Deployment] : all');
    expect(between(web, deployment('db'), fromTeam, namespace('front', { team: 'a' }))[0]).toBe('front/web[Deployment] => shop/db[Deployment] : all');
    expect(between(web, deployment('db'), fromTeam, namespace('front'))).toEqual(['shop/db[Deployment] => front/web[Deployment] : all']);
  });

  test('on the address that a Service leaves to a client', () => {
    const service = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'db', namespace: 'shop' }, spec: { selector: { app: 'db' }, ports: [{ port: 80, targetPort: 5432 }], ...spec } });
    const fromOffice = policy({ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] });
    const into = (spec: object) => lines(reachOf(deployment('db'), service(spec), fromOffice)).filter(line => /=[>?] shop/.test(line));
    expect(into({})).toEqual(['203.0.113.0-203.0.113.255 => shop/db[Deployment] : all']);
    expect(into({ type: 'LoadBalancer', externalTrafficPolicy: 'Local' })).toEqual(into({}));
    expect(into({ type: 'LoadBalancer' })).toEqual([
      '0.0.0.0-203.0.112.255, 203.0.114.0-255.255.255.255 =? shop/db[Deployment] : TCP 5432',
      '203.0.113.0-203.0.113.255 => shop/db[Deployment] : TCP 1-5431,TCP 5433-65535,UDP 1-65535,SCTP 1-65535,others',
      '203.0.113.0-203.0.113.255 =? shop/db[Deployment] : TCP 5432',
    ]);
  });
});

describe('who leads traffic into the cluster', () => {
  const web = deployment('web', { containers: [{ name: 'c', image: 'i', ports: [{ name: 'http', containerPort: 8080 }] }] });
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' }, ports: [{ name: 'main', port: 80, targetPort: 'http' }] } };
  const backend = { service: { name: 'web', port: { name: 'main' } } };
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop' }, spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] } };
  const route = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'web', namespace: 'front' }, spec: { rules: [{ backendRefs: [{ name: 'web', namespace: 'shop', port: 80 }] }] } };

  test('is a controller outside of the input, at the ports behind the Service', () => {
    expect(between(web, service, ingress)).toEqual(['ingress-controller => shop/web[Deployment] : TCP 8080']);
    expect(between(web, service, route)).toEqual(['gateway => shop/web[Deployment] : TCP 8080']);
    expect(between(web, service)).toEqual([]);
  });

  test('is let in by rules about anybody, perhaps by others, and not where there are none', () => {
    const rules = (...its: object[]) => between(web, service, ingress, policy({ podSelector: {}, policyTypes: ['Ingress'], ingress: its }));
    expect(rules({ ports: [{ port: 'http' }] })).toEqual(['ingress-controller => shop/web[Deployment] : TCP 8080']);
    expect(rules({ from: [{ namespaceSelector: { matchLabels: { a: 'b' } } }] })).toEqual(['ingress-controller =? shop/web[Deployment] : TCP 8080']);
    expect(rules()).toEqual([]);
  });
});

describe('input that is wrong', () => {
  const bad: [string, object, string][] = [
    ['a CIDR', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }] }, 'spec.ingress[0].from[0].ipBlock.cidr: "10.0.0.0/33" is no CIDR'],
    ['an exception outside', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/9'] } }] }] }, 'is no part of 10.0.0.0/8'],
    ['an operator', { podSelector: { matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] } }, 'the operator "in" is none of In, NotIn, Exists, DoesNotExist'],
    ['a range', { ingress: [{ ports: [{ port: 80, endPort: 79 }] }] }, 'the range ends at 79, before it starts at 80'],
    ['a quoted port', { ingress: [{ ports: [{ port: '80' }] }] }, "'80' is neither a port nor the name of one"],
    ['a peer', { ingress: [{ from: [{}] }] }, 'a peer needs podSelector, namespaceSelector or ipBlock'],
    ['a field', { ingress: [{ form: [] }] }, "a rule has no field 'form', only from and ports"],
    ['a type', { policyTypes: ['ingress'] }, 'the type "ingress" is neither Ingress nor Egress'],
    ['a block beside a selector', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} }] }] }, 'an ipBlock stands alone'],
    ['rules that are no list', { ingress: { from: [] } }, 'the rules are no list'],
    ['a protocol', { ingress: [{ ports: [{ protocol: 'tcp', port: 80 }] }] }, 'the protocol "tcp" is none of TCP, UDP, SCTP'],
  ];

  test.each(bad)('%s is told with its line, and nothing that rests on it is certain', (_, spec, message) => {
    const other = policy({ podSelector: { matchLabels: { app: 'db' } }, ingress: [{ ports: [{ port: 1 }] }] }, 'other');
    const reach = reachOf(deployment('web'), deployment('db'), other, policy({ podSelector: {}, ...spec }));
    expect(reach.world.problems).toEqual([{ file: '-', line: 7, message: expect.stringContaining(message) }]);
    const found = lines(reach);
    if (message.includes('policyTypes') || message.includes('neither Ingress')) return;
    expect(found).toContain('shop/web[Deployment] => shop/db[Deployment] : TCP 1');
    expect(found.some(line => line.startsWith('shop/db[Deployment] =? shop/web[Deployment]'))).toBe(true);
  });

  test('a name that stands twice is told, and the last one counts', () => {
    const reach = reachOf(deployment('web'), deployment('db'), onlyFrom('web'), onlyFrom('nobody'));
    expect(reach.world.problems).toEqual([{ file: '-', line: 5, message: expect.stringContaining('another object of the same kind and name stands behind it') }]);
    expect(lines(reach)).not.toContain('shop/web[Deployment] => shop/db[Deployment] : all');
  });

  test('policies of others are told of, not passed over', () => {
    const cilium = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'p', namespace: 'shop' }, spec: {} };
    expect(reachOf(cilium).world.problems).toEqual([expect.objectContaining({ message: expect.stringContaining('CiliumNetworkPolicy of cilium.io is not read here') })]);
  });

  test('labels called like what every object has are labels', () => {
    const reach = reachOf(deployment('web'), policy({ podSelector: { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] } }));
    expect(lines(reach)).toContain('0.0.0.0-255.255.255.255 => shop/web[Deployment] : all');
  });
});

test('a label without a value has to be there', () => {
  const spec = (app: string) => policy({ podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app, env: '' } } }] }] });
  expect(between(pod('a', { app: 'a' }), pod('b', { app: 'b', env: '' }), spec('a'))).toEqual([]);
  expect(between(pod('a', { app: 'a' }), pod('b', { app: 'b', env: '' }), spec('b'))).toEqual(['shop/b[Pod] => shop/a[Pod] : all']);
});

test('rules that name each protocol from the first port to the last leave out what has no ports', () => {
  const ports = ['TCP', 'UDP', 'SCTP'].map(protocol => ({ protocol }));
  expect(between(pod('a', {}), pod('b', {}), policy({ podSelector: {}, ingress: [{ ports }] }))[0]).toBe('shop/a[Pod] => shop/b[Pod] : TCP 1-65535,UDP 1-65535,SCTP 1-65535');
});
