import { Matrix, PodClass } from './matrix';
import { Rows } from './rows';
import { Workload } from './workload';

/** Who can be stepped to from whom, class by class: what is said of many pods is looked at once. */
export class Stepping {
  private readonly unitsOf: readonly (readonly number[])[];
  private readonly workloadOf: readonly number[];
  private sources?: ReadonlyMap<PodClass, readonly PodClass[]>;
  private singles?: ReadonlyMap<number, readonly number[]>;

  constructor(private readonly workloads: readonly Workload[], private readonly matrix: Matrix, private readonly rows: Rows) {
    this.workloadOf = workloads.flatMap(({ units }, i) => units.map(() => i));
    let next = 0;
    this.unitsOf = workloads.map(({ units }) => units.map(() => next++));
  }

  /** Whether a workload may step to one of some others, for each workload. */
  public before(targets: Uint8Array): Uint8Array {
    const found = new Uint8Array(this.workloads.length);
    const seen = new Set<PodClass>();
    const sources = this.sources ??= sourcesOf(this.matrix);
    const singles = this.singles ??= singlesInto(this.matrix);
    targets.forEach((isTarget, workload) => {
      if (!isTarget) return;
      for (const unit of this.unitsOf[workload]) {
        for (const source of singles.get(unit) ?? []) found[this.workloadOf[source]] = 1;
        const target = this.matrix.targetOf[unit];
        if (seen.has(target)) continue;
        seen.add(target);
        for (const { members } of sources.get(target) ?? []) for (const source of members) found[this.workloadOf[source]] = 1;
      }
    });
    return found;
  }

  /** The workloads in the order in which they are stepped to from some, at most so many steps away, each with the one before it. */
  public from(first: readonly number[], most: number): Map<number, { readonly before: number; readonly steps: number }> {
    const found = new Map(first.map(place => [place, { before: -1, steps: 0 }]));
    const seen = new Set<PodClass>();
    let level = [...first];
    for (let steps = 1; steps <= most && level.length; steps++) {
      const next: number[] = [];
      for (const place of level) {
        const units = this.unitsOf[place];
        // Pods of a class reach the same, but for single pairs.
        if (units.every(unit => seen.has(this.matrix.sourceOf[unit]) && !this.matrix.singles[unit])) continue;
        for (const unit of units) seen.add(this.matrix.sourceOf[unit]);
        for (const { to, verdict } of this.rows.of(place)) {
          if (verdict.maybe.isEmpty || found.has(to)) continue;
          found.set(to, { before: place, steps });
          next.push(to);
        }
      }
      level = next;
    }
    return found;
  }
}

function sourcesOf({ sources, blocks }: Matrix): Map<PodClass, PodClass[]> {
  const result = new Map<PodClass, PodClass[]>();
  sources.forEach((source, i) => {
    for (const [target, verdict] of blocks[i]) {
      if (verdict.maybe.isEmpty) continue;
      const list = result.get(target);
      if (list) list.push(source); else result.set(target, [source]);
    }
  });
  return result;
}

function singlesInto({ singles }: Matrix): Map<number, number[]> {
  const result = new Map<number, number[]>();
  singles.forEach((row, source) => row?.forEach((verdict, target) => {
    if (verdict.maybe.isEmpty) return;
    const list = result.get(target);
    if (list) list.push(source); else result.set(target, [source]);
  }));
  return result;
}
