import { CHOMPING_MODE, ChompingMode, SCALAR_STYLE, ScalarStyle } from 'js-yaml';

// Machines write manifests, and people mostly do: a key or a dash a line, values in one line or in a block of text.
// That part of YAML is read here, in one pass over the text, at a fraction of what all of YAML costs. Whatever else a text
// holds (anchors, tags, brackets, escapes, values of several lines, tabs, any mistake) is the parser's, and so is the verdict
// on it: test/kube/reading/block-reader.property.test.ts holds that both say the same wherever this one speaks.

/** Who is told what stands in a text, in its order. */
export interface Listener {
  document(hasMarker: boolean): void;
  /** A mapping or a list begins; in braces or brackets only where it is empty. */
  begin(start: number, isList: boolean, inBrackets: boolean): void;
  /** What is empty starts at `EMPTY`; a block of text alone has an indentation. */
  scalar(start: number, end: number, style: ScalarStyle, chomping: ChompingMode, indent: number): void;
  /** The mapping, the list or the document ends. */
  end(): void;
}

/** Where nothing stands. */
export const EMPTY = -1;
/** Far from what the parser bears. */
const DEEPEST = 60;
/** What needs a closer look: control characters, what some take for the end of a line, and what lies beyond 16 bits. */
// eslint-disable-next-line no-control-regex
const UNUSUAL = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufdff]/;
/** What no plain text begins with, or only where more is known than is here. */
const INDICATORS = Array.from({ length: 128 }, (_, code) => '?:,[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(code)));
const [LINE_END, SPACE, QUOTE, HASH, APOSTROPHE, PLUS, DASH, POINT, COLON, GREATER, BRACKET, BACKSLASH, BAR, BRACE] =
  [...'\n "#\'+-.:>[\\|{'].map(character => character.charCodeAt(0));

/** Tells what stands in a text, as the parser would; false where that has to be asked, however much was told until then. */
export function readBlocks(text: string, listener: Listener): boolean {
  return !UNUSUAL.test(text) && new BlockReader(text, listener).read();
}

/** A mapping or a list whose end has not come yet. */
interface Open {
  readonly column: number;
  readonly isList: boolean;
  /** Its last key or dash has no value yet. */
  awaits: boolean;
}

class BlockReader {
  private readonly open: Open[] = [];
  private readonly length: number;
  /** Where the next line starts. */
  private at = 0;
  private begun = false;

  constructor(private readonly text: string, private readonly listener: Listener) {
    this.length = text.length;
  }

  /** False as soon as something occurs that is not for here. */
  public read(): boolean {
    const { text, length, listener } = this;
    const hasMarker = text.startsWith('---\n');
    listener.document(hasMarker);
    if (hasMarker) this.at = 4;
    while (this.at < length) {
      const start = this.at;
      const first = this.skipSpaces(start);
      const isBlank = first >= length || text.charCodeAt(first) === LINE_END || text.charCodeAt(first) === HASH;
      if (isBlank) this.at = this.endOfLine(first) + 1;
      else if (!this.line(first, first - start)) return false;
    }
    if (!this.open.length) return false;
    while (this.open.length) this.close();
    listener.end();
    return true;
  }

  private line(first: number, indent: number): boolean {
    const { text } = this;
    let character = text.charCodeAt(first);
    if (indent === 0 && (character === DASH || character === POINT) && (text.startsWith('---', first) || text.startsWith('...', first))) return false;
    let [at, column] = [first, indent];
    while (character === DASH && this.endsWord(at + 1)) {
      if (!this.enter(at, column, true)) return false;
      const next = this.skipSpaces(at + 1);
      if (this.endLine(next)) return true;
      column += next - at;
      at = next;
      character = text.charCodeAt(at);
    }
    const quoted = character === QUOTE || character === APOSTROPHE ? 1 : 0;
    const keyEnd = quoted ? this.endOfQuoted(at, character) : this.endOfPlain(at, character);
    if (keyEnd < 0) return at > first && this.value(at);
    const colon = this.skipSpaces(keyEnd + quoted);
    if (text.charCodeAt(colon) !== COLON || !this.endsWord(colon + 1)) return at > first && this.value(at);
    if (!this.enter(at, column, false)) return false;
    this.tell(at + quoted, keyEnd, styleOf(character));
    const next = this.skipSpaces(colon + 1);
    return this.endLine(next) || this.value(next);
  }

  /** What stands behind a colon or a dash. */
  private value(at: number): boolean {
    const holder = this.open[this.open.length - 1];
    holder.awaits = false;
    const character = this.text.charCodeAt(at);
    if (character === BAR || character === GREATER) return this.block(at, holder.column);
    if (character === BRACE || character === BRACKET) return this.empty(at);
    const quoted = character === QUOTE || character === APOSTROPHE ? 1 : 0;
    const end = quoted ? this.endOfQuoted(at, character) : this.endOfPlain(at, character);
    if (end < 0) return false;
    this.tell(at + quoted, end, styleOf(character));
    return this.endLine(this.skipSpaces(end + quoted));
  }

  /** `{}` or `[]`. */
  private empty(at: number): boolean {
    const isMap = this.text.startsWith('{}', at);
    if (!isMap && !this.text.startsWith('[]', at)) return false;
    this.listener.begin(at, !isMap, true);
    this.listener.end();
    return this.endLine(this.skipSpaces(at + 2));
  }

  /** A block of text, whose first line tells how far it is indented. */
  private block(at: number, column: number): boolean {
    const { text, length } = this;
    const sign = text.charCodeAt(at + 1);
    const chomping = sign === DASH ? CHOMPING_MODE.STRIP : sign === PLUS ? CHOMPING_MODE.KEEP : CHOMPING_MODE.CLIP;
    const end = at + (chomping === CHOMPING_MODE.CLIP ? 1 : 2);
    if (end < length && text.charCodeAt(end) !== LINE_END) return false;
    const start = end + 1;
    const indent = this.skipSpaces(start) - start;
    if (indent <= column || text.charCodeAt(start + indent) === LINE_END || text.charCodeAt(length - 1) !== LINE_END) return false;
    this.at = start;
    while (this.at < length) {
      const first = this.skipSpaces(this.at);
      if (text.charCodeAt(first) !== LINE_END && first - this.at < indent) break;
      this.at = this.endOfLine(first) + 1;
    }
    const style = text.charCodeAt(at) === BAR ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
    this.listener.scalar(start, this.at, style, chomping, indent);
    return true;
  }

  /** Begins the next entry of a mapping or a list at a column: of one that is open there, or of one that begins here. */
  private enter(at: number, column: number, isList: boolean): boolean {
    const { open } = this;
    let top = open[open.length - 1] as Open | undefined;
    while (top && (top.column > column || (top.column === column && top.isList && !isList))) {
      this.close();
      top = open[open.length - 1];
    }
    if (top?.column === column && top.isList === isList) {
      if (top.awaits) this.tell(EMPTY, EMPTY, SCALAR_STYLE.PLAIN);
      top.awaits = true;
      return true;
    }
    // A list may begin at the column of the key that it belongs to; all else is further in.
    const fits = top ? top.awaits && (top.column < column || (isList && !top.isList)) : column === 0 && !this.begun;
    if (!fits || open.length >= DEEPEST) return false;
    if (top) top.awaits = false;
    this.begun = true;
    this.listener.begin(at, isList, false);
    open.push({ column, isList, awaits: true });
    return true;
  }

  private close(): void {
    if (this.open.pop()!.awaits) this.tell(EMPTY, EMPTY, SCALAR_STYLE.PLAIN);
    this.listener.end();
  }

  private tell(start: number, end: number, style: ScalarStyle): void {
    this.listener.scalar(start, end, style, CHOMPING_MODE.CLIP, EMPTY);
  }

  /** Where a quoted text ends in its line, if nothing in it is escaped. */
  private endOfQuoted(at: number, quote: number): number {
    const { text, length } = this;
    for (let i = at + 1; i < length; i++) {
      const character = text.charCodeAt(i);
      if (character === quote) return quote === APOSTROPHE && text.charCodeAt(i + 1) === APOSTROPHE ? EMPTY : i;
      if (character === LINE_END || (character === BACKSLASH && quote === QUOTE)) return EMPTY;
    }
    return EMPTY;
  }

  /** Where a text without quotes ends: before `: `, before a comment, or with its line. */
  private endOfPlain(at: number, first: number): number {
    const { text, length } = this;
    if (INDICATORS[first] || (first === DASH && this.endsWord(at + 1))) return EMPTY;
    let end = at;
    for (let i = at; i < length; i++) {
      const character = text.charCodeAt(i);
      if (character === SPACE) continue;
      if (character === LINE_END) break;
      if (character === COLON && this.endsWord(i + 1)) break;
      if (character === HASH && text.charCodeAt(i - 1) === SPACE) break;
      end = i + 1;
    }
    return end;
  }

  /** Goes on to the next line, if nothing but a comment stands from here to the end of this one. */
  private endLine(at: number): boolean {
    const { text, length } = this;
    if (at < length && text.charCodeAt(at) !== LINE_END) {
      if (text.charCodeAt(at) !== HASH || text.charCodeAt(at - 1) !== SPACE) return false;
      this.at = this.endOfLine(at) + 1;
    } else {
      this.at = at + 1;
    }
    return true;
  }

  private endsWord(at: number): boolean {
    if (at >= this.length) return true;
    const character = this.text.charCodeAt(at);
    return character === SPACE || character === LINE_END;
  }

  private skipSpaces(from: number): number {
    const { text, length } = this;
    let at = from;
    while (at < length && text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  private endOfLine(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.length : end;
  }
}

function styleOf(first: number): ScalarStyle {
  return first === QUOTE ? SCALAR_STYLE.DOUBLE_QUOTED : first === APOSTROPHE ? SCALAR_STYLE.SINGLE_QUOTED : SCALAR_STYLE.PLAIN;
}
