import { Severity } from '../kube/severity';
import { OLDEST_KUBERNETES, minorOf } from '../kube/versions';
import { LEVELS } from '../rules/level';
import { Accepted, CheckAnswer, PlacedFinding, isWaived, stateOf, subjectOf, waivedBy } from './answer';
import { plain } from './plain';

/** How the text is to look. */
export interface TextOptions {
  readonly colours: boolean;
  /** The findings only: neither what could not be read nor the count. */
  readonly findingsOnly?: boolean;
  /** What could not be read is said elsewhere. */
  readonly withoutProblems?: boolean;
}

type Paint = (text: string) => string;
const paint = (code: number): Paint => shown => `\u001b[${code}m${shown}\u001b[0m`;
const ANSI = { red: paint(31), yellow: paint(33), dim: paint(2), bold: paint(1), green: paint(32) };
const BARE: typeof ANSI = { red: String, yellow: String, dim: String, bold: String, green: String };

/** The answer for people: by file, one finding a line, and a last line that counts. */
export function text(answer: CheckAnswer, { colours, findingsOnly, withoutProblems }: TextOptions): string {
  const ink = colours ? ANSI : BARE;
  const blocks: string[] = [];
  const files = new Map<string, PlacedFinding[]>();
  for (const finding of answer.findings) {
    if (stateOf(finding) === 'known') continue;
    const block = files.get(finding.source.file);
    if (block) block.push(finding);
    else files.set(finding.source.file, [finding]);
  }
  for (const [file, findings] of files) blocks.push(`${ink.bold(nameOf(file))}\n${linesOf(findings, ink)}`);
  if (!findingsOnly && !withoutProblems && answer.problems.length) {
    blocks.push(`${ink.bold('could not be read')}\n${answer.problems.map(({ file, line, message }) => `  ${place(file, line)}: ${plain(message)}\n`).join('')}`);
  }
  if (!findingsOnly && answer.gone?.length) blocks.push(`${ink.bold('gone since the baseline')}\n${answer.gone.map(accepted => `  ${plain(goneText(accepted))}\n`).join('')}`);
  if (!findingsOnly) blocks.push(`${verdict(answer, ink)}\n`);
  return blocks.join('\n');
}

/** `web.yaml:3`, or the file alone where all of it is meant. */
export function place(file: string, line: number): string {
  return line > 0 ? `${nameOf(file)}:${line}` : nameOf(file);
}

/** The last line: what was judged, by what, and what came out. */
export function verdict({ pack, kubernetes, summary, problems, levels, gone = [] }: CheckAnswer, ink: typeof ANSI = BARE): string {
  const { objects, errors, warnings, waived, known } = summary;
  const counts = [
    errors ? ink.red(count(errors, 'error')) : '0 errors',
    warnings ? ink.yellow(count(warnings, 'warning')) : '0 warnings',
    `${waived} waived`,
    ...known === undefined ? [] : [`${known} known`],
    ...gone.length ? [`${gone.length} gone since the baseline`] : [],
    ...problems.length ? [ink.red(`${count(problems.length, 'input')} that could not be read`)] : [],
  ];
  const clean = !errors && !warnings && !problems.length;
  const met = LEVELS.filter(name => levels[name]).map(name => `${levels[name]} ${name}`).join(', ');
  const unknown = minorOf(kubernetes)! < minorOf(OLDEST_KUBERNETES)! ? ' (whose fields and API versions are not known here, and were not checked)' : '';
  return `${count(objects, 'object')}, pack ${pack}, Kubernetes ${kubernetes}${unknown}: ${clean && !waived && known === undefined ? ink.green('clean') : counts.join(', ')}${met && `; Pod Security met: ${met}`}`;
}

/** What is gone, as far as the baseline tells: `web.yaml · Deployment shop/web · spec.hostPID: … [pod-host-pid]`. */
export function goneText({ fingerprint, rule, object, field, message, file }: Accepted): string {
  if (!rule || !object) return fingerprint;
  return [file === '-' ? 'standard input' : file, subjectOf(object), `${field ?? ''}: ${message ?? ''} [${rule}]`].filter(part => part).join(' · ');
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : plain(file);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function linesOf(findings: readonly PlacedFinding[], ink: typeof ANSI): string {
  const places = findings.map(({ source: { line, column } }) => `${line}:${column}`);
  const width = Math.max(...places.map(({ length }) => length));
  return findings.map((finding, i) => `  ${ink.dim(places[i].padStart(width))}  ${level(finding, ink)}  ${sentence(finding, ink)}\n`).join('');
}

function level(finding: PlacedFinding, ink: typeof ANSI): string {
  if (isWaived(finding)) return ink.dim('waived ');
  return finding.severity === Severity.ERROR ? ink.red('error  ') : ink.yellow('warning');
}

function sentence(finding: PlacedFinding, ink: typeof ANSI): string {
  const { object, field, message, rule, advice, waiver, source: { construct } } = finding;
  const by = construct ? `${plain(construct)} · ` : '';
  const what = `${by}${plain(subjectOf(object))} · ${plain(field)}: ${plain(message)} ${ink.dim(`[${plain(rule)}]`)}.`;
  if (!waiver || waiver.expired) return `${what} ${plain(advice)}`;
  return `${what} ${ink.dim(plain(waivedBy(waiver)))}`;
}
