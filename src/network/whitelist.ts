import { Construct } from 'constructs';
import { Fault } from '../kube/faults';
import { describePeer } from '../kube/peers';
import type { ConnectOptions } from './connect-options';
import { Direction, Side, describeSide, isWorkload, ownLabels } from './flow';
import { FlowPolicy } from './flow-policy';
import { isOurs, namespaceAt } from './namespace-scope';
import { IPeer } from './peer';
import type { PolicySubject } from './policy-data';
import { declareFlow } from './workload-network';

/** What both kinds of whitelist say. */
export interface WhitelistRequest {
  readonly direction: Direction;
  readonly workload: IPeer;
  readonly others: readonly IPeer[];
  readonly options: ConnectOptions;
  /** Every port of every protocol. */
  readonly allPorts?: boolean;
  /** Whether DNS is opened with egress, for pods whose policy is the whitelist's own. */
  readonly dns?: boolean;
}

/**
 * Writes one side of flows: into the policy of a workload that is ours, else into a policy of the
 * whitelist's own.
 */
export function writeWhitelist(whitelist: Construct, { direction, workload, others, options, allPorts, dns }: WhitelistRequest): void {
  const where = whitelist.node.path;
  const side = workload.toPeer()._checked(where);
  if (!others.length) {
    throw new Fault({
      where,
      what: `it names no ${direction === 'egress' ? 'targets' : 'sources'}`,
      id: 'whitelist-empty',
      advice: 'Name one at least. What is to reach nothing and be reached by nothing is isolated, or lies in a SecureNamespace.',
    });
  }
  const flows = others.map(other => declareFlow({
    where, options, allPorts, ...(direction === 'egress' ? { source: workload, target: other } : { source: other, target: workload }),
  }));
  if (isWorkload(side) && side.writer) {
    for (const flow of flows) side.writer.write(direction, flow);
    return;
  }
  const policy = new FlowPolicy(whitelist, 'Policy', { direction, dns, ...place(whitelist, direction, side, allPorts) });
  for (const flow of flows) policy.add(flow);
}

/** Where a whitelist's own policy goes, and which pods it is about. */
function place(whitelist: Construct, direction: Direction, side: Side, allPorts = false): { namespace?: string; subject(): PolicySubject } {
  if (isWorkload(side)) {
    const { end } = side;
    return { namespace: end.namespace, subject: () => ({ namespace: end.namespace, pods: { matchLabels: ownLabels(end) } }) };
  }
  if (side.type === 'pods' && typeof side.namespace !== 'object') {
    const namespace = side.namespace ?? namespaceAt(whitelist);
    return {
      namespace,
      subject: () => {
        if (!isOurs(whitelist, namespace)) {
          if (direction === 'egress') throw foreignEgress(whitelist, side, namespace);
          if (!allPorts) throw closesPorts(whitelist, side, namespace);
        }
        return { namespace, pods: side.podSelector };
      },
    };
  }
  if (side.type === 'namespace' && typeof side.name === 'string') {
    const { name } = side;
    return {
      namespace: name,
      subject: () => {
        if (!isOurs(whitelist, name)) throw direction === 'egress' ? foreignEgress(whitelist, side, name) : closesNamespace(whitelist, name);
        return { namespace: name, pods: 'every' };
      },
    };
  }
  throw new Fault({
    where: whitelist.node.path,
    what: `a policy can be written for pods, but not for ${describePeer(side)}`,
    id: 'whitelist-without-pods',
    advice: 'Name a hardened workload, Peer.workload(…), Peer.pods({ labels: {…} }) or Peer.namespace(…) as the workload.',
  });
}

function foreignEgress(whitelist: Construct, side: Side, namespace: string | undefined): Fault {
  return new Fault({
    where: whitelist.node.path,
    what: `it would shut the egress of ${describeSide(side)}, but the namespace '${namespace}' is not made by this app`,
    id: 'egress-not-ours',
    advice: 'Whoever owns the namespace knows what its pods must reach: write the policy there, make the namespace with SecureNamespace, or open only the other side, with an IngressWhitelist.',
  });
}

function closesNamespace(whitelist: Construct, namespace: string): Fault {
  return new Fault({
    where: whitelist.node.path,
    what: `it would shut every pod of the namespace '${namespace}' but for its sources, and the namespace is not made by this app`,
    id: 'namespace-not-ours',
    advice: `Name the pods: Peer.pods({ namespace: '${namespace}', labels: {…} }), or make the namespace with SecureNamespace.`,
  });
}

function closesPorts(whitelist: Construct, side: Side, namespace: string | undefined): Fault {
  return new Fault({
    where: whitelist.node.path,
    what: `it would shut every other port of ${describeSide(side)}, and the namespace '${namespace}' is not made by this app`,
    id: 'ports-not-ours',
    advice: `Keep all of their ports: { allPorts: true } instead of ports, or SecureNamespace.existing(…, '${namespace}').openToAnyone(…); or make the namespace with SecureNamespace.`,
  });
}
