import * as kplus from 'cdk8s-plus-27';
import { Fault } from '../kube/faults';
import { WorkloadNetwork } from '../network/workload-network';

/**
 * Stands in for cdk8s-plus's own `connections`, which would write policies beside the model: without DNS, UDP
 * as TCP, every port of a peer that declares none.
 */
export class FlowConnections extends kplus.PodConnections {
  private readonly pod: kplus.AbstractPod;
  private readonly network: WorkloadNetwork;

  constructor(pod: kplus.AbstractPod, network: WorkloadNetwork) {
    super(pod);
    this.pod = pod;
    this.network = network;
  }

  public allowTo(): void {
    this.refuse('allowTo', 'connectTo(peer, { ports: [5432] })');
  }

  public allowFrom(): void {
    this.refuse('allowFrom', 'acceptFrom(peer, { ports: [8080] })');
  }

  public isolate(): void {
    this.network.isolate();
  }

  private refuse(method: string, instead: string): never {
    throw new Fault({
      where: this.pod.node.path,
      what: `connections.${method} writes policies that cut a pod off from DNS and that nobody can see in the model`,
      id: 'connections-unsupported',
      advice: `Use ${instead} of the workload itself; other peers are written with Peer.`,
    });
  }
}
