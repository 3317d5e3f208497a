import { Node, skipBlank } from './reading/nodes';

/** A part of a text and what stands there instead. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The way to the node that is changed, where one is: `['items', 2, 'spec']`. */
  readonly path?: readonly (string | number)[];
}

/** One text in the place of another, as the shortest stretch that differs. */
export function difference(before: string, after: string): Splice[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [{ start, end: before.length - end, text: after.slice(start, after.length - end) }];
}

/** The text with all splices made. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: piece } of inOrder(splices)) {
    if (start < at) throw new Error('two changes overlap');
    result += text.slice(at, start) + piece;
    at = end;
  }
  return result + text.slice(at);
}

/** The same changes in order, those that touch each other as one: whoever makes them need not know which comes first. */
export function joinedSplices(splices: readonly Splice[]): Splice[] {
  const joined: Splice[] = [];
  for (const { start, end, text } of inOrder(splices)) {
    const last = joined.at(-1);
    if (last?.end === start) joined[joined.length - 1] = { start: last.start, end, text: last.text + text };
    else joined.push({ start, end, text });
  }
  return joined;
}

/** At one place, what is put in stands in the order in which it was found, before what is replaced. */
function inOrder(splices: readonly Splice[]): Splice[] {
  return splices.map((splice, index) => ({ splice, index })).sort((a, b) => a.splice.start - b.splice.start
    || Number(a.splice.end > a.splice.start) - Number(b.splice.end > b.splice.start) || a.index - b.index).map(({ splice }) => splice);
}

/** Where the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  // Not lastIndexOf: where a text has no such line end, it would look through all of it.
  let at = Math.max(offset, 0);
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--;
  return at;
}

/** How many characters stand before an offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Where the line of an offset ends, its line end left out. */
export function lineEnd(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

/** Where the next line starts. */
export function nextLine(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return end + (text.startsWith('\r\n', end) ? 2 : end < text.length ? 1 : 0);
}

/** Tells whether an offset is the first of its line that is no space. */
export function beginsLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** Tells whether a comment follows in the line. */
export function hasCommentBehind(text: string, offset: number): boolean {
  return /^\s+#/.test(text.slice(offset, lineEnd(text, offset)));
}

/** Tells whether a comment stands in a stretch in which there is no value. */
export function hasComment(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes('#');
}

/** Where the dashes of the items of a list stand. */
export function dashesOf(text: string, content: number, items: readonly Node[]): number[] {
  return items.map((_, index) => index === 0 ? content : skipBlank(text, items[index - 1].end));
}
