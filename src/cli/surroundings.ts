import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a command writes to. */
export interface Sink {
  /** A person looks at it. */
  readonly isTTY?: boolean;
  write(text: string | Uint8Array): unknown;
}

/** Everything that a command knows besides its arguments; tests hand in their own. */
export interface Surroundings {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: { readonly [name: string]: string | undefined };
  /** The folder that relative names start from. */
  readonly folder: string;
  /** What stands on standard input. @default - it is read where it is asked for */
  readonly standardInput?: Buffer;
}

/** What a command's process ends with. */
export enum Status {
  CLEAN = 0,
  FINDINGS = 1,
  /** The question could not be asked, or something could not be read. */
  UNANSWERED = 2,
}

/** A command of the tool. */
export interface Command {
  /** What `--help` shows. */
  readonly help: string;
  run(args: readonly string[], surroundings: Surroundings): Status;
}

/** Whether to write in colour: for a person who has not asked otherwise. */
export function wantsColours({ isTTY }: Sink, { NO_COLOR, TERM }: Surroundings['env']): boolean {
  return isTTY === true && !NO_COLOR && TERM !== 'dumb';
}

/** The version of the package. */
export function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }).version;
}
