import { Matrix, PodClass } from './matrix';
import { Verdict, VerdictTable } from './verdict';
import { Workload } from './workload';

/** A workload that is reached, by its place, and what may be spoken to it. */
export interface Reached {
  readonly to: number;
  readonly verdict: Verdict;
}

/** More entries than that are not kept: they are made again. */
const MOST_KEPT = 4_000_000;

/** The factored form, written out row by row; workloads by their places. */
export class Rows {
  private readonly workloadOf: number[];
  private readonly firstUnit: number[];
  private readonly byClass = new Map<PodClass, readonly Reached[]>();
  private kept = 0;

  constructor(private readonly workloads: readonly Workload[], private readonly matrix: Matrix, private readonly verdicts: VerdictTable) {
    this.workloadOf = workloads.flatMap(({ units }, i) => units.map(() => i));
    let next = 0;
    this.firstUnit = workloads.map(({ units }) => (next += units.length) - units.length);
  }

  /** Whom a workload reaches, by place; itself (another replica) included. */
  public of(workload: number): readonly Reached[] {
    const first = this.firstUnit[workload];
    const { length } = this.workloads[workload].units;
    const rows = Array.from({ length }, (_, i) => this.ofUnit(first + i));
    if (length === 1 && this.workloads.length === this.matrix.units.length) return rows[0];
    const sums = new Map<number, Verdict>();
    for (const row of rows) {
      for (const { to, verdict } of row) {
        const place = this.workloadOf[to];
        sums.set(place, this.verdicts.either(sums.get(place) ?? this.verdicts.none, verdict));
      }
    }
    return [...sums].map(([to, verdict]) => ({ to, verdict })).sort((a, b) => a.to - b.to);
  }

  /** What a workload may speak to another one. */
  public between(from: number, to: number): Verdict {
    let sum = this.verdicts.none;
    for (let i = 0; i < this.workloads[from].units.length; i++) {
      for (let j = 0; j < this.workloads[to].units.length; j++) {
        sum = this.verdicts.either(sum, this.matrix.at(this.firstUnit[from] + i, this.firstUnit[to] + j));
      }
    }
    return sum;
  }

  private ofUnit(unit: number): readonly Reached[] {
    const row = this.ofClass(this.matrix.sourceOf[unit]);
    const singles = this.matrix.singles[unit];
    if (!singles) return row;
    const own = [...singles].map(([to, verdict]) => ({ to, verdict })).sort((a, b) => a.to - b.to);
    const result: Reached[] = [];
    let i = 0;
    for (const single of own) {
      while (i < row.length && row[i].to < single.to) result.push(row[i++]);
      if (i < row.length && row[i].to === single.to) i++;
      result.push(single);
    }
    while (i < row.length) result.push(row[i++]);
    return result;
  }

  private ofClass(source: PodClass): readonly Reached[] {
    const known = this.byClass.get(source);
    if (known) return known;
    const row: Reached[] = [];
    for (const [target, verdict] of this.matrix.blocks[source.id]) for (const to of target.members) row.push({ to, verdict });
    row.sort((a, b) => a.to - b.to);
    this.kept += row.length;
    if (this.kept > MOST_KEPT) {
      this.byClass.clear();
      this.kept = row.length;
    }
    this.byClass.set(source, row);
    return row;
  }
}
