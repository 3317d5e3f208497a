import { isWhole, RulePeer } from './peer';
import { Match } from './selector';
import { Side } from './sides';
import { Workload } from './workload';
import { World } from './world';

/** The workloads for which a side may let anything through; only the namespaces that its peers name are read. */
export function candidates(world: World, { direction, policies }: Side): readonly Workload[] {
  if (!policies.length || policies.some(({ isFlawed }) => isFlawed)) return world.workloads;
  const namespaces = new Set<string>();
  for (const policy of policies) {
    for (const { peers } of policy[direction]!) {
      if (!peers) return world.workloads;
      for (const peer of peers) for (const name of namespacesOf(world, peer, policy.namespace)) namespaces.add(name);
    }
  }
  // Who runs in the network of a node may come as the node.
  if (direction === 'ingress') for (const name of world.namespacesOnHost) namespaces.add(name);
  return [...namespaces].flatMap(name => world.workloadsIn(name));
}

function namespacesOf(world: World, peer: RulePeer, own: string): readonly string[] {
  if (peer.type === 'block') return isWhole(peer) ? world.namespacesWithWorkloads : world.namespacesWithAddresses;
  const { namespaces } = peer;
  if (!namespaces) return [own];
  return world.namespacesWithWorkloads.filter(name => {
    const { labels, isKnown } = world.namespace(name);
    return namespaces.match(labels, isKnown) !== Match.NO;
  });
}
