import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ConnectOptions } from '../../src/network/connect-options';
import { IPeer, Peer } from '../../src/network/peer';
import { chart, failure, FakeWorkload } from './fake-workload';

/** The message of a flow that fails at once. */
function atOnce(target: IPeer, options?: ConnectOptions): string {
  const web = new FakeWorkload(chart('shop'), 'web');
  return failure(() => web.connectTo(target, options));
}

/** The message of a flow that fails at synthesis, from either side. */
function atSynthesis(props: ConstructorParameters<typeof FakeWorkload>[2], options?: ConnectOptions): string {
  const messages = ['connect', 'accept'].map(way => {
    const c = chart('shop');
    const [web, db] = [new FakeWorkload(c, 'web'), new FakeWorkload(c, 'db', props)];
    if (way === 'connect') web.connectTo(db, options);
    else db.acceptFrom(web, options);
    return failure(() => Testing.synth(c));
  });
  expect(messages[1]).toBe(messages[0].replace(/^shop\/web: /, 'shop/db: '));
  return messages[0];
}

const FOREIGN = Peer.pods({ labels: { app: 'x' } });
const tcp = (port: number, name?: string) => ({ port, protocol: 'TCP', name });

describe('at once', () => {
  test.each<[string, IPeer, ConnectOptions | undefined, string]>([
    ['port 0', FOREIGN, { ports: [0] },
      'shop/web: port 0 is out of range [port-invalid]. Ports go from 1 to 65535; 0 does not mean "every port": write a range from 1 to 65535 for that.'],
    ['port 70000', FOREIGN, { ports: [70000] },
      'shop/web: port 70000 is out of range [port-invalid]. Ports go from 1 to 65535.'],
    ['a range that ends before it starts', FOREIGN, { portRanges: [{ port: 90, endPort: 80 }] },
      'shop/web: the range of ports ends at 80, before it starts at 90 [port-range-invalid]. Did you mean 80 to 90?'],
    ['a port name that is none', FOREIGN, { portNames: ['-x'] },
      "shop/web: '-x' is no name of a port [port-invalid]. Use at most 15 lower-case letters, digits and single hyphens, with a letter among them."],
    ['a range with host bits', Peer.cidr('10.128.0.1/24'), { ports: [443] },
      "shop/web: '10.128.0.1/24' has host bits set [cidr-invalid]. Did you mean '10.128.0.0/24'?"],
    ['a range that is none', Peer.cidr('999.0.0.0/99'), { ports: [443] },
      "shop/web: '999.0.0.0/99' is no CIDR [cidr-invalid]. Write an IPv4 or IPv6 range such as '10.0.0.0/8' or 'fd00::/8'."],
    ['an exception outside', Peer.cidr('10.0.0.0/8', { exceptCidrs: ['10.1.0.0/16', '11.0.0.0/16'] }), { ports: [443] },
      "shop/web: '11.0.0.0/16' is excepted from '10.0.0.0/8', but does not lie within it [cidr-except-outside]. Except only ranges that are smaller and lie within."],
    ['an exception of everything', Peer.cidr('10.0.0.0/8', { exceptCidrs: ['10.0.0.0/8'] }), { ports: [443] },
      "shop/web: '10.0.0.0/8' is excepted from '10.0.0.0/8', but is the whole of it [cidr-except-outside]. Except only ranges that are smaller and lie within."],
    ['pods without labels', Peer.pods({ labels: {} }), { ports: [443] },
      'shop/web: Peer.pods without labels would select every pod [peer-without-labels]. Name the labels, or say Peer.namespace(…) if every pod is meant.'],
    ['pods without labels in a namespace', Peer.pods({ labels: {}, namespace: 'data' }), { ports: [443] },
      "shop/web: Peer.pods without labels would select every pod [peer-without-labels]. Say Peer.namespace('data') if that is meant."],
    ['a label that is none', Peer.pods({ labels: { app: 'a b' } }), { ports: [443] },
      "shop/web: 'app: a b' is no label that Kubernetes takes [label-invalid]. Use at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit; the key may have a domain and '/' before it."],
    ['a namespace that is none', Peer.namespace('Data_1'), { ports: [443] },
      "shop/web: 'Data_1' is no name that Kubernetes takes for a namespace [name-invalid]. Use at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit: did you mean 'data-1'?"],
    ['a namespace of pods that is none', Peer.pods({ labels: { a: 'b' }, namespace: 'A' }), { ports: [443] },
      "shop/web: 'A' is no name that Kubernetes takes for a namespace [name-invalid]. Use at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit: did you mean 'a'?"],
    ['a peer without ports', Peer.cidr('10.0.0.0/8', { exceptCidrs: ['10.1.0.0/16'] }), undefined,
      'shop/web: the flow from Deployment shop/web to 10.0.0.0/8 except 10.1.0.0/16 says no ports [peer-without-ports]. What listens there is not known here. Say { ports: [443] }, or { portRanges: [{ port: 8000, endPort: 8010 }] }; every port of a protocol is the range from 1 to 65535.'],
    ['pods without ports', Peer.pods({ labels: { b: '2', a: '1' }, namespace: 'data' }), { ports: [] },
      'shop/web: the flow from Deployment shop/web to pods a=1,b=2 in namespace data says no ports [peer-without-ports]. What listens there is not known here. Say { ports: [443] }, or { portRanges: [{ port: 8000, endPort: 8010 }] }; every port of a protocol is the range from 1 to 65535.'],
    ['a port name where there are no pods', Peer.anyone(), { portNames: ['https'] },
      "shop/web: the flow from Deployment shop/web to anyone names the port 'https', but only pods give names to their ports [port-name-unknown]. Write the port as a number: { ports: [443] }."],
  ])('%s', (_, target, options, message) => {
    expect(atOnce(target, options)).toBe(message);
  });

  test('a peer that is no workload', () => {
    const service = new kplus.Service(chart(), 'service', { ports: [{ port: 80 }] });
    expect(failure(() => Peer.workload(service))).toBe(
      'shop/service: it is no workload: it has no pods [peer-no-workload]. Name a Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod; a Service is reached through the workload behind it.',
    );
  });

  test('two workloads of which one does not say its namespace', () => {
    const app = new App();
    const web = new FakeWorkload(new Chart(app, 'shop', { namespace: 'shop' }), 'web');
    const db = new FakeWorkload(new Chart(app, 'data'), 'db');
    const advice = "Make 'data/db' under a SecureNamespace, or say its namespace on its chart, { namespace: '…' }, or in its metadata.";
    expect(failure(() => web.connectTo(db, { ports: [1] }))).toBe(
      `shop/web: the flow from Deployment shop/web to Deployment db cannot be written, since Deployment db does not say its namespace [namespace-unknown]. ${advice}`,
    );
    expect(failure(() => web.acceptFrom(db, { ports: [1] }))).toBe(
      `shop/web: the flow from Deployment db to Deployment shop/web cannot be written, since Deployment db does not say its namespace [namespace-unknown]. ${advice}`,
    );
  });
});

describe('at synthesis, verbatim', () => {
  test('several declared ports', () => {
    expect(atSynthesis({ ports: [tcp(9187, 'metrics'), { ...tcp(5432), container: 'db' }] })).toBe(
      "shop/web: the flow from Deployment shop/web to Deployment shop/db says no port, and Deployment shop/db has several [ports-ambiguous]. Say which, as { ports: [9187] }: TCP 5432 (container db), TCP 9187 'metrics' (container main).",
    );
  });

  test('several client ports of the image', () => {
    expect(atSynthesis({ clientPorts: [tcp(5672), tcp(5671)] })).toBe(
      'shop/web: the flow from Deployment shop/web to Deployment shop/db says no port, and Deployment shop/db has several [ports-ambiguous]. Say which, as { ports: [5672] }: TCP 5671, TCP 5672.',
    );
  });

  test('no declared port', () => {
    expect(atSynthesis({})).toBe(
      'shop/web: the flow from Deployment shop/web to Deployment shop/db says no port, and Deployment shop/db declares none [ports-unknown]. Declare the port on a container there, or say it: { ports: [8080] }.',
    );
  });

  test('a port name with a slip', () => {
    expect(atSynthesis({ ports: [tcp(80, 'http'), tcp(9187, 'metrics')] }, { portNames: ['metric'] })).toBe(
      "shop/web: the flow from Deployment shop/web to Deployment shop/db names the port 'metric', which no container there declares [port-name-unknown]. Did you mean 'metrics'?",
    );
  });

  test('a port name where ports have none', () => {
    expect(atSynthesis({ ports: [tcp(80)] }, { portNames: ['http'], protocol: 'UDP' as any })).toBe(
      "shop/web: the flow from Deployment shop/web to Deployment shop/db names the port 'http' of UDP, which no container there declares [port-name-unknown]. Name the port where the container declares it, or write its number: { ports: [80] }.",
    );
  });

  test('a workload whose pods have no label', () => {
    const c = chart('shop');
    new FakeWorkload(c, 'web', { labels: {} }).connectTo(Peer.anyone(), { ports: [443] });
    expect(failure(() => Testing.synth(c))).toBe(
      'shop/web: the pods of Deployment shop/web have no label, so a policy for them would select every pod of the namespace [selector-empty]. Give the pods a label that no other pods have.',
    );
  });
});
