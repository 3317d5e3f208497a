import { App, Chart, Yaml } from 'cdk8s';
import { EgressStance } from '../../src/namespace/egress-stance';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { Peer } from '../../src/network/peer';
import { ClusterProfile } from '../../src/posture/cluster-profile';
import { NetworkPlugin } from '../../src/posture/network-plugin';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { Entity, isOpen } from '../network/evaluator';
import { FakeWorkload, failure, policies } from '../network/fake-workload';

const TARGETS: Entity[] = [
  { name: 'web in the same namespace', namespace: 'shop', labels: { app: 'web' } },
  { name: 'a pod of an open namespace', namespace: 'open', labels: {} },
  { name: 'a pod of a closed namespace', namespace: 'closed', labels: {} },
  { name: 'DNS', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  { name: 'a node', ip: '192.168.0.7' },
  { name: 'a Service', ip: '10.96.0.1' },
  { name: 'the metadata of the cloud', ip: '169.254.169.254' },
  { name: 'the internet', ip: '203.0.113.1' },
  { name: 'what is named', ip: '198.51.100.1' },
];

/** A pod of a namespace with a stance, in a cluster. */
function closed(egress: EgressStance | undefined, profile?: ClusterProfile): Chart {
  const app = new App();
  if (profile) SecurityDefaults.of(app).set({ cluster: profile });
  const chart = new Chart(app, 'c');
  new SecureNamespace(chart, 'closed');
  const shop = new SecureNamespace(chart, 'shop', { egress });
  new FakeWorkload(shop, 'client').connectTo(Peer.cidr('198.51.100.0/24'), { ports: [443] });
  return chart;
}

/** What the pod reaches on port 443; DNS on port 53. */
function reached(egress: EgressStance | undefined, profile?: ClusterProfile): string[] {
  const world = {
    policies: Object.values(policies(closed(egress, profile))),
    namespaces: Object.fromEntries(['shop', 'open', 'closed', 'kube-system'].map(name => [name, { 'kubernetes.io/metadata.name': name }])),
  };
  const client = { name: 'client', namespace: 'shop', labels: { app: 'client' } };
  return TARGETS.filter(target => isOpen(world, client, target, 'TCP', target.name === 'DNS' ? 53 : 443)).map(({ name }) => name);
}

const KUBEADM = ClusterProfile.kubeadm({ networkPlugin: NetworkPlugin.CALICO, podCidrs: ['10.244.0.0/16'], nodeCidrs: ['192.168.0.0/24'] });

describe('the stance of a namespace on egress', () => {
  test.each([[undefined], [EgressStance.STRICT]])('%s: only what is named, and DNS', stance => {
    expect(reached(stance)).toEqual(['DNS', 'what is named']);
    expect(reached(stance, KUBEADM)).toEqual(['DNS', 'what is named']);
  });

  test('in-cluster: besides, every pod that is not closed itself; nodes and Services where their addresses are known', () => {
    expect(reached(EgressStance.IN_CLUSTER)).toEqual(['a pod of an open namespace', 'DNS', 'what is named']);
    expect(reached(EgressStance.IN_CLUSTER, KUBEADM)).toEqual(['a pod of an open namespace', 'DNS', 'a node', 'a Service', 'what is named']);
  });

  test('in-cluster: is one policy, which says why', () => {
    expect(Yaml.stringify(policies(closed(EgressStance.IN_CLUSTER, KUBEADM))['shop/allow-in-cluster'])).toMatchSnapshot();
  });

  test('is refused where nothing enforces it, the default deny too', () => {
    const flannel = ClusterProfile.kubeadm({ networkPlugin: NetworkPlugin.FLANNEL });
    expect(failure(() => closed(undefined, flannel)) + failure(() => policies(closed(undefined, flannel)))).toContain('c/closed/DefaultDeny: the policy would do nothing');
  });
});
