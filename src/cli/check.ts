import { Reading, readInputs } from '../kube/reading/read';
import { OLDEST_KUBERNETES, NEWEST_KUBERNETES } from '../kube/versions';
import { CheckAnswer } from '../report/answer';
import { judgeReading } from '../report/judge-reading';
import { Yardstick } from '../rules/audit';
import { CONFIG_FILE } from '../rules/config';
import { CIS_VERSIONS } from '../rules/controls';
import type { Fixes } from '../rules/mend/fixes';
import { BASELINE, holdAgainst, readBaseline } from './check-baseline';
import { FORMATS, FORMATS_TOLD, formatOf } from './check-formats';
import { constructsOf } from './constructs';
import { withInvariants } from './invariants';
import { HELP, Options, helpOf, readLine, wrong } from './options';
import { keepInputs } from './output';
import { Progress } from './progress';
import { settingsFor, shownName } from './settings';
import { Command, Status } from './surroundings';
import { isSummed, writeAnswer } from './write-answer';
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
  'waivers': { about: 'In place of findings the waivers, what ends next first: who, why, until when, what fails without; as text, json (schemas/waivers.json) or markdown.' },
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
  invariants: [{ only: { to: shop/db, from: [shop/web], port: 5432 } }]
Who reaches whom against an invariant is a finding at its line there: invariant-broken.

An exception is an annotation of the object:
  cdk8s-hardened/waive.RULE: '{"reason": "…", "owner": "…", "until": "YYYY-MM-DD", "container": "…", "ticket": "…"}'
where the last three are optional. What a waiver in force allows is shown, and does not count.

${helpOf(OPTIONS)}

Exit status: 0 clean; 1 findings at or above --fail-on; 2 a wrong option, or input that could not be read.
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
    const config = settingsFor(NAME, line, surroundings);
    const yardstick = yardstickOf(NAME, line, config);
    formatOf(NAME, line);
    const baseline = readBaseline(NAME, line);
    const { standardInput } = surroundings;
    const progress = new Progress(surroundings.stderr, !line.flags.has('quiet'));
    const reading = readInputs(line.paths, { standardInput, onProgress: (done, all) => progress.at('files', done, all) });
    progress.end();
    keepInputs(NAME, reading.texts, line.values.output);
    const constructs = constructsOf(NAME, reading, line.values.constructs);
    const fixes = line.values.format === 'sarif' ? fixesOf(reading, yardstick) : undefined;
    const judged = judgeReading(reading, yardstick, {
      constructOf: object => constructs.of(object),
      fixOf: fixes && ((object, finding) => fixes.of(object, finding)),
      countsLevels: isSummed(NAME, line),
      forgets: !fixes && formatOf(NAME, line).namesObjects !== true && line.values['write-baseline'] === undefined && config.invariants === undefined,
      onProgress: (done, all) => progress.at('objects', done, all),
    });
    progress.end();
    const settings = config.file && shownName(config.file, surroundings.folder);
    const stated = withInvariants(judged, config, yardstick.pack, reading.objects, settings);
    const answer = holdAgainst(baseline, stated, { command: NAME, reading, settings, line, stderr: surroundings.stderr });
    const failOn = line.values['fail-on'] ?? config.failOn;
    writeAnswer(NAME, answer, { line, failOn, surroundings });
    return statusOf(answer, failOn);
  },
};

/** Loaded where it is asked for: start-up is part of the speed. */
function fixesOf(reading: Reading, yardstick: Yardstick): Fixes {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Fixes: Loaded } = require('../rules/mend/fixes') as typeof import('../rules/mend/fixes');
  return new Loaded(reading, yardstick);
}

function statusOf({ summary: { errors, warnings }, problems }: CheckAnswer, failOn = 'error'): Status {
  if (problems.length) return Status.UNANSWERED;
  const count = failOn === 'never' ? 0 : failOn === 'warning' ? errors + warnings : errors;
  return count ? Status.FINDINGS : Status.CLEAN;
}
