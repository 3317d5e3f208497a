import { Fault } from '../kube/faults';
import type { ClusterFacts } from '../posture/cluster-facts';
import { DeclaredFlow, Direction, Flow, describeFlow, isWorkload, sideData } from './flow';
import { describeEnd } from './flow-end';
import { isUnsaid, portsOf } from './flow-ports';
import { resolvePeer } from './resolve-peer';

/**
 * What one side's policy has to open for a flow, in a cluster. Workloads are asked now, at synthesis.
 *
 * @throws a fault where it cannot be known, or cannot be enforced.
 */
export function resolveFlow(flow: DeclaredFlow, direction: Direction, cluster: ClusterFacts | undefined): Flow[] {
  checkNetworks(flow);
  const other = sideData(direction === 'egress' ? flow.target : flow.source);
  const own = isUnsaid(flow.ask) && !isWorkload(flow.target);
  const ports = own ? undefined : portsOf(flow);
  return resolvePeer(other, cluster, { where: flow.where, direction, describe: () => describeFlow(flow) })
    .map(({ peer, ports: its }) => ({ peer, ports: own ? its : ports, why: flow.why }));
}

/** Refuses a workload on the network of its nodes: policies neither bind its pods nor know them from the node. */
function checkNetworks(flow: DeclaredFlow): void {
  for (const side of [flow.source, flow.target]) {
    if (!isWorkload(side) || !side.end.hostNetwork?.()) continue;
    const end = describeEnd(side.end);
    throw new Fault({
      where: flow.where,
      what: `${describeFlow(flow)} cannot be enforced: the pods of ${end} are on the network of their nodes, which no policy binds, and are taken for the nodes`,
      id: 'flow-host-network',
      advice: side === flow.source
        ? 'Leave hostNetwork out there; or let the nodes in at the other side, acceptFrom(Peer.cidr(\'…\'), { ports: […] }), which lets in every program on them.'
        : 'Leave hostNetwork out there; or connect to the addresses of the nodes, connectTo(Peer.cidr(\'…\'), { ports: […] }).',
    });
  }
}
