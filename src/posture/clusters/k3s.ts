import { NetworkPlugin } from '../network-plugin';
import { ReadyCluster, onNodes } from './control-plane';

/**
 * Ranges: docs.k3s.io, k3s server, `--cluster-cidr` and `--service-cidr`. Policies: docs.k3s.io, Network Policy
 * Controller: that of kube-router beside Flannel, on unless `--disable-network-policy`; say
 * `enforcesPolicies: false` for that. Traefik: docs.k3s.io, Networking Services; its chart labels pods with
 * `app.kubernetes.io/name: traefik`, and it serves the class `traefik`, the default one.
 */
export const k3s: ReadyCluster = props => onNodes({
  title: 'k3s',
  networkPlugin: NetworkPlugin.KUBE_ROUTER,
  podCidrs: ['10.42.0.0/16'],
  serviceCidrs: ['10.43.0.0/16'],
  ingressControllers: [{
    title: 'Traefik', namespaceName: 'kube-system', podLabels: { 'app.kubernetes.io/name': 'traefik' }, ingressClassNames: ['traefik'],
  }],
}, props);
