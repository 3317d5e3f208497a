import { AddressRange } from '../kube/addresses';
import { Fault } from '../kube/faults';
import { End, idOf, rangeOf } from './ends';
import { Controller } from './entrances';
import { Direction } from './policy';
import { Reach } from './reach';
import { Verdict } from './verdict';
import { Workload } from './workload';

/** What one end may speak to another. */
export interface Spoken {
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
}

/** More pairs than that, and all pairs are computed at once: that is quicker then. */
const MOST_SINGLE = 2000;

/**
 * What some ends may speak to others, pair by pair; a range in as many parts as differ. A workload to itself, which is
 * about its replicas, counts only where nobody else is asked about.
 *
 * Throws where the question has no answer here: both ends are outside, or the target is none that policies are about
 * [peer-outside].
 */
export function* between(reach: Reach, where: string, sources: readonly End[], targets: readonly End[]): Iterable<Spoken> {
  const areMany = sources.length * targets.length > MOST_SINGLE;
  const areOthers = sources.length * targets.length > 1;
  const pairOf = areMany ? wholePairs(reach) : (from: Workload, to: Workload) => pair(reach, from, to);
  for (const from of sources) {
    for (const to of targets) {
      const ends = { from: idOf(from), to: idOf(to) };
      if ('workload' in from && 'workload' in to) {
        if (from.workload !== to.workload || !areOthers) yield { ...ends, verdict: pairOf(from.workload, to.workload) };
      } else {
        for (const verdict of outside(reach, where, from, to)) yield { ...ends, verdict };
      }
    }
  }
}

/** What a workload may speak to another, by the policies of these two alone: any pod of the one to any of the other. */
export function pair({ sides, world: { verdicts } }: Reach, from: Workload, to: Workload): Verdict {
  return from.units.flatMap(source => to.units.map(target => sides.between(source, target)))
    .reduce((sum, verdict) => verdicts.either(sum, verdict), verdicts.none);
}

function wholePairs({ matrix, workloads, world: { verdicts } }: Reach): (from: Workload, to: Workload) => Verdict {
  const first = new Map<Workload, number>();
  let next = 0;
  for (const workload of workloads) {
    first.set(workload, next);
    next += workload.units.length;
  }
  return (from, to) => {
    let sum = verdicts.none;
    for (let i = 0; i < from.units.length; i++) {
      for (let j = 0; j < to.units.length; j++) sum = verdicts.either(sum, matrix.at(first.get(from)! + i, first.get(to)! + j));
    }
    return sum;
  };
}

function outside(reach: Reach, where: string, from: End, to: End): Verdict[] {
  const [source, target] = [rangeOf(from), rangeOf(to)];
  if ('workload' in to && source) return overlapping(reach, to.workload, 'ingress', source);
  if ('workload' in from && target) return overlapping(reach, from.workload, 'egress', target);
  if ('workload' in to && 'name' in from) {
    return [from.name === 'node' ? reach.world.verdicts.all : reach.boundary.fromController(from.name as Controller, to.workload)];
  }
  const what = 'name' in to ? `'${to.name}' is no target that policies know` : `neither '${idOf(from)}' nor '${idOf(to)}' is in the cluster`;
  throw new Fault({ where, what, id: 'peer-outside', advice: 'Ask about a workload on one side at least, and about addresses as targets outside.' });
}

function overlapping({ boundary }: Reach, workload: Workload, direction: Direction, { family, first, last }: AddressRange): Verdict[] {
  const stretches = boundary.stretches(workload, direction, family);
  return stretches.filter(({ range }) => range.first <= last && first <= range.last).map(({ verdict }) => verdict);
}
