import { PortRange } from './ports';
import { Labels, LabelSelector } from './selectors';

/** Pods by their labels, in one namespace or in those that a selector selects. */
export interface PodsPeer {
  readonly type: 'pods';
  /** Absent: the namespace of whatever talks to them. */
  readonly namespace?: string | LabelSelector;
  readonly podSelector: LabelSelector;
  /** What people call them: `Deployment shop/web`. */
  readonly title?: string;
}

/** Every pod of a namespace. */
export interface NamespacePeer {
  readonly type: 'namespace';
  readonly name: string;
}

/** A range of addresses, less some within it. */
export interface CidrPeer {
  readonly type: 'cidr';
  readonly cidr: string;
  readonly exceptCidrs: readonly string[];
}

/** Everybody, inside of the cluster and out. */
export interface AnyonePeer {
  readonly type: 'anyone';
}

/** The DNS servers of the cluster. */
export interface DnsPeer {
  readonly type: 'dns';
}

/** One side of a flow as plain data. */
export type PeerData = PodsPeer | NamespacePeer | CidrPeer | AnyonePeer | DnsPeer;

/** The label that the API server itself puts on every namespace. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';
/** Where the cluster's DNS servers run. */
export const DNS_NAMESPACE = 'kube-system';
/** What the cluster's DNS servers are labelled with, kube-dns and CoreDNS alike. */
export const DNS_LABELS: Labels = { 'k8s-app': 'kube-dns' };
/** Where the cluster's DNS servers listen. */
export const DNS_PORTS: readonly PortRange[] = [{ protocol: 'TCP', port: 53 }, { protocol: 'UDP', port: 53 }];

/** A peer as people read it. */
export function describePeer(peer: PeerData): string {
  switch (peer.type) {
    case 'pods': return peer.title ?? `pods ${describeSelector(peer.podSelector)}${inNamespace(peer.namespace)}`;
    case 'namespace': return `every pod in namespace ${peer.name}`;
    case 'cidr': return peer.cidr + (peer.exceptCidrs.length ? ` except ${peer.exceptCidrs.join(', ')}` : '');
    case 'anyone': return 'anyone';
    case 'dns': return 'the DNS of the cluster';
  }
}

function inNamespace(namespace: string | LabelSelector | undefined): string {
  if (namespace === undefined) return '';
  return typeof namespace === 'string' ? ` in namespace ${namespace}` : ` in namespaces ${describeSelector(namespace)}`;
}

function describeSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  return [
    ...Object.keys(matchLabels).sort().map(key => `${key}=${matchLabels[key]}`),
    ...matchExpressions.map(({ key, operator, values }) => `${key} ${operator}${values ? ` (${values.join(', ')})` : ''}`),
  ].join(',') || '(all)';
}
