import { Json } from '../json';
import { partsOf, split } from './documents';
import { readBytes } from './files';
import { Located, Positions } from './locate';
import { Unreadable } from './problem';
import { Lines, decode } from './text';
import { withTimeLimit } from './time-limit';

/** A YAML or JSON file that holds one document and no manifest, such as a tool's settings. */
export interface PlainFile {
  readonly value: Json;
  /** Line and column of a field, such as `rules[0].id`; of its nearest parent where it is not there. */
  locate(field?: string): Located;
}

const MOST_BYTES = 1_000_000;
const MOST_SECONDS = 5;

/** Reads such a file; throws an `Unreadable`, or the system's refusal. A file without a document is null. */
export function readPlainFile(file: string): PlainFile {
  return withTimeLimit(MOST_SECONDS * 1000, () => {
    const { text } = decode(readBytes(file, MOST_BYTES));
    const lines = new Lines(text);
    const parts = split(text).flatMap(chunk => within(chunk.start, lines, () => partsOf(chunk)));
    if (parts.length > 1) throw new Unreadable(`line ${lines.at(parts[1].start).line}: it has a second document. Write one.`);
    if (!parts.length) return { value: null, locate: () => ({ line: 1, column: 1, endLine: 1, endColumn: 1 }) };
    const positions = new Positions();
    return { value: parts[0].value, locate: (field = '') => positions.locate(parts[0], lines, '', field) };
  });
}

function within<T>(start: number, lines: Lines, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new Unreadable(`line ${lines.at(start + error.offset).line}: ${error.message}`);
  }
}
