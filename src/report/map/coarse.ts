import { NetworkPeer } from '../../reach/network-peer';
import { Verdict, VerdictTable } from '../../reach/verdict';
import { Workload } from '../../reach/workload';
import type { ChangeState } from './reach-map';
import { FoundLink, Sketch, sideOf } from './sketch';

interface Sum {
  readonly from: number;
  readonly to: number;
  readonly side: ReturnType<typeof sideOf>;
  count: number;
  verdict: Verdict;
  before: Verdict;
  readonly states: Set<ChangeState>;
}

/** Who stands in which space, and how many of them. */
type Crowd = ReadonlyMap<number, number>;

/**
 * Sketches namespaces alone, with lines that stand for all connections between two of them: for what is too much to be
 * drawn workload by workload. Lines beyond `most` are left out, and counted.
 */
export function coarse(links: Iterable<FoundLink>, all: readonly (readonly Workload[])[], verdicts: VerdictTable, most: number): Sketch {
  const sketch = new Sketch();
  const crowds = new Map<string, Crowd>();
  for (const members of all) crowds.set(members[0].id, crowdOf(members, sketch));
  const sums = new Map<string, Sum>();
  let leftOut = 0;
  for (const { from, to, verdict, before = verdicts.none, state } of links) {
    for (const [source, sources] of crowdAt(from, 'source', crowds, sketch)) {
      for (const [target, targets] of crowdAt(to, 'target', crowds, sketch)) {
        const count = sources * (from === to && source === target ? targets - 1 : targets);
        if (!count) continue;
        const key = `${source} ${target}`;
        const sum = sums.get(key);
        if (sum) {
          sum.count += count;
          sum.verdict = verdicts.either(sum.verdict, verdict);
          sum.before = verdicts.either(sum.before, before);
          if (state) sum.states.add(state);
        } else if (sums.size < most) {
          sums.set(key, { from: source, to: target, side: sideOf(from, to), count, verdict, before, states: new Set(state ? [state] : []) });
        } else {
          leftOut += count;
        }
      }
    }
  }
  for (const { states, before, ...sum } of sums.values()) {
    const state = states.size > 1 ? 'changed' : [...states][0];
    sketch.links.push({ ...sum, ...state && { state, before } });
  }
  sketch.notes.push('There is too much to draw each workload: lines stand for all connections between two namespaces.');
  if (leftOut) sketch.notes.push(`${leftOut} connections between further namespaces are left out.`);
  return sketch;
}

function crowdOf(members: readonly Workload[], sketch: Sketch): Crowd {
  const crowd = new Map<number, number>();
  for (const { namespace: { name } } of members) {
    const space = sketch.spaceOf('namespace', [name], 1);
    crowd.set(space, (crowd.get(space) ?? 0) + 1);
  }
  return crowd;
}

function crowdAt(peer: NetworkPeer, side: 'source' | 'target', crowds: Map<string, Crowd>, sketch: Sketch): Crowd {
  const key = peer.kind === 'workload' ? peer.workload.id : `${side} ${peer.kind} ${peer.id}`;
  let crowd = crowds.get(key);
  if (!crowd) crowds.set(key, crowd = new Map([[sketch.outside(side, 1), 1]]));
  return crowd;
}
