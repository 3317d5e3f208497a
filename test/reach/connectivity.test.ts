import { reach } from '../../src';

const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'i' }] } });
const policy = (app: string, rules: object) => ({
  apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: app, namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress', 'Egress'], ...rules },
});
const rule = (port: number) => ({ ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port }] }] });

describe('connectivity in code', () => {
  const closed = reach.Connectivity.of([pod('web'), pod('db'), policy('db', {})]);
  const open = reach.Connectivity.of([pod('web'), pod('db'), policy('db', rule(5432))]);

  test('is asked by source and target', () => {
    const expected = { source: 'shop/web[Pod]', target: 'shop/db[Pod]', verdict: reach.ConnectionVerdict.ALLOWED, all: false, ports: [{ protocol: 'TCP', port: 5432, endPort: 5432 }] };
    expect(open.connections({ source: 'shop/web', target: 'shop/' })).toEqual([expected]);
    expect(closed.connections({ source: 'shop/web', target: 'shop/' })).toEqual([]);
    expect(open.openedSince(closed)).toEqual([expected]);
    expect(closed.openedSince(open)).toEqual([]);
  });

  test('tells of widened ports only what is new', () => {
    const wider = reach.Connectivity.of([pod('web'), pod('db'), policy('db', { ingress: [{ ports: [{ port: 5432, endPort: 5433 }] }] })]);
    expect(wider.openedSince(open).find(({ source }) => source === 'shop/web[Pod]')?.ports).toEqual([{ protocol: 'TCP', port: 5433, endPort: 5433 }]);
  });

  test('leaves out the node unless it is asked about', () => {
    expect(closed.connections().map(({ source }) => source)).not.toContain('node');
    expect(closed.connections({ source: 'node', target: 'shop/db' })).toHaveLength(1);
  });

  test('knows who is isolated', () => {
    expect(closed.isolated()).toEqual(['shop/db[Pod]']);
    expect(open.isolated()).toEqual([]);
  });

  test('takes anything, and tells of what it could not understand', () => {
    expect(reach.Connectivity.of([null, 'x', { kind: 'Pod' }, policy('db', { ingress: 'all' })]).problems()).toEqual([
      'NetworkPolicy shop/db · spec.ingress: the rules are no list.',
    ]);
  });

  test('refuses a filter that names nobody', () => {
    expect(() => open.connections({ source: 'web' })).toThrow("Connectivity.connections source: 'web' names no peer [peer-unknown]");
  });
});
