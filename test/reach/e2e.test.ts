import { among, blocked, ipOf, not, pairs, policy, Scenario } from './e2e-world';

// The scenarios of Kubernetes' own end-to-end tests of network policies, one by one, in their order.

const everyone = () => true;
const a = { matchLabels: { pod: 'a' } };
const ns = (name: string) => ({ matchLabels: { ns: name } });
const pod = (name: string) => ({ matchLabels: { pod: name } });
const onto = (...targets: string[]) => pairs(everyone, among(...targets));
const ontoBut = (target: string, ...sources: string[]) => pairs(not(among(...sources)), among(target));
const ingress = (selector: object, ...rules: object[]) => ({ podSelector: selector, policyTypes: ['Ingress'], ingress: rules });
const egress = (selector: object, ...rules: object[]) => ({ podSelector: selector, policyTypes: ['Egress'], egress: rules });
const from = (...peers: object[]) => ({ from: peers });
const to = (...peers: object[]) => ({ to: peers });
const one = (spec: object): Scenario => ({ policies: [policy(spec)] });

const denyIngress = policy(ingress({}), 'deny');
const TCP: [title: string, scenario: Scenario, expected: string[]][] = [
  ["supports a 'default-deny-ingress' policy", one(ingress({})), onto('x/')],
  ["supports a 'default-deny-all' policy", one({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }), pairs().filter(pair => pair.includes('x/'))],
  ['allows traffic from pods within the server namespace by podSelector', one(ingress(a, from({ podSelector: pod('b') }))), ontoBut('x/a', 'x/b')],
  ['allows ingress for a target', { policies: [denyIngress, policy(ingress(a, from({ namespaceSelector: {} })))] }, onto('x/b', 'x/c')],
  ['allows ingress from pods in all namespaces', one(ingress(a, from({ namespaceSelector: {} }))), []],
  ['allows traffic only from a different namespace', one(ingress(a, from({ namespaceSelector: ns('y') }))), ontoBut('x/a', 'y/')],
  ['reads a podSelector with matchExpressions', one(ingress(a, from({ podSelector: { matchExpressions: [{ key: 'pod', operator: 'In', values: ['b'] }] } }))), ontoBut('x/a', 'x/b')],
  ['reads a namespaceSelector with matchExpressions', one(ingress(a, from({ namespaceSelector: { matchExpressions: [{ key: 'ns', operator: 'In', values: ['y'] }] } }))), ontoBut('x/a', 'y/')],
  ['takes two peers as podSelector or namespaceSelector', one(ingress(a, from(
    { podSelector: pod('b') }, { namespaceSelector: { matchExpressions: [{ key: 'ns', operator: 'NotIn', values: ['x'] }] } },
  ))), ontoBut('x/a', 'x/b', 'y/', 'z/')],
  ['takes one peer as podSelector and namespaceSelector', one(ingress(a, from(
    { podSelector: pod('b'), namespaceSelector: { matchExpressions: [{ key: 'ns', operator: 'NotIn', values: ['x'] }] } },
  ))), ontoBut('x/a', 'y/b', 'z/b')],
  ['reads several selectors of pods and namespaces', one(ingress(a, from({
    namespaceSelector: { matchExpressions: [{ key: 'ns', operator: 'NotIn', values: ['x'] }] },
    podSelector: { matchExpressions: [{ key: 'pod', operator: 'In', values: ['b', 'c'] }] },
  }))), ontoBut('x/a', 'y/b', 'y/c', 'z/b', 'z/c')],
  ['reads any of several podSelectors', one(ingress(a, from({ podSelector: pod('b') }, { podSelector: pod('c') }))), ontoBut('x/a', 'x/b', 'x/c')],
  ['allows traffic only from a pod in a different namespace', one(ingress(a, from({ namespaceSelector: ns('y'), podSelector: pod('a') }))), ontoBut('x/a', 'y/a')],
  ['tells ports apart', one(ingress(a, { ...from({ namespaceSelector: ns('y') }), ports: [{ protocol: 'TCP', port: 81 }] })), onto('x/a')],
  ['adds up stacked policies with overlapping selectors', {
    policies: [
      policy(ingress(a, { ...from({ namespaceSelector: ns('y') }), ports: [{ port: 81 }] }), 'first'),
      policy(ingress(a, { ...from({ namespaceSelector: ns('y') }), ports: [{ port: 80 }] }), 'second'),
    ],
  }, ontoBut('x/a', 'y/')],
  ['supports an allow-all policy', one(ingress({}, {})), []],
  ['allows ingress on one named port', one(ingress(a, { ports: [{ port: 'serve-80-tcp' }] })), []],
  ['allows ingress from a namespace on one named port', one(ingress(a, { ...from({ namespaceSelector: ns('y') }), ports: [{ port: 'serve-80-tcp' }] })), ontoBut('x/a', 'y/')],
  ['allows egress on one named port', one(egress(a, { ports: [{ port: 'serve-80-tcp' }] })), []],
  ['enforces an updated policy', one(ingress({})), onto('x/')],
  ['allows ingress from an updated namespace', {
    ...one(ingress(a, from({ namespaceSelector: { matchLabels: { ns2: 'updated' } } }))), namespaceLabels: { y: { ns2: 'updated' } },
  }, ontoBut('x/a', 'y/')],
  ['allows ingress from an updated pod', { ...one(ingress(a, from({ podSelector: { matchLabels: { pod2: 'updated' } } }))), podLabels: { 'x/b': { pod2: 'updated' } } }, ontoBut('x/a', 'x/b')],
  ['denies ingress from pods on other namespaces', one(ingress({}, from({ podSelector: {} }))), pairs(not(among('x/')), among('x/'))],
  ['denies ingress to an updated pod', { ...one(ingress({ matchLabels: { target: 'isolated' } })), podLabels: { 'x/a': { target: 'isolated' } } }, onto('x/a')],
  ['denies egress from pods by podSelector', one(egress(a)), pairs(among('x/a'))],
  ['denies egress from all pods in a namespace', one(egress({})), pairs(among('x/'))],
  ['works with ingress and egress in one policy', one({ podSelector: a, policyTypes: ['Ingress', 'Egress'], ingress: [from({ namespaceSelector: ns('y') })], egress: [to({ namespaceSelector: ns('z') })] }),
    [...ontoBut('x/a', 'y/'), ...pairs(among('x/a'), not(among('z/')))]],
  ['denies egress on the client side, even if the server allows it', {
    policies: [policy(egress(a, to({ namespaceSelector: ns('z') })), 'client'), policy(ingress(a, from({ namespaceSelector: {} })), 'server', 'y')],
  }, pairs(among('x/a'), not(among('z/')))],
  ['allows egress to a server in a different namespace', one(egress(a, to({ namespaceSelector: ns('y'), podSelector: pod('a') }))), pairs(among('x/a'), not(among('y/a')))],
  ['allows every port of one protocol', one(ingress(a, { ports: [{ protocol: 'TCP' }] })), []],
  ['lets an ingress allow-all win', { policies: [denyIngress, policy(ingress({}, {}), 'all')] }, []],
  ['lets an egress allow-all win', { policies: [policy(egress({}), 'deny'), policy(egress({}, {}), 'all')] }, []],
  ['enforces nothing once the policies are gone', { policies: [] }, []],
  ['allows egress to a server in a CIDR', one(egress(a, to({ ipBlock: { cidr: `${ipOf('y/b')}/32` } }))), pairs(among('x/a'), not(among('y/b')))],
  ['keeps to the exceptions of a CIDR', one(egress(a, to({ ipBlock: { cidr: '10.0.1.0/24', except: [`${ipOf('y/b')}/32`] } }))), pairs(among('x/a'), not(among('y/a', 'y/c')))],
  ['allows an address that another rule excepts', {
    policies: [
      policy(egress(a, to({ ipBlock: { cidr: '10.0.1.0/24', except: [`${ipOf('y/b')}/32`] } })), 'excepts'),
      policy(egress(a, to({ ipBlock: { cidr: `${ipOf('y/b')}/32` } })), 'allows'),
    ],
  }, pairs(among('x/a'), not(among('y/')))],
  ['controls ingress and egress independently', {
    policies: [policy({ podSelector: a, policyTypes: ['Ingress', 'Egress'], ingress: [{}] }, 'in'), policy(egress(a, {}), 'out')],
  }, []],
  ["does not take 'protocol: SCTP' for TCP", one(ingress(a, { ports: [{ protocol: 'SCTP', port: 80 }] })), onto('x/a')],
  ['isolates pods that a policy selects for SCTP', one(ingress(a, { ...from({ podSelector: pod('b') }), ports: [{ protocol: 'SCTP' }] })), onto('x/a')],
  ['allows no TCP where a policy is about UDP', one(ingress(a, { ports: [{ protocol: 'UDP', port: 80 }] })), onto('x/a')],
  ['knows a namespace by the label that Kubernetes lays on it', one(ingress(a, from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }))), ontoBut('x/a', 'y/')],
  ['leaves out a namespace by that label', one(egress(a, to({ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['x'] }] } }))),
    pairs(among('x/a'), among('x/'))],
];

describe('the scenarios of upstream for TCP', () => {
  test('are 42', () => expect(TCP).toHaveLength(42));
  test.each(TCP)('%s', (_, scenario, expected) => expect(blocked(scenario)).toEqual([...new Set(expected)].sort()));
});

describe.each(['UDP', 'SCTP'] as const)('the scenarios of upstream for %s', protocol => {
  test("supports a 'default-deny-ingress' policy", () => {
    expect(blocked(one(ingress({})), protocol)).toEqual(onto('x/').sort());
  });

  test('tells ports apart', () => {
    const scenario = one(ingress(a, { ports: [{ protocol, port: 81 }] }));
    expect(blocked(scenario, protocol, 80)).toEqual(onto('x/a').sort());
    expect(blocked(scenario, protocol, 81)).toEqual([]);
    expect(blocked(scenario, 'TCP', 81)).toEqual(onto('x/a').sort());
  });

  test('allows traffic only from a pod in a different namespace', () => {
    const scenario = one(ingress(a, { ...from({ namespaceSelector: ns('y'), podSelector: pod('a') }), ports: [{ protocol }] }));
    expect(blocked(scenario, protocol)).toEqual(ontoBut('x/a', 'y/a').sort());
  });
});

test('two ports of one scenario are not taken for each other', () => {
  const scenario = one(ingress(a, { ...from({ namespaceSelector: ns('y') }), ports: [{ protocol: 'TCP', port: 81 }] }));
  expect(blocked(scenario, 'TCP', 81)).toEqual(ontoBut('x/a', 'y/').sort());
});

test('before its label is updated, a pod may not enter', () => {
  expect(blocked(one(ingress(a, from({ podSelector: { matchLabels: { pod2: 'updated' } } }))))).toEqual(onto('x/a').sort());
});
