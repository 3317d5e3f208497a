import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Include, Testing, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  ClusterProfile, HardenedDeployment, HardenedStatefulSet, invariants, NetworkProtocol, Peer, SecureNamespace, SecurityDefaults,
} from '../../src';
import { failure } from '../network/fake-workload';

const { Invariants } = invariants;
const containers = [{ image: 'nginx:1.28', portNumber: 8080 }];

/** A shop of a database that a web application alone may reach. */
function shop(app: App = Testing.app()) {
  const chart = new Chart(app, 'shop', { disableResourceNameHashes: true });
  const namespace = new SecureNamespace(chart, 'shop');
  const web = new HardenedDeployment(namespace, 'web', { containers });
  const db = new HardenedStatefulSet(namespace, 'db', { containers: [{ image: 'postgres:17.6', portNumber: 5432 }], dataSize: '1Gi' });
  web.connectTo(db, { ports: [5432] });
  return { app, chart, namespace, web, db };
}

function messages(app: App): string[] {
  return Invariants.of(app).check().map(({ message }) => message);
}

describe('statements about who reaches whom', () => {
  test('let the app be synthesized where they hold', () => {
    const { app, chart, web, db } = shop();
    new SecureNamespace(chart, 'other');
    Invariants.of(app).only(db, [web], 5432).noPath(Peer.internet(), db).none(Peer.cidr('169.254.169.254/32'), 80).none(db, 22)
      .allowed(web, db, 5432).isolatedNamespaces('shop', 'other');
    expect(messages(app)).toEqual([]);
    expect(() => app.synth()).not.toThrow();
  });

  test('fail the synthesis, and say who reaches whom by which rules of which constructs', () => {
    const { app, chart, namespace, web, db } = shop();
    const cron = new HardenedDeployment(namespace, 'cron', { containers });
    cron.connectTo(db, { ports: [5432] });
    Invariants.of(chart).only(db, [web], 5432, { why: 'card data' });
    const [{ path, statement, message }, ...others] = Invariants.of(app).check();
    expect(others).toEqual([]);
    expect({ path, statement }).toEqual({ path: 'shop', statement: 'StatefulSet shop/shop-db must be reached by Deployment shop/shop-web only on port 5432' });
    expect(message).toBe([
      'shop: StatefulSet shop/shop-db must be reached by Deployment shop/shop-web only on port 5432 (card data), but',
      '  shop/shop-cron[Deployment] reaches shop/shop-db[StatefulSet] on TCP 5432: '
      + 'out of shop/shop-cron[Deployment] by spec.egress[0] of NetworkPolicy shop/deployment-shop-cron-egress (shop/shop/cron/EgressPolicy); '
      + 'into shop/shop-db[StatefulSet] by spec.ingress[0] of NetworkPolicy shop/statefulset-shop-db-ingress (shop/shop/db/IngressPolicy) '
      + '[invariant-broken]. Take back the connection that was declared, or narrow the rule; or state that it may be.',
    ].join('\n'));
    expect(failure(() => app.synth())).toContain(message);
  });

  test.each(['FILE_PER_APP', 'FILE_PER_CHART', 'FILE_PER_RESOURCE', 'FOLDER_PER_CHART_FILE_PER_RESOURCE'] as const)('are judged whatever is written: %s', type => {
    const { app, db } = shop(Testing.app({ yamlOutputType: YamlOutputType[type] }));
    new Chart(app, 'another');
    Invariants.of(app).none(db);
    for (const write of [() => app.synth(), () => app.synthYaml(), () => Testing.synth(app.charts[0])]) expect(failure(write)).toContain('[invariant-broken]');
  });

  test('are judged once a synthesis, however many charts there are', () => {
    const app = Testing.app();
    const charts = Array.from({ length: 5 }, (_, i) => new Chart(app, `chart-${i}`));
    let judged = 0;
    const peer = { toPeer: () => { judged++; return Peer.anyone(); } };
    Invariants.of(app).noPath(peer, Peer.workload(new kplus.Deployment(charts[0], 'web', { containers })), 22);
    expect(failure(() => app.synth())).toContain('no policy stands in the way');
    expect(judged).toBe(1);
  });

  test('count what others wrote, and what the app makes in the last moment', () => {
    const { app, chart, db, web } = shop();
    const file = join(mkdtempSync(join(tmpdir(), 'include-')), 'foreign.yaml');
    writeFileSync(file, JSON.stringify({
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'all', namespace: 'shop' },
      spec: { podSelector: {}, ingress: [{ ports: [{ port: 5432 }] }] },
    }));
    new Include(chart, 'foreign', { url: file });
    Invariants.of(app).only(db, [web], 5432);
    expect(messages(app)).toEqual([expect.stringMatching(/0\.0\.0\.0-255\.255\.255\.255, ::-ffff.* reaches shop\/shop-db\[StatefulSet\] on TCP 5432: into .* by spec\.ingress\[0\] of NetworkPolicy shop\/all \(shop\/foreign\/all-networkpolicy.*\)/)]);
  });

  test('think of any pod where the app does not know which there are', () => {
    const { app, db, web } = shop();
    db.acceptFrom(Peer.pods({ namespace: 'monitoring', labels: { app: 'prometheus' } }), { ports: [9187] });
    Invariants.of(app).only(db, [web], 9187);
    expect(messages(app)).toEqual([expect.stringContaining('any pod with app=prometheus in namespace monitoring reaches shop/shop-db[StatefulSet] on TCP 9187')]);
    const { app: good, db: known, web: client } = shop();
    known.acceptFrom(Peer.pods({ namespace: 'monitoring', labels: { app: 'prometheus' } }), { ports: [9187] });
    Invariants.of(good).only(known, [client, Peer.pods({ namespace: 'monitoring', labels: { app: 'prometheus' } })])
      .allowed(Peer.pods({ namespace: 'monitoring', labels: { app: 'prometheus' } }), known, 9187)
      .noPath(Peer.pods({ namespace: 'monitoring', labels: { app: 'grafana' } }), client);
    expect(messages(good)).toEqual([]);
  });

  test('say what is missing where a connection has to be', () => {
    const { app, db, web } = shop();
    Invariants.of(app).allowed(web, db, 5433).allowed(web, db, 5432, { protocol: NetworkProtocol.UDP });
    expect(messages(app)).toEqual([
      expect.stringMatching(/must reach .* on TCP 5433, but\n {2}shop\/shop-web\[Deployment\] does not reach .*isolates? it for egress.*Declare the connection/s),
      expect.stringContaining('on UDP 5432, but'),
    ]);
  });

  test('do not hold where the internet comes in through an Ingress', () => {
    const { app, chart, namespace, web } = shop();
    web.acceptFrom(Peer.pods({ namespace: 'ingress', labels: { app: 'nginx' } }), { ports: [8080] });
    const service = new kplus.Service(namespace, 'service', { selector: web, ports: [{ port: 80, targetPort: 8080 }] });
    new kplus.Ingress(chart, 'ingress', { metadata: { namespace: 'shop' }, rules: [{ backend: kplus.IngressBackend.fromService(service) }] });
    Invariants.of(app).noPath(Peer.internet(), web);
    expect(messages(app)).toEqual([expect.stringContaining('whoever an Ingress lets in may reach shop/shop-web[Deployment] on TCP 8080')]);
  });

  test('do not hold by themselves: who is named has to be there', () => {
    const { app, namespace, db } = shop();
    Invariants.of(namespace).noPath(Peer.pods({ labels: { app: 'wbe' } }), db).isolatedNamespaces('shop', 'shpo')
      .noPath(Peer.namespace('one'), Peer.namespace('two'));
    expect(messages(app)).toEqual([
      expect.stringMatching(/pods app=wbe names nobody in the manifests.*\[invariant-names-nobody\]/),
      expect.stringMatching(/namespace shpo names nobody.*\[invariant-names-nobody\]/),
      expect.stringMatching(/neither side is in the manifests.*\[invariant-decides-nothing\]/),
    ]);
  });

  test('do not hold in a cluster that enforces no policy, nor beside policies that are not read', () => {
    const { app, chart, db } = shop();
    SecurityDefaults.of(app).set({ cluster: ClusterProfile.k3s({ enforcesPolicies: false }) });
    SecurityDefaults.of(app).waive({ rule: 'network-unenforced', reason: 'r', owner: 'o' });
    Invariants.of(app).none(db, 22);
    new ApiObject(chart, 'cilium', { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'c' } });
    expect(messages(app)).toEqual([
      expect.stringMatching(/enforces no network policies \[invariant-broken\]/),
      expect.stringMatching(/^shop\/cilium: what was stated .* CiliumNetworkPolicy .* is not read.*\[invariant-unread\]/),
    ]);
  });

  test('are refused with wrong ports', () => {
    const { app, db } = shop();
    expect(() => Invariants.of(app).none(db, 0)).toThrow('port-invalid');
    expect(() => Invariants.of(app).none(db, undefined, { endPort: 9 })).toThrow('a statement has a protocol or a last port, but no port [port-invalid]');
    expect(() => Invariants.of(app).none(db, 90, { endPort: 80 })).toThrow('port-range-invalid');
  });
});
