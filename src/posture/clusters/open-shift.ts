import { NetworkPlugin } from '../network-plugin';
import { ReadyCluster, onNodes } from './control-plane';

/**
 * Ranges: docs.redhat.com, OpenShift Container Platform, Cluster Network Operator, the defaults of
 * `clusterNetwork` and `serviceNetwork`. DNS: DNS Operator in OpenShift: its pods, of the daemon set `default`,
 * listen on port 5353. Routers, on the network of their nodes or not: Network policy, which names the label of
 * their namespaces; the one of the cluster's own monitoring and of that of user-defined projects: Monitoring.
 */
export const openShift: ReadyCluster = props => onNodes({
  title: 'OpenShift',
  networkPlugin: NetworkPlugin.OVN_KUBERNETES,
  podCidrs: ['10.128.0.0/14'],
  serviceCidrs: ['172.30.0.0/16'],
  dns: [{
    title: 'the DNS of the cluster',
    namespaceName: 'openshift-dns',
    podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
    tcpPorts: [5353],
    udpPorts: [5353],
  }],
  ingressControllers: [{
    title: "OpenShift's routers",
    namespaceLabels: { 'policy-group.network.openshift.io/ingress': '' },
    ingressClassNames: ['openshift-default'],
  }],
  scrapers: [
    { title: "OpenShift's Prometheus", namespaceName: 'openshift-monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } },
    { title: "OpenShift's Prometheus for user-defined projects", namespaceName: 'openshift-user-workload-monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } },
  ],
}, props);
