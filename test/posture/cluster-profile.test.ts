import { App, Chart, Yaml } from 'cdk8s';
import { ClusterFacts } from '../../src/posture/cluster-facts';
import { ClusterProfile } from '../../src/posture/cluster-profile';
import { ClusterProfileProps } from '../../src/posture/cluster-props';
import { NetworkPlugin } from '../../src/posture/network-plugin';
import { clusterOf, postureOf } from '../../src/posture/posture';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { failure } from '../network/fake-workload';

/** What a profile comes to where it is set. */
function facts(cluster: ClusterProfile): ClusterFacts {
  const app = new App();
  SecurityDefaults.of(app).set({ cluster });
  return clusterOf(new Chart(app, 'chart'))!;
}

const READY = {
  kubeadm: ClusterProfile.kubeadm,
  kind: ClusterProfile.kind,
  k3s: ClusterProfile.k3s,
  gkeDataplaneV1: ClusterProfile.gkeDataplaneV1,
  gkeDataplaneV2: ClusterProfile.gkeDataplaneV2,
  eks: ClusterProfile.eks,
  aks: ClusterProfile.aks,
  openShift: ClusterProfile.openShift,
};

describe('a cluster profile', () => {
  test.each(Object.entries(READY))('of %s says what is fixed in every such cluster, and nothing else', (_, make) => {
    expect(Yaml.stringify(facts(make()))).toMatchSnapshot();
  });

  test.each(Object.entries(READY))('of %s gives way to what is said', (_, make) => {
    const said: ClusterProfileProps = {
      title: 'mine', kubernetesVersion: '1.33', networkPlugin: NetworkPlugin.ANTREA, enforcesPolicies: false, ipBlocksMatchNodes: false,
      podCidrs: ['10.1.0.0/16'], serviceCidrs: ['10.2.0.0/16', 'fd00:2::/112'], nodeCidrs: ['10.3.0.0/16'],
      dns: [{ title: 'dns', cidrs: ['10.2.0.53/32'], udpPorts: [53] }], apiServer: { cidrs: ['10.3.0.1/32'], port: 7443 },
      ingressControllers: [], scrapers: [], webhookCallers: [], workloadIdentity: [],
    };
    expect(facts(make(said))).toEqual({
      title: 'mine', kubernetes: '1.33', plugin: 'antrea', enforces: false, ipBlocksMatchPods: true, ipBlocksMatchNodes: false,
      podCidrs: ['10.1.0.0/16'], serviceCidrs: ['10.2.0.0/16', 'fd00:2::/112'], nodeCidrs: ['10.3.0.0/16'],
      dns: said.dns,
      apiServer: [
        { title: 'the API server', cidrs: ['10.2.0.1/32'], tcpPorts: [443] },
        { title: 'the API server', cidrs: ['10.3.0.1/32'], tcpPorts: [7443] },
      ],
      ingressControllers: [], scrapers: [], webhookCallers: [], workloadIdentity: [],
    });
  });

  test('of which nothing is said knows the DNS that most clusters have, and nothing else', () => {
    expect(facts(ClusterProfile.of({}))).toEqual({
      title: 'this cluster', enforces: true, ipBlocksMatchPods: true, ipBlocksMatchNodes: true, podCidrs: [], serviceCidrs: [], nodeCidrs: [],
      dns: [{ title: 'the DNS of the cluster', namespaceName: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' }, tcpPorts: [53], udpPorts: [53] }],
    });
  });

  test('takes undefined for what was not said', () => {
    expect(facts(ClusterProfile.kind({ podCidrs: undefined }))).toEqual(facts(ClusterProfile.kind()));
  });

  test('finds the API server and the callers of webhooks on nodes whose range is known', () => {
    const { apiServer, webhookCallers } = facts(ClusterProfile.kubeadm({ nodeCidrs: ['192.0.2.0/24'] }));
    expect(apiServer).toEqual([
      { title: 'the API server', cidrs: ['10.96.0.1/32'], tcpPorts: [443] },
      { title: 'the API server', cidrs: ['192.0.2.0/24'], tcpPorts: [6443] },
    ]);
    expect(webhookCallers).toEqual([{ title: 'the API server', cidrs: ['192.0.2.0/24'] }]);
    expect(facts(ClusterProfile.kubeadm({ nodeCidrs: ['192.0.2.0/24'], apiServer: { cidrs: ['192.0.2.4/32', '198.51.100.4/32'] } })).nodeCidrs).toEqual(['192.0.2.0/24', '198.51.100.4/32']);
  });

  test.each([
    [{ serviceCidrs: ['10.96.0.0/12'] }, '10.96.0.10/32'],
    [{ serviceCidrs: ['fd00::/108'] }, 'fd00::a/128'],
    [{ serviceCidrs: ['10.0.0.250/31'] }, '10.0.1.4/32'],
    [{ dnsServiceAddress: '10.96.7.7' }, '10.96.7.7/32'],
  ])('with NodeLocal DNSCache asks DNS there, and at the address of the Service: %j', (props, address) => {
    expect(facts(ClusterProfile.of({ nodeLocalDns: true, ...props })).dns[1]).toEqual(
      { title: 'NodeLocal DNSCache', cidrs: ['169.254.20.10/32', address], tcpPorts: [53], udpPorts: [53] },
    );
  });

  test('of GKE Dataplane V2 finds NodeLocal DNSCache by its pods, whatever the address of the Service', () => {
    expect(facts(ClusterProfile.gkeDataplaneV2({ nodeLocalDns: true })).dns.map(({ podLabels, cidrs }) => podLabels ?? cidrs)).toEqual(
      [{ 'k8s-app': 'kube-dns' }, ['169.254.169.254/32'], { 'k8s-app': 'node-local-dns' }],
    );
  });

  test('is that of the nearest scope, and is kept as plain data of its own', () => {
    const app = new App();
    const [near, far] = [new Chart(app, 'near'), new Chart(app, 'far')];
    const nodeCidrs = ['192.0.2.0/24'];
    SecurityDefaults.of(app).set({ cluster: ClusterProfile.kind({ nodeCidrs }) });
    SecurityDefaults.of(near).set({ cluster: ClusterProfile.eks() });
    nodeCidrs.push('10.0.0.0/8');
    expect([near, far].map(chart => clusterOf(chart)?.title)).toEqual(['EKS', 'kind']);
    expect(clusterOf(far)).toEqual(JSON.parse(JSON.stringify(clusterOf(far))));
    expect(clusterOf(far)!.nodeCidrs).toEqual(['192.0.2.0/24']);
    expect(clusterOf(new App())).toBeUndefined();
  });

  test('tells the Kubernetes version, unless it is said at the same scope or nearer', () => {
    const app = new App();
    const minor = () => postureOf(new Chart(app, `c${app.node.children.length}`)).kubernetesMinor;
    SecurityDefaults.of(app).set({ cluster: ClusterProfile.kind({ kubernetesVersion: '1.33' }) });
    expect(minor()).toBe(33);
    SecurityDefaults.of(app).set({ kubernetesVersion: '1.31' });
    expect(minor()).toBe(31);
  });

  test('knows that Flannel by itself enforces nothing', () => {
    expect(facts(ClusterProfile.kubeadm({ networkPlugin: NetworkPlugin.FLANNEL })).enforces).toBe(false);
    expect(facts(ClusterProfile.kubeadm({ networkPlugin: NetworkPlugin.FLANNEL, enforcesPolicies: true })).enforces).toBe(true);
  });
});

describe('a cluster profile is refused', () => {
  const label = { app: 'x' };
  test.each<[string, ClusterProfileProps, string]>([
    ['a range that is none', { podCidrs: ['10.0.0.1/8'] }, "'10.0.0.1/8' has host bits set [cidr-invalid]. Did you mean '10.0.0.0/8'?"],
    ['an API server whose address is none', { apiServer: { cidrs: ['api.example'] } }, "'api.example' is no CIDR [cidr-invalid]. Write an IPv4 or IPv6 range such as '10.0.0.0/8' or 'fd00::/8'."],
    ['an API server without addresses', { apiServer: { cidrs: [] } }, "the API server has neither pods nor addresses [cluster-endpoint-invalid]. Say its pods, { namespaceName: 'ingress-nginx', podLabels: {…} }, or its addresses, { cidrs: ['10.0.0.0/24'] }."],
    ['an API server at port 0', { apiServer: { cidrs: ['10.0.0.1/32'], port: 0 } }, 'port 0 is out of range [port-invalid]. Ports go from 1 to 65535; 0 does not mean "every port": write a range from 1 to 65535 for that.'],
    ['a version that is none', { kubernetesVersion: 'newest' }, "'newest' is no Kubernetes version that is known here [kubernetes-version-unknown]. Write a version from '1.27' to '1.37'."],
    ['a plugin that is none', { networkPlugin: '__proto__' as NetworkPlugin }, "'__proto__' is no network plugin that is known here [cluster-plugin-unknown]. Known are: antrea, aws-vpc-cni, azure-npm, calico, cilium, flannel, kindnet, kube-router, ovn-kubernetes. Leave it out, and say enforcesPolicies, for another."],
    ['an endpoint without a title', { scrapers: [{ title: ' ', cidrs: ['10.0.0.0/8'] }] }, "  has no title [cluster-endpoint-invalid]. Say what people call it: { title: 'Traefik' }."],
    ['an endpoint that is nothing', { scrapers: [{ title: 'P' }] }, "P has neither pods nor addresses [cluster-endpoint-invalid]. Say its pods, { namespaceName: 'ingress-nginx', podLabels: {…} }, or its addresses, { cidrs: ['10.0.0.0/24'] }."],
    ['pods without a namespace', { scrapers: [{ title: 'P', podLabels: label }] }, "P has podLabels, but says no namespace [cluster-endpoint-invalid]. Say where its pods are: { namespaceName: 'kube-system' }, or namespaceLabels."],
    ['two namespaces', { scrapers: [{ title: 'P', namespaceName: 'a', namespaceLabels: label }] }, 'P says both namespaceName and namespaceLabels [cluster-endpoint-invalid]. Say one of them.'],
    ['labels that select everything', { scrapers: [{ title: 'P', namespaceName: 'a', podLabels: {} }] }, 'P has podLabels without any label, which would select everything [cluster-endpoint-invalid]. Name the labels, or leave podLabels out.'],
    ['namespaces that are all', { scrapers: [{ title: 'P', namespaceLabels: {} }] }, 'P has namespaceLabels without any label, which would select everything [cluster-endpoint-invalid]. Name the labels, or leave namespaceLabels out.'],
    ['a DNS server without ports', { dns: [{ title: 'D', cidrs: ['10.0.0.1/32'] }] }, 'D says no ports [cluster-endpoint-invalid]. Say where it listens: { tcpPorts: [443] }.'],
    ['NodeLocal DNSCache where the Service is unknown', { nodeLocalDns: true }, 'NodeLocal DNSCache answers on the address of the DNS Service, which is not known [cluster-dns-unknown]. Say dnsServiceAddress (`kubectl get service kube-dns -n kube-system` shows it), or serviceCidrs.'],
    ['more than a profile holds', { nodeCidrs: Array.from({ length: 257 }, (_, i) => `10.0.${i}.0/24`) }, 'a list of 257 is more than a profile holds, 256 [cluster-endpoint-invalid]. Name larger ranges, or pods by labels that they have in common.'],
  ])('with %s', (_, props, message) => {
    expect(failure(() => ClusterProfile.of({ title: 'mine', ...props }))).toBe(`cluster profile mine: ${message}`);
  });
});
