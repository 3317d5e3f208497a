import { existsSync } from 'node:fs';
import { sep } from 'node:path';
import { STANDARD_INPUT, readBytes, refusal } from '../kube/reading/files';
import { Unreadable } from '../kube/reading/problem';
import { Reading } from '../kube/reading/read';
import { Accepted, CheckAnswer } from '../report/answer';
import { NoBaseline, acceptedOf, baselineIn, baselineText, held } from '../report/baseline';
import { Line, Options, wrong } from './options';
import { keepInputs, writeWhole } from './output';
import { Sink } from './surroundings';

const LARGEST = 400_000_000;

/** The options about findings that are accepted as they are. */
export const BASELINE: Options = {
  'baseline': { takes: 'FILE', about: 'What it has is known and does not count: JSON of an earlier check, or fingerprints, one a line. What has gone since is said.' },
  'write-baseline': { takes: 'FILE', about: 'Writes what no waiver allows to a baseline and takes it as known. With --baseline it takes nothing new: it drops what has gone.' },
};

/** The baseline that was named, if one was. */
export function readBaseline(command: string, { values: { baseline: file, 'write-baseline': target, output } }: Line): Accepted[] | undefined {
  for (const [option, name] of [['--baseline', file], ['--write-baseline', target]]) {
    if (name === STANDARD_INPUT) throw wrong(command, `${option} names no file, but '-'`, 'Name a file.');
  }
  if (target !== undefined && target === output) throw wrong(command, `--output and --write-baseline both name '${target}'`, 'Name two files.');
  if (file === undefined) return undefined;
  try {
    return baselineIn(readBytes(file, LARGEST).toString('utf8'));
  } catch (error) {
    const what = error instanceof NoBaseline || error instanceof Unreadable ? error.message : refusal(error);
    throw wrong(command, `--baseline '${file}': ${what.split('. ')[0].replace(/\.$/, '')}`, 'Name what --write-baseline or --format json has written, or a list of fingerprints, one a line.');
  }
}

/** Holds an answer against the baseline, and writes the new one where that is asked for. */
export function holdAgainst(baseline: Accepted[] | undefined, answer: CheckAnswer, { command, reading, settings, line, stderr }: {
  readonly command: string; readonly reading: Reading; readonly settings?: string; readonly line: Line; readonly stderr: Sink;
}): CheckAnswer {
  const target = line.values['write-baseline'];
  keepInputs(command, manifestsOf(reading), target, '--write-baseline');
  const isJudged = judgedBy(reading, settings);
  const known = baseline && held(answer, baseline, isJudged);
  if (target === undefined) return known ?? answer;
  if (answer.problems.length) {
    stderr.write(`cdk8s-hardened ${command}: the baseline was not written, since not all input could be read.\n`);
    return known ?? answer;
  }
  const accepted = known ? acceptedOf(known.findings.filter(({ isKnown }) => isKnown)) : acceptedOf(answer.findings);
  writeWhole(command, target, baselineText(accepted), '--write-baseline');
  return known ?? held(answer, accepted, isJudged);
}

/** A baseline may lie beside them. */
function manifestsOf({ objects }: Reading): { file: string }[] {
  return [...new Set(objects.map(({ source }) => source.file))].map(file => ({ file }));
}

/** What was not read this time has not gone, unless it is there no more. */
function judgedBy({ texts, problems }: Reading, settings: string | undefined): (file: string) => boolean {
  const read = new Set([...texts.map(({ file }) => file), settings]);
  const isUnread = (file: string) => problems.some(problem => problem.file === file || file.startsWith(problem.file + sep));
  return file => !isUnread(file) && (read.has(file) || !existsSync(file));
}
