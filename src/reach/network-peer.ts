import { AddressRange, formatRange } from '../kube/addresses';
import { Controller } from './entrances';
import { Workload } from './workload';

/** A workload, or several of which the same holds and that it stands for. */
export interface WorkloadPeer {
  readonly kind: 'workload';
  readonly id: string;
  /** Its place in the list of workloads. */
  readonly index: number;
  readonly workload: Workload;
  /** How many it stands for. */
  readonly count: number;
}

/** What can connect or be connected to. */
export type NetworkPeer =
  | WorkloadPeer
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

/** A workload as a peer. */
export function workloadPeer(workload: Workload, index: number): WorkloadPeer {
  return { kind: 'workload', id: workload.id, index, workload, count: 1 };
}
