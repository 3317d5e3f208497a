import { NetworkPlugin } from '../network-plugin';
import { ReadyCluster, managed } from './control-plane';

/**
 * Ranges: learn.microsoft.com, Configure Azure CNI Overlay networking: the defaults of `--pod-cidr` and
 * `--service-cidr`; without overlay pods have addresses of the virtual network. Policies: learn.microsoft.com,
 * Azure CNI Powered by Cilium; with Calico or Azure's own manager say so, and without any say
 * `enforcesPolicies: false`.
 *
 * The control plane reaches pods through the agents of konnectivity (learn.microsoft.com, Core AKS concepts); the
 * nginx of the application routing add-on lies in its own namespace (learn.microsoft.com, Managed NGINX ingress with
 * the application routing add-on). Workload identity asks login.microsoftonline.com, which has no fixed addresses.
 */
export const aks: ReadyCluster = props => managed({
  title: 'AKS',
  networkPlugin: NetworkPlugin.CILIUM,
  podCidrs: ['10.244.0.0/16'],
  serviceCidrs: ['10.0.0.0/16'],
  ingressControllers: [{
    title: "the application routing add-on's nginx",
    namespaceName: 'app-routing-system',
    podLabels: { app: 'nginx' },
    ingressClassNames: ['webapprouting.kubernetes.azure.com'],
  }],
  webhookCallers: [{ title: 'the API server, through konnectivity', namespaceName: 'kube-system', podLabels: { app: 'konnectivity-agent' } }],
}, props);
