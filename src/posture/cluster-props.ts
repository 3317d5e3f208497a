import { ApiServerEndpoint, ClusterEndpoint, IngressControllerEndpoint } from './cluster-endpoint';
import { NetworkPlugin } from './network-plugin';

/** What is known of a cluster. What is not said stays unknown: nothing is guessed. */
export interface ClusterProfileProps {
  /**
   * What people call the cluster, for messages.
   *
   * @default - the kind of the ready profile
   */
  readonly title?: string;

  /**
   * The Kubernetes version of the cluster, as `1.33`. It becomes the `kubernetesVersion` of the defaults, unless
   * that is said beside the profile.
   *
   * @default - that of the defaults
   */
  readonly kubernetesVersion?: string;

  /**
   * What connects the pods. With one that enforces no policies, Flannel by itself, every policy is an error.
   *
   * @default - that of the ready profile; where none is known, one that enforces policies as their API says
   */
  readonly networkPlugin?: NetworkPlugin;

  /**
   * Whether network policies are enforced at all: `false` where the plugin could but is not set up to, `true`
   * where something else beside the plugin does.
   *
   * @default - what the plugin does
   */
  readonly enforcesPolicies?: boolean;

  /**
   * Whether a range of addresses in a policy matches nodes of the cluster: `true` for a Cilium whose
   * `policy-cidr-match-mode` is `nodes`.
   *
   * @default - what the plugin does: with Cilium it does not
   */
  readonly ipBlocksMatchNodes?: boolean;

  /**
   * The ranges of the pods' addresses.
   *
   * @default - those of the ready profile, if it has fixed ones
   */
  readonly podCidrs?: string[];

  /**
   * The ranges of the Services' addresses. Their first address is that of the API server, their tenth that of the
   * cluster's DNS.
   *
   * @default - those of the ready profile, if it has fixed ones
   */
  readonly serviceCidrs?: string[];

  /**
   * The ranges of the nodes' addresses.
   *
   * @default - unknown
   */
  readonly nodeCidrs?: string[];

  /**
   * The DNS servers that pods ask, each with its ports. `nodeLocalDns` adds to them.
   *
   * @default - those of the ready profile, else pods labelled `k8s-app: kube-dns` in `kube-system`, port 53
   */
  readonly dns?: ClusterEndpoint[];

  /**
   * Whether NodeLocal DNSCache runs: pods then ask 169.254.20.10, or the address of the DNS Service itself.
   *
   * @default false
   */
  readonly nodeLocalDns?: boolean;

  /**
   * The address of the Service of the cluster's DNS; only NodeLocal DNSCache needs it.
   *
   * @default - the tenth address of the first of `serviceCidrs`
   */
  readonly dnsServiceAddress?: string;

  /**
   * Where the API server is reached, besides its Service.
   *
   * @default - the nodes where the control plane runs on nodes whose range is known; else unknown, which is an
   * error where a workload needs it
   */
  readonly apiServer?: ApiServerEndpoint;

  /**
   * What hands requests from outside on to the backends of Ingresses.
   *
   * @default - those that the ready profile brings; unknown where there are none
   */
  readonly ingressControllers?: IngressControllerEndpoint[];

  /**
   * What scrapes metrics.
   *
   * @default - those that the ready profile brings; unknown where there are none
   */
  readonly scrapers?: ClusterEndpoint[];

  /**
   * From where the API server calls webhooks and aggregated APIs.
   *
   * @default - that of the ready profile; the API server's own addresses where it connects to pods by itself
   */
  readonly webhookCallers?: ClusterEndpoint[];

  /**
   * Where pods get the credentials of their cloud identity.
   *
   * @default - that of the ready profile; unknown where there is none
   */
  readonly workloadIdentity?: ClusterEndpoint[];
}
