import { Json } from '../kube/json';
import { describe } from '../kube/kinds';
import { ReadObject, Reading, readInputs } from '../kube/reading/read';
import { NEWEST_KUBERNETES, checkKubernetesVersion, minorOf } from '../kube/versions';
import { ambientToday } from '../posture/today';
import { plain } from '../report/plain';
import { ASSUMPTIONS, Assumption } from '../rules/mend/assumptions';
import { defaultAccountsGranted } from '../rules/mend/default-accounts';
import { Mended, mend } from '../rules/mend/mend';
import { MendLine } from '../rules/mend/remedy';
import { diffOf, fixedFiles, joined } from './fix-texts';
import { HELP, Line, Options, helpOf, readLine, wrong } from './options';
import { writeWhole } from './output';
import { Progress } from './progress';
import { Command, Status, Surroundings } from './surroundings';

const NAME = 'fix';
const OPTIONS: Options = {
  'assume': { about: `Mends what needs knowledge of the image, too, and says what was assumed; --assume=A,B: only ${ASSUMPTIONS.join(', ')}.` },
  'dry-run': { about: 'Writes what would change, as a unified diff, and no manifests.' },
  'output': { takes: 'FILE', about: 'Where to write, whole or not at all; standard output if not said.' },
  'kubernetes': { takes: '1.NN', about: `The version that is mended for; ${NEWEST_KUBERNETES} if not said.` },
  'quiet': { about: 'Nothing on standard error but what could not be read.' },
  ...HELP,
};

const USAGE = `cdk8s-hardened fix [OPTIONS] [PATHS]

Writes manifests mended: files, folders, or standard input (-, also where nothing is named), so that it serves Helm as a
post-renderer. Several files are written one behind the other, divided by ---, in the order of the arguments. Comments,
quotes, the order of keys, line ends and the encoding (UTF-8 or UTF-16, with or without its mark) stay; of several
encodings UTF-8 is written. Each change, and what is left for a person, is a line on standard error.

Without being asked it mends what breaks no running image; what needs knowledge of the image, where a profile has it.
What was set on purpose stays, and so does what an annotation cdk8s-hardened/waive.RULE is for. Custom resources are mended
where their controllers take a pod as it stands (Argo Rollouts, KEDA ScaledJobs and others); what is wrong with the others
is one line each.

${helpOf(OPTIONS)}

Exit status: 0 everything is written; 2 a wrong option, or input that could not be read (text is passed on as it is).
`;

/** Where the pods of an object that is there already cannot be changed. */
const IMMUTABLE: { readonly [kind: string]: string } = { Job: 'spec.template', Pod: 'spec' };

/** Mends other people's manifests. */
export const fix: Command = {
  help: USAGE,
  run(args, surroundings) {
    const assume = assumptionsIn(args);
    const line = readLine(NAME, OPTIONS, args.map(arg => arg.startsWith('--assume=') ? '--assume' : arg));
    if (line.flags.has('help')) {
      surroundings.stdout.write(USAGE);
      return Status.CLEAN;
    }
    const where = `cdk8s-hardened ${NAME}`;
    const minor = minorOf(checkKubernetesVersion(where, line.values.kubernetes ?? NEWEST_KUBERNETES))!;
    const today = ambientToday(where);
    const progress = new Progress(surroundings.stderr, !line.flags.has('quiet'));
    const reading = readInputs(line.paths.length ? line.paths : ['-'], {
      standardInput: surroundings.standardInput, onProgress: (done, all) => progress.at('files', done, all),
    });
    progress.end();
    const isGranted = defaultAccountsGranted(reading.objects.map(({ manifest }) => manifest));
    const wanted = new Map<ReadObject, Json>();
    const notes: string[] = [];
    reading.objects.forEach((object, i) => {
      const { manifest } = object;
      const mended = mend(manifest, { minor, today, assume, defaultAccountIsGranted: isGranted(manifest.metadata.namespace) });
      if (mended.changes.length) wanted.set(object, mended.manifest);
      notes.push(...notesOf(object, mended));
      progress.at('objects', i + 1, reading.objects.length);
    });
    progress.end();
    write(reading, wanted, line, surroundings);
    say(reading, line.flags.has('quiet') ? [] : notes, surroundings);
    return reading.problems.length ? Status.UNANSWERED : Status.CLEAN;
  },
};

/** `--assume` is all of them; `--assume=user,token` those. */
function assumptionsIn(args: readonly string[]): Set<Assumption> {
  const options = args.slice(0, args.includes('--') ? args.indexOf('--') : undefined);
  if (options.includes('--assume')) {
    // Somebody who means one of them is not to get all.
    const meant = options[options.indexOf('--assume') + 1] ?? '';
    if (meant.split(',').some(isAssumption)) throw wrong(NAME, '--assume takes names behind an equals sign only', `Write --assume=${meant}.`);
    return new Set(ASSUMPTIONS);
  }
  const names = options.filter(arg => arg.startsWith('--assume=')).flatMap(arg => arg.slice('--assume='.length).split(','));
  const unknown = names.find(name => !isAssumption(name));
  if (unknown !== undefined) throw wrong(NAME, `'${unknown}' is nothing that --assume takes`, `Write some of ${ASSUMPTIONS.join(',')}, or --assume for all.`);
  return new Set(names as Assumption[]);
}

function isAssumption(name: string): boolean {
  return (ASSUMPTIONS as readonly string[]).includes(name);
}

function write(reading: Reading, wanted: ReadonlyMap<ReadObject, Json>, { values, flags }: Line, { stdout }: Surroundings): void {
  const files = fixedFiles(reading, wanted);
  const text = flags.has('dry-run') ? diffOf(files) : joined(files);
  if (values.output !== undefined) writeWhole(NAME, values.output, text);
  else stdout.write(text);
}

function say({ problems }: Reading, notes: readonly string[], { stderr }: Surroundings): void {
  for (const { file, line, message } of problems) stderr.write(`${plain(`${line > 0 ? `${file}:${line}` : file}: ${message}`)}\n`);
  for (const note of notes) stderr.write(`${plain(note)}\n`);
}

/** The lines of one object: what was done, what was assumed, and what is left. */
function notesOf({ manifest, source }: ReadObject, { changes, assumptions, left }: Mended): string[] {
  const placed = ({ field, what, rule, advice }: MendLine) => (
    `${source.file}:${source.locate(field).line} · ${describe(manifest)} · ${field}: ${what} [${rule}]${advice ? `. ${advice}` : ''}`
  );
  const field = IMMUTABLE[manifest.kind];
  const immutable: MendLine[] = field && changes.length ? [{ field, what: 'cannot be changed where the object is there already: delete it first', rule: 'fix-immutable' }] : [];
  return [...changes, ...assumptions, ...immutable, ...left].map(placed);
}

