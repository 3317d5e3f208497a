import { AddressRange, Family } from '../kube/addresses';
import { Group } from './groups';
import { NetworkPeer, NODE, rangesPeer, workloadPeer, WorkloadPeer } from './network-peer';
import { cut, Stretch } from './outside';
import { Direction } from './policy';
import { Reach } from './reach';
import { Rows } from './rows';
import { Selection } from './selection';
import { Verdict } from './verdict';
import { Workload } from './workload';

/** A connection that is allowed, or may be. */
export interface Link {
  readonly from: NetworkPeer;
  readonly to: NetworkPeer;
  readonly verdict: Verdict;
}

/** What is asked for. */
export interface Question {
  /** @default - anybody */
  readonly from?: Selection;
  /** @default - anybody */
  readonly to?: Selection;
  /** Addresses of which the same holds for a workload are one peer; else peers are ranges that are the same for all. @default false */
  readonly mergesAddresses?: boolean;
  /** Workloads that are the same to all others stand together. @default - each stands for itself */
  readonly groups?: readonly Group[];
}

/** The connections, written out one by one. */
export class Listing {
  private readonly rows: Rows;
  /** By place; with groups, only the first of each stands there. */
  private readonly peers: readonly (WorkloadPeer | undefined)[];
  /** Those that count, and those that are asked about. */
  private readonly families: readonly Family[];
  /** The ranges of addresses that are peers: disjoint, and all of the space. */
  public readonly ranges: readonly NetworkPeer[];

  constructor(private readonly reach: Reach, private readonly question: Question = {}) {
    this.rows = new Rows(reach.workloads, reach.matrix, reach.world.verdicts);
    this.peers = peersOf(reach, question.groups);
    this.families = [...new Set([...reach.boundary.families, ...[question.from, question.to].flatMap(side => side?.range?.family ?? [])])].sort();
    const areRangesPeers = !question.mergesAddresses || question.groups;
    this.ranges = areRangesPeers ? this.families.flatMap(family => this.cut(family)).map(range => rangesPeer([range])) : [];
  }

  /** Everything that may stand on a side of a connection. */
  public get allPeers(): readonly NetworkPeer[] {
    return [...this.ranges, ...this.controllers, NODE, ...this.reach.workloads.map(workloadPeer)];
  }

  /** The connections: from addresses, from controllers, from the node, then workload by workload; each peer's in the order of peers. */
  public *links(): Iterable<Link> {
    const { from, to } = this.question;
    const targets = this.peers.filter(peer => peer !== undefined).filter(peer => !to || to.hasWorkload(peer.workload));
    if (!from || from.range) yield* this.fromAddresses(targets, from?.range);
    for (const controller of this.controllers) if (!from || from.hasName(controller.id)) yield* this.fromController(controller, targets);
    if (!from || from.hasName(NODE.id)) yield* this.fromNode(targets);
    for (const peer of this.peers) {
      if (!peer || (from && !from.hasWorkload(peer.workload))) continue;
      if (!to || to.range) yield* this.toAddresses(peer, peer.workload, to?.range);
      for (const { to: place, verdict } of this.rows.of(peer.index)) {
        const target = this.peers[place];
        if (!target || (to && !to.hasWorkload(target.workload))) continue;
        if (target !== peer) yield { from: peer, to: target, verdict };
        else if (peer.count > 1) yield { from: peer, to: peer, verdict };
      }
    }
  }

  private get controllers(): NetworkPeer[] {
    return this.reach.entrances.controllers.map(id => ({ kind: 'external', id }));
  }

  private *fromController(from: NetworkPeer, targets: readonly WorkloadPeer[]): Iterable<Link> {
    for (const to of targets) {
      if (from.kind !== 'external') continue;
      const verdict = this.reach.boundary.fromController(from.id, to.workload);
      if (!verdict.maybe.isEmpty) yield { from, to, verdict };
    }
  }

  private *fromNode(targets: readonly WorkloadPeer[]): Iterable<Link> {
    const { all } = this.reach.world.verdicts;
    for (const to of targets) yield { from: NODE, to, verdict: all };
  }

  private *fromAddresses(targets: readonly WorkloadPeer[], asked: AddressRange | undefined): Iterable<Link> {
    if (this.question.mergesAddresses) {
      for (const to of targets) {
        for (const [from, verdict] of this.merged(to.workload, 'ingress', asked)) yield { from, to, verdict };
      }
      return;
    }
    for (const from of this.ranges) {
      if (from.kind !== 'ip' || (asked && !isWithin(from.ranges[0], asked))) continue;
      for (const to of targets) {
        const verdict = this.at(to.workload, 'ingress', from.ranges[0]);
        if (verdict) yield { from, to, verdict };
      }
    }
  }

  private *toAddresses(from: NetworkPeer, workload: Workload, asked: AddressRange | undefined): Iterable<Link> {
    if (this.question.mergesAddresses) {
      for (const [to, verdict] of this.merged(workload, 'egress', asked)) yield { from, to, verdict };
      return;
    }
    for (const to of this.ranges) {
      if (to.kind !== 'ip' || (asked && !isWithin(to.ranges[0], asked))) continue;
      const verdict = this.at(workload, 'egress', to.ranges[0]);
      if (verdict) yield { from, to, verdict };
    }
  }

  /** What is said of a range that is never cut. */
  private at(workload: Workload, direction: Direction, { family, first }: AddressRange): Verdict | undefined {
    const list = this.reach.boundary.stretches(workload, direction, family);
    const { verdict } = list.length === 1 ? list[0] : list[placeOf(list, first)];
    return verdict.maybe.isEmpty ? undefined : verdict;
  }

  /** The addresses of which the same is said, as one peer each. */
  private merged(workload: Workload, direction: Direction, asked: AddressRange | undefined): Map<NetworkPeer, Verdict> {
    const byVerdict = new Map<Verdict, AddressRange[]>();
    for (const family of this.families) {
      for (const { range, verdict } of this.reach.boundary.stretches(workload, direction, family)) {
        const part = asked ? common(range, asked) : range;
        if (verdict.maybe.isEmpty || !part) continue;
        const list = byVerdict.get(verdict);
        if (list) list.push(part); else byVerdict.set(verdict, [part]);
      }
    }
    return new Map([...byVerdict].map(([verdict, ranges]) => [rangesPeer(ranges), verdict]));
  }

  private cut(family: Family): AddressRange[] {
    const { boundary, workloads } = this.reach;
    const lists = new Set<readonly Stretch[]>();
    for (const workload of workloads) for (const direction of ['ingress', 'egress'] as const) lists.add(boundary.stretches(workload, direction, family));
    const asked = [this.question.from?.range, this.question.to?.range].flatMap(range => range?.family === family ? [range] : []);
    return cut(family, lists, asked);
  }
}

function peersOf({ workloads }: Reach, groups?: readonly Group[]): readonly (WorkloadPeer | undefined)[] {
  if (!groups) return workloads.map(workloadPeer);
  const peers: (WorkloadPeer | undefined)[] = workloads.map(() => undefined);
  for (const { id, members: [index], members: { length } } of groups) peers[index] = { kind: 'workload', id, index, workload: workloads[index], count: length };
  return peers;
}

function placeOf(list: readonly Stretch[], address: bigint): number {
  let [low, high] = [0, list.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list[middle].range.first <= address) low = middle; else high = middle - 1;
  }
  return low;
}

function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last;
}

function common(a: AddressRange, b: AddressRange): AddressRange | undefined {
  if (a.family !== b.family) return undefined;
  const first = a.first > b.first ? a.first : b.first;
  const last = a.last < b.last ? a.last : b.last;
  return first <= last ? { family: a.family, first, last } : undefined;
}
