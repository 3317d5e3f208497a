import { Json } from '../json';
import { compose } from './compose';
import { readJson } from './json-text';
import { Unreadable } from './problem';

/** A part of a file between two `---`, the marker at its start included. */
export interface Chunk {
  /** Where it starts in the text of its file. */
  readonly start: number;
  readonly text: string;
}

/** One document: mostly all of a chunk; less in a stream of JSON, or where `...` ends a document. */
export interface Part {
  readonly value: Json;
  readonly text: string;
  readonly start: number;
  /** Which document of its text it is. */
  readonly index: number;
}

/** One document in a single text; what is more wants to be split, or to be written as JSON. */
const LARGEST_CHUNK = 64_000_000;
/** From here on a text is counted before it is read: what it holds may need a hundred times its size. */
const LARGE_CHUNK = 2_000_000;
const MOST_INDICATORS = 3_000_000;

/** What looks like JSON, behind a marker or not; it is read as such if it is, which is faster by far. */
const JSON_BEGINS = /^(?:---(?:[ \t]+#.*)?)?\s*\{/;

/** Splits a text at its markers, so that a fault in one document hides no other. */
export function split(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  for (const { index } of text.matchAll(/^---(?=\s|$)/gm)) {
    // What looks like a marker behind U+2028 is none; and directives belong to the document that follows them.
    if (index > 0 && !'\r\n'.includes(text[index - 1])) continue;
    const before = text.slice(start, index);
    if (index === start || onlyDirectives(before)) continue;
    if (!['', '---'].includes(before.trim())) chunks.push({ start, text: before });
    start = index;
  }
  chunks.push({ start, text: text.slice(start) });
  return chunks;
}

function onlyDirectives(text: string): boolean {
  return text.startsWith('%') && text.split(/\r\n?|\n/).every(line => /^\s*(?:[%#].*)?$/.test(line));
}

/** The documents of a chunk, as Kubernetes reads them; what is empty is left out. */
export function partsOf({ text, start }: Chunk): Part[] {
  if (text.length > LARGEST_CHUNK) throw new Unreadable(`one document has ${megabytes(text.length)} MB; at most ${megabytes(LARGEST_CHUNK)} are read. Split it.`);
  const json = JSON_BEGINS.exec(text.slice(0, 1000));
  if (json) {
    const skipped = json[0].length - 1;
    const values = readJson(text.slice(skipped), skipped);
    if (values) return values.map(part => ({ value: part.value, text: text.slice(part.start, part.end), start: start + part.start, index: 0 }));
  }
  if (holdsMore(text, MOST_INDICATORS)) {
    throw new Unreadable(`one document holds more than ${MOST_INDICATORS} values. Split it, or write it as JSON.`);
  }
  return compose(text).map((value, index) => ({ value, text, start, index })).filter(({ value }) => value !== null);
}

function megabytes(length: number): number {
  return Math.round(length / 1e6);
}

/** Whether a text may hold more values than that; short ones cannot hold too many. */
export function holdsMore(text: string, values: number): boolean {
  return text.length > LARGE_CHUNK && indicators(text) > values;
}

/** How many of the characters that can make a node of their own, at most. */
function indicators(text: string): number {
  let count = 0;
  for (const [indicator] of text.matchAll(/[,[{?:\n]/g)) if (indicator) count++;
  return count;
}
