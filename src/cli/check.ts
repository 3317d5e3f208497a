import { Constructs } from '../kube/reading/constructs';
import { refusal } from '../kube/reading/files';
import { Problem, Unreadable } from '../kube/reading/problem';
import { Reading, readInputs } from '../kube/reading/read';
import { OLDEST_KUBERNETES, NEWEST_KUBERNETES } from '../kube/versions';
import { CheckAnswer, PlacedFinding, answerOf } from '../report/answer';
import { Yardstick, judge, lookAcross, rulesAsked } from '../rules/audit';
import { CIS_VERSIONS } from '../rules/controls';
import type { Fixes } from '../rules/mend/fixes';
import { PodSecurityLevel } from '../rules/pod-security';
import { BASELINE, holdAgainst, readBaseline } from './check-baseline';
import { FORMATS, FORMATS_TOLD } from './check-formats';
import { CONFIG_FILE, configFor } from './config';
import { holdInvariantsOf } from './invariants';
import { HELP, Options, helpOf, readLine, wrong } from './options';
import { keepInputs } from './output';
import { Progress } from './progress';
import { Command, Status } from './surroundings';
import { writeAnswer } from './write-answer';
import { yardstickOf } from './yardstick';

const NAME = 'check';

const OPTIONS: Options = {
  'pack': { takes: 'PACK', about: `hardened (if not said), pss-baseline, pss-restricted, cis (or cis-${CIS_VERSIONS[0]} … cis-${CIS_VERSIONS.at(-1)}), nsa.` },
  'fail-on': { takes: 'LEVEL', choices: ['error', 'warning', 'never'], about: 'From which level on the exit status is 1: error (if not said), warning, never.' },
  'format': { takes: 'FORMAT', choices: Object.keys(FORMATS), about: `${FORMATS_TOLD}.` },
  'output': { takes: 'FILE', about: 'Where to write, whole or not at all; standard output if not said.' },
  'config': { takes: 'FILE', about: `What the repository has decided; if not said, the first ${CONFIG_FILE} upwards from the input.` },
  'constructs': { takes: 'FILE', about: 'Which construct of a cdk8s app wrote what; if not said, a record beside the manifests is taken.' },
  'kubernetes': { takes: '1.NN', about: `The version that is judged for; ${NEWEST_KUBERNETES} if not said. Schemas are known from ${OLDEST_KUBERNETES} on.` },
  ...BASELINE,
  'quiet': { about: 'Nothing but findings and what could not be read.' },
  ...HELP,
};

const USAGE = `cdk8s-hardened check [OPTIONS] PATHS

Judges manifests: YAML and JSON files, folders, or - for standard input. Says what the API server would refuse
(fields that it does not know, APIs that were removed), what the pack's rules find, and which waivers have expired
or are not needed. Under a pss pack the verdict is Pod Security's alone, and what the API server would refuse besides
is a warning. HARDENED_TODAY=YYYY-MM-DD stands in for the clock.

What a whole repository has decided stands in ${CONFIG_FILE}, found upwards from the input:
  pack: [pss-restricted, image-digest]
  rules: { pod-liveness-probe: off, pod-readiness-probe: error }
  parameters: { allowedRegistries: [registry.example.org], minimumUid: 10000 }

An exception is an annotation of the object:
  cdk8s-hardened/waive.RULE: '{"reason": "…", "owner": "…", "until": "YYYY-MM-DD", "container": "…", "ticket": "…"}'
where the last three are optional. What a waiver in force allows is shown, and does not count.

${helpOf(OPTIONS)}

Exit status: 0 clean; 1 findings at or above --fail-on, or an invariant of ${CONFIG_FILE} that does not hold;
2 a wrong option, or input that could not be read.
`;

/** Judges manifests: files, folders or standard input. */
export const check: Command = {
  help: USAGE,
  run(args, surroundings) {
    const line = readLine(NAME, OPTIONS, args);
    if (line.flags.has('help')) {
      surroundings.stdout.write(USAGE);
      return Status.CLEAN;
    }
    if (!line.paths.length) throw wrong(NAME, 'there is nothing to judge', 'Name files, folders, or - for standard input.');
    const config = configFor(NAME, line.paths, line.values.config, surroundings.folder);
    const yardstick = yardstickOf(NAME, line, config);
    const baseline = readBaseline(NAME, line);
    const { standardInput } = surroundings;
    const progress = new Progress(surroundings.stderr, !line.flags.has('quiet'));
    const reading = readInputs(line.paths, { standardInput, onProgress: (done, all) => progress.at('files', done, all) });
    progress.end();
    keepInputs(NAME, reading.texts, line.values.output);
    const constructs = constructsOf(reading, line.values.constructs);
    const fixes = line.values.format === 'sarif' ? fixesOf(reading, yardstick) : undefined;
    const judged = judgeAll(reading, yardstick, { constructs, fixes }, progress);
    const answer = holdAgainst(baseline, judged, { command: NAME, reading, line, stderr: surroundings.stderr });
    const failOn = line.values['fail-on'] ?? config.failOn;
    writeAnswer(NAME, answer, { line, failOn, surroundings });
    const areHeld = holdInvariantsOf(config, reading.objects, surroundings.stderr);
    return statusOf(answer, areHeld, failOn);
  },
};

/** What is said of findings besides. */
interface Besides {
  readonly constructs: Constructs;
  readonly fixes?: Fixes;
}

/** Loaded where it is asked for: start-up is part of the speed. */
function fixesOf(reading: Reading, yardstick: Yardstick): Fixes {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Fixes: Loaded } = require('../rules/mend/fixes') as typeof import('../rules/mend/fixes');
  return new Loaded(reading, yardstick);
}

function constructsOf(reading: Reading, file: string | undefined): Constructs {
  try {
    return new Constructs(reading, file);
  } catch (error) {
    const [what, advice = 'Name the file that ConstructPaths.write(app) has written.'] = (error instanceof Unreadable ? error.message : refusal(error)).split(/\. (?=[A-Z])/);
    throw wrong(NAME, `--constructs '${file}': ${what.replace(/\.$/, '')}`, advice);
  }
}

function judgeAll({ objects, problems }: Reading, yardstick: Yardstick, { constructs, fixes }: Besides, progress: Progress): CheckAnswer {
  const findings: PlacedFinding[] = [];
  const levels: { [level in PodSecurityLevel]?: number } = {};
  const unjudged: Problem[] = [];
  const across = acrossAll(objects, yardstick, unjudged);
  objects.forEach((object, i) => {
    const { manifest, source: { file, document, locate } } = object;
    progress.at('objects', i, objects.length);
    try {
      const { findings: its, level } = judge(manifest, yardstick, across.get(manifest));
      if (level) levels[level] = (levels[level] ?? 0) + 1;
      const construct = its.length ? constructs.of(object) ?? null : null;
      for (const finding of its) {
        const { line, column, endLine, endColumn } = locate(finding.field);
        const fix = fixes && (() => fixes.of(object, finding));
        findings.push(Object.assign(finding, { source: { file, document, line, column, endLine, endColumn, construct }, fix }));
      }
    } catch (error) {
      // A mistake of ours; it may hide no finding in the other objects, nor pass for a clean one.
      unjudged.push({ file, line: locate().line, message: `it could not be judged (${(error as Error).message}). Please report it.` });
    }
  });
  progress.end();
  const { pack, minor } = yardstick;
  return answerOf({ pack: pack.name, kubernetes: `1.${minor}`, rules: rulesAsked(pack) }, objects, findings, [...problems, ...unjudged], levels);
}

/** What the manifests show only beside each other. A mistake of ours may not hide what each of them shows alone. */
function acrossAll(objects: Reading['objects'], yardstick: Yardstick, unjudged: Problem[]): ReturnType<typeof lookAcross> {
  try {
    return lookAcross(objects.map(({ manifest }) => manifest), yardstick);
  } catch (error) {
    const [first] = objects;
    unjudged.push({ file: first.source.file, line: 0, message: `the manifests could not be judged together (${(error as Error).message}). Please report it.` });
    return new Map();
  }
}

function statusOf({ summary: { errors, warnings }, problems }: CheckAnswer, areHeld: boolean, failOn = 'error'): Status {
  if (problems.length) return Status.UNANSWERED;
  const count = failOn === 'never' ? 0 : failOn === 'warning' ? errors + warnings : errors;
  return count || (!areHeld && failOn !== 'never') ? Status.FINDINGS : Status.CLEAN;
}
