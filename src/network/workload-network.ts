import { Construct } from 'constructs';
import { Fault } from '../kube/faults';
import { shorten } from '../kube/names';
import { clusterOf } from '../posture/posture';
import { checkSource } from './check-peer';
import { ConnectOptions, portRequest, reason } from './connect-options';
import { derivedEgress, derivedIngress } from './derive';
import { DeclaredFlow, Direction, FlowWriter, PortRequest, Side, checkNamespaces, isWorkload, ownLabels } from './flow';
import { FlowEnd, describeEnd } from './flow-end';
import { FlowPolicy } from './flow-policy';
import { checkPortsSaid, undeclaredPorts } from './flow-ports';
import { isClosed } from './namespace-scope';
import { IPeer, Peer } from './peer';
import type { PolicySubject } from './policy-data';
import { Known, register } from './workloads';

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
  if (!isWorkload(flow.source)) checkSource(where, flow.source);
  checkPortsSaid(flow);
  return flow;
}

/** The policies of one workload: one for each direction at most, made when the first flow needs it. */
export class WorkloadNetwork implements FlowWriter, Known {
  /** The workload as a peer: what its `toPeer()` returns. */
  public readonly peer: Peer;
  public readonly end: FlowEnd;
  private readonly policies: { [direction in Direction]?: FlowPolicy } = {};

  constructor(end: FlowEnd) {
    this.end = end;
    this.peer = Peer._of({ end, writer: this });
    register(this);
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

  /** Ports that are opened on the workload and that none of its containers declares, though they declare others. */
  public undeclaredPorts(): number[] {
    return [...new Set((this.policies.ingress?.declared ?? []).flatMap(undeclaredPorts))].sort((a, b) => a - b);
  }

  /** Writes one side of a flow. */
  public write(direction: Direction, flow: DeclaredFlow): void {
    this.policy(direction).add(flow);
  }

  /** Makes the policies for what follows from what the workload is, where its namespace is closed. */
  public settle(): void {
    const { construct, namespace } = this.end;
    if (!isClosed(construct, namespace)) return;
    for (const direction of ['egress', 'ingress'] as const) {
      if (!this.policies[direction] && this.derived(direction, []).length) this.policy(direction);
    }
  }

  private derived(direction: Direction, declared: readonly DeclaredFlow[]): DeclaredFlow[] {
    const cluster = clusterOf(this.end.construct);
    if (!cluster) return [];
    return direction === 'egress' ? derivedEgress(this.end, this.peer._side) : derivedIngress(this.end, this.peer._side, cluster, declared);
  }

  /** Whom the policies are about; nobody would be bound on the network of the nodes. */
  private subject(): PolicySubject {
    const { namespace, hostNetwork } = this.end;
    if (!hostNetwork?.()) return { namespace, pods: { matchLabels: ownLabels(this.end) } };
    throw new Fault({
      where: this.where,
      what: `its policies would do nothing: the pods of ${describeEnd(this.end)} are on the network of their nodes, which no policy binds`,
      id: 'flow-host-network',
      advice: 'Leave hostNetwork out, or the isolation.',
    });
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
      dns: this.end.derivedFlows?.dns,
      derived: declared => this.derived(direction, declared),
      subject: () => this.subject(),
    });
  }

  private get where(): string {
    return this.end.construct.node.path;
  }
}

function sideOf(where: string, peer: IPeer): Side {
  return peer.toPeer()._checked(where);
}
