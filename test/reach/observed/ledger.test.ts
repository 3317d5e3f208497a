import { Reader } from '../../../src/reach/observed/formats';
import { Ledger } from '../../../src/reach/observed/ledger';
import { unusedOf } from '../../../src/reach/observed/unused';
import { Reach } from '../../../src/reach/reach';
import { ASKED_ADDRESSES, readObjects } from '../agreement';
import { describePorts, reachOf } from '../clusters';
import { verdict } from '../naive';
import { Dice, manifestsOf, randomCluster } from '../random-cluster';

const workload = (kind: string, name: string, more: object = {}) => ({
  apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'shop' }, spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'i' }], ...more } } },
});
const policy = {
  apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'db', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }, { port: 8000, endPort: 8010 }, { port: 9187 }] }] },
};
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'database', namespace: 'shop' }, spec: { clusterIP: '10.96.0.5', selector: { app: 'db' }, ports: [{ port: 80, targetPort: 5432 }] } };
const running = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'lone', namespace: 'shop', labels: { app: 'lone' } }, spec: { containers: [{ name: 'c', image: 'i' }] }, status: { podIP: '10.1.0.7' } };
const SHOP = [workload('Deployment', 'web'), workload('StatefulSet', 'db'), workload('DaemonSet', 'agent', { hostNetwork: true }), policy, service, running];

function ledger(reach: Reach, ...lines: (string | object)[]): Ledger {
  const made = new Ledger(reach);
  const reader = new Reader();
  for (const line of lines) for (const record of reader.line(typeof line === 'string' ? line : JSON.stringify(line))) made.add(record!);
  return made;
}

const csv = (...lines: string[]) => ['from,to,port,count,first,last,action', ...lines];
const told = (made: Ledger) => made.flows().map(({ from, to, protocol, port, state, count, dropped, addresses }) => (
  `${state}: ${from.id} => ${to.id}${addresses.length ? ` (${addresses.join()})` : ''} : ${protocol} ${port} x${count}${dropped ? ` dropped ${dropped}` : ''}`
));

describe('records of connections', () => {
  test('are added up by their ends and ports, with when they were first and last seen', () => {
    const made = ledger(reachOf(...SHOP), ...csv(
      'shop/web,shop/db,5432,2,2024-02-01T00:00:00Z,2024-02-02T00:00:00Z,', 'shop/web,shop/db,5432,3,2024-01-01T00:00:00Z,2024-01-02T00:00:00Z,deny', 'shop/web,shop/db,22,,,,',
    ));
    expect(told(made)).toEqual(['denied: shop/web[Deployment] => shop/db[StatefulSet] : TCP 22 x1', 'allowed: shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432 x5 dropped 3']);
    expect(made.flows()[1]).toMatchObject({ first: Date.UTC(2024, 0, 1), last: Date.UTC(2024, 1, 2) });
  });

  test('are found by names that controllers give, by owners, by labels, by addresses of pods and Services', () => {
    const names = ['web-755cdc7957-abcde', 'web-755cdc7957-*', 'web-5d4f8-x2x9z', 'web'];
    expect(told(ledger(reachOf(...SHOP), ...csv(...names.map(name => `shop/${name},shop/db-0,5432,,,,`))))).toEqual(['allowed: shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432 x4']);
    expect(told(ledger(reachOf(...SHOP), ...csv('10.1.0.7,10.96.0.5,80,,,,')))).toEqual(['denied: shop/lone[Pod] => shop/db[StatefulSet] : TCP 5432 x1']);
    const seen = { pktType: 'OUTGOING', proto: 'tcp', port: 5432, namespace: 'shop', pod: 'foo', podLabels: { app: 'web', more: 'x' }, remoteKind: 'svc', remoteNamespace: 'shop', remoteName: 'database' };
    expect(told(ledger(reachOf(...SHOP), { ...seen, port: 80 }))).toEqual(['allowed: shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432 x1']);
  });

  test('of pods that are not in the manifests are judged by their labels', () => {
    const seen = { pktType: 'HOST', proto: 'tcp', port: 5432, namespace: 'shop', pod: 'db-0', remoteKind: 'pod', remoteNamespace: 'monitoring', remoteName: 'p', remoteLabels: { 'app': 'web', 'pod-template-hash': 'x' } };
    expect(told(ledger(reachOf(...SHOP), seen, { ...seen, remoteNamespace: 'shop', remoteLabels: { app: 'web', tier: 'x' }, remoteName: 'q' })))
      .toEqual(['denied: pods app=web in namespace monitoring => shop/db[StatefulSet] : TCP 5432 x1', 'allowed: shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432 x1']);
  });

  test('from outside are one for all addresses of which the same holds, whatever their number', () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `${1 + i % 200}.${i >> 8}.0.${i & 255},shop/db,5432,,,,`);
    const [flow, ...others] = ledger(reachOf(...SHOP), ...csv(...lines)).flows();
    expect(others).toEqual([]);
    expect({ ...flow, addresses: flow.addresses.length }).toMatchObject({ state: 'denied', count: 5000, addresses: 5 });
  });

  test('that say nothing of policies are counted by their reasons', () => {
    const made = ledger(reachOf(...SHOP), ...csv('node,shop/db,1,,,,', '1.1.1.1,2.2.2.2,1,,,,', 'other/x,shop/db,1,,,,', 'other/x,shop/db,1,,,,', '10.96.0.5,shop/web,1,,,,', '1.1.1.1,1.1.1.1,1,,,,'));
    expect(made.flows()).toEqual([]);
    expect(made.skipped).toEqual([
      { reason: 'between a pod and its own node, which no policy binds', count: 1 }, { reason: 'between ends that are both outside of the manifests', count: 1 },
      { reason: 'of a pod to itself', count: 1 }, { reason: 'that come from a Service', count: 1 },
      { reason: 'with an end that is not in the manifests, and of which the record says too little', count: 2 },
    ]);
    expect(made.unknowns).toEqual([{ name: 'other/x', count: 2 }]);
    expect(made.records).toBe(6);
  });

  test('show which of the allowed connections nobody uses: single ports, ranges as a whole', () => {
    const unused = (...lines: string[]) => {
      const reach = reachOf(...SHOP);
      return [...unusedOf(reach, ledger(reach, ...csv(...lines)).flows())].map(({ from, to, ports }) => `${from.id} => ${to.id} : ${describePorts(ports)}`);
    };
    const host = 'shop/agent[DaemonSet] => shop/db[StatefulSet] : all';
    expect(unused()).toEqual([host, 'shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432,TCP 8000-8010,TCP 9187']);
    expect(unused('shop/web,shop/db,5432,,,,', 'shop/web,shop/db,8003,,,,', 'shop/web,shop/db,9187,2,,,deny')).toEqual([host, 'shop/web[Deployment] => shop/db[StatefulSet] : TCP 9187']);
  });

  test('are judged as a naive evaluator judges them, on random clusters', () => {
    const states = new Set<string>();
    for (let seed = 1; seed <= 60; seed++) {
      const cluster = randomCluster(seed);
      const dice = new Dice(seed);
      const reach = new Reach(readObjects(manifestsOf(cluster)));
      const names = new Set(cluster.pods.flatMap(({ ips }) => ips.map(ip => ip.replace(/::0$/, '::'))));
      for (let i = 0; i < 30; i++) {
        const [a, b] = [dice.one(cluster.pods), dice.one(cluster.pods)];
        const ip = dice.one(ASKED_ADDRESSES.filter(address => !names.has(address)));
        const [from, to, source, target] = dice.one([
          [`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`, { pod: a }, { pod: b }], [ip, `${b.namespace}/${b.name}`, { ip }, { pod: b }], [`${a.namespace}/${a.name}`, ip, { pod: a }, { ip }],
        ] as const);
        if (from === to) continue;
        const [protocol, port] = [dice.one(['TCP', 'UDP', 'SCTP']), dice.one([79, 80, 81, 8080])];
        const [flow] = ledger(reach, 'from,to,protocol,port', `${from},${to},${protocol},${port}`).flows();
        expect([seed, from, to, flow.state]).toEqual([seed, from, to, verdict(cluster, source, target, protocol, port)]);
        states.add(flow.state);
      }
    }
    expect([...states].sort()).toEqual(['allowed', 'denied', 'depends']);
  });
});
