import { Cell, LAB_DNS, Question, cellsOf, podsIn } from './cells';
import { Comparison, compare, described } from './compare';
import { ComputedNetwork } from './computed';

/** What a comparison of a whole matrix came to, in words. */
export interface Agreement {
  /** What differs, each with what was computed and why, and what was measured. */
  readonly disagreements: readonly string[];
  readonly summary: string;
}

/**
 * Tries the whole matrix of manifests that are in the cluster, the lab's DNS among them, and holds it against what `reach`
 * computes from the same.
 *
 * @param question what is asked beside declared ports, from each pod to each other
 * @param more connections that are asked about besides
 */
export async function agreementOn(manifests: readonly any[], question: Omit<Question, 'pods'>, more: readonly Cell[] = []): Promise<Agreement> {
  const input = [...LAB_DNS, ...manifests.filter(({ kind, metadata: { name } }) => kind !== 'Namespace' || name !== 'kube-system')];
  const pods = podsIn(input);
  const network = new ComputedNetwork(input, pods);
  const cells = new Map([...cellsOf({ pods, ...question }), ...more].map(cell => [JSON.stringify(Object.entries(cell).sort()), cell]));
  const [result] = await compare([{ pods, network, cells: [...cells.values()] }]);
  return { disagreements: result.disagreements.map(its => described(its, network.why(its.cell))), summary: `${pods.length} pods; ${countsIn(result)}` };
}

function countsIn({ counts }: Comparison): string {
  return [...counts].sort().map(([what, count]) => `${count} ${what}`).join(', ');
}
