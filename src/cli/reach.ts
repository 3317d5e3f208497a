import { Constructs } from '../kube/reading/constructs';
import { STANDARD_INPUT } from '../kube/reading/files';
import { Problem } from '../kube/reading/problem';
import { Reading, readInputs } from '../kube/reading/read';
import { NEWEST_KUBERNETES, checkKubernetesVersion } from '../kube/versions';
import { groupsOf } from '../reach/groups';
import { Listing } from '../reach/listing';
import { Reach } from '../reach/reach';
import { Selection } from '../reach/selection';
import { KNOWN_VERSIONS } from '../reach/world';
import type { MapQuestion } from '../report/map/survey';
import { plain } from '../report/plain';
import { ReachAnswer } from '../report/reach-answer';
import { place } from '../report/text';
import { Config, CONFIG_FILE } from '../rules/config';
import { holdInvariants } from './invariants';
import { HELP, Line, Options, helpOf, readLine, wrong } from './options';
import { writeWhole } from './output';
import { inParts, sortedProblems } from './reach-output';
import { settingsFor } from './settings';
import { shortLived } from './short-lived';
import { Command, Status, Surroundings } from './surroundings';

/* eslint-disable @typescript-eslint/no-require-imports */
const NAME = 'reach';
const FORMATS = ['text', 'json', 'csv', 'dot', 'mermaid', 'svg', 'html', 'markdown'];
/** Connections, and workloads, that are drawn in a page, too. */
const MOST_DRAWN = 60;
const OPTIONS: Options = {
  from: { takes: 'SEL', about: 'Connections from these only: namespace/name, namespace/, namespace/label=value, an address, a CIDR, node.' },
  to: { takes: 'SEL', about: 'Connections to these only.' },
  explain: { about: 'Why what --from names may speak to what --to names, or not: by which policies and rules, and what would allow it.' },
  paths: { takes: 'N', about: 'The ways of at most N connections on which somebody in --from gets to --to, or, without --to, the shortest to everybody.' },
  exposure: { about: 'Which pods that do not exist yet could reach a workload or be reached by it, and what leads to it from outside; of all, or of --to.' },
  grouped: { about: 'Workloads that are the same to all others stand together: short, however many there are.' },
  observed: { takes: 'FILE', about: 'A log of connections, - for standard input; may stand several times. Hubble, Calico, Inspektor Gadget, Istio, CSV (from,to,port).' },
  format: { takes: 'FORMAT', choices: FORMATS, about: 'text (if not said), json (schemas/reach.json in the package), csv, markdown; drawings: html (a page that works offline), svg, dot, mermaid.' },
  config: { takes: 'FILE', about: `What must stay true (its invariants); if not said, the first ${CONFIG_FILE} upwards from the input.` },
  output: { takes: 'FILE', about: 'Where to write, whole or not at all; standard output if not said.' },
  kubernetes: { takes: '1.NN', about: `The version that is asked about; ${NEWEST_KUBERNETES} if not said. So far all versions say the same.` },
  quiet: { about: 'Nothing on standard error but what could not be read.' },
  ...HELP,
};

const USAGE = `cdk8s-hardened reach [OPTIONS] PATHS

Says who can reach whom, on which ports, by the NetworkPolicies in manifests: YAML and JSON files, folders, or - for
standard input; an export of a cluster, too. What is not listed is denied. Where Kubernetes leaves it to the network
plugin, a connection "depends", and says on what. Addresses stand for what lies outside of the cluster.

With --observed it says instead which connections of a log the policies deny and what would allow them, and which they
allow and the log does not show. Formats: text, or json (schemas/reach-observed.json). A CSV starts with the names of its
columns: from, to (namespace/name, or an address) and port; protocol, count, first, last, action (allow or deny).

${helpOf(OPTIONS)}

Exit status: 0 answered; 1 an observed connection is denied, or one of the invariants of ${CONFIG_FILE} does not hold;
2 a wrong option, or input that could not be read or not be understood.
`;

/** Says who can reach whom. */
export const reach: Command = {
  help: USAGE,
  run(args, surroundings) {
    shortLived();
    const line = readLine(NAME, OPTIONS, args);
    if (line.flags.has('help')) {
      surroundings.stdout.write(USAGE);
      return Status.CLEAN;
    }
    const { from, to, kubernetes = NEWEST_KUBERNETES } = line.values;
    checkKubernetesVersion(`cdk8s-hardened ${NAME}`, kubernetes);
    const [source, target] = [selection('--from', from), selection('--to', to)];
    if (!line.paths.length) throw wrong(NAME, 'there is nothing to look at', 'Name files, folders, or - for standard input.');
    const config = settingsFor(NAME, line, surroundings);
    const reading = readInputs(line.paths, { standardInput: surroundings.standardInput, versions: KNOWN_VERSIONS });
    const made = new Reach(reading.objects);
    const problems = sortedProblems([...reading.problems, ...made.world.problems]);
    if (line.lists.observed) return observed(made, problems, config, line, surroundings);
    const end = () => ended(problems, holdInvariants(config, () => made, surroundings.stderr), surroundings);
    if (line.flags.has('explain')) {
      writeContent(explanation(line, made, reading, problems), line, surroundings);
      return end();
    }
    if (line.flags.has('exposure')) {
      writeContent((require('./reach-exposure') as typeof import('./reach-exposure')).exposureAnswer(NAME, line, made, problems), line, surroundings);
      return end();
    }
    if (line.values.paths !== undefined) {
      writeContent((require('./reach-paths') as typeof import('./reach-paths')).pathsAnswer(NAME, line, made, problems), line, surroundings);
      return end();
    }
    const question: MapQuestion = { reach: made, from: source, to: target, isGrouped: line.flags.has('grouped') };
    const map = mapped(question, line.values.format);
    if (map) {
      writeContent(map, line, surroundings);
      return end();
    }
    const groups = line.flags.has('grouped') ? groupsOf(made, [source, target]) : undefined;
    const listing = new Listing(made, { from: source, to: target, groups, mergesAddresses: groups !== undefined || line.values.format !== 'json' });
    const answer: ReachAnswer = { problems, reach: made, listing, groups, isWhole: !source && !target };
    writeContent(rendered(answer, question, line.values.format), line, surroundings);
    return end();
  },
};

/** Holds logs against the policies. What it takes is loaded only here. */
function observed(made: Reach, problems: readonly Problem[], config: Config, line: Line, surroundings: Surroundings): Status {
  const { values: { from, to, format = 'text' }, lists, flags, paths } = line;
  const files = lists.observed!;
  if (from ?? to) throw wrong(NAME, '--observed is about everybody', 'Leave --from and --to out.');
  if (flags.has('explain') || flags.has('grouped')) throw wrong(NAME, '--observed goes with neither --explain nor --grouped', 'Ask one after the other.');
  if (format !== 'text' && format !== 'json') throw wrong(NAME, `--observed has no ${format.toUpperCase()}`, 'Write --format text or --format json.');
  if ([...files, ...paths].filter(path => path === STANDARD_INPUT).length > 1) throw wrong(NAME, 'standard input is named twice', 'Name one of both as a file.');
  const { observe } = require('./observed') as typeof import('./observed');
  const { ledger, problems: unread } = observe(files, made, surroundings.standardInput);
  const { observedAnswer } = require('../report/observed-answer') as typeof import('../report/observed-answer');
  const answer = observedAnswer(made, ledger, [...problems, ...sortedProblems(unread)]);
  writeContent(format === 'json'
    ? (require('../report/observed-json') as typeof import('../report/observed-json')).observedJson(answer)
    : (require('../report/observed-text') as typeof import('../report/observed-text')).observedText(answer), line, surroundings);
  const areHeld = holdInvariants(config, () => made, surroundings.stderr);
  return ended(answer.problems, areHeld && !answer.denied.length, surroundings);
}

/** Says what could not be read, and ends accordingly. */
function ended(problems: readonly Problem[], areHeld: boolean, { stderr }: Surroundings): Status {
  for (const { file, line, message } of problems) stderr.write(`${place(file, line)}: ${plain(message)}\n`);
  return problems.length ? Status.UNANSWERED : areHeld ? Status.CLEAN : Status.FINDINGS;
}

/** The explanation that is asked for; what it takes is loaded only then. */
function explanation({ values: { from, to, format = 'text' } }: Line, made: Reach, reading: Reading, problems: readonly Problem[]): Iterable<string> {
  for (const [option, text] of [['--from', from], ['--to', to]]) {
    if (text === undefined) throw wrong(NAME, `--explain needs ${option}`, `Write ${option} namespace/name, or an address.`);
  }
  const { explained } = require('./explained') as typeof import('./explained');
  return explained({ command: NAME, names: ['--from', '--to'], from: from!, to: to!, format }, made, new Constructs(reading), problems);
}

function selection(option: string, text: string | undefined): Selection | undefined {
  return text === undefined ? undefined : Selection.parse(`cdk8s-hardened ${NAME} ${option}`, text);
}

function writeContent(content: Iterable<string>, { values: { output = '-' } }: Line, { stdout }: Surroundings): void {
  if (output !== '-') writeWhole(NAME, output, inParts(content));
  else for (const part of inParts(content)) stdout.write(part);
}

/** As a picture, where that is asked for; what it takes is loaded only then. */
function mapped(question: MapQuestion, format?: string): Iterable<string> | undefined {
  if (format === 'dot') return (require('../report/reach-dot') as typeof import('../report/reach-dot')).reachDot(question);
  if (format === 'mermaid') return [mermaid(question)];
  if (format !== 'svg' && format !== 'html') return undefined;
  const { mapOf } = require('../report/map/make') as typeof import('../report/map/make');
  if (format === 'svg') return (require('../report/map/svg') as typeof import('../report/map/svg')).mapSvg(mapOf(question));
  return (require('../report/map/html') as typeof import('../report/map/html')).mapHtml(mapOf(question));
}

function mermaid(question: MapQuestion): string {
  return (require('../report/reach-mermaid') as typeof import('../report/reach-mermaid')).reachMermaid(question);
}

/** A drawing of what a page shows, where it is not too much to be looked at. */
function drawn(question: MapQuestion): string | undefined {
  const { survey } = require('../report/map/survey') as typeof import('../report/map/survey');
  const { links, nodes } = survey(question);
  return links.length > 0 && links.length <= MOST_DRAWN && nodes.length <= MOST_DRAWN ? mermaid(question) : undefined;
}

// Each is loaded where it is asked for: start-up is part of the speed.
function rendered(answer: ReachAnswer, question: MapQuestion, format = 'text'): Iterable<string> {
  switch (format) {
    case 'markdown': return [(require('../report/reach-markdown') as typeof import('../report/reach-markdown')).reachMarkdown(answer, drawn(question))];
    case 'json': return (require('../report/reach-json') as typeof import('../report/reach-json')).reachJson(answer);
    case 'csv': return (require('../report/reach-csv') as typeof import('../report/reach-csv')).reachCsv(answer);
    default: return (require('../report/reach-text') as typeof import('../report/reach-text')).reachText(answer);
  }
}
