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

  test('lists that the node reaches pods in its own network, too: what is not listed is denied', () => {
    const host = { ...pod('host'), spec: { hostNetwork: true, containers: [{ name: 'c', image: 'i' }] } };
    const network = reach.Connectivity.of([host]);
    expect(network.connections({ source: 'node', target: 'shop/host' })).toHaveLength(1);
    expect(network.allowed('node', 'shop/host', 80)).toBe(true);
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

  test('answers about one port, and neither yes nor no where it depends', () => {
    expect([open.allowed('shop/web', 'shop/db', 5432), open.denied('shop/web', 'shop/db', 5432)]).toEqual([true, false]);
    expect([open.allowed('shop/web', 'shop/db', 5433), open.denied('shop/web', 'shop/db', 5433)]).toEqual([false, true]);
    expect(open.allowed('shop/web', 'shop/db', 5432, 'UDP')).toBe(false);
    expect(open.allowed('0.0.0.0/0', 'shop/web', 80)).toBe(true);
    const agent = { ...pod('agent'), spec: { hostNetwork: true, containers: [{ name: 'c', image: 'i' }] } };
    const depends = reach.Connectivity.of([agent, pod('db'), policy('db', rule(5432))]);
    expect([depends.allowed('shop/agent', 'shop/db', 1), depends.denied('shop/agent', 'shop/db', 1)]).toEqual([false, false]);
  });

  test('asks everybody whom a name names', () => {
    expect(open.denied('shop/', 'shop/db', 5432)).toBe(false);
    expect(open.denied('8.8.8.0/24', 'shop/', 80)).toBe(false);
    expect(open.denied('8.8.8.0/24', 'shop/app=db', 80)).toBe(true);
    expect(open.allowed('node', 'shop/db', 80)).toBe(true);
  });

  test('explains in lines and in data, and says what would allow it', () => {
    const [explanation] = closed.explain('shop/web', 'shop/db');
    expect(explanation.connections).toEqual([]);
    expect(explanation.egress).toEqual({ isolated: false, policed: true, lets: 'all', policies: [] });
    expect(explanation.ingress).toEqual({ isolated: true, policed: true, lets: 'denied', policies: [{ namespaceName: 'shop', name: 'db', rules: [] }] });
    expect(explanation.suggestions).toEqual([{
      field: 'spec.ingress', namespaceName: 'shop', policy: 'db', podSelector: { matchLabels: { app: 'db' } }, rule: { from: [{ podSelector: { matchLabels: { app: 'web' } } }] },
    }]);
    expect(explanation.lines).toEqual([
      'shop/web[Pod] => shop/db[Pod] : denied',
      '  out of shop/web[Pod]: no policy isolates it, so everything is let through',
      '  into shop/db[Pod]: denied',
      '    NetworkPolicy shop/db isolates it, and none of its rules is about this',
      '  to allow it, add to spec.ingress of NetworkPolicy shop/db:',
      '    - from:',
      '        - podSelector:',
      '            matchLabels:',
      '              app: web',
    ]);
  });

  test('explains a range in the parts of which something else holds', () => {
    const blocks = reach.Connectivity.of([pod('db'), policy('db', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 1 }] }] })]);
    expect(blocks.explain('10.0.0.0/8', 'shop/db').map(({ lines }) => lines[0])).toEqual([
      '10.0.0.0-10.0.255.255 => shop/db[Pod] : TCP 1', '10.1.0.0-10.1.255.255 => shop/db[Pod] : denied', '10.2.0.0-10.255.255.255 => shop/db[Pod] : TCP 1',
    ]);
  });

  test('tells what is hardly meant in policies', () => {
    expect(open.lints()).toEqual([{
      rule: 'network-dns-blocked', namespaceName: 'shop', policy: 'db', field: 'spec.egress', message: expect.stringMatching(/^no egress rule lets shop\/db\[Pod\] ask .*\. Let out UDP/),
    }]);
  });

  test.each<[string, (its: reach.Connectivity) => unknown, string]>([
    ['a name', its => its.allowed('web', 'shop/db', 1), "Connectivity.allowed source: 'web' names no peer [peer-unknown]"],
    ['a workload that is not there', its => its.denied('shop/wep', 'shop/db', 1), "Connectivity.denied source: 'shop/wep' names no workload of the input and no address [peer-absent]. Did you mean 'shop/web'?"],
    ['two ends outside', its => its.denied('8.8.8.8', '9.9.9.9', 1), "neither '8.8.8.8' nor '9.9.9.9' is in the cluster [peer-outside]"],
    ['a node as a target', its => its.denied('shop/web', 'node', 1), "'node' is no target that policies know [peer-outside]"],
    ['a port', its => its.allowed('shop/web', 'shop/db', 70000), 'Connectivity.allowed: 70000 is no port [port-invalid]'],
    ['a protocol', its => its.allowed('shop/web', 'shop/db', 80, 'tcp'), "'tcp' is no protocol that has ports [protocol-unknown]. Known are: TCP, UDP, SCTP."],
  ])('refuses what it cannot answer: %s', (_, ask, message) => {
    expect(() => ask(open)).toThrow(message);
  });

  test('refuses a filter that names nobody', () => {
    expect(() => open.connections({ source: 'web' })).toThrow("Connectivity.connections source: 'web' names no peer [peer-unknown]");
  });
});
