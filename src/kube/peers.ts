import { Labels, LabelSelector } from './selectors';

/** Every namespace; an empty selector would mean it too, but may be a slip. */
export interface EveryNamespace {
  readonly every: true;
}

/** Pods by their labels, in one namespace or in those that a selector selects. */
export interface PodsPeer {
  readonly type: 'pods';
  /** Absent: the namespace of whatever talks to them. */
  readonly namespace?: string | LabelSelector | EveryNamespace;
  readonly podSelector: LabelSelector;
  /** What people call them: `Deployment shop/web`. */
  readonly title?: string;
}

/** Every pod of a namespace, or of those that a selector selects. */
export interface NamespacePeer {
  readonly type: 'namespace';
  readonly name: string | LabelSelector;
  readonly title?: string;
}

/** Every pod of the cluster. */
export interface EveryPodPeer {
  readonly type: 'everyPod';
}

/** A range of addresses, less some within it. */
export interface CidrPeer {
  readonly type: 'cidr';
  readonly cidr: string;
  readonly exceptCidrs: readonly string[];
  readonly title?: string;
}

/** Everybody, inside of the cluster and out. */
export interface AnyonePeer {
  readonly type: 'anyone';
}

/** What a policy can name by itself. */
export type PlainPeer = PodsPeer | NamespacePeer | EveryPodPeer | CidrPeer | AnyonePeer;

/** What the cluster runs for all of its pods; who and where that is depends on the cluster. */
export interface ClusterPeer {
  readonly type: 'cluster';
  readonly role: ClusterRole;
  /** Of ingress controllers: the IngressClass that they serve. Absent: any. */
  readonly ingressClassName?: string;
}

export type ClusterRole = 'dns' | 'apiServer' | 'ingressControllers' | 'scrapers' | 'webhookCallers' | 'workloadIdentity';

/** The inside of the cluster, or everything that is outside of every private network. */
export interface SpacePeer {
  readonly type: 'clusterInternal' | 'internet';
}

/** One side of a flow as plain data. */
export type PeerData = PlainPeer | ClusterPeer | SpacePeer;

/** The label that the API server itself puts on every namespace. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';
/** Where the cluster's DNS servers run. */
export const DNS_NAMESPACE = 'kube-system';
/** What the cluster's DNS servers are labelled with, kube-dns and CoreDNS alike. */
export const DNS_LABELS: Labels = { 'k8s-app': 'kube-dns' };
/** What people call what the cluster runs. */
const ROLE_TITLES: Readonly<Record<ClusterRole, string>> = {
  dns: 'the DNS of the cluster',
  apiServer: 'the API server',
  ingressControllers: 'the ingress controllers',
  scrapers: 'the scrapers of metrics',
  webhookCallers: 'the callers of webhooks',
  workloadIdentity: 'the source of cloud identities',
};

/** A peer as people read it. */
export function describePeer(peer: PeerData): string {
  switch (peer.type) {
    case 'pods': return peer.title ?? `pods ${describeSelector(peer.podSelector)}${inNamespace(peer.namespace)}`;
    case 'namespace': return peer.title ?? `every pod${inNamespace(peer.name)}`;
    case 'everyPod': return 'every pod of the cluster';
    case 'cidr': return peer.title ?? peer.cidr + (peer.exceptCidrs.length ? ` except ${peer.exceptCidrs.join(', ')}` : '');
    case 'anyone': return 'anyone';
    case 'cluster': return ROLE_TITLES[peer.role] + (peer.ingressClassName === undefined ? '' : ` of class '${peer.ingressClassName}'`);
    case 'clusterInternal': return 'the inside of the cluster';
    case 'internet': return 'the internet';
  }
}

function inNamespace(namespace: PodsPeer['namespace']): string {
  if (namespace === undefined) return '';
  if (typeof namespace === 'string') return ` in namespace ${namespace}`;
  return 'every' in namespace ? ' in every namespace' : ` in namespaces ${describeSelector(namespace)}`;
}

function describeSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  return [
    ...Object.keys(matchLabels).sort().map(key => `${key}=${matchLabels[key]}`),
    ...matchExpressions.map(({ key, operator, values }) => `${key} ${operator}${values?.length ? ` (${values.join(', ')})` : ''}`),
  ].join(',') || '(all)';
}
