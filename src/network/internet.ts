import { isWithin } from '../kube/cidr';
import type { CidrPeer } from '../kube/peers';
import type { ClusterFacts } from '../posture/cluster-facts';

/**
 * What no address of the internet lies in, by IANA's registries of special-purpose addresses, and where clouds hand out
 * credentials and settings: a pod that may reach "the internet" must reach none of it.
 */
const NOT_INTERNET: { readonly [everything: string]: readonly string[] } = {
  '0.0.0.0/0': [
    '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', // private networks, RFC 1918
    '100.64.0.0/10', // behind carriers' address translation, RFC 6598
    '100.100.100.200/32', // the metadata of Alibaba Cloud
    '127.0.0.0/8', // the host itself
    '168.63.129.16/32', // the platform of Azure
    '169.254.0.0/16', // link-local: metadata, NodeLocal DNSCache
    '192.0.0.192/32', // the metadata of Oracle Cloud
    '198.18.0.0/15', // measurements of networks, RFC 2544
    '224.0.0.0/4', '240.0.0.0/4', // multicast; reserved, and broadcast
  ],
  '::/0': [
    '64:ff9b::/96', // IPv4 addresses in IPv6, RFC 6052
    'fc00::/7', // private networks, RFC 4193
    'fe80::/10', // link-local
    'ff00::/8', // multicast
  ],
};

/** Everything outside of private networks and of the cluster, in both families. */
export function internet(cluster: ClusterFacts | undefined): CidrPeer[] {
  const own = cluster ? [...cluster.podCidrs, ...cluster.serviceCidrs, ...cluster.nodeCidrs] : [];
  return Object.entries(NOT_INTERNET).map(([cidr, never]) => ({
    type: 'cidr',
    cidr,
    exceptCidrs: [...new Set([...never, ...own.filter(range => isWithin(range, cidr) && !never.some(other => isWithin(range, other)))])].sort(),
    title: `the internet over ${cidr.includes(':') ? 'IPv6' : 'IPv4'}`,
  }));
}
