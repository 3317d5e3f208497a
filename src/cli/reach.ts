import { Problem } from '../kube/reading/problem';
import { readInputs } from '../kube/reading/read';
import { NEWEST_KUBERNETES, checkKubernetesVersion } from '../kube/versions';
import { groupsOf } from '../reach/groups';
import { Listing } from '../reach/listing';
import { Reach } from '../reach/reach';
import { Selection } from '../reach/selection';
import { KNOWN_VERSIONS } from '../reach/world';
import { plain } from '../report/plain';
import { ReachAnswer } from '../report/reach-answer';
import { place } from '../report/text';
import { HELP, Line, Options, helpOf, readLine, wrong } from './options';
import { writeWhole } from './output';
import { Command, Status, Surroundings } from './surroundings';

const NAME = 'reach';
/** Characters that are written at once. */
const PART = 1 << 16;
const OPTIONS: Options = {
  from: { takes: 'SEL', about: 'Connections from these only: namespace/name, namespace/, namespace/label=value, an address, a CIDR, node.' },
  to: { takes: 'SEL', about: 'Connections to these only.' },
  grouped: { about: 'Workloads that are the same to all others stand together: short, however many there are.' },
  format: { takes: 'FORMAT', choices: ['text', 'json', 'csv'], about: 'text (if not said), json (schemas/reach.json in the package), csv.' },
  output: { takes: 'FILE', about: 'Where to write, whole or not at all; standard output if not said.' },
  kubernetes: { takes: '1.NN', about: `The version that is asked about; ${NEWEST_KUBERNETES} if not said. So far all versions say the same.` },
  quiet: { about: 'Nothing on standard error but what could not be read.' },
  ...HELP,
};

const USAGE = `cdk8s-hardened reach [OPTIONS] PATHS

Says who can reach whom, on which ports, by the NetworkPolicies in manifests: YAML and JSON files, folders, or - for
standard input; an export of a cluster, too. What is not listed is denied. Where Kubernetes leaves it to the network
plugin, a connection "depends", and says on what. Addresses stand for what lies outside of the cluster.

${helpOf(OPTIONS)}

Exit status: 0 answered; 2 a wrong option, or input that could not be read or not be understood.
`;

/** Says who can reach whom. */
export const reach: Command = {
  help: USAGE,
  run(args, surroundings) {
    const line = readLine(NAME, OPTIONS, args);
    if (line.flags.has('help')) {
      surroundings.stdout.write(USAGE);
      return Status.CLEAN;
    }
    const { from, to, kubernetes = NEWEST_KUBERNETES } = line.values;
    checkKubernetesVersion(`cdk8s-hardened ${NAME}`, kubernetes);
    const [source, target] = [selection('--from', from), selection('--to', to)];
    if (!line.paths.length) throw wrong(NAME, 'there is nothing to look at', 'Name files, folders, or - for standard input.');
    const reading = readInputs(line.paths, { standardInput: surroundings.standardInput, versions: KNOWN_VERSIONS });
    const made = new Reach(reading.objects);
    const problems = sortedProblems([...reading.problems, ...made.world.problems]);
    const groups = line.flags.has('grouped') ? groupsOf(made, [source, target]) : undefined;
    const listing = new Listing(made, { from: source, to: target, groups, mergesAddresses: groups !== undefined || line.values.format !== 'json' });
    write({ problems, reach: made, listing, groups, isWhole: !source && !target }, line, surroundings);
    for (const { file, line: at, message } of problems) surroundings.stderr.write(`${place(file, at)}: ${plain(message)}\n`);
    return problems.length ? Status.UNANSWERED : Status.CLEAN;
  },
};

/** By place, each once. */
export function sortedProblems(problems: readonly Problem[]): Problem[] {
  const text = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
  return [...problems].sort((a, b) => text(a.file, b.file) || a.line - b.line || text(a.message, b.message));
}

function selection(option: string, text: string | undefined): Selection | undefined {
  return text === undefined ? undefined : Selection.parse(`cdk8s-hardened ${NAME} ${option}`, text);
}

function write(answer: ReachAnswer, { values: { format = 'text', output = '-' } }: Line, { stdout }: Surroundings): void {
  const content = rendered(answer, format);
  if (output !== '-') writeWhole(NAME, output, inParts(content));
  else for (const part of inParts(content)) stdout.write(part);
}

/** Lines in parts: to write each by itself would take longer than to find it. */
function* inParts(lines: Iterable<string>): Iterable<string> {
  let part = '';
  for (const line of lines) {
    part += line;
    if (part.length < PART) continue;
    yield part;
    part = '';
  }
  if (part) yield part;
}

// Each is loaded where it is asked for: start-up is part of the speed.
/* eslint-disable @typescript-eslint/no-require-imports */
function rendered(answer: ReachAnswer, format: string): Iterable<string> {
  switch (format) {
    case 'json': return (require('../report/reach-json') as typeof import('../report/reach-json')).reachJson(answer);
    case 'csv': return (require('../report/reach-csv') as typeof import('../report/reach-csv')).reachCsv(answer);
    default: return (require('../report/reach-text') as typeof import('../report/reach-text')).reachText(answer);
  }
}
