import { between } from './between';
import { End, idOf } from './ends';
import { Reach } from './reach';
import { Rows } from './rows';
import { Stepping } from './stepping';
import { Verdict } from './verdict';

/** One connection of a way. */
export interface Step {
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
}

/** A way from one end to another, connection by connection. */
export type Path = readonly Step[];

/** Ways, the shortest first. */
export interface Paths {
  readonly paths: readonly Path[];
  /** There are more than were looked for. */
  readonly isCut: boolean;
}

/** More ways than that nobody reads. */
export const MOST_PATHS = 100;
/** Connections that are looked at before the search ends: ways in a dense cluster are more than anybody can count. */
const MOST_TRIED = 2_000_000;

/**
 * Finds the ways on which somebody who has taken over one end gets to another: each connection of it is open on some port,
 * for certain or perhaps. What is between is a workload, and never the same twice.
 */
export class PathFinder {
  private readonly rows: Rows;
  private readonly stepping: Stepping;

  constructor(private readonly reach: Reach, private readonly where: string, private readonly most = MOST_PATHS) {
    this.rows = new Rows(reach.workloads, reach.matrix, reach.world.verdicts);
    this.stepping = new Stepping(reach.workloads, reach.matrix, this.rows);
  }

  /** All ways of at most so many connections, the shortest first, then by the names on them. */
  public between(from: End, to: End, hops: number): Paths {
    const paths: Path[] = [];
    const [starts, ends] = [this.firstSteps(from), this.lastSteps(to)];
    const direct = this.direct(from, to);
    if (direct) paths.push([direct]);
    // Who can get to the end by exactly so many connections.
    const levels: Uint8Array[] = [new Uint8Array(0), Uint8Array.from(this.reach.workloads, (_, place) => ends.has(place) ? 1 : 0)];
    let tried = 0;
    for (let length = 2; length <= hops; length++) {
      levels[length] = this.stepping.before(levels[length - 1]);
      const visited = new Set<number>([placeOf(this.reach, from), placeOf(this.reach, to)]);
      const walk = (so: readonly Step[], place: number, left: number): boolean => {
        if (left === 1) {
          paths.push([...so, ends.get(place)!]);
          return paths.length < this.most;
        }
        visited.add(place);
        for (const { to: next, verdict } of this.rows.of(place)) {
          if (++tried > MOST_TRIED) return false;
          if (verdict.maybe.isEmpty || visited.has(next) || !levels[left - 1][next]) continue;
          if (!walk([...so, this.step(place, next, verdict)], next, left - 1)) return false;
        }
        visited.delete(place);
        return true;
      };
      for (const [place, step] of starts) {
        if (visited.has(place) || !levels[length - 1][place]) continue;
        if (!walk([step], place, length - 1)) return { paths, isCut: true };
      }
    }
    return { paths, isCut: false };
  }

  /** The shortest way to each workload that can be got to. */
  public reachable(from: End, hops: number): Path[] {
    const { workloads } = this.reach;
    const starts = this.firstSteps(from);
    const own = placeOf(this.reach, from);
    const found = this.stepping.from([...starts.keys()], hops - 1);
    const stepTo = (place: number): Step[] => {
      const { before } = found.get(place)!;
      if (before < 0) return [starts.get(place)!];
      return [...stepTo(before), this.step(before, place, this.rows.between(before, place))];
    };
    return [...found.keys()].filter(place => place !== own)
      .sort((a, b) => found.get(a)!.steps - found.get(b)!.steps || (workloads[a].id < workloads[b].id ? -1 : 1))
      .map(stepTo);
  }

  private direct(from: End, to: End): Step | undefined {
    const isOutside = (end: End) => !('workload' in end);
    if (isOutside(from) && isOutside(to)) return undefined;
    return this.spoken(from, to);
  }

  /** The workloads that an end can step to, by their places. */
  private firstSteps(from: End): Map<number, Step> {
    return this.steps(place => this.spoken(from, { workload: this.reach.workloads[place] }), 'workload' in from ? placeOf(this.reach, from) : -1);
  }

  private lastSteps(to: End): Map<number, Step> {
    return this.steps(place => this.spoken({ workload: this.reach.workloads[place] }, to), 'workload' in to ? placeOf(this.reach, to) : -1);
  }

  private steps(stepOf: (place: number) => Step | undefined, besides: number): Map<number, Step> {
    const steps = new Map<number, Step>();
    this.reach.workloads.forEach((_, place) => {
      const step = place === besides ? undefined : stepOf(place);
      if (step) steps.set(place, step);
    });
    return steps;
  }

  private spoken(from: End, to: End): Step | undefined {
    if ('name' in to) return undefined;
    const { verdicts } = this.reach.world;
    const [source, target] = [placeOf(this.reach, from), placeOf(this.reach, to)];
    const verdict = source >= 0 && target >= 0 ? this.rows.between(source, target)
      : [...between(this.reach, this.where, [from], [to])].reduce((sum, its) => verdicts.either(sum, its.verdict), verdicts.none);
    return verdict.maybe.isEmpty ? undefined : { from: idOf(from), to: idOf(to), verdict };
  }

  private step(from: number, to: number, verdict: Verdict): Step {
    const { workloads } = this.reach;
    return { from: workloads[from].id, to: workloads[to].id, verdict };
  }
}

function placeOf({ placeOf: places }: Reach, end: End): number {
  return 'workload' in end ? places.get(end.workload) ?? -1 : -1;
}
