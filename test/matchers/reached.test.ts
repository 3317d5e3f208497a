import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedDeployment, HardenedStatefulSet, Peer, SecureNamespace } from '../../src';
import { matchers } from '../../src/matchers';
import { failure } from '../network/fake-workload';

expect.extend(matchers);

function shop() {
  const app = Testing.app();
  const chart = new Chart(app, 'chart');
  const namespace = new SecureNamespace(chart, 'shop');
  const web = new HardenedDeployment(namespace, 'web', { metadata: { name: 'web' }, containers: [{ image: 'nginx:1.28', portNumber: 8080 }] });
  const db = new HardenedStatefulSet(namespace, 'db', { metadata: { name: 'db' }, containers: [{ image: 'postgres:17.6', portNumber: 5432 }], dataSize: '1Gi' });
  const other = new kplus.Deployment(chart, 'other', { metadata: { name: 'other', namespace: 'else' }, containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
  web.connectTo(db, { ports: [5432] });
  return { app, chart, web, db, other };
}

describe('toAllow and cannotReach', () => {
  test('take workloads, peers and words, and tell both ways', () => {
    const { app, chart, web, db, other } = shop();
    for (const received of [app, chart]) {
      expect(received).toAllow({ from: web, to: db, port: 5432 });
      expect(received).toAllow({ from: 'shop/web', to: 'shop/db[StatefulSet]', port: 5432 });
      expect(received).not.toAllow({ from: web, to: db, port: 5432, protocol: 'UDP' });
      expect(received).cannotReach({ from: other, to: db });
      expect(received).cannotReach({ from: Peer.internet(), to: db });
      expect(received).cannotReach({ from: web, to: db, port: 1, endPort: 5431 });
      expect(received).not.cannotReach({ from: web, to: db });
      expect(received).not.cannotReach({ from: web, to: db, port: 5432 });
    }
    expect(Testing.synth(chart)).toAllow({ from: 'shop/web', to: 'shop/db', port: 5432 });
    expect(Testing.synth(chart)).cannotReach({ from: 'anyone', to: 'shop/db', port: 22 });
  });

  test('say why', () => {
    const { app, web, db } = shop();
    expect(failure(() => expect(app).cannotReach({ from: web, to: db }))).toMatch(/^Expected that Deployment shop\/web must not reach StatefulSet shop\/db, but\n {2}shop\/web\[Deployment\] reaches .* by spec\.egress\[\d\] of NetworkPolicy/);
    expect(failure(() => expect(app).toAllow({ from: web, to: db, port: 1 }))).toContain('does not reach');
    expect(failure(() => expect(app).not.toAllow({ from: web, to: db }))).toBe('Expected that not: Deployment shop/web must reach StatefulSet shop/db');
  });

  test('fail where nobody is named, with not as well', () => {
    const { app, chart, web } = shop();
    for (const expectation of [expect(app), expect(app).not]) {
      expect(() => expectation.toAllow({ from: 'shop/wbe', to: 'shop/db' })).toThrow('invariant-names-nobody');
      expect(() => expectation.cannotReach({ from: 'web', to: 'shop/db' })).toThrow("expect(…): 'web' names no peer");
    }
    expect(() => expect(Testing.synth(chart)).toAllow({ from: web, to: 'shop/db' })).toThrow('a construct is named, but manifests are asked');
  });
});
