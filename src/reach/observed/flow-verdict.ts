import { AddressRange, formatRange } from '../../kube/addresses';
import { pair } from '../between';
import { Direction } from '../policy';
import { Reach } from '../reach';
import { targetPorts } from '../services';
import { Side } from '../sides';
import { Verdict } from '../verdict';
import { Workload } from '../workload';
import { Place } from './places';
import { Seen } from './seen';

/** An end that policies know: a workload, a pod by its labels, or addresses of which the same is said. */
export type KnownEnd =
  | Extract<Place, { type: 'workload' | 'outsider' }>
  | { readonly type: 'range'; readonly id: string; readonly range: AddressRange };

/** A connection between two that policies know, and what they say of it. */
export interface Judged {
  readonly from: KnownEnd;
  readonly to: KnownEnd;
  readonly port: number;
  readonly verdict: Verdict;
}

/** The connections that a record tells of: several where it names a Service; none where policies say nothing of it, then why. */
export function judgedAs(reach: Reach, { port, protocol }: Seen, from: Place, to: Place): readonly Judged[] | string {
  if (from.type === 'node' || to.type === 'node') return 'between a pod and its own node, which no policy binds';
  // Who answers by the address of a Service did not ask: the log has its ends the wrong way round.
  if (from.type === 'service') return 'that come from a Service';
  if (to.type !== 'service') return judged(reach, from, to, port);
  if (!to.workloads.length) return 'to Services behind which nobody is in the manifests';
  const { ports } = reach.world.verdicts;
  return to.workloads.flatMap(workload => {
    const targets = protocol === 'ICMP' ? [] : workload.units.flatMap(unit => targetPorts(to.service, unit, ports, port).spans.flat());
    const [behind = port] = targets.map(({ first }) => first);
    const its = judged(reach, from, { type: 'workload', id: workload.id, workload }, behind);
    return typeof its === 'string' ? [] : its;
  });
}

function judged(reach: Reach, from: Exclude<Place, { type: 'node' | 'service' }>, to: Exclude<Place, { type: 'node' | 'service' }>, port: number): Judged[] | string {
  const { world: { verdicts } } = reach;
  if (from.type === 'address') {
    if (to.type !== 'workload') return 'between ends that are both outside of the manifests';
    const { range, verdict } = stretchAt(reach, to.workload, 'ingress', from);
    return [{ from: { type: 'range', id: formatRange(range), range }, to, port, verdict }];
  }
  if (to.type === 'address') {
    if (from.type !== 'workload') return 'between ends that are both outside of the manifests';
    const { range, verdict } = stretchAt(reach, from.workload, 'egress', to);
    return [{ from, to: { type: 'range', id: formatRange(range), range }, port, verdict }];
  }
  if (from.type === 'workload' && to.type === 'workload') return [{ from, to, port, verdict: pair(reach, from.workload, to.workload) }];
  if (from.type === 'outsider' && to.type === 'outsider') return 'between ends that are both outside of the manifests';
  const sides = [...sidesOf(reach, from, 'egress').map(side => [side, to] as const), ...sidesOf(reach, to, 'ingress').map(side => [side, from] as const)];
  const verdict = sides.flatMap(([side, other]) => unitsOf(other).map(unit => reach.sides.allows(side, unit)))
    .reduce((sum, its) => verdicts.either(sum, its), verdicts.none);
  return [{ from, to, port, verdict }];
}

/** The sides of the pods that are in the manifests; what the policies elsewhere say is not known. */
export function sidesOf({ sides }: Reach, end: KnownEnd | Place, direction: Direction): Side[] {
  return end.type === 'workload' ? end.workload.units.map(unit => sides.side(unit, direction)) : [];
}

/** The pods of an end. */
export function unitsOf(end: KnownEnd | Place): readonly Workload['units'][number][] {
  return end.type === 'workload' ? end.workload.units : end.type === 'outsider' ? [end.unit] : [];
}

/** The addresses of which the same is said as of one of them. */
function stretchAt({ boundary }: Reach, workload: Workload, direction: Direction, { family, value }: Extract<Place, { type: 'address' }>): { range: AddressRange; verdict: Verdict } {
  const list = boundary.stretches(workload, direction, family);
  let [low, high] = [0, list.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list[middle].range.first <= value) low = middle; else high = middle - 1;
  }
  return list[low];
}
