import type { ClusterEndpoint } from '../cluster-endpoint';
import type { ClusterProfileProps } from '../cluster-props';
import { NetworkPlugin } from '../network-plugin';
import { KUBE_DNS } from '../resolve-cluster';
import { ReadyCluster, managed } from './control-plane';

/** Cloud DNS for GKE answers where the metadata server is: cloud.google.com, Use Cloud DNS for GKE, with network policies. */
const CLOUD_DNS: ClusterEndpoint = { title: 'Cloud DNS', cidrs: ['169.254.169.254/32'], tcpPorts: [53], udpPorts: [53] };

/**
 * Pods, Services and the control plane have ranges that differ from cluster to cluster.
 *
 * Load balancers reach the pods of container-native Ingresses from the proxies' and health checks' ranges:
 * cloud.google.com, Container-native load balancing, firewall rules. The control plane reaches nodes and pods
 * through the agents of konnectivity: cloud.google.com, About cluster architecture.
 */
const GKE: ClusterProfileProps = {
  dns: [KUBE_DNS, CLOUD_DNS],
  ingressControllers: [{ title: "Google's load balancers", cidrs: ['35.191.0.0/16', '130.211.0.0/22'], ingressClassNames: ['gce', 'gce-internal'] }],
  webhookCallers: [{ title: 'the API server, through konnectivity', namespaceName: 'kube-system', podLabels: { 'k8s-app': 'konnectivity-agent' } }],
};

/**
 * Policies only where network policy enforcement, which is Calico, is switched on: say `enforcesPolicies: false`
 * where it is not. The metadata server: cloud.google.com, Workload Identity Federation, network policies.
 */
export const gkeDataplaneV1: ReadyCluster = props => managed({
  ...GKE,
  title: 'GKE Dataplane V1',
  networkPlugin: NetworkPlugin.CALICO,
  workloadIdentity: [{ title: "GKE's metadata server", cidrs: ['169.254.169.252/32'], tcpPorts: [987, 988] }],
}, props);

/** NodeLocal DNSCache in Dataplane V2: connections to the DNS Service are handed to its pods before a policy sees them. */
const NODE_LOCAL_DNS: ClusterEndpoint = {
  title: 'NodeLocal DNSCache', namespaceName: 'kube-system', podLabels: { 'k8s-app': 'node-local-dns' }, tcpPorts: [53], udpPorts: [53],
};

/**
 * Cilium enforces policies in every such cluster: cloud.google.com, GKE Dataplane V2. The metadata server: as above.
 * NodeLocal DNSCache: cloud.google.com, Setting up NodeLocal DNSCache, network policies.
 */
export const gkeDataplaneV2: ReadyCluster = ({ nodeLocalDns, ...props }) => managed({
  ...GKE,
  ...(nodeLocalDns && { dns: [...GKE.dns!, NODE_LOCAL_DNS] }),
  title: 'GKE Dataplane V2',
  networkPlugin: NetworkPlugin.CILIUM,
  workloadIdentity: [{ title: "GKE's metadata server", cidrs: ['169.254.169.254/32'], tcpPorts: [80, 8080] }],
}, props);
