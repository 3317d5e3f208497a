import { ReadyCluster, onNodes } from './control-plane';

/**
 * kubeadm installs no network plugin and no ingress controller, so these are unknown.
 *
 * Services: the default of `networking.serviceSubnet` (kubernetes.io, kubeadm Configuration v1beta4); there is none
 * for pods. The API server's port: `localAPIEndpoint.bindPort`, 6443, ibid. DNS: CoreDNS as the add-on kube-dns,
 * kubernetes.io, kubeadm init phase addon.
 */
export const kubeadm: ReadyCluster = props => onNodes({ title: 'kubeadm', serviceCidrs: ['10.96.0.0/12'] }, props);
