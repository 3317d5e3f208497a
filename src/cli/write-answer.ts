import { CheckAnswer } from '../report/answer';
import { plain } from '../report/plain';
import { place, text, verdict } from '../report/text';
import { Line } from './options';
import { writeWhole } from './output';
import { Surroundings, version, wantsColours } from './surroundings';

/** Writes an answer in the format that was asked for, where it was asked for; what could not be read is said on standard error, too. */
export function writeAnswer(command: string, answer: CheckAnswer, line: Line, surroundings: Surroundings): void {
  const { stdout, stderr } = surroundings;
  const { output = '-' } = line.values;
  const content = rendered(answer, line, surroundings, output === '-');
  if (output !== '-') writeWhole(command, output, content);
  else for (const part of content) stdout.write(part);
  for (const problem of answer.problems) stderr.write(`${place(problem.file, problem.line)}: ${plain(problem.message)}\n`);
  // Whoever looks at the log of a build sees what the file holds.
  if (output !== '-' && !line.flags.has('quiet')) stderr.write(`${verdict(answer)}\n`);
}

// Each is loaded where it is asked for: start-up is part of the speed.
/* eslint-disable @typescript-eslint/no-require-imports */
function rendered(answer: CheckAnswer, { values: { format = 'text' }, flags }: Line, { stdout, env, folder }: Surroundings, isShown: boolean): Iterable<string> {
  switch (format) {
    case 'json': return (require('../report/json') as typeof import('../report/json')).json(answer);
    case 'sarif': return (require('../report/sarif') as typeof import('../report/sarif')).sarif(answer, { version: version(), root: folder });
    default: return [text(answer, { colours: isShown && wantsColours(stdout, env), findingsOnly: flags.has('quiet'), withoutProblems: isShown })];
  }
}
