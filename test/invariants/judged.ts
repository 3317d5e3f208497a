import { brokenStatements } from '../../src/invariants/judge';
import { Reach } from '../../src/reach/reach';

/** What is said of statements that do not hold: nothing where all do. */
export function broken(reach: Reach, ...statements: any[]): string[] {
  return brokenStatements(field => field, statements, reach).map(({ message }) => message);
}
