import { parseArgs } from 'node:util';
import { Fault, didYouMean } from '../kube/faults';

/** An option of a command. */
export interface Option {
  /** What it takes, as the help names it: `FILE`. @default - nothing: it is there or not */
  readonly takes?: string;
  /** All that it may take. @default - anything */
  readonly choices?: readonly string[];
  /** One line for the help. */
  readonly about: string;
}

/** The options of a command by their names, without dashes. */
export interface Options {
  readonly [name: string]: Option;
}

/** What stands on a command line. */
export interface Line {
  readonly values: { readonly [name: string]: string | undefined };
  /** All values of an option that was given several times, in their order. */
  readonly lists: { readonly [name: string]: readonly string[] | undefined };
  readonly flags: ReadonlySet<string>;
  readonly paths: readonly string[];
}

/** The columns of the help. */
const WIDEST = 120;

/** Those that every command has. */
export const HELP: Options = { help: { about: 'Shows this.' } };

/** Reads a command line. What is wrong with it is a Fault: the question was not asked. */
export function readLine(command: string, options: Options, args: readonly string[]): Line {
  const config = Object.fromEntries(Object.entries(options).map(([name, { takes }]) => (
    [name, { type: takes ? 'string' as const : 'boolean' as const, ...(name === 'help' && { short: 'h' }) }]
  )));
  // Not strict: what it says of wrong options does not help.
  const { tokens } = parseArgs({ args: [...args], options: config, strict: false, allowPositionals: true, tokens: true });
  const values: { [name: string]: string } = {};
  const lists: { [name: string]: string[] } = {};
  const flags = new Set<string>();
  const paths: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw unknown(command, options, token.rawName);
    if (option.takes) (lists[token.name] ??= []).push(values[token.name] = valueOf(command, token.rawName, option, token.value));
    else if (token.value !== undefined) throw wrong(command, `${token.rawName} takes no value, but has '${token.value}'`, `Write ${token.rawName}.`);
    else flags.add(token.name);
  }
  return { values, lists, flags, paths };
}

/** A wrong command line, in one line. */
export function wrong(command: string, what: string, advice: string): Fault {
  return new Fault({ where: `cdk8s-hardened ${command}`, what, id: 'option-invalid', advice });
}

/** The options for the help, in columns. */
export function helpOf(options: Options): string {
  const left = Object.entries(options).map(([name, { takes }]) => `  --${name}${takes ? ` ${takes}` : ''}`);
  const width = Math.max(...left.map(({ length }) => length)) + 2;
  return Object.values(options).map(({ about }, i) => `${left[i].padEnd(width)}${wrapped(about, width)}`).join('\n');
}

/** In lines of at most so many columns, the first of which starts at an indentation. */
function wrapped(text: string, indent: number): string {
  let column = indent;
  return text.split(' ').map((word, i) => {
    const breaks = i > 0 && column + 1 + word.length > WIDEST;
    column = breaks ? indent + word.length : column + word.length + (i ? 1 : 0);
    return `${breaks ? `\n${' '.repeat(indent)}` : i ? ' ' : ''}${word}`;
  }).join('');
}

function unknown(command: string, options: Options, rawName: string): Fault {
  const names = Object.keys(options).map(name => `--${name}`);
  return wrong(command, `there is no option ${rawName}`, didYouMean(rawName, names));
}

function valueOf(command: string, rawName: string, { takes, choices }: Option, value: string | undefined): string {
  // A value that looks like an option is one whose own value was forgotten.
  if (value === undefined || value === '' || /^--?\w/.test(value)) {
    throw wrong(command, `${rawName} has no value`, `Write ${rawName} ${choices ? choices.join('|') : takes}.`);
  }
  if (choices && !choices.includes(value)) throw wrong(command, `'${value}' is nothing that ${rawName} takes`, didYouMean(value, choices));
  return value;
}
