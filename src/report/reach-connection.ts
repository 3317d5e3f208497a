import { NetworkPeer } from '../reach/network-peer';
import { PortTable } from '../reach/port-set';
import { shownPorts, ShownPorts } from '../reach/port-words';
import { reasonsOf, Verdict } from '../reach/verdict';
import { nameOfRanges } from './map/addresses';

/** A connection as it is shown: surely allowed, or dependent on what Kubernetes leaves open. */
export interface ShownConnection extends ShownPorts {
  readonly from: string;
  readonly to: string;
  readonly verdict: 'allowed' | 'depends';
  readonly reason?: string;
}

/** A verdict and whom it is about. */
interface Between {
  readonly from: { readonly id: string };
  readonly to: { readonly id: string };
  readonly verdict: Verdict;
}

/** What is shown of a link: what is sure, and what is not. */
export function* shownConnections({ from, to, verdict: { sure, maybe, doubts } }: Between, table: PortTable): Iterable<ShownConnection> {
  if (!sure.isEmpty) yield { from: from.id, to: to.id, verdict: 'allowed', ...shownPorts(sure) };
  if (doubts) yield { from: from.id, to: to.id, verdict: 'depends', ...shownPorts(table.rest(maybe, sure)), reason: reasonsOf(doubts) };
}

/** A peer in a table for people: addresses by what there is of them, or what there is not where that is less. */
export function peerName(peer: NetworkPeer): string {
  return peer.kind === 'ip' ? nameOfRanges(peer.ranges) : peer.id;
}
