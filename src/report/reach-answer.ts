import { Problem } from '../kube/reading/problem';
import { Group, membersOf } from '../reach/groups';
import { Link, Listing } from '../reach/listing';
import { PortTable } from '../reach/port-set';
import { Reach } from '../reach/reach';
import { ShownConnection, shownConnections } from './reach-connection';

/** Everything that `reach` has to say; each renderer writes it in a format of its own. */
export interface ReachAnswer {
  readonly problems: readonly Problem[];
  readonly reach: Reach;
  readonly listing: Listing;
  /** Workloads that are the same to all others. @default - each stands for itself */
  readonly groups?: readonly Group[];
  /** Everybody is asked about: nothing was left out. */
  readonly isWhole: boolean;
}

/** The connections of an answer, one by one. */
export function* connectionsOf({ listing, reach }: ReachAnswer): Iterable<ShownConnection & { readonly link: Link }> {
  const table: PortTable = reach.world.verdicts.ports;
  for (const link of listing.links()) for (const connection of shownConnections(link, table)) yield { ...connection, link };
}

/** Who stands in which group: those of workloads, and addresses that a connection names together. */
export function groupMembers(
  { groups = [], listing, reach }: ReachAnswer, connections: Iterable<{ readonly link: Link }>,
): { id: string; members: readonly string[] }[] {
  const named = new Map<string, readonly string[]>();
  const ranges = listing.ranges.flatMap(peer => peer.kind === 'ip' ? peer.ranges : []);
  for (const { link: { from, to } } of connections) {
    for (const peer of [from, to]) {
      if (peer.kind === 'ip' && !named.has(peer.id)) named.set(peer.id, membersOf(peer.ranges, ranges));
    }
  }
  return [
    ...[...named].map(([id, members]) => ({ id, members })).filter(({ id, members }) => members.length !== 1 || members[0] !== id),
    ...groups.filter(({ members }) => members.length > 1)
      .map(({ id, members }) => ({ id, members: members.map(place => reach.workloads[place].id) })),
  ];
}
