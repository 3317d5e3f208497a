import { NETWORK_RULES } from '../../../src/rules/network';
import { found, policy } from './judged';

/** What one policy breaks by itself, as `rule field: what`. */
function said(spec: object, name?: string): string[] {
  const own = new Set(NETWORK_RULES.map(({ id }) => id));
  return found([policy(spec, { name })], 'network-').filter(({ rule }) => own.has(rule)).map(({ rule, field, message }) => `${rule} ${field}: ${message}`);
}

const block = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, ...(except.length && { except }) } });
const egress = (...to: object[]) => ({ policyTypes: ['Egress'], egress: [{ to }] });
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const EVERY_ADDRESS = 'network-egress-open spec.egress[0]: connections are open to every address, the private ones of 10.0.0.0/8 included on every port';

describe('a policy that is open', () => {
  test.each<[string, object, string[]]>([
    ['to everybody by an empty rule', { ingress: [{}] }, ['network-ingress-open spec.ingress[0]: connections are open from everybody on every port']],
    ['to everybody by an empty list', { ingress: [{ from: [], ports: [] }] }, ['network-ingress-open spec.ingress[0]: connections are open from everybody on every port']],
    ['to everybody on some ports', { ingress: [{ ports: [{ port: 80 }, { protocol: 'UDP', port: 7000, endPort: 7010 }, { protocol: 'SCTP' }] }] },
      ['network-ingress-open spec.ingress[0]: connections are open from everybody on TCP 80, UDP 7000-7010, SCTP (all)']],
    ['by its second rule', { ingress: [{ from: [{ podSelector: {} }] }, {}] }, ['network-ingress-open spec.ingress[1]: connections are open from everybody on every port']],
    ['for whatever leaves', { policyTypes: ['Egress'], egress: [{}] }, ['network-egress-open spec.egress[0]: connections are open to everybody on every port']],
    ['for whatever leaves, though no types are named', { egress: [{}] }, ['network-egress-open spec.egress[0]: connections are open to everybody on every port']],
    ['to every address', egress(block('0.0.0.0/0', '169.254.0.0/16')), [EVERY_ADDRESS]],
    ['to every address in two halves', egress(block('0.0.0.0/1'), block('128.0.0.0/1', '169.254.0.0/16')), [EVERY_ADDRESS]],
    ['to every address but one', egress(block('0.0.0.0/0', '169.254.0.0/16', '1.1.1.1/32')), [EVERY_ADDRESS]],
    ['to what another block leaves out', egress(block('0.0.0.0/0', '10.0.0.0/8', '169.254.0.0/16'), block('10.0.0.0/8')), [EVERY_ADDRESS]],
    ['to every address of IPv6', egress(block('::/0', 'fd00:ec2::/32')),
      []], // a hole in the only private range
    ['to every address of IPv6, the private ones as well', egress(block('::/0', 'fe80::/10')), [
      'network-egress-open spec.egress[0]: connections are open to every address, the private ones of fd00::/8 included on every port',
      'network-metadata-address spec.egress[0].to[0].ipBlock: fd00:ec2::254, where clouds hand out the credentials of a node, can be reached',
    ]],
    ['to all namespaces', { ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 80 }] }] },
      ['network-every-namespace spec.ingress[0].from[0]: every pod of every namespace may connect on TCP 80']],
    ['to every pod of all namespaces', egress({ podSelector: { matchLabels: {} }, namespaceSelector: { matchExpressions: [] } }),
      ['network-every-namespace spec.egress[0].to[0]: every pod of every namespace may be connected to on every port']],
  ])('%s is told', (_, spec, expected) => {
    expect(said(spec)).toEqual(expected);
  });

  test.each<[string, object]>([
    ['lets nobody in', { ingress: [] }],
    ['names pods', { ingress: [{ from: [{ podSelector: {} }] }] }],
    ['names pods of any namespace by their labels', { ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'c' } } }] }] }],
    ['names the internet', egress(block('0.0.0.0/0', ...PRIVATE, '169.254.0.0/16', '100.64.0.0/10'))],
    ['names private addresses alone', egress(...PRIVATE.map(cidr => block(cidr)))],
    ['lets names be looked up anywhere in the cluster', { egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 53 }, { port: 53, protocol: 'UDP' }] }] }],
    ['has a block that is none, of which the schema speaks', egress(block('everything/0'))],
    ['has peers and ports that are none', { ingress: [{ from: [null, 'all'], ports: ['http'] }, null] }],
    ['is no policy', { podSelector: 1, ingress: {} }],
  ])('is not one that %s', (_, spec) => {
    expect(said(spec)).toEqual([]);
  });

  test('is of Kubernetes: others have fields of the same names', () => {
    expect(found([{ ...policy({ ingress: [{}] }), apiVersion: 'projectcalico.org/v3' }], 'network-')).toEqual([]);
  });
});

describe("the address of a cloud's metadata", () => {
  const reached = (...texts: string[]) => [
    `network-metadata-address spec.egress[0].to[0].ipBlock: ${texts.join(' and ')}, where clouds hand out the credentials of a node, can be reached`,
  ];

  test.each<[string, object, string[]]>([
    ['by itself', egress(block('169.254.169.254/32')), reached('169.254.169.254')],
    ['in a range', egress(block('169.254.0.0/16', '169.254.20.10/32')), reached('169.254.169.254')],
    ['of IPv6', egress(block('fd00:ec2::/64')), reached('fd00:ec2::254')],
    ['in what is called the internet', egress(block('0.0.0.0/0', ...PRIVATE)), reached('169.254.169.254')],
    ['on its port', { policyTypes: ['Egress'], egress: [{ to: [block('169.254.169.254/32')], ports: [{ port: 1, endPort: 1024 }] }] }, reached('169.254.169.254')],
  ])('is seen %s', (_, spec, expected) => {
    expect(said(spec)).toEqual(expected);
  });

  test.each<[string, object]>([
    ['left out', egress(block('169.254.0.0/16', '169.254.169.254/32'))],
    ['asked for names alone', { policyTypes: ['Egress'], egress: [{ to: [block('169.254.169.254/32')], ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }] }],
    ['a source', { ingress: [{ from: [block('169.254.169.254/32')] }] }],
  ])('is nothing to speak of where it is %s', (_, spec) => {
    expect(said(spec)).toEqual([]);
  });
});

describe('a policy that is called after a denial', () => {
  const ALL = { podSelector: {} };

  test.each<[string, string, object, string[]]>([
    ['allows', 'default-deny', { ...ALL, ingress: [{}] }, [
      'network-ingress-open spec.ingress[0]: connections are open from everybody on every port',
      "network-deny-allows spec.ingress[0]: the policy is called 'default-deny', and opens what it should close",
    ]],
    ['leaves a direction open that it names', 'deny-egress', { ...ALL, policyTypes: ['Ingress'] },
      ["network-deny-allows spec.policyTypes: the policy is called 'deny-egress', and does not close egress"]],
    ['leaves one of all open', 'default.deny_all', { ...ALL, policyTypes: ['Ingress'] },
      ["network-deny-allows spec.policyTypes: the policy is called 'default.deny_all', and does not close egress"]],
  ])('and %s is told', (_, name, spec, expected) => {
    expect(said(spec, name)).toEqual(expected);
  });

  test.each<[string, string, object]>([
    ['closes one direction, and says no more', 'default-deny', { ...ALL, policyTypes: ['Ingress'] }],
    ['closes both', 'deny-all', { ...ALL, policyTypes: ['Ingress', 'Egress'] }],
    ['lets names be looked up', 'default-deny-all', { ...ALL, policyTypes: ['Ingress', 'Egress'], egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 53, protocol: 'UDP' }] }] }],
    ['is about some pods alone', 'deny-web-to-db', { ingress: [{ from: [{ podSelector: { matchLabels: { app: 'api' } } }] }] }],
    ['only sounds like one', 'denyse-notes', { ...ALL, ingress: [{ from: [{ podSelector: {} }] }] }],
  ])('may be one that %s', (_, name, spec) => {
    expect(said(spec, name)).toEqual([]);
  });
});

describe('what a policy says of a direction that it leaves open', () => {
  test.each<[string, object, string[]]>([
    ['is told', { policyTypes: ['Ingress'], egress: [{ to: [{ podSelector: {} }] }] }, ['network-direction-ignored spec.egress: the policy does not close egress, so what it says of egress does nothing']],
    ['is told of an empty list, which closes nothing', { egress: [] }, ['network-direction-ignored spec.egress: the policy does not close egress, so what it says of egress does nothing']],
    ['is told of ingress', { policyTypes: ['Egress'], ingress: [{ from: [{ podSelector: {} }] }] }, ['network-direction-ignored spec.ingress: the policy does not close ingress, so what it says of ingress does nothing']],
    ['is nothing where there is none', { policyTypes: ['Egress'] }, []],
    ['counts where types are left out', { egress: [{ to: [{ podSelector: {} }] }] }, []],
  ])('%s', (_, spec, expected) => {
    expect(said(spec)).toEqual(expected);
  });
});

test('a range by an address in its middle is told, with what it is', () => {
  expect(said(egress(block('10.128.0.7/24', '10.128.0.9/30')))).toEqual([
    "network-host-bits spec.egress[0].to[0].ipBlock.cidr: '10.128.0.7/24' is every address from 10.128.0.0 to 10.128.0.255",
    "network-host-bits spec.egress[0].to[0].ipBlock.except[0]: '10.128.0.9/30' is every address from 10.128.0.8 to 10.128.0.11",
  ]);
  expect(said(egress(block('10.128.0.0/24', '10.128.0.8/30'), block('fd00::/8')))).toEqual([
    'network-metadata-address spec.egress[0].to[1].ipBlock: fd00:ec2::254, where clouds hand out the credentials of a node, can be reached',
  ]);
});
