import type { ClusterEndpoint, IngressControllerEndpoint } from './cluster-endpoint';

/** What has to be waived where policies do nothing. Of a manifest alone it cannot be told: the cluster decides. */
export const UNENFORCED = 'network-unenforced';

/** What is known of a cluster, worked out: plain data. A list that is absent is unknown; an empty one is known to be empty. */
export interface ClusterFacts {
  readonly title: string;
  readonly kubernetes?: string;
  readonly enforces: boolean;
  /** What does not enforce policies, for messages. */
  readonly plugin?: string;
  readonly ipBlocksMatchPods: boolean;
  readonly ipBlocksMatchNodes: boolean;
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  readonly nodeCidrs: readonly string[];
  readonly dns: readonly ClusterEndpoint[];
  readonly apiServer?: readonly ClusterEndpoint[];
  readonly ingressControllers?: readonly IngressControllerEndpoint[];
  readonly scrapers?: readonly ClusterEndpoint[];
  readonly webhookCallers?: readonly ClusterEndpoint[];
  readonly workloadIdentity?: readonly ClusterEndpoint[];
}
