import { Json } from '../kube/json';
import { Reach } from '../reach/reach';
import { Evaluator } from './evaluate';
import { faultOf } from './explained';
import { readInvariants } from './words';

/**
 * What is wrong with the statements of a file, by what is in the input: a message each, none where all hold.
 *
 * @throws a fault where a statement cannot be read.
 */
export function brokenStatements(where: (field: string) => string, value: Json | undefined, reach: Reach): string[] {
  const evaluator = new Evaluator(reach);
  return readInvariants(where, value).flatMap(({ where: place, invariant }) => (
    faultOf(place, invariant, evaluator.evaluate(invariant), reach, 'manifests')?.message ?? []
  ));
}
