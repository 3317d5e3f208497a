import { Node, skipBlank } from './reading/nodes';

/** A part of a text and what stands there instead. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all splices made. At one place, what is put in stands in the order in which it was found, before what is replaced. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const ordered = splices.map((splice, index) => ({ ...splice, index })).sort((a, b) =>
    a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start) || a.index - b.index);
  let result = '';
  let at = 0;
  for (const { start, end, text: piece } of ordered) {
    if (start < at) throw new Error('two changes overlap');
    result += text.slice(at, start) + piece;
    at = end;
  }
  return result + text.slice(at);
}

/** Where the line of an offset starts. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
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
