import { Problem } from '../kube/reading/problem';
import { readInputs } from '../kube/reading/read';
import { NEWEST_KUBERNETES, checkKubernetesVersion } from '../kube/versions';
import { ChangedLink, Diff, isWider } from '../reach/diff';
import { KNOWN_VERSIONS, World } from '../reach/world';
import { plain } from '../report/plain';
import { DiffAnswer, diffAnswer, diffCsv, diffJson, diffText } from '../report/reach-diff';
import { place } from '../report/text';
import type { Side } from './git-revision';
import { HELP, Line, Options, helpOf, readLine, wrong } from './options';
import { writeWhole } from './output';
import { inParts, sortedProblems } from './reach-output';
import { shortLived } from './short-lived';
import { Command, Status, Surroundings } from './surroundings';

/* eslint-disable @typescript-eslint/no-require-imports */
const NAME = 'diff';
const OPTIONS: Options = {
  'fail-on': { takes: 'WHAT', choices: ['added', 'any', 'never'], about: 'When the exit status is 1: something is added or widened (added, if not said), anything changed (any), never.' },
  'format': { takes: 'FORMAT', choices: ['text', 'json', 'csv', 'markdown', 'html', 'svg'], about: 'text (if not said), json (schemas/diff.json in the package), csv, markdown for a comment on the change; drawings: html (a page that works offline), svg.' },
  'git': { takes: 'REV', about: 'Compares the paths at a revision (main) with what they are now, or at two (main..feature); one path or more, then.' },
  'output': { takes: 'FILE', about: 'Where to write, whole or not at all; standard output if not said.' },
  'kubernetes': { takes: '1.NN', about: `The version that is asked about; ${NEWEST_KUBERNETES} if not said. So far all versions say the same.` },
  'quiet': { about: 'Nothing on standard error but what could not be read.' },
  ...HELP,
};

const USAGE = `cdk8s-hardened diff [OPTIONS] OLD NEW
cdk8s-hardened diff [OPTIONS] --git REV PATHS

Says which connections are added, removed or changed between two sets of manifests: files, folders, exports of a
cluster (kubectl get … -o yaml), - for standard input on one side, or two revisions of a folder.

${helpOf(OPTIONS)}

Exit status: 0 nothing is added or widened; 1 something is; 2 a wrong option, or input that could not be read or not be
understood.
`;

/** Says what a change opens and closes. */
export const diff: Command = {
  help: USAGE,
  run(args, surroundings) {
    shortLived();
    const line = readLine(NAME, OPTIONS, args);
    if (line.flags.has('help')) {
      surroundings.stdout.write(USAGE);
      return Status.CLEAN;
    }
    checkKubernetesVersion(`cdk8s-hardened ${NAME}`, line.values.kubernetes ?? NEWEST_KUBERNETES);
    const [old, its] = line.values.git === undefined ? twoInputs(line, surroundings) : twoRevisions(line.values.git, line, surroundings);
    const made = new Diff(old.objects, its.objects);
    const links = made.changes();
    const problems = sortedProblems([...old.problems, ...its.problems, ...made.before.world.problems, ...made.after.world.problems]);
    const answer = diffAnswer(links, problems, made.after.world.verdicts.ports);
    const { format = 'text' } = line.values;
    write(mapped(made, links, format) ?? rendered(answer, made.after.world, format), line, surroundings);
    for (const { file, line: at, message } of problems) surroundings.stderr.write(`${place(file, at)}: ${plain(message)}\n`);
    const isWide = links.some(link => isWider(link, made.after.world));
    return statusOf(problems, { any: links.length > 0, added: isWide, never: false }[line.values['fail-on'] ?? 'added']);
  },
};

function twoInputs({ paths }: Line, { standardInput }: Surroundings): readonly Side[] {
  if (paths.length !== 2) throw wrong(NAME, `${paths.length} inputs are named`, 'Name two: OLD and NEW, each a file, a folder, or - for standard input.');
  return paths.map(path => readInputs([path], { standardInput, versions: KNOWN_VERSIONS }));
}

/** The same paths at two revisions, or at one and now. */
function twoRevisions(text: string, { paths }: Line, { folder }: Surroundings): readonly Side[] {
  const { readNow, readRevision, revisionsIn } = require('./git-revision') as typeof import('./git-revision');
  if (!paths.length || paths.includes('-')) throw wrong(NAME, '--git compares files and folders, and none is named', 'Name them as they are called in the repository.');
  const [old, its] = revisionsIn(NAME, text);
  const sides = [readRevision(NAME, old, paths, folder), its === undefined ? readNow(paths, folder) : readRevision(NAME, its, paths, folder)];
  if (sides.every(({ objects, problems }) => !objects.length && !problems.length)) {
    throw wrong(NAME, `there is no manifest in ${paths.map(path => `'${path}'`).join(', ')}, before or after`, 'Check the name.');
  }
  return sides;
}

function statusOf(problems: readonly Problem[], isFound = false): Status {
  if (problems.length) return Status.UNANSWERED;
  return isFound ? Status.FINDINGS : Status.CLEAN;
}

function write(content: Iterable<string>, { values: { output = '-' } }: Line, { stdout }: Surroundings): void {
  if (output !== '-') writeWhole(NAME, output, inParts(content));
  else for (const part of inParts(content)) stdout.write(part);
}

// Each is loaded where it is asked for: start-up is part of the speed.
function mapped(made: Diff, links: readonly ChangedLink[], format: string): Iterable<string> | undefined {
  if (format !== 'svg' && format !== 'html') return undefined;
  const { mapOfChanges } = require('../report/map/changes') as typeof import('../report/map/changes');
  const map = mapOfChanges(made, links);
  if (format === 'svg') return (require('../report/map/svg') as typeof import('../report/map/svg')).mapSvg(map);
  return (require('../report/map/html') as typeof import('../report/map/html')).mapHtml(map);
}

function rendered(answer: DiffAnswer, world: World, format: string): Iterable<string> {
  switch (format) {
    case 'json': return diffJson(answer);
    case 'csv': return diffCsv(answer);
    case 'markdown': return [(require('../report/diff-markdown') as typeof import('../report/diff-markdown')).diffMarkdown(answer, world)];
    default: return diffText(answer);
  }
}
