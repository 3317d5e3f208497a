import { Group, groupsOf } from '../../reach/groups';
import { Link, Listing } from '../../reach/listing';
import { NetworkPeer } from '../../reach/network-peer';
import { Reach } from '../../reach/reach';
import { Selection } from '../../reach/selection';
import { coarse } from './coarse';
import { membersOf, Sketch } from './sketch';

/** What a map is to show. */
export interface MapQuestion {
  readonly reach: Reach;
  /** @default - anybody */
  readonly from?: Selection;
  /** @default - anybody */
  readonly to?: Selection;
  /** Workloads that are the same to all others stand together, however few there are. @default false */
  readonly isGrouped?: boolean;
}

/** More lines than that nobody can look at, and no page should hold. */
export const MOST_LINKS = 6000;

/** Sketches who reaches whom: as finely as there is room for. */
export function survey(question: MapQuestion, most = MOST_LINKS): Sketch {
  const { reach, from, to, isGrouped } = question;
  const asked = [from, to];
  if (!isGrouped) {
    const links = linksUpTo(most, question);
    if (links) return fine(question, links, undefined, []);
  }
  const within = groupsOf(reach, asked, true);
  const links = linksUpTo(most, question, within);
  if (links) return fine(question, links, within, ['Workloads of a namespace that are the same to all others stand together.']);
  const across = groupsOf(reach, asked);
  const fewer = linksUpTo(most, question, across);
  if (fewer) return fine(question, fewer, across, ['Workloads that are the same to all others stand together, also across namespaces.']);
  return coarse(linksOf(question, across), across.map(group => membersOf(group, reach.workloads)), reach.world.verdicts, most);
}

function fine(question: MapQuestion, links: readonly Link[], groups: readonly Group[] | undefined, notes: readonly string[]): Sketch {
  const { reach: { workloads }, from, to } = question;
  const sketch = new Sketch();
  sketch.notes.push(...notes);
  const named = new Set(links.flatMap(link => [link.from, link.to]).flatMap(peer => peer.kind === 'workload' ? [peer.index] : []));
  const isShown = (place: number) => (!from && !to) || named.has(place);
  const all = groups ?? workloads.map((_, place) => ({ id: '', members: [place] }));
  const shown = all.filter(({ members: [first] }) => isShown(first));
  for (const group of shown) sketch.addWorkload(workloads[group.members[0]], undefined, membersOf(group, workloads));
  for (const link of links) sketch.addLink(link);
  return sketch;
}

/** All of them, or nothing where there are more. */
function linksUpTo(most: number, question: MapQuestion, groups?: readonly Group[]): Link[] | undefined {
  const links: Link[] = [];
  for (const link of linksOf(question, groups)) if (links.push(link) > most) return undefined;
  return links;
}

/** Nodes reach their own pods whatever policies say: they are shown where they are asked for. */
function* linksOf({ reach, from, to }: MapQuestion, groups?: readonly Group[]): Iterable<Link> {
  const isNode = (peer: NetworkPeer) => peer.kind === 'node';
  for (const link of new Listing(reach, { from, to, groups, mergesAddresses: true }).links()) if (from || !isNode(link.from)) yield link;
}
