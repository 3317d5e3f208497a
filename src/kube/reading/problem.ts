/** Input that could not be read. */
export interface Problem {
  /** The file as it was named, a folder, or `-` for standard input. */
  readonly file: string;
  /** The line, counted from 1; 0 where the file as a whole is meant. */
  readonly line: number;
  /** What is wrong and what to do, in one line. */
  readonly message: string;
}

/** Why a document cannot be read, and where in its text. Becomes a problem of its file. */
export class Unreadable extends Error {
  constructor(message: string, public readonly offset: number = 0) {
    super(message);
    this.name = 'Unreadable';
  }
}

const LONGEST = 300;

/** A message in one line that a terminal shows as it is. */
export function oneLine(message: string): string {
  // eslint-disable-next-line no-control-regex
  const line = message.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
