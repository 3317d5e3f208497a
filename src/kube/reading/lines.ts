import { closeSync, openSync } from 'node:fs';
import { readSome, STANDARD_INPUT } from './files';

/** A line of a file. */
export interface ReadLine {
  /** Counted from 1. */
  readonly number: number;
  /** Absent where it is too long to be read. */
  readonly text?: string;
}

/** Longer lines are no records; some files have no end of line at all. */
const LONGEST = 4_000_000;
const PART = 1 << 18;
const NEWLINE = 10;

/**
 * The lines of a file or of standard input, one by one: no more of it is held than the longest.
 *
 * Throws the system's refusal where it cannot be read.
 */
export function* readLines(path: string, standardInput?: Buffer): Iterable<ReadLine> {
  const splitter = new Splitter();
  if (path === STANDARD_INPUT && standardInput) {
    yield* splitter.add(standardInput);
    yield* splitter.end();
    return;
  }
  const file = path === STANDARD_INPUT ? 0 : openSync(path, 'r');
  try {
    const part = Buffer.allocUnsafe(PART);
    for (let length = readSome(file, part); length > 0; length = readSome(file, part)) yield* splitter.add(part.subarray(0, length));
    yield* splitter.end();
  } finally {
    if (file !== 0) closeSync(file);
  }
}

class Splitter {
  private number = 0;
  private rest: Buffer[] = [];
  private length = 0;

  public* add(part: Buffer): Iterable<ReadLine> {
    let start = 0;
    for (let end = part.indexOf(NEWLINE); end >= 0; end = part.indexOf(NEWLINE, start)) {
      yield this.line(part.subarray(start, end));
      start = end + 1;
    }
    const rest = part.subarray(start);
    this.length += rest.length;
    // The part is written over by the next one.
    if (rest.length && this.length <= LONGEST) this.rest.push(Buffer.from(rest));
  }

  public* end(): Iterable<ReadLine> {
    if (this.length) yield this.line(Buffer.alloc(0));
  }

  private line(last: Buffer): ReadLine {
    const { rest, length } = this;
    this.rest = [];
    this.length = 0;
    const number = ++this.number;
    if (length + last.length > LONGEST) return { number };
    return { number, text: (rest.length ? Buffer.concat([...rest, last]) : last).toString('utf8') };
  }
}
