import { AddressRange, formatRange } from '../kube/addresses';
import { Controller } from './entrances';
import { Workload } from './workload';

/** What can connect or be connected to. */
export type NetworkPeer =
  | { readonly kind: 'workload'; readonly id: string; readonly index: number; readonly workload: Workload }
  /** Addresses outside, for which the same holds. */
  | { readonly kind: 'ip'; readonly id: string; readonly ranges: readonly AddressRange[] }
  /** The node that a pod runs on. */
  | { readonly kind: 'node'; readonly id: string }
  /** A controller outside of the input. */
  | { readonly kind: 'external'; readonly id: Controller };

/** The node that a pod runs on: Kubernetes lets nothing stand between the two. */
export const NODE: NetworkPeer = { kind: 'node', id: 'node' };

/** Ranges as one peer. */
export function rangesPeer(ranges: readonly AddressRange[]): NetworkPeer {
  return { kind: 'ip', id: ranges.map(formatRange).join(', '), ranges };
}
