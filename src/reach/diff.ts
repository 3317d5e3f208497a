import { ReadObject } from '../kube/reading/read';
import { candidates } from './candidates';
import { changedDirections, changedObjects } from './changed-objects';
import { CONTROLLERS } from './entrances';
import { Link } from './listing';
import { NetworkPeer, rangesPeer, workloadPeer } from './network-peer';
import { cut, Stretch } from './outside';
import { groupOf } from './pod-templates';
import { Direction, DIRECTIONS } from './policy';
import { Reach } from './reach';
import { Rows } from './rows';
import { isAlike, Unit } from './unit';
import { Verdict, VerdictTable } from './verdict';
import { Workload } from './workload';
import { isEntrance, namespaceOf, World } from './world';

/** A connection that is not what it was. */
export interface ChangedLink {
  readonly from: NetworkPeer;
  readonly to: NetworkPeer;
  readonly before: Verdict;
  readonly after: Verdict;
}

/** More workloads than that, and all pairs are looked at: that is quicker then. */
const MOST_TOUCHED = 64;

/** Whose connections may be others than before, by direction. */
type Touched = Readonly<Record<Direction, Set<string>>>;

/** What two inputs say differently. Only what a change touches is looked at, unless much has changed. */
export class Diff {
  public readonly before: Reach;
  public readonly after: Reach;
  private readonly verdicts = new VerdictTable();

  constructor(
    private readonly old: readonly ReadObject[], private readonly its: readonly ReadObject[], private readonly mostTouched = MOST_TOUCHED,
  ) {
    this.before = new Reach(old, this.verdicts);
    this.after = new Reach(its, this.verdicts);
  }

  /** The connections that are added, removed or changed, by the ids of their ends. */
  public changes(): ChangedLink[] {
    const touched = this.touched();
    const size = touched.ingress.size + touched.egress.size;
    const links = size > this.mostTouched ? this.allPairs() : this.pairsOf(touched);
    for (const id of new Set([...touched.egress, ...touched.ingress])) {
      const [before, after] = this.both(id);
      for (const direction of DIRECTIONS) if (touched[direction].has(id)) links.push(...this.withAddresses(before, after, direction));
      if (touched.ingress.has(id)) links.push(...this.withControllers(before, after));
    }
    return links.sort((a, b) => compare(a.from.id, b.from.id) || compare(a.to.id, b.to.id));
  }

  private touched(): Touched {
    const touched: Touched = { ingress: new Set(), egress: new Set() };
    const touch = (workloads: readonly { readonly id: string }[], directions: readonly Direction[]) => {
      for (const direction of directions) for (const { id } of workloads) touched[direction].add(id);
    };
    const worlds = [this.before.world, this.after.world];
    if (worlds[0].tellsReplicasApart !== worlds[1].tellsReplicasApart) for (const { workloads } of worlds) touch(workloads, DIRECTIONS);
    for (const change of changedObjects(this.old, this.its)) {
      for (const [i, object] of [change.before, change.after].entries()) {
        if (!object) continue;
        const { manifest: { kind, apiVersion, metadata } } = object;
        if (kind === 'NetworkPolicy') {
          touch(selectedBy(worlds[i], object), changedDirections(change));
        } else if (kind === 'Namespace') {
          // Its labels count for every pod in it.
          for (const world of worlds) touch(world.workloadsIn(String(metadata.name)), DIRECTIONS);
        } else if (isEntrance(kind, groupOf(apiVersion))) {
          for (const world of worlds) for (const name of namespacesIn(object)) touch(world.workloadsIn(name), ['ingress']);
        } else {
          const namespace = namespaceOf(object);
          const ids = new Set(worlds.flatMap(world => world.workloadsIn(namespace).map(({ id }) => id)));
          touch([...ids].filter(id => isOther(...this.both(id))).map(id => ({ id })), DIRECTIONS);
        }
      }
    }
    return touched;
  }

  private pairsOf(touched: Touched): ChangedLink[] {
    const links: ChangedLink[] = [];
    const seen = new Set<string>();
    for (const direction of DIRECTIONS) {
      for (const id of touched[direction]) {
        const ends = this.both(id);
        const reaches = [this.before, this.after];
        const others = new Set(ends.flatMap((workload, i) => workload ? reachable(reaches[i], workload, direction) : []).map(other => other.id));
        for (const other of others) {
          const [from, to] = direction === 'egress' ? [id, other] : [other, id];
          const key = `${from} ${to}`;
          if (from === to || seen.has(key)) continue;
          seen.add(key);
          const [before, after] = [this.before, this.after].map((reach, i) => between(reach, this.both(from)[i], this.both(to)[i]));
          if (!isSame(before, after)) links.push({ from: this.peer(from), to: this.peer(to), before, after });
        }
      }
    }
    return links;
  }

  private allPairs(): ChangedLink[] {
    const [before, after] = [this.before, this.after].map(reach => new Rows(reach.workloads, reach.matrix, this.verdicts));
    const ids = [...new Set([...this.before.workloads, ...this.after.workloads].map(({ id }) => id))];
    const places = [this.before, this.after].map(({ workloads }) => new Map(workloads.map(({ id }, i) => [id, i])));
    const rowOf = (rows: Rows, i: number, id: string) => {
      const place = places[i].get(id);
      const { workloads } = [this.before, this.after][i];
      return new Map(place === undefined ? [] : rows.of(place).map(({ to, verdict }) => [workloads[to].id, verdict]));
    };
    return ids.flatMap(id => {
      const [old, its] = [rowOf(before, 0, id), rowOf(after, 1, id)];
      return [...new Set([...old.keys(), ...its.keys()])].flatMap(other => {
        const [a, b] = [old.get(other) ?? this.verdicts.none, its.get(other) ?? this.verdicts.none];
        return other === id || isSame(a, b) ? [] : [{ from: this.peer(id), to: this.peer(other), before: a, after: b }];
      });
    });
  }

  private withAddresses(before: Workload | undefined, after: Workload | undefined, direction: Direction): ChangedLink[] {
    const groups = new Map<string, { before: Verdict; after: Verdict; ranges: Parameters<typeof rangesPeer>[0][number][] }>();
    for (const family of [4, 6] as const) {
      const reaches = [this.before, this.after];
      const lists = [before, after].map((workload, i) => workload ? reaches[i].boundary.stretches(workload, direction, family) : []);
      for (const range of cut(family, lists)) {
        const [a, b] = lists.map(list => verdictAt(list, range.first) ?? this.verdicts.none);
        // Whether addresses of IPv6 count takes a look at everything, and so it is asked for last.
        if (isSame(a, b) || (family === 6 && !this.before.world.usesSix && !this.after.world.usesSix)) continue;
        const key = `${a.id} ${b.id}`;
        const group = groups.get(key);
        if (group) group.ranges.push(range); else groups.set(key, { before: a, after: b, ranges: [range] });
      }
    }
    const own = this.peer((after ?? before)!.id);
    return [...groups.values()].map(({ ranges, ...verdicts }) => {
      const addresses = rangesPeer(ranges);
      return direction === 'egress' ? { from: own, to: addresses, ...verdicts } : { from: addresses, to: own, ...verdicts };
    });
  }

  private withControllers(before: Workload | undefined, after: Workload | undefined): ChangedLink[] {
    return CONTROLLERS.flatMap(id => {
      const reaches = [this.before, this.after];
      const [a, b] = [before, after].map((workload, i) => workload ? reaches[i].boundary.fromController(id, workload) : this.verdicts.none);
      return isSame(a, b) ? [] : [{ from: { kind: 'external' as const, id }, to: this.peer((after ?? before)!.id), before: a, after: b }];
    });
  }

  private both(id: string): [Workload | undefined, Workload | undefined] {
    return [this.before.world.workload(id), this.after.world.workload(id)];
  }

  private peer(id: string): NetworkPeer {
    const [before, after] = this.both(id);
    return workloadPeer((after ?? before)!, -1);
  }
}

/** Tells whether more is let through than before, for certain or perhaps. */
export function isWider({ before, after }: Pick<ChangedLink, 'before' | 'after'>, { verdicts: { ports } }: World): boolean {
  return !ports.rest(after.sure, before.sure).isEmpty || !ports.rest(after.maybe, before.maybe).isEmpty;
}

/** A link as it is on one side. */
export function linkOf({ from, to }: ChangedLink, verdict: Verdict): Link {
  return { from, to, verdict };
}

function selectedBy(world: World, object: ReadObject): Workload[] {
  const namespace = namespaceOf(object);
  const policy = world.policiesIn(namespace).find(({ source }) => source === object);
  if (!policy) return [];
  return world.workloadsIn(namespace).filter(({ units }) => units.some(({ labels }) => policy.pods.match(labels)));
}

/** The namespaces that a Service, an Ingress or a route is about. */
function namespacesIn(object: ReadObject): Set<string> {
  const names = new Set([namespaceOf(object)]);
  JSON.stringify(object.manifest.spec ?? null, (key, value: unknown) => {
    if (key === 'namespace' && typeof value === 'string') names.add(value);
    return value;
  });
  return names;
}

/** Tells whether policies may see a workload as another than before. */
function isOther(before: Workload | undefined, after: Workload | undefined): boolean {
  if (!before || !after || before.units.length !== after.units.length) return true;
  return before.units.some((unit, i) => {
    const other = after.units[i];
    return !isAlike(unit, other) || describeAddresses(unit) !== describeAddresses(other);
  });
}

function describeAddresses({ addresses }: Unit): string {
  return addresses.map(({ family, value }) => `${family}:${value}`).sort().join();
}

/** Whom a workload may reach, or who may reach it, as far as its own side goes. */
function reachable({ world, sides }: Reach, { units }: Workload, direction: Direction): Workload[] {
  return [...new Set(units.flatMap(unit => {
    const side = sides.side(unit, direction);
    return candidates(world, side).filter(other => other.units.some(its => !sides.allows(side, its).maybe.isEmpty));
  }))];
}

function between({ world: { verdicts }, sides }: Reach, from: Workload | undefined, to: Workload | undefined): Verdict {
  if (!from || !to) return verdicts.none;
  return from.units.flatMap(source => to.units.map(target => sides.between(source, target)))
    .reduce((sum, verdict) => verdicts.either(sum, verdict), verdicts.none);
}

function verdictAt(list: readonly Stretch[], address: bigint): Verdict | undefined {
  return list.find(({ range: { first, last } }) => first <= address && address <= last)?.verdict;
}

/** Other reasons for the same doubt are no change. */
function isSame(a: Verdict, b: Verdict): boolean {
  return a.sure === b.sure && a.maybe === b.maybe;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
