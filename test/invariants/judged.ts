import { Evaluator } from '../../src/invariants/evaluate';
import { faultOf } from '../../src/invariants/explained';
import { readInvariants } from '../../src/invariants/words';
import { Reach } from '../../src/reach/reach';

/** What is said of statements that do not hold: nothing where all do. */
export function broken(reach: Reach, ...statements: any[]): string[] {
  const evaluator = new Evaluator(reach);
  return readInvariants('.hardened.yaml invariants', statements)
    .flatMap(invariant => faultOf('', invariant, evaluator.evaluate(invariant), reach, 'manifests')?.message ?? []);
}
