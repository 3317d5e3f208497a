import { Construct } from 'constructs';
import { shorten } from '../kube/names';
import { ConnectOptions, portRequest, reason } from './connect-options';
import { DeclaredFlow, Direction, FlowWriter, PortRequest, Side, checkNamespaces, isWorkload, ownLabels } from './flow';
import { FlowEnd } from './flow-end';
import { FlowPolicy } from './flow-policy';
import { checkPortsSaid } from './flow-ports';
import { IPeer, Peer } from './peer';

/** A flow as a public method is asked for it. */
export interface FlowRequest {
  /** The construct path of whoever asks, for messages. */
  readonly where: string;
  readonly source: IPeer;
  readonly target: IPeer;
  readonly options?: ConnectOptions;
  /** Every port of every protocol. */
  readonly allPorts?: boolean;
}

/** Checks a flow as far as it can be checked before synthesis. */
export function declareFlow({ where, source, target, options = {}, allPorts }: FlowRequest): DeclaredFlow {
  const ask: PortRequest = { ...portRequest(where, options), all: allPorts };
  const flow = { where, source: sideOf(where, source), target: sideOf(where, target), ask, why: reason(options) };
  checkNamespaces(flow);
  checkPortsSaid(flow);
  return flow;
}

/** The policies of one workload: one for each direction at most, made when the first flow needs it. */
export class WorkloadNetwork implements FlowWriter {
  /** The workload as a peer: what its `toPeer()` returns. */
  public readonly peer: Peer;
  private readonly end: FlowEnd;
  private readonly policies: { [direction in Direction]?: FlowPolicy } = {};

  constructor(end: FlowEnd) {
    this.end = end;
    this.peer = Peer._of({ end, writer: this });
  }

  /** Lets the workload connect to a target. Both sides are written where the target is ours. */
  public connect(target: IPeer, options?: ConnectOptions): void {
    this.writeBoth(declareFlow({ where: this.where, source: this.peer, target, options }));
  }

  /** Lets a source connect to the workload. Both sides are written where the source is ours. */
  public accept(source: IPeer, options?: ConnectOptions): void {
    this.writeBoth(declareFlow({ where: this.where, source, target: this.peer, options }));
  }

  /** Shuts both directions but for DNS and the flows that are declared. */
  public isolate(): void {
    this.policy('egress');
    this.policy('ingress');
  }

  /** Writes one side of a flow. */
  public write(direction: Direction, flow: DeclaredFlow): void {
    this.policy(direction).add(flow);
  }

  private writeBoth(flow: DeclaredFlow): void {
    if (isWorkload(flow.source)) flow.source.writer?.write('egress', flow);
    if (isWorkload(flow.target)) flow.target.writer?.write('ingress', flow);
  }

  private policy(direction: Direction): FlowPolicy {
    const { construct, kind, name, namespace } = this.end;
    return this.policies[direction] ??= new FlowPolicy(construct as Construct, direction === 'egress' ? 'EgressPolicy' : 'IngressPolicy', {
      name: shorten(`${kind.toLowerCase()}-${name}-${direction}`, 253),
      namespace,
      direction,
      subject: () => ({ namespace, pods: { matchLabels: ownLabels(this.end) } }),
    });
  }

  private get where(): string {
    return this.end.construct.node.path;
  }
}

function sideOf(where: string, peer: IPeer): Side {
  return peer.toPeer()._checked(where);
}
