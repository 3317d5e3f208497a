import type { IConstruct } from 'constructs';
import { PeerData, PlainPeer } from '../kube/peers';
import { describeSide, isWorkload } from '../network/flow';
import type { IPeer } from '../network/peer';
import { resolvePeer } from '../network/resolve-peer';
import { clusterOf } from '../posture/posture';
import { Selector } from '../reach/selector';
import { addresses, ANYONE, inNamespace, Part, Party, selectorOf } from './party';
import type { Written } from './written';

/**
 * Whom a peer of the app means. Peers of the cluster are where the profile says that they are; of the internet there is
 * also whatever an Ingress or a Gateway lets in.
 *
 * @throws a fault where a peer is wrong, or not known.
 */
export function partyOf(scope: IConstruct, peer: IPeer, direction: 'egress' | 'ingress', written: Written): Party {
  const where = scope.node.path;
  const side = peer.toPeer()._checked(where);
  const title = describeSide(side);
  if (isWorkload(side)) return { title, parts: [written.workload(side.end)] };
  if (side.type === 'cidr') return { title, parts: partsOf(side, written.defaultNamespace(scope)) };
  const place = { where, direction, describe: () => `the statement about ${title}` };
  const plain = isPlain(side) ? [side] : resolvePeer(side, clusterOf(scope), place).map(({ peer: its }) => its);
  return {
    title,
    parts: [
      ...plain.flatMap(its => partsOf(its, written.defaultNamespace(scope))),
      ...side.type === 'internet' ? [{ type: 'controllers' as const }] : [],
    ],
  };
}

function isPlain(peer: PeerData): peer is PlainPeer {
  return peer.type !== 'cluster' && peer.type !== 'internet' && peer.type !== 'clusterInternal';
}

function partsOf(peer: PlainPeer, own: string): Part[] {
  const everywhere = Selector.EVERYTHING;
  switch (peer.type) {
    case 'pods': return [{ type: 'pods', namespaces: namespacesOf(peer.namespace ?? own), pods: selectorOf(peer.podSelector) }];
    case 'namespace': return [{ type: 'pods', namespaces: namespacesOf(peer.name), pods: everywhere }];
    case 'everyPod': return [{ type: 'pods', namespaces: everywhere, pods: everywhere }];
    case 'cidr': return [{ type: 'addresses', ranges: addresses(peer.cidr, peer.exceptCidrs) }];
    case 'anyone': return [...ANYONE.parts];
  }
}

function namespacesOf(namespace: NonNullable<Extract<PlainPeer, { type: 'pods' }>['namespace']>): Selector {
  if (typeof namespace === 'string') return inNamespace(namespace);
  return 'every' in namespace ? Selector.EVERYTHING : selectorOf(namespace);
}
