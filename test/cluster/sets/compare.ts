import { Cell, LabPod } from './cells';
import { Computed, ComputedNetwork } from './computed';
import { Measured, measure } from './lab';

/** A connection of which lab and `reach` say different things. */
export interface Disagreement {
  readonly cell: Cell;
  readonly computed: Computed;
  readonly measured: Measured;
}

/** What a comparison came to. */
export interface Comparison {
  readonly disagreements: readonly Disagreement[];
  /** Cells by what was measured and by protocol: `TCP open`, `UDP shut`; and those that depend on the plugin. */
  readonly counts: ReadonlyMap<string, number>;
}

/** Pods, and the network that was computed for them. */
export interface Compared {
  readonly pods: readonly LabPod[];
  readonly network: ComputedNetwork;
  readonly cells: readonly Cell[];
}

/**
 * Tries every cell and holds it against what was computed. What differs is tried again, with more time: a machine may be
 * slow, and the policy agent hears of a change a moment later.
 */
export async function compare(all: readonly Compared[]): Promise<Comparison[]> {
  const cells = all.flatMap(its => its.cells);
  const measured = await measure(cells);
  const wanted = all.flatMap(({ network, pods, cells: its }) => {
    const listens = new Map(pods.map(pod => [pod.id, pod.listens]));
    return its.map(cell => expectation(network.at(cell), listens.get(cell.to)?.has(`${cell.protocol}/${cell.port}`) ?? true));
  });
  for (const seconds of [2, 3]) {
    const again = cells.flatMap((_, i) => wanted[i].results.includes(measured[i]) ? [] : [i]);
    if (!again.length) break;
    const results = await measure(again.map(i => cells[i]), seconds);
    again.forEach((i, place) => measured[i] = results[place]);
  }
  let next = 0;
  return all.map(({ cells: its }) => {
    const disagreements: Disagreement[] = [];
    const counts = new Map<string, number>();
    for (const cell of its) {
      const { computed, results } = wanted[next];
      const result = measured[next++];
      if (!results.includes(result)) disagreements.push({ cell, computed, measured: result });
      const words = [`${cell.protocol} ${result === 'timeout' ? 'shut' : 'open'}`, ...computed === 'depends' ? [`${cell.protocol} depends, ${result === 'timeout' ? 'shut' : 'open'}`] : []];
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return { disagreements, counts };
  });
}

/** How a connection may end by what was computed: with an answer where somebody listens, refused where nobody does. */
function expectation(computed: Computed, isHeard: boolean): { computed: Computed; results: readonly Measured[] } {
  const through = isHeard ? 'open' : 'refused';
  switch (computed) {
    case 'allowed': return { computed, results: [through] };
    case 'denied': return { computed, results: ['timeout'] };
    case 'depends': return { computed, results: [through, 'timeout'] };
    case 'differs': return { computed, results: [] };
  }
}

/** A disagreement for people: who, to whom, what was computed and why, and what was measured. */
export function described({ cell: { from, to, port, protocol, family }, computed, measured }: Disagreement, why: readonly string[]): string {
  const asked = `${from} => ${to} : ${protocol} ${port}${family === 6 ? ' over IPv6' : ''}`;
  return [`${asked} is ${computed} as computed, and ${measured} as measured`, ...why].join('\n    ');
}
