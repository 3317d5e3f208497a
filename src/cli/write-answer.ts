import { CheckAnswer } from '../report/answer';
import { plain } from '../report/plain';
import { place, verdict } from '../report/text';
import { formatOf } from './check-formats';
import { Line } from './options';
import { writeWhole } from './output';
import { Surroundings } from './surroundings';

/** How an answer is written. */
export interface Written {
  readonly line: Line;
  /** `--fail-on`, or what the repository has decided. @default error */
  readonly failOn?: string;
  readonly surroundings: Surroundings;
}

/** Tells whether the line that sums an answer up is written anywhere. */
export function isSummed(command: string, line: Line): boolean {
  const { values: { output = '-' }, flags } = line;
  return formatOf(command, line).sumsUp === true || (output !== '-' && !flags.has('quiet'));
}

/** Writes an answer in the format that was asked for, where it was asked for; what could not be read is said on standard error, too. */
export function writeAnswer(command: string, answer: CheckAnswer, { line, failOn, surroundings }: Written): void {
  const { stdout, stderr } = surroundings;
  const { output = '-' } = line.values;
  const content = formatOf(command, line).render(answer, { ...surroundings, ...line, failOn, isShown: output === '-' });
  if (output !== '-') writeWhole(command, output, content);
  else for (const part of content) stdout.write(part);
  for (const problem of answer.problems) stderr.write(`${place(problem.file, problem.line)}: ${plain(problem.message)}\n`);
  // Whoever looks at the log of a build sees what the file holds.
  if (output !== '-' && !line.flags.has('quiet')) stderr.write(`${verdict(answer)}\n`);
}
