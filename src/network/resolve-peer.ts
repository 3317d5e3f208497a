import { isWithin } from '../kube/cidr';
import { Fault } from '../kube/faults';
import { CidrPeer, ClusterPeer, PeerData, PlainPeer } from '../kube/peers';
import type { PortRange } from '../kube/ports';
import type { ClusterEndpoint } from '../posture/cluster-endpoint';
import type { ClusterFacts } from '../posture/cluster-facts';
import { endpointsOf, unknownPeer } from './cluster-roles';
import type { Direction } from './flow';
import { internet } from './internet';

/** A peer as a policy can name it. */
export interface ResolvedPeer {
  readonly peer: PlainPeer;
  /** Its own ports, where the cluster knows them. */
  readonly ports?: readonly PortRange[];
}

/** Where and about what a flow is, for messages. */
export interface FlowPlace {
  readonly where: string;
  readonly direction: Direction;
  /** The flow as people read it; asked for where there is something to say of it. */
  describe(): string;
}

/**
 * Whom a peer means in a cluster.
 *
 * @throws a fault where that is not known, or where the network plugin cannot tell it from others.
 */
export function resolvePeer(peer: PeerData, cluster: ClusterFacts | undefined, place: FlowPlace): ResolvedPeer[] {
  const resolved = plainPeers(peer, cluster, place);
  for (const one of resolved) if (one.peer.type === 'cidr') checkMatches(one.peer, cluster, place);
  return resolved;
}

function plainPeers(peer: PeerData, cluster: ClusterFacts | undefined, place: FlowPlace): ResolvedPeer[] {
  switch (peer.type) {
    case 'cluster': return roles(peer, cluster, place);
    case 'internet': return internet(cluster).map(range => ({ peer: range }));
    case 'clusterInternal': return inside(cluster, place.direction).map(part => ({ peer: part }));
    default: return [{ peer }];
  }
}

function roles(peer: ClusterPeer, cluster: ClusterFacts | undefined, { where, describe }: FlowPlace): ResolvedPeer[] {
  const endpoints = endpointsOf(peer, cluster);
  if (!endpoints) throw unknownPeer(where, describe(), peer, cluster);
  return endpoints.flatMap(endpointPeers);
}

function endpointPeers(endpoint: ClusterEndpoint): ResolvedPeer[] {
  const { title, podLabels, namespaceName, namespaceLabels, cidrs = [], tcpPorts = [], udpPorts = [] } = endpoint;
  const namespace = namespaceName ?? (namespaceLabels && { matchLabels: namespaceLabels });
  const pods: PlainPeer[] = namespace === undefined ? []
    : podLabels ? [{ type: 'pods', namespace, podSelector: { matchLabels: podLabels }, title }] : [{ type: 'namespace', name: namespace, title }];
  const ports = [...tcpPorts.map(port => ({ protocol: 'TCP', port })), ...udpPorts.map(port => ({ protocol: 'UDP', port }))];
  const ranges = cidrs.map((cidr): CidrPeer => ({ type: 'cidr', cidr, exceptCidrs: [], title: `${title} at ${cidr}` }));
  return [...pods, ...ranges].map(peer => ({ peer, ...(ports.length && { ports }) }));
}

/**
 * Every pod; for egress also the addresses of Services, of nodes, and of pods before they are told from others.
 * Nobody is let in by the address of a node: it hides clients from outside.
 */
function inside(cluster: ClusterFacts | undefined, direction: Direction): PlainPeer[] {
  const ranges = cluster && direction === 'egress'
    ? [...cluster.ipBlocksMatchPods ? cluster.podCidrs : [], ...cluster.serviceCidrs, ...cluster.ipBlocksMatchNodes ? cluster.nodeCidrs : []] : [];
  return [{ type: 'everyPod' }, ...ranges.map((cidr): CidrPeer => ({ type: 'cidr', cidr, exceptCidrs: [], title: `the inside of the cluster at ${cidr}` }))];
}

/** Refuses a range that the plugin never matches: the policy would look open, and be shut. */
function checkMatches({ cidr }: CidrPeer, cluster: ClusterFacts | undefined, { where, describe }: FlowPlace): void {
  if (!cluster) return;
  const lies = (ranges: readonly string[]) => ranges.find(range => isWithin(cidr, range));
  const what = (of: string, range: string) => `${describe()} cannot be enforced: '${cidr}' lies in the ${of}' range '${range}', and with ${cluster.plugin ?? 'the network plugin'} a range of addresses never matches ${of}`;
  const pods = cluster.ipBlocksMatchPods ? undefined : lies(cluster.podCidrs);
  if (pods !== undefined) {
    throw new Fault({ where, what: what('pods', pods), id: 'flow-not-enforceable', advice: 'Name the pods: Peer.pods({ namespace, labels }), Peer.workload(…) or Peer.namespace(…).' });
  }
  const nodes = cluster.ipBlocksMatchNodes ? undefined : lies(cluster.nodeCidrs);
  if (nodes !== undefined) {
    throw new Fault({
      where,
      what: what('nodes', nodes),
      id: 'flow-not-enforceable',
      advice: "Have the plugin match nodes, and say so, { ipBlocksMatchNodes: true } (Cilium: policy-cidr-match-mode: nodes); or leave the flow out here, { derivedFlows: { … } } where it was not asked for, and write a policy of the plugin's own, such as Cilium's toEntities and fromEntities.",
    });
  }
}
