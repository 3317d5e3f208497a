import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a process came to, start included. */
export interface Measure {
  /** CPU, user and system, of all its threads. */
  readonly seconds: number;
  readonly mebibytes: number;
}

/** One run of Node; whatever it finds. */
export function node(...args: string[]): Measure {
  return nodeIn(process.env, ...args);
}

/** The same in an environment. */
export function nodeIn(env: NodeJS.ProcessEnv, ...args: string[]): Measure {
  const { stderr, status } = spawnSync(process.execPath, ['-r', join(__dirname, 'measured.js'), ...args], { encoding: 'utf8', env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status === null || status > 1) throw new Error(`${args.join(' ')}: ${stderr}`);
  return JSON.parse(stderr.trim().split('\n').pop()!) as Measure;
}

/** How another program came out: its CPU seconds, or why there are none. */
export type Outcome = { readonly seconds: number } | { readonly reason: string };

/** `timeout` ends with this where it had to end what it ran. */
const TOO_LONG = 124;

/** The CPU seconds of another program and its children, as a shell counts them; at most so many seconds by the clock. */
export function foreign(most: number, command: string, args: readonly string[]): Outcome {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>/dev/null';
  const { stderr, status } = spawnSync('bash', ['-c', script, 'bash', 'timeout', String(most), command, ...args], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status === TOO_LONG) return { reason: `not in ${most} s` };
  // Scanners end with 1 where they find something; any other end would pass for speed.
  if (status !== 0 && status !== 1) return { reason: `failed (${status})` };
  const [user, system] = stderr.trim().split('\n').pop()!.replace(/,/g, '.').split(' ').map(Number);
  return { seconds: user + system };
}

/** Whether there is a program of that name. */
export function isInstalled(command: string): boolean {
  return spawnSync('bash', ['-c', 'command -v "$1"', 'bash', command]).status === 0;
}

/** What each comes to at the least when they take turns, each figure by itself: whatever else the machine does only ever adds. */
export function least(rounds: number, measures: readonly (() => Measure)[]): Measure[] {
  const rows = Array.from({ length: rounds }, () => measures.map(measure => measure()));
  const of = (figure: keyof Measure, i: number) => Math.min(...rows.map(row => row[i][figure]));
  return measures.map((_, i) => ({ seconds: of('seconds', i), mebibytes: of('mebibytes', i) }));
}

export function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
