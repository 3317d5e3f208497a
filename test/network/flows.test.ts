import { App, ApiObject, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { NetworkProtocol } from '../../src/network/connect-options';
import { Peer } from '../../src/network/peer';
import { ClusterProfile } from '../../src/posture/cluster-profile';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { chart, FakeWorkload, policies, rules } from './fake-workload';

const PEER = (app: string, namespace?: string) => ({
  ...(namespace && { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }),
  podSelector: { matchLabels: { app } },
});
const DNS_RULE = {
  to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ protocol: 'TCP', port: 53 }, { protocol: 'UDP', port: 53 }],
};

describe('connectTo', () => {
  test('writes both sides, each in its own namespace, with DNS and the reasons', () => {
    const app = new App();
    const [a, b] = ['shop', 'data'].map(name => new Chart(app, name, { namespace: name }));
    const web = new FakeWorkload(a, 'web', { labels: { app: 'web', tier: 'front' }, ports: [{ port: 8080, protocol: 'TCP' }] });
    const api = new FakeWorkload(a, 'api', { ports: [{ port: 9000, protocol: 'TCP' }] });
    const db = new FakeWorkload(b, 'db', { kind: 'StatefulSet', ports: [{ port: 5432, protocol: 'TCP' }] });
    web.connectTo(api, { why: 'prices\n  and stock' });
    web.connectTo(db);
    web.connectTo(Peer.cidr('203.0.113.0/24', { exceptCidrs: ['203.0.113.128/25'] }), { ports: [587, 25], why: 'mail' });
    web.acceptFrom(Peer.anyone(), { why: 'customers' });
    db.acceptFrom(Peer.namespace('backup'), { portRanges: [{ port: 7000, endPort: 7010 }] });
    db.acceptFrom(Peer.pods({ namespace: 'monitoring', labels: { app: 'prometheus' } }), { ports: [9187] });
    const objects = [a, b].flatMap(c => Object.values(policies(c)));
    expect(Yaml.stringify(...objects)).toMatchSnapshot();
  });

  test('knows a port that is declared after it', () => {
    const c = chart();
    const [web, api] = ['web', 'api'].map(id => new FakeWorkload(c, id));
    web.connectTo(api);
    api.declare(9000, 'UDP');
    expect(rules(c, 'deployment-web-egress')).toContainEqual({ to: [PEER('api')], ports: [{ protocol: 'UDP', port: 9000 }] });
    expect(rules(c, 'deployment-api-ingress')).toEqual([{ from: [PEER('web')], ports: [{ protocol: 'UDP', port: 9000 }] }]);
  });

  test('knows a flow that is declared after a first synthesis', () => {
    const c = chart();
    const [web, api, db] = ['web', 'api', 'db'].map(id => new FakeWorkload(c, id, { ports: [{ port: 80, protocol: 'TCP' }] }));
    web.connectTo(api);
    const first = policies(c);
    expect(policies(c)).toEqual(first);
    web.connectTo(db);
    expect(rules(c, 'deployment-web-egress')).toHaveLength(3);
  });

  test('opens DNS with the first flow and to an isolated workload, and lets nobody in who is not named', () => {
    const c = chart();
    const lonely = new FakeWorkload(c, 'lonely');
    lonely.network.isolate();
    expect(policies(c)['deployment-lonely-ingress'].spec).toEqual({ podSelector: { matchLabels: { app: 'lonely' } }, policyTypes: ['Ingress'] });
    expect(policies(c)['deployment-lonely-egress'].spec).toEqual({ podSelector: { matchLabels: { app: 'lonely' } }, policyTypes: ['Egress'], egress: [DNS_RULE] });
    expect(policies(c)['deployment-lonely-ingress'].metadata.annotations).toBeUndefined();
  });

  test('writes nothing for a workload without flows', () => {
    const c = chart();
    new FakeWorkload(c, 'web');
    expect(policies(c)).toEqual({});
  });

  test('connects the replicas of one workload to each other', () => {
    const c = chart();
    const db = new FakeWorkload(c, 'db', { ports: [{ port: 27017, protocol: 'TCP' }] });
    db.connectTo(db);
    expect(rules(c, 'deployment-db-egress')).toContainEqual({ to: [PEER('db')], ports: [{ protocol: 'TCP', port: 27017 }] });
    expect(rules(c, 'deployment-db-ingress')).toEqual([{ from: [PEER('db')], ports: [{ protocol: 'TCP', port: 27017 }] }]);
  });

  test('names policies after kind and name, so that two kinds of one name do not share them, and cuts long ones', () => {
    const c = chart();
    const long = 'a'.repeat(250);
    const made = [new FakeWorkload(c, 'web'), new FakeWorkload(c, long, { kind: 'CronJob' })];
    new FakeWorkload(new kplus.Namespace(c, 'other') as any, 'web', { kind: 'CronJob' }).connectTo(made[0], { ports: [80] });
    made[1].connectTo(made[0], { ports: [80] });
    expect(Object.keys(policies(c)).sort()).toEqual([
      expect.stringMatching(/^cronjob-a{236}-[0-9a-f]{8}$/), 'cronjob-web-egress', 'deployment-web-ingress',
    ]);
  });

  test("keeps the user's own patches, and the labels of the chart", () => {
    const c = new Chart(Testing.app(), 'c', { labels: { team: 'a' } });
    const web = new FakeWorkload(c, 'web');
    web.connectTo(Peer.anyone(), { ports: [443] });
    ApiObject.of(web.node.findChild('EgressPolicy')).addJsonPatch(JsonPatch.add('/metadata/annotations/x', 'y'));
    const { annotations, labels } = policies(c)['deployment-web-egress'].metadata;
    expect(annotations).toEqual({ 'x': 'y', 'cdk8s-hardened/why': 'to anyone on TCP 443\nto the DNS of the cluster on TCP 53, UDP 53: names are looked up there' });
    expect(labels).toEqual({ team: 'a' });
  });

  test('takes a plain workload of cdk8s-plus, of which only the other side is written', () => {
    const c = chart('shop');
    const plain = new kplus.Deployment(c, 'plain', { containers: [{ image: 'x', ports: [{ number: 53, protocol: kplus.Protocol.UDP }] }] });
    new FakeWorkload(c, 'web').connectTo(Peer.workload(plain));
    const address = { 'cdk8s.io/metadata.addr': plain.podMetadata.getLabel('cdk8s.io/metadata.addr') };
    expect(rules(c, 'shop/deployment-web-egress')).toContainEqual({ to: [{ podSelector: { matchLabels: address } }], ports: [{ protocol: 'UDP', port: 53 }] });
    expect(Object.keys(policies(c))).toHaveLength(1);
  });
});

describe('ports that are not said', () => {
  const connected = (props: ConstructorParameters<typeof FakeWorkload>[2], options?: Parameters<FakeWorkload['connectTo']>[1]) => {
    const c = chart();
    new FakeWorkload(c, 'web').connectTo(new FakeWorkload(c, 'db', props), options);
    return rules(c, 'deployment-db-ingress')[0].ports;
  };
  const tcp = (port: number, name?: string) => ({ port, protocol: 'TCP', name });

  test.each([
    ['the client port of the image', { clientPorts: [tcp(5432)], ports: [tcp(5432), tcp(9187, 'metrics')] }, [5432]],
    ['the client port of the image where no port is declared', { clientPorts: [tcp(5432)] }, [5432]],
    ['the sole declared port where the image is made to listen elsewhere', { clientPorts: [tcp(80)], ports: [tcp(8080)] }, [8080]],
    ['the sole declared one', { ports: [tcp(8080)] }, [8080]],
    ['the one of several client ports that is declared', { clientPorts: [tcp(5671), tcp(5672)], ports: [tcp(5672), tcp(15672)] }, [5672]],
  ])('are %s', (_, props, numbers) => {
    expect(connected(props).map((p: any) => p.port)).toEqual(numbers);
  });

  test('keep their protocol, also where it is declared twice', () => {
    expect(connected({ ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP', container: 'b' }] })).toEqual([{ protocol: 'TCP', port: 53 }, { protocol: 'UDP', port: 53 }]);
  });

  test('have the declared protocol where only the number is said, and the said one where it is said', () => {
    const props = { ports: [{ port: 53, protocol: 'UDP' }, tcp(80)] };
    expect(connected(props, { ports: [53, 81] })).toEqual([{ protocol: 'TCP', port: 81 }, { protocol: 'UDP', port: 53 }]);
    expect(connected(props, { ports: [53], protocol: NetworkProtocol.SCTP })).toEqual([{ protocol: 'SCTP', port: 53 }]);
  });

  test('are found by the name that a container gives', () => {
    const props = { ports: [{ port: 53, protocol: 'UDP', name: 'dns' }, tcp(9153, 'metrics')] };
    expect(connected(props, { portNames: ['dns', 'metrics'] })).toEqual([{ protocol: 'TCP', port: 9153 }, { protocol: 'UDP', port: 53 }]);
  });

  test('keep their name where the pods come from elsewhere', () => {
    const c = chart();
    new FakeWorkload(c, 'web').connectTo(Peer.pods({ labels: { app: 'db' } }), { portNames: ['sql'], ports: [8080, 90] });
    expect(rules(c, 'deployment-web-egress').find(r => r.to[0].podSelector.matchLabels.app === 'db').ports)
      .toEqual([{ protocol: 'TCP', port: 90 }, { protocol: 'TCP', port: 8080 }, { protocol: 'TCP', port: 'sql' }]);
  });

  test('are those of DNS for Peer.dns(), which is there already', () => {
    const c = chart();
    new FakeWorkload(c, 'web').connectTo(Peer.dns());
    expect(rules(c, 'deployment-web-egress')).toEqual([DNS_RULE]);
  });

  test('are one port where a range is one, and ranges have their own protocol', () => {
    expect(connected({}, { portRanges: [{ port: 80, endPort: 80 }, { port: 90, endPort: 99, protocol: NetworkProtocol.UDP }, { port: 80 }] }))
      .toEqual([{ protocol: 'TCP', port: 80 }, { protocol: 'UDP', port: 90, endPort: 99 }]);
  });
});

describe('order', () => {
  const CALLS: ((w: { [name: string]: FakeWorkload }) => void)[] = [
    w => w.web.connectTo(w.api),
    w => w.api.acceptFrom(w.web),
    w => w.web.connectTo(w.db, { ports: [5432], why: 'orders' }),
    w => w.db.acceptFrom(w.web, { why: 'orders' }),
    w => w.api.connectTo(w.db, { portRanges: [{ port: 1, endPort: 9 }] }),
    w => w.web.connectTo(Peer.cidr('10.0.0.0/8', { exceptCidrs: ['10.1.0.0/16', '10.0.0.0/16'] }), { ports: [2, 1] }),
    w => w.web.connectTo(Peer.cidr('10.0.0.0/8', { exceptCidrs: ['10.0.0.0/16', '10.1.0.0/16'] }), { ports: [1, 2] }),
    w => w.db.acceptFrom(Peer.namespace('shop'), { ports: [5432] }),
    w => w.db.connectTo(w.db, { ports: [7001] }),
    w => w.db.acceptFrom(w.db, { ports: [7001] }),
    w => w.web.connectTo(Peer.internet(), { ports: [443] }),
    w => w.api.acceptFrom(Peer.ingressController(), { why: 'shoppers' }),
  ];
  // The calls that declare the same flow from the other side.
  const SAME = [[0, 1], [2, 3], [5, 6], [8, 9]];

  test('of workloads and flows, their number and the side they are declared from change no byte of any object', () => {
    const names = ['web', 'api', 'db'];
    const everything = fc.record({
      workloads: fc.shuffledSubarray(names, { minLength: names.length }),
      sides: fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(1)),
      more: fc.array(fc.nat(CALLS.length - 1), { maxLength: 8 }),
      seed: fc.array(fc.nat(), { minLength: CALLS.length, maxLength: CALLS.length }),
    });
    const expected = synthesized(names, CALLS.map((_, i) => i));
    fc.assert(fc.property(everything, ({ workloads, sides, more, seed }) => {
      const needed = [...SAME.map((pair, i) => pair[sides[i]]), 4, 7, 10, 11, ...more];
      const keyed = needed.map((call, i) => ({ call, key: seed[i % seed.length] + i / 100 }));
      const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ call }) => call);
      expect(synthesized(workloads, shuffled)).toEqual(expected);
    }), { numRuns: 100 });
  });

  function synthesized(names: string[], calls: number[]): string[] {
    const c = chart();
    SecurityDefaults.of(c).set({ cluster: ClusterProfile.k3s({ scrapers: [{ title: 'Prometheus', namespaceName: 'monitoring' }] }) });
    const namespace = new SecureNamespace(c, 'shop');
    const make = (name: string) => new FakeWorkload(namespace, name, { ports: [{ port: name === 'db' ? 5432 : 80, protocol: 'TCP' }, { port: 9102, protocol: 'TCP', name: 'metrics' }], clientPorts: [{ port: name === 'db' ? 5432 : 80, protocol: 'TCP' }] });
    const workloads = Object.fromEntries(names.map(name => [name, make(name)]));
    for (const call of calls) CALLS[call](workloads);
    expect(Object.keys(policies(c)).length).toBeLessThanOrEqual(2 + 2 * names.length);
    return Testing.synth(c).map(object => JSON.stringify(object)).sort();
  }
});
