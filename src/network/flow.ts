import { Fault } from '../kube/faults';
import { PeerData, PlainPeer, describePeer } from '../kube/peers';
import type { PortRange } from '../kube/ports';
import { FlowEnd, describeEnd } from './flow-end';

/** Seen from the pods that a policy selects. */
export type Direction = 'egress' | 'ingress';

/** What a policy opens for its pods, as plain data: what dialects write and nothing else. */
export interface Flow {
  /** Whom they connect to, or who connects to them. */
  readonly peer: PlainPeer;
  /** Absent: every port of every protocol. */
  readonly ports?: readonly PortRange[];
  /** The reason that was given. */
  readonly why?: string;
  /** Every workload has it: it is read after what is this one's own. */
  readonly common?: boolean;
}

/** The ports that were asked for, as far as they were said. */
export interface PortRequest {
  /** Every port of every protocol. */
  readonly all?: boolean;
  readonly protocol?: string;
  readonly numbers: readonly number[];
  readonly names: readonly string[];
  readonly ranges: readonly PortRange[];
}

/** Whoever writes the policies of a workload. */
export interface FlowWriter {
  write(direction: Direction, flow: DeclaredFlow): void;
}

/** A workload as one side of a flow. */
export interface WorkloadSide {
  readonly end: FlowEnd;
  /** Absent where the workload's policies are not ours to write. */
  readonly writer?: FlowWriter;
}

/** One side of a flow as it was declared. */
export type Side = WorkloadSide | PeerData;

/** A flow as it was declared: its ports may still depend on containers that come later. */
export interface DeclaredFlow {
  /** The construct path of the declaration, for messages. */
  readonly where: string;
  readonly source: Side;
  readonly target: Side;
  readonly ask: PortRequest;
  readonly why?: string;
}

export function isWorkload(side: Side): side is WorkloadSide {
  return 'end' in side;
}

/** A side as people read it. */
export function describeSide(side: Side): string {
  return isWorkload(side) ? describeEnd(side.end) : describePeer(side);
}

/** A flow as people read it in messages. */
export function describeFlow({ source, target }: Pick<DeclaredFlow, 'source' | 'target'>): string {
  return `the flow from ${describeSide(source)} to ${describeSide(target)}`;
}

/** A side as plain data; asked for at synthesis only, since labels may come late. */
export function sideData(side: Side): PeerData {
  if (!isWorkload(side)) return side;
  const { end } = side;
  return { type: 'pods', namespace: end.namespace, podSelector: { matchLabels: ownLabels(end) }, title: describeEnd(end) };
}

/** The labels of a workload's pods; without any, a policy would select every pod of the namespace. */
export function ownLabels(end: FlowEnd): FlowEnd['podLabels'] {
  const { podLabels } = end;
  if (Object.keys(podLabels).length) return { ...podLabels };
  throw new Fault({
    where: end.construct.node.path,
    what: `the pods of ${describeEnd(end)} have no label, so a policy for them would select every pod of the namespace`,
    id: 'selector-empty',
    advice: 'Give the pods a label that no other pods have.',
  });
}

/** Refuses two workloads of which only one says its namespace: nothing could select the other. */
export function checkNamespaces(flow: DeclaredFlow): void {
  const { source, target } = flow;
  if (!isWorkload(source) || !isWorkload(target)) return;
  if ((source.end.namespace === undefined) === (target.end.namespace === undefined)) return;
  const unknown = source.end.namespace === undefined ? source.end : target.end;
  throw new Fault({
    where: flow.where,
    what: `${describeFlow(flow)} cannot be written, since ${describeEnd(unknown)} does not say its namespace`,
    id: 'namespace-unknown',
    advice: `Make '${unknown.construct.node.path}' under a SecureNamespace, or say its namespace on its chart, { namespace: '…' }, or in its metadata.`,
  });
}
