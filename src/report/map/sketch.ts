import { holdsInternet } from '../../kube/internet';
import { Group } from '../../reach/groups';
import { NetworkPeer } from '../../reach/network-peer';
import { Verdict } from '../../reach/verdict';
import { Workload } from '../../reach/workload';
import { nameOfRanges } from './addresses';
import type { ChangeState, MapLink, MapNode, MapSpace } from './reach-map';
import { shown } from './words';

/** A line as it is found: between which peers, and what it lets through. */
export interface FoundLink {
  readonly from: NetworkPeer;
  readonly to: NetworkPeer;
  readonly verdict: Verdict;
  /** What it let through before, in a diff. */
  readonly before?: Verdict;
  readonly state?: ChangeState;
}

/** A link of a sketch, with the peers that it is about. */
export type SketchedLink = Pick<MapLink, 'from' | 'to' | 'count' | 'side'> & FoundLinkOf;
/** Ends are places by now; peers tell why, where the line is about two of them alone. */
type FoundLinkOf = Omit<FoundLink, 'from' | 'to'> & { readonly source?: NetworkPeer; readonly target?: NetworkPeer };
type SketchedNode = Omit<MapNode, 'x' | 'y'>;
type SketchedSpace = { -readonly [K in 'name' | 'kind' | 'count']: MapSpace[K] } & { readonly nodes: number[] };

/** How many members of a group are named. */
const MOST_MEMBERS = 50;
const NARROWEST = 96;
const WIDEST = 230;
const LETTER = 7.6;
/** What lies outside stands at the sides. */
const OUTSIDE = { source: 'from outside', target: 'to outside' } as const;

/** What is on a map, before anything has a place: spaces, nodes in them, links between nodes. */
export class Sketch {
  public readonly spaces: SketchedSpace[] = [];
  public readonly nodes: SketchedNode[] = [];
  public readonly links: SketchedLink[] = [];
  public readonly notes: string[] = [];
  private readonly spaceByKey = new Map<string, number>();
  private readonly nodeByKey = new Map<string, number>();

  /** A workload, or a group with the first of its members. */
  public addWorkload(workload: Workload, state?: ChangeState, members: readonly Workload[] = [workload]): number {
    const known = this.nodeByKey.get(workload.id);
    if (known !== undefined) return known;
    const namespaces = [...new Set(members.map(({ namespace: { name } }) => name))];
    const space = this.spaceOf('namespace', namespaces, members.length);
    const { length } = members;
    return this.addNode(workload.id, {
      id: `${shown(workload.id)}${length > 1 ? ` and ${length - 1} more` : ''}`,
      label: `${shown(workload.name)}${length > 1 ? ` +${length - 1}` : ''}`,
      kind: shown(workload.kind),
      space,
      ...length > 1 && { members: [...members.slice(0, MOST_MEMBERS).map(({ id }) => shown(id)), ...length > MOST_MEMBERS ? [`and ${length - MOST_MEMBERS} more`] : []] },
      ...state && { state },
    });
  }

  /** A link, and its ends where they are not there yet. */
  public addLink({ from, to, ...rest }: FoundLink): void {
    const [source, target] = [this.endOf(from, 'source'), this.endOf(to, 'target')];
    this.links.push({ ...rest, from: source, to: target, source: from, target: to, side: sideOf(from, to) });
  }

  /** The place of the space of some namespaces, which holds so many more workloads now. */
  public spaceOf(kind: MapSpace['kind'], names: readonly string[], more: number): number {
    const key = `${kind} ${names.length} ${names.join(' ')}`;
    let place = this.spaceByKey.get(key);
    if (place === undefined) {
      const name = names.length > 1 ? `${shown(names[0])} +${names.length - 1} namespaces` : shown(names[0]);
      place = this.spaces.push({ name, kind, count: 0, nodes: [] }) - 1;
      this.spaceByKey.set(key, place);
    }
    this.spaces[place].count += more;
    return place;
  }

  /** The place of the space of what lies outside, on one side. */
  public outside(side: 'source' | 'target', more: number): number {
    return this.spaceOf(side, [OUTSIDE[side]], more);
  }

  private endOf(peer: NetworkPeer, side: 'source' | 'target'): number {
    if (peer.kind === 'workload') return this.addWorkload(peer.workload);
    const key = `${side} ${peer.kind} ${peer.id}`;
    const known = this.nodeByKey.get(key);
    if (known !== undefined) return known;
    const space = this.outside(side, 1);
    const label = peer.kind === 'ip' ? nameOfRanges(peer.ranges) : peer.id;
    const kind = peer.kind !== 'ip' ? peer.kind === 'node' ? 'nodes' : 'controller' : peer.ranges.some(holdsInternet) ? 'internet' : 'private addresses';
    return this.addNode(key, { id: shown(peer.id), label, kind, space });
  }

  private addNode(key: string, node: Omit<SketchedNode, 'width'>): number {
    const letters = Math.max([...node.label].length, [...node.kind].length * 0.86);
    const place = this.nodes.push({ ...node, width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, letters * LETTER + 22))) }) - 1;
    this.nodeByKey.set(key, place);
    this.spaces[node.space].nodes.push(place);
    return place;
  }
}

/** Who a group is made of. */
export function membersOf({ members }: Group, workloads: readonly Workload[]): Workload[] {
  return members.map(place => workloads[place]);
}

/** From the internet, or from what leads it in; or out to it. */
export function sideOf(from: NetworkPeer, to: NetworkPeer): MapLink['side'] {
  if (from.kind === 'external' || (from.kind === 'ip' && from.ranges.some(holdsInternet))) return 'entry';
  return to.kind === 'ip' && to.ranges.some(holdsInternet) ? 'exit' : undefined;
}
