import { Json } from '../kube/json';
import { Problem } from '../kube/reading/problem';
import { ReadObject } from '../kube/reading/read';
import { Reach } from '../reach/reach';
import { Outcome } from './breach';
import { Evaluator } from './evaluate';
import { describeEnd, faultOf } from './explained';
import { describe, Invariant } from './invariant';
import { readInvariants } from './words';

/** A statement of a file that does not hold, or that nothing decides. */
export interface BrokenStatement {
  /** What is wrong with it: a fault's id. */
  readonly id: string;
  /** Where it stands in the file. */
  readonly field: string;
  readonly what: string;
  readonly advice: string;
  /** All of it in one message, its place included. */
  readonly message: string;
  /** The same as long as the statement and who breaks it are, whatever else the files say. */
  readonly key: string;
}

/**
 * What is wrong with the statements of a file, by what is in the input; none where all hold.
 *
 * @throws a fault where a statement cannot be read.
 */
export function brokenStatements(where: (field: string) => string, value: Json | undefined, reach: Reach): BrokenStatement[] {
  const evaluator = new Evaluator(reach);
  return readInvariants(where, value).flatMap(({ where: place, invariant }, i) => {
    const outcome = evaluator.evaluate(invariant);
    const fault = faultOf(place, invariant, outcome, reach, 'manifests');
    if (!fault) return [];
    const { id, what, advice, message } = fault;
    return [{ id, field: `invariants[${i}]`, what, advice, message, key: keyOf(invariant, outcome) }];
  });
}

/** The same of what was read, with what decides over them and is not understood. */
export function judgeStatements(
  where: (field: string) => string, value: Json | undefined, objects: readonly ReadObject[],
): { readonly broken: readonly BrokenStatement[]; readonly problems: readonly Problem[] } {
  const reach = new Reach(objects);
  return { broken: brokenStatements(where, value, reach), problems: reach.world.problems };
}

function keyOf(invariant: Invariant, { nobody, isElsewhere, breaches }: Outcome): string {
  const connections = breaches.map(({ from, to, ports }) => [describeEnd(from), describeEnd(to), ports.key]);
  return JSON.stringify([describe(invariant), nobody ?? null, isElsewhere ?? false, connections]);
}
