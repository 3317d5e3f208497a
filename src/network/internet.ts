import { isWithin } from '../kube/cidr';
import { NOT_INTERNET } from '../kube/internet';
import type { CidrPeer } from '../kube/peers';
import type { ClusterFacts } from '../posture/cluster-facts';

/**
 * Everything outside of private networks and of the cluster, in both families: a pod that may reach "the internet" must
 * reach none of these.
 */
export function internet(cluster: ClusterFacts | undefined): CidrPeer[] {
  const own = cluster ? [...cluster.podCidrs, ...cluster.serviceCidrs, ...cluster.nodeCidrs] : [];
  return Object.entries(NOT_INTERNET).map(([cidr, never]) => ({
    type: 'cidr',
    cidr,
    exceptCidrs: [...new Set([...never, ...own.filter(range => isWithin(range, cidr) && !never.some(other => isWithin(range, other)))])].sort(),
    title: `the internet over ${cidr.includes(':') ? 'IPv6' : 'IPv4'}`,
  }));
}
