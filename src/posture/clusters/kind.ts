import { NetworkPlugin } from '../network-plugin';
import { ReadyCluster, onNodes } from './control-plane';

/**
 * Ranges of pods and Services: kind.sigs.k8s.io, Configuration, Pod Subnet and Service Subnet (IPv4). Policies:
 * kind's release notes of 0.24.0, whose own plugin enforces them by kube-network-policies. The range of the nodes is
 * that of the network that Docker or Podman made for kind, which differs (`docker network inspect kind`). It brings
 * no ingress controller.
 */
export const kind: ReadyCluster = props => onNodes({
  title: 'kind',
  networkPlugin: NetworkPlugin.KINDNET,
  podCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.96.0.0/16'],
}, props);
