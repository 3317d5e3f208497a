import { AddressRange, formatRange } from '../kube/addresses';
import { CONTROLLERS } from './entrances';
import { DIRECTIONS } from './policy';
import { Reach } from './reach';
import { Selection } from './selection';
import { Verdict } from './verdict';

/** Workloads that reach the same and are reached by the same. */
export interface Group {
  /** Its only member's id, or its first one's and how many there are besides. */
  readonly id: string;
  /** The places of its workloads, ascending. */
  readonly members: readonly number[];
}

/** Finds the workloads that are the same to all others; who is asked about and who is not are kept apart, and namespaces where that is wanted. */
export function groupsOf(reach: Reach, asked: readonly (Selection | undefined)[] = [], areNamespacesApart = false): Group[] {
  const keys = unitKeys(reach);
  const groups = new Map<string, number[]>();
  let unit = 0;
  reach.workloads.forEach((workload, place) => {
    const key = [
      ...workload.units.map(() => keys[unit++]).sort(),
      // Two replicas and one are the same; the places of several kinds of pods differ.
      ...reach.boundary.families.flatMap(family => DIRECTIONS.map(direction => (
        reach.boundary.stretches(workload, direction, family).map(({ range, verdict }) => `${range.first}:${verdict.id}`).join()
      ))),
      ...CONTROLLERS.map(controller => reach.boundary.fromController(controller, workload).id),
      ...asked.map(selection => selection?.hasWorkload(workload)),
      areNamespacesApart && workload.namespace.name,
    ].join('\n');
    const group = groups.get(key);
    if (group) group.push(place); else groups.set(key, [place]);
  });
  return [...groups.values()].map(members => ({ members, id: idOf(reach, members) }));
}

/** The ranges that lie in those of a peer. */
export function membersOf(ranges: readonly AddressRange[], all: readonly AddressRange[]): string[] {
  return all
    .filter(({ family, first, last }) => ranges.some(range => range.family === family && range.first <= first && last <= range.last))
    .map(formatRange);
}

function idOf({ workloads }: Reach, [first, ...others]: readonly number[]): string {
  return `${workloads[first].id}${others.length ? ` +${others.length}` : ''}`;
}

/** For each pod: its classes, and the single pairs in which it differs from them. */
function unitKeys({ matrix }: Reach): string[] {
  const into: string[][] = matrix.units.map(() => []);
  const out = matrix.units.map((_, source) => {
    const row: string[] = [];
    for (const [target, verdict] of sorted(matrix.singles[source])) {
      row.push(`${target}:${verdict.id}`);
      into[target].push(`${source}:${verdict.id}`);
    }
    return row.join();
  });
  return matrix.units.map(({ isOnHost }, i) => `${isOnHost} ${matrix.sourceOf[i].id} ${matrix.targetOf[i].id} ${out[i]} ${into[i].join()}`);
}

function sorted(row: ReadonlyMap<number, Verdict> | undefined): [number, Verdict][] {
  return [...row ?? []].sort(([a], [b]) => a - b);
}
