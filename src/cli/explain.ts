import { readInputs } from '../kube/reading/read';
import { checkKubernetesVersion, NEWEST_KUBERNETES } from '../kube/versions';
import { Reach } from '../reach/reach';
import { KNOWN_VERSIONS } from '../reach/world';
import { plain } from '../report/plain';
import { place } from '../report/text';
import { constructsOf } from './constructs';
import { explained } from './explained';
import { HELP, Options, helpOf, readLine, wrong } from './options';
import { writeWhole } from './output';
import { inParts, sortedProblems } from './reach-output';
import { shortLived } from './short-lived';
import { Command, Status } from './surroundings';

const NAME = 'explain';
const OPTIONS: Options = {
  constructs: { takes: 'FILE', about: 'Which construct of a cdk8s app wrote what; if not said, a record beside the manifests is taken.' },
  format: { takes: 'FORMAT', choices: ['text', 'json'], about: 'text (if not said), json (schemas/reach-explain.json in the package).' },
  output: { takes: 'FILE', about: 'Where to write, whole or not at all; standard output if not said.' },
  kubernetes: { takes: '1.NN', about: `The version that is asked about; ${NEWEST_KUBERNETES} if not said. So far all versions say the same.` },
  quiet: { about: 'Nothing on standard error but what could not be read.' },
  ...HELP,
};

const USAGE = `cdk8s-hardened explain [OPTIONS] FROM TO PATHS

Says why one may speak to another, or not, by the NetworkPolicies in manifests: which policies isolate the two, which of
their rules let it through, by file, line and construct, and the smallest change that would allow what is denied. FROM and
TO are namespace/name, namespace/, namespace/label=value, an address or a CIDR; FROM may be node, too.

${helpOf(OPTIONS)}

Exit status: 0 answered; 2 a wrong option, or input that could not be read or not be understood.
`;

/** Says why one may speak to another, or not. */
export const explain: Command = {
  help: USAGE,
  run(args, { stdout, stderr, standardInput }) {
    const line = readLine(NAME, OPTIONS, args);
    if (line.flags.has('help')) {
      stdout.write(USAGE);
      return Status.CLEAN;
    }
    const { kubernetes = NEWEST_KUBERNETES, format = 'text', output = '-' } = line.values;
    checkKubernetesVersion(`cdk8s-hardened ${NAME}`, kubernetes);
    const [from, to, ...paths] = line.paths;
    if (!paths.length) throw wrong(NAME, `${line.paths.length} arguments are named`, 'Write FROM, TO, and files, folders, or - for standard input.');
    shortLived();
    const reading = readInputs(paths, { standardInput, versions: KNOWN_VERSIONS });
    const made = new Reach(reading.objects);
    const problems = sortedProblems([...reading.problems, ...made.world.problems]);
    const constructs = constructsOf(NAME, reading, line.values.constructs);
    const content = inParts(explained({ command: NAME, names: ['FROM', 'TO'], from, to, format }, made, constructs, problems));
    if (output !== '-') writeWhole(NAME, output, content);
    else for (const part of content) stdout.write(part);
    for (const { file, line: at, message } of problems) stderr.write(`${place(file, at)}: ${plain(message)}\n`);
    return problems.length ? Status.UNANSWERED : Status.CLEAN;
  },
};
