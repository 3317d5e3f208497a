/**
 * What connects the pods of a cluster, and thereby decides what becomes of its network policies.
 */
export enum NetworkPlugin {
  /** Antrea. */
  ANTREA = 'antrea',
  /** The VPC CNI of Amazon EKS, with its network policies switched on. */
  AWS_VPC_CNI = 'aws-vpc-cni',
  /** The network policy manager of Azure. */
  AZURE_NPM = 'azure-npm',
  /** Calico, also where it enforces policies beside another plugin. */
  CALICO = 'calico',
  /** Cilium, also as part of GKE's Dataplane V2 and of Azure CNI. */
  CILIUM = 'cilium',
  /** Flannel by itself, which connects pods and enforces no policy. */
  FLANNEL = 'flannel',
  /** The plugin of kind, and kube-network-policies by itself. */
  KINDNET = 'kindnet',
  /** kube-router, also as part of k3s. */
  KUBE_ROUTER = 'kube-router',
  /** OVN-Kubernetes, the plugin of OpenShift. */
  OVN_KUBERNETES = 'ovn-kubernetes',
}

/** What a plugin makes of network policies. */
export interface PluginFacts {
  /** Whether policies do anything at all. */
  readonly enforces: boolean;
  /** Whether an ipBlock can match the address of a pod of the cluster. */
  readonly ipBlocksMatchPods: boolean;
  /** Whether an ipBlock can match the address of a node of the cluster. */
  readonly ipBlocksMatchNodes: boolean;
}

const ENFORCES: PluginFacts = { enforces: true, ipBlocksMatchPods: true, ipBlocksMatchNodes: true };

/**
 * Flannel: its documentation says that it is about the network and that a policy controller has to come from
 * elsewhere. Cilium: docs.cilium.io, Network Policy: a CIDR rule is about what Cilium does not manage, so it
 * matches no pod, and a node only with `policy-cidr-match-mode: nodes` (from 1.15 on).
 */
export const PLUGINS: Readonly<Record<NetworkPlugin, PluginFacts>> = {
  [NetworkPlugin.ANTREA]: ENFORCES,
  [NetworkPlugin.AWS_VPC_CNI]: ENFORCES,
  [NetworkPlugin.AZURE_NPM]: ENFORCES,
  [NetworkPlugin.CALICO]: ENFORCES,
  [NetworkPlugin.CILIUM]: { enforces: true, ipBlocksMatchPods: false, ipBlocksMatchNodes: false },
  [NetworkPlugin.FLANNEL]: { enforces: false, ipBlocksMatchPods: false, ipBlocksMatchNodes: false },
  [NetworkPlugin.KINDNET]: ENFORCES,
  [NetworkPlugin.KUBE_ROUTER]: ENFORCES,
  [NetworkPlugin.OVN_KUBERNETES]: ENFORCES,
};
