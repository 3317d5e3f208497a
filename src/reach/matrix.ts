import { resolvePorts } from './rule-ports';
import { Sides } from './sides';
import { Entry, entryKey, Signatures } from './signature';
import { Unit } from './unit';
import { UnitSet, UnitSets } from './unit-set';
import { Verdict, VerdictTable } from './verdict';
import { World } from './world';

/** A set that is asked about more often than this times its size is looked at class by class, not pod by pod. */
const MOST_PAIRS = 2048;

/** Pods that are the same as a source, or as a target, to all that is said of many. */
export interface PodClass {
  readonly id: number;
  readonly members: number[];
  /** What is said of this side of its pods and of many others. */
  readonly entries: readonly Entry[];
  /** The sets of the other side's entries that its pods are in. */
  readonly within: ReadonlySet<UnitSet>;
}

/**
 * Who reaches whom, in factored form: classes of sources by classes of targets, and single pairs that differ from
 * their classes. Its size is that of what was said, not the square of the pods.
 */
export class Matrix {
  public readonly units: readonly Unit[];
  public readonly signatures: Signatures;
  /** The class of each pod as a source. */
  public readonly sourceOf: PodClass[] = [];
  /** The class of each pod as a target. */
  public readonly targetOf: PodClass[] = [];
  /** By class of sources and class of targets; what is not there is nothing. */
  public readonly blocks: ReadonlyMap<PodClass, Verdict>[] = [];
  /** By source: the targets for which it differs from its class. */
  public readonly singles: (Map<number, Verdict> | undefined)[] = [];
  public readonly sources: PodClass[] = [];
  public readonly targets: PodClass[] = [];
  private readonly verdicts: VerdictTable;
  private readonly broad: Readonly<Record<'ingress' | 'egress', ReadonlySet<UnitSet>>>;

  constructor(world: World, sides: Sides, private readonly mostPairs = MOST_PAIRS) {
    this.verdicts = world.verdicts;
    this.units = world.workloads.flatMap(({ units }) => units);
    const sets = new UnitSets(this.units.length);
    this.signatures = new Signatures(world, this.units, sets, sides);
    this.broad = { ingress: this.broadSets('ingress', sets), egress: this.broadSets('egress', sets) };
    this.classify();
    this.join(sets.all);
    this.single();
  }

  /** What a pod may speak to another one. */
  public at(source: number, target: number): Verdict {
    return this.singles[source]?.get(target) ?? this.blocks[this.sourceOf[source].id].get(this.targetOf[target]) ?? this.verdicts.none;
  }

  private broadSets(direction: 'ingress' | 'egress', sets: UnitSets): ReadonlySet<UnitSet> {
    const asked = new Map<UnitSet, number>();
    for (const { entries } of this.signatures.of[direction]) {
      for (const { set } of entries) asked.set(set, (asked.get(set) ?? 0) + 1);
    }
    return new Set([sets.all, this.signatures.onHost, ...[...asked].flatMap(([set, times]) => set.size * times > this.mostPairs ? [set] : [])]);
  }

  private classify(): void {
    const { ingress, egress } = this.signatures.of;
    const inIngress = memberships(this.broad.ingress, this.units.length);
    const inEgress = memberships(this.broad.egress, this.units.length);
    const names = new Set(egress.flatMap(({ entries }) => entries.flatMap(entry => this.broad.egress.has(entry.set) ? entry.names : [])));
    const [sources, targets] = [new Map<string, PodClass>(), new Map<string, PodClass>()];
    this.units.forEach((unit, i) => {
      const out = egress[i].entries.filter(({ set }) => this.broad.egress.has(set));
      this.sourceOf.push(member(i, `${out.map(entryKey).join(' ')}|${keyOf(inIngress[i])}`, out, inIngress[i], sources, this.sources));
      const into = ingress[i].entries.filter(({ set }) => this.broad.ingress.has(set));
      const ports = names.size ? [...names].map(name => (unit.ports.get(name) ?? []).join('+')).join() : '';
      this.targetOf.push(member(i, `${into.map(entryKey).join(' ')}|${keyOf(inEgress[i])}|${ports}`, into, inEgress[i], targets, this.targets));
    });
  }

  /** Verdicts for classes; only those are looked at where one side names a set that the other is in. */
  private join(all: UnitSet): void {
    const targetsIn = byKey(this.targets, ({ within }) => within);
    const targetsNaming = byKey(this.targets, ({ entries }) => entries.map(({ set }) => set));
    for (const source of this.sources) {
      const row = new Map<PodClass, Verdict>();
      const isToAll = source.entries.some(({ set }) => set === all);
      const candidates = isToAll
        ? [...source.within].flatMap(set => targetsNaming.get(set) ?? [])
        : source.entries.flatMap(({ set }) => targetsIn.get(set) ?? []);
      for (const target of new Set(candidates)) {
        const unit = this.units[target.members[0]];
        const out = this.said(source.entries, set => target.within.has(set), unit);
        const verdict = this.verdicts.both(out, this.said(target.entries, set => source.within.has(set), unit));
        if (verdict !== this.verdicts.none) row.set(target, verdict);
      }
      this.blocks.push(row);
    }
  }

  /** Pairs that are named one by one. What is said of many holds for them, too: they only ever get more. */
  private single(): void {
    const { ingress, egress } = this.signatures.of;
    this.units.forEach((_, i) => {
      for (const { set } of egress[i].entries) if (!this.broad.egress.has(set)) for (const target of set.members) this.pair(i, target);
      for (const { set } of ingress[i].entries) if (!this.broad.ingress.has(set)) for (const source of set.members) this.pair(source, i);
    });
  }

  private pair(source: number, target: number): void {
    const { ingress, egress } = this.signatures.of;
    const row = this.singles[source];
    if (row?.has(target)) return;
    const unit = this.units[target];
    const out = this.saidOf(egress[source].entries, target, unit);
    if (out === this.verdicts.none) return;
    const verdict = this.verdicts.both(out, this.saidOf(ingress[target].entries, source, unit));
    if (verdict === this.at(source, target)) return;
    if (row) row.set(target, verdict); else this.singles[source] = new Map([[target, verdict]]);
  }

  private said(entries: readonly Entry[], isIn: (set: UnitSet) => boolean, target: Unit): Verdict {
    let sum = this.verdicts.none;
    for (const entry of entries) if (isIn(entry.set)) sum = this.verdicts.either(sum, this.openedBy(entry, target));
    return sum;
  }

  private saidOf(entries: readonly Entry[], other: number, target: Unit): Verdict {
    let sum = this.verdicts.none;
    for (const entry of entries) if (entry.set.has(other)) sum = this.verdicts.either(sum, this.openedBy(entry, target));
    return sum;
  }

  private openedBy(entry: Entry, target: Unit): Verdict {
    const ports = entry.names.length ? resolvePorts(entry, target.ports, this.verdicts.ports) : entry.numbers;
    return this.verdicts.rule(ports, entry.doubts);
  }
}

/** The sets that each pod is in. */
function memberships(sets: ReadonlySet<UnitSet>, count: number): UnitSet[][] {
  const result: UnitSet[][] = Array.from({ length: count }, () => []);
  for (const set of sets) for (const unit of set.members) result[unit].push(set);
  return result;
}

function keyOf(sets: readonly UnitSet[]): string {
  return sets.map(({ id }) => id).join();
}

function member(
  unit: number, key: string, entries: readonly Entry[], within: readonly UnitSet[], classes: Map<string, PodClass>, list: PodClass[],
): PodClass {
  let its = classes.get(key);
  if (!its) {
    classes.set(key, its = { id: list.length, members: [], entries, within: new Set(within) });
    list.push(its);
  }
  its.members.push(unit);
  return its;
}

function byKey(classes: readonly PodClass[], keysOf: (one: PodClass) => Iterable<UnitSet>): Map<UnitSet, PodClass[]> {
  const result = new Map<UnitSet, PodClass[]>();
  for (const one of classes) {
    for (const key of keysOf(one)) {
      const list = result.get(key);
      if (list) list.push(one); else result.set(key, [one]);
    }
  }
  return result;
}
