import { Fault } from '../../kube/faults';
import { Severity } from '../../kube/severity';
import { Finding } from './finding';
import { compareFindings, findingText } from './finding-text';
import type { Hardened } from './harden';

/** What is to be said of one object. */
export type Outcome = Pick<Hardened, 'findings' | 'errors' | 'faults'>;

/** The findings that stop synthesis, as faults do. */
export function errorsOf(outcome: Pick<Outcome, 'findings' | 'errors'>): readonly Finding[] {
  // To read all findings puts them into words.
  return outcome.errors ?? outcome.findings.filter(counts);
}

function counts(finding: Finding): boolean {
  return finding.severity === Severity.ERROR && finding.waiver === undefined;
}

/** More than that nobody reads at once; a default that is missing everywhere says the same of every workload. */
const MOST_SHOWN = 100;

/** Everything that stops synthesis, in one error; what is wrong with one workload hides nothing of another. */
export class Refusal extends Error {
  /** All of it, a line each. */
  public readonly lines: readonly string[];

  constructor(outcomes: readonly Outcome[]) {
    const findings = outcomes.flatMap(errorsOf).sort(compareFindings).map(findingText);
    const faults = outcomes.flatMap(outcome => outcome.faults.map((fault: Fault) => fault.message)).sort();
    const lines = [...new Set([...faults, ...findings])];
    const shown = lines.slice(0, MOST_SHOWN).map(line => `  ${line}`);
    const rest = lines.length > MOST_SHOWN ? [`  … and ${lines.length - MOST_SHOWN} more`] : [];
    super(lines.length === 1 ? lines[0] : [`${lines.length} errors:`, ...shown, ...rest].join('\n'));
    this.name = 'HardeningError';
    this.lines = lines;
  }
}
