import { App, Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { ConnectOptions, NetworkProtocol } from '../../src/network/connect-options';
import { EgressWhitelist } from '../../src/network/egress-whitelist';
import { IngressWhitelist } from '../../src/network/ingress-whitelist';
import { IPeer, Peer } from '../../src/network/peer';
import { LabelOperator } from '../../src/network/pods-peer';
import { ClusterProfile } from '../../src/posture/cluster-profile';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { Entity, isOpen } from './evaluator';
import { FakeWorkload } from './fake-workload';

interface Port { readonly protocol: string; readonly port: number }

const OURS: Entity[] = ['shop/web', 'shop/api', 'shop/db', 'data/db', 'data/api'].map(path => {
  const [namespace, name] = path.split('/');
  return { name: path, namespace, labels: { app: name, tier: namespace } };
});
const DNS: Entity = { name: 'dns', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
const OTHERS: Entity[] = [
  DNS,
  { name: 'proxy', namespace: 'kube-system', labels: { 'k8s-app': 'kube-proxy' } },
  { name: 'prometheus', namespace: 'monitoring', labels: { app: 'prometheus', tier: 'shop' } },
  { name: 'grafana', namespace: 'monitoring', labels: { app: 'grafana' } },
  // A pod with the labels of one of ours in a namespace of somebody else.
  { name: 'false db', namespace: 'monitoring', labels: { app: 'db', tier: 'data' } },
  // A pod in our namespace that is not ours.
  { name: 'stray', namespace: 'shop', labels: { app: 'stray' } },
  { name: 'near', ip: '203.0.113.7' },
  { name: 'excepted', ip: '203.0.113.200' },
  { name: 'far', ip: '198.51.100.1' },
  { name: 'ingress', namespace: 'monitoring', labels: { app: 'ingress' } },
  { name: 'balancer', ip: '192.0.2.77' },
  { name: 'api server', ip: '10.1.0.4' },
  { name: 'its service', ip: '10.96.0.1' },
  { name: 'its neighbour', ip: '10.1.0.5' },
  { name: 'dns cache', ip: '169.254.20.10' },
  { name: 'metadata', ip: '169.254.169.254' },
  { name: 'public node', ip: '198.51.200.9' },
  { name: 'far, IPv6', ip: '2600::1' },
  { name: 'private, IPv6', ip: 'fd00::9' },
];
/** What is known of the cluster in all of this. */
const CLUSTER = ClusterProfile.of({
  title: 'test',
  podCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.96.0.0/12'],
  nodeCidrs: ['198.51.200.0/24'],
  apiServer: { cidrs: ['10.1.0.4/32'], port: 5432 },
  dns: [{ title: 'DNS', namespaceName: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, tcpPorts: [53], udpPorts: [53] }, { title: 'cache', cidrs: ['169.254.20.10/32'], udpPorts: [53] }],
  ingressControllers: [{ title: 'ingress', namespaceName: 'monitoring', podLabels: { app: 'ingress' } }, { title: 'balancer', cidrs: ['192.0.2.0/24'] }],
  scrapers: [{ title: 'Prometheus', namespaceLabels: { 'kubernetes.io/metadata.name': 'monitoring' } }],
});

const WORLD = [...OURS, ...OTHERS];
const PORTS: Port[] = [53, 80, 5432, 8000, 8005, 8010, 8011].flatMap(port => ['TCP', 'UDP'].map(protocol => ({ protocol, port })));

/** What the sole declared port of each of our workloads is. */
const SOLE: { [name: string]: Port } = {
  'shop/web': { protocol: 'TCP', port: 80 },
  'shop/api': { protocol: 'UDP', port: 8005 },
  'shop/db': { protocol: 'TCP', port: 5432 },
  'data/db': { protocol: 'TCP', port: 5432 },
  'data/api': { protocol: 'TCP', port: 8000 },
};

/** Peers with what they mean, said a second time without the library. */
const PEERS: { readonly onlyTarget?: boolean; make(): IPeer; means(other: Entity, side: 'source' | 'target'): boolean }[] = [
  { make: () => Peer.pods({ namespace: 'monitoring', labels: { app: 'prometheus' } }), means: e => e.name === 'prometheus' },
  { make: () => Peer.pods({ namespace: 'data', labels: { app: 'db' } }), means: e => e.name === 'data/db' },
  { make: () => Peer.namespace('monitoring'), means: e => e.namespace === 'monitoring' },
  { make: () => Peer.namespace('shop'), means: e => e.namespace === 'shop' },
  { make: () => Peer.cidr('203.0.113.0/24', { exceptCidrs: ['203.0.113.128/25'] }), means: e => e.name === 'near' },
  { make: () => Peer.anyone(), means: () => true },
  { make: () => Peer.pods({ labels: { app: 'db' }, everyNamespace: true }), means: e => e.labels?.app === 'db' },
  {
    make: () => Peer.pods({ requirements: [{ key: 'tier', operator: LabelOperator.NOT_IN, values: ['shop'] }], namespaceLabels: { 'kubernetes.io/metadata.name': 'monitoring' } }),
    means: e => e.namespace === 'monitoring' && e.labels?.tier !== 'shop',
  },
  { make: () => Peer.ingressController(), means: e => e.name === 'ingress' || e.name === 'balancer' },
  { make: () => Peer.prometheus(), means: e => e.namespace === 'monitoring' },
  {
    make: () => Peer.clusterInternal(),
    means: (e, side) => e.namespace !== undefined || (side === 'target' && (e.name === 'its service' || e.name === 'public node')),
  },
  { make: () => Peer.internet(), means: e => ['near', 'excepted', 'far', 'balancer', 'far, IPv6'].includes(e.name), onlyTarget: true },
  { make: () => Peer.apiServer(), means: e => e.name === 'api server' || e.name === 'its service', onlyTarget: true },
];

/** Ports with what they mean. */
const ASKS: { options?: ConnectOptions; means(port: Port, sole: Port): boolean }[] = [
  { options: undefined, means: (p, sole) => p.port === sole.port && p.protocol === sole.protocol },
  { options: { ports: [80] }, means: p => p.port === 80 && p.protocol === 'TCP' },
  { options: { ports: [53, 8011], protocol: NetworkProtocol.UDP }, means: p => [53, 8011].includes(p.port) && p.protocol === 'UDP' },
  { options: { portRanges: [{ port: 8000, endPort: 8010 }] }, means: p => p.port >= 8000 && p.port <= 8010 && p.protocol === 'TCP' },
];

interface Declared {
  readonly kind: 'connect' | 'accept' | 'egress' | 'ingress';
  readonly self: number;
  /** Below the number of our workloads: one of them; above: a peer. */
  readonly other: number;
  readonly ask: number;
}

const declared = fc.record<Declared>({
  kind: fc.constantFrom('connect', 'accept', 'egress', 'ingress'),
  self: fc.nat(OURS.length - 1),
  other: fc.nat(OURS.length + PEERS.length - 1),
  ask: fc.nat(ASKS.length - 1),
  // Nothing is known about the ports of what is no workload, and what is only asked lets nobody in.
}).filter(({ kind, other, ask }) => {
  const asTarget = kind === 'connect' || kind === 'egress';
  return other < OURS.length || (asTarget ? ask > 0 : !PEERS[other - OURS.length].onlyTarget);
});

test('what the policies allow is what was declared, and DNS', () => {
  fc.assert(fc.property(fc.array(declared, { maxLength: 8 }), flows => {
    const world = { policies: build(flows), namespaces: Object.fromEntries(['shop', 'data', 'kube-system', 'monitoring'].map(name => [name, { 'kubernetes.io/metadata.name': name }])) };
    const wrong: string[] = [];
    for (const source of WORLD) {
      for (const target of WORLD) {
        for (const port of PORTS) {
          const open = isOpen(world, source, target, port.protocol, port.port);
          if (open !== isMeant(flows, source, target, port)) wrong.push(`${source.name} to ${target.name} ${port.protocol} ${port.port} is ${open ? 'open' : 'shut'}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }), { numRuns: 60 });
});

/** Whether the declarations mean a connection, told from them alone. */
function isMeant(flows: Declared[], source: Entity, target: Entity, port: Port): boolean {
  const says = (side: 'egress' | 'ingress') => flows.some(({ kind, self, other, ask }) => {
    const both = other < OURS.length;
    const [first, second] = kind === 'connect' || kind === 'egress' ? [source, target] : [target, source];
    const writes = kind === side || (kind === 'connect' && (both || side === 'egress')) || (kind === 'accept' && (both || side === 'ingress'));
    const fits = first === OURS[self] && (both ? second === OURS[other] : PEERS[other - OURS.length].means(second, second === target ? 'target' : 'source'));
    return writes && fits && ASKS[ask].means(port, SOLE[target.name]);
  });
  const isDns = port.port === 53 && (target === DNS || (target.name === 'dns cache' && port.protocol === 'UDP'));
  const mayLeave = source.namespace !== 'shop' && source.namespace !== 'data' ? true : isDns || says('egress');
  const mayEnter = target.namespace !== 'shop' && target.namespace !== 'data' ? true : says('ingress');
  return mayLeave && mayEnter;
}

function build(flows: Declared[]): any[] {
  const app = new App();
  SecurityDefaults.of(app).set({ cluster: CLUSTER });
  const charts = { shop: new Chart(app, 'shop'), data: new Chart(app, 'data') };
  const namespaces = { shop: new SecureNamespace(charts.shop, 'shop'), data: new SecureNamespace(charts.data, 'data') };
  const ours = OURS.map(({ name, namespace, labels }) => (
    new FakeWorkload(namespaces[namespace as 'shop'], name.split('/')[1], { labels, ports: [SOLE[name]] })
  ));
  flows.forEach(({ kind, self, other, ask }, i) => {
    const { options } = ASKS[ask];
    const peer = other < ours.length ? ours[other] : PEERS[other - ours.length].make();
    if (kind === 'connect') ours[self].connectTo(peer, options);
    if (kind === 'accept') ours[self].acceptFrom(peer, options);
    if (kind === 'egress') new EgressWhitelist(charts.shop, `e${i}`, { workload: ours[self], targets: [peer], ...options });
    if (kind === 'ingress') new IngressWhitelist(charts.data, `i${i}`, { workload: ours[self], sources: [peer], ...options });
  });
  return Object.values(charts).flatMap(chart => Testing.synth(chart)).filter(object => object.kind === 'NetworkPolicy');
}
