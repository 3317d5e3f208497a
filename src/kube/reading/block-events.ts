import { CHOMPING_MODE, ChompingMode, COLLECTION_STYLE, CollectionStyle, Event, EVENT_ID, SCALAR_STYLE, ScalarStyle } from 'js-yaml';

// Machines write manifests, and people mostly do: a key or a dash a line, values in one line or in a block of text.
// That part of YAML is read here, at less than half of what all of YAML costs. Whatever else a text holds (anchors, tags,
// brackets, escapes, values of several lines, tabs, any mistake) is the parser's, and so is the verdict on it:
// test/kube/reading/block-events.property.test.ts holds that both say the same wherever this one speaks.

const NONE = -1;
/** One for all: nothing in it tells them apart. */
const POP: Event = { type: EVENT_ID.POP };
/** Far from what the parser bears. */
const DEEPEST = 60;
/** What needs a closer look: control characters, what some take for the end of a line, and what lies beyond 16 bits. */
// eslint-disable-next-line no-control-regex
const UNUSUAL = /[^\n\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufdff]/;
/** What no plain text begins with, or only where more is known than is here. */
const INDICATORS = Array.from({ length: 128 }, (_, code) => '?:,[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(code)));
const [LINE_END, SPACE, QUOTE, HASH, APOSTROPHE, DASH, COLON] = [...'\n "#\'-:'].map(character => character.charCodeAt(0));

/** The events of a text, as the parser would tell them; undefined where it has to be asked. */
export function blockEvents(text: string): Event[] | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const reader = new BlockReader(text);
  return reader.read() ? reader.events : undefined;
}

/** A mapping or a list whose end has not come yet. */
interface Open {
  readonly column: number;
  readonly isList: boolean;
  /** Its last key or dash has no value yet. */
  awaits: boolean;
}

class BlockReader {
  public readonly events: Event[] = [];
  private readonly open: Open[] = [];
  /** Where the next line starts. */
  private at = 0;
  /** Where the line ends that is being read. */
  private end = 0;

  constructor(private readonly text: string) {}

  /** False as soon as something occurs that is not for here. */
  public read(): boolean {
    const { text } = this;
    const explicitStart = text.startsWith('---\n');
    this.events.push({ type: EVENT_ID.DOCUMENT, explicitStart, explicitEnd: false, directives: [] });
    if (explicitStart) this.at = 4;
    while (this.at < text.length) {
      const start = this.at;
      const first = this.skipSpaces(start);
      this.end = this.endOfLine(first);
      this.at = this.end + 1;
      if (first < this.end && text.charCodeAt(first) !== HASH && !this.line(first, first - start)) return false;
    }
    if (!this.open.length) return false;
    while (this.open.length) this.close();
    this.events.push(POP);
    return true;
  }

  private line(first: number, indent: number): boolean {
    if (indent === 0 && (this.text.startsWith('---', first) || this.text.startsWith('...', first))) return false;
    let [at, column] = [first, indent];
    while (this.text.charCodeAt(at) === DASH && this.endsWord(at + 1)) {
      if (!this.enter(at, column, true)) return false;
      const next = this.skipSpaces(at + 1);
      if (this.isOver(next)) return true;
      column += next - at;
      at = next;
    }
    const keyEnd = this.endOfScalar(at);
    if (keyEnd < 0) return at > first && this.value(at);
    const colon = this.skipSpaces(this.isQuote(at) ? keyEnd + 1 : keyEnd);
    if (this.text.charCodeAt(colon) !== COLON || !this.endsWord(colon + 1)) return at > first && this.value(at);
    return this.enter(at, column, false) && this.pair(at, keyEnd, colon);
  }

  private pair(at: number, keyEnd: number, colon: number): boolean {
    this.scalar(this.isQuote(at) ? at + 1 : at, keyEnd, this.style(at));
    const next = this.skipSpaces(colon + 1);
    return this.isOver(next) || this.value(next);
  }

  /** What stands behind a colon or a dash. */
  private value(at: number): boolean {
    const holder = this.open[this.open.length - 1];
    holder.awaits = false;
    const character = this.text[at];
    if (character === '|' || character === '>') return this.block(at, holder.column);
    if (character === '{' || character === '[') return this.empty(at);
    const end = this.endOfScalar(at);
    if (end < 0) return false;
    const quoted = this.isQuote(at);
    this.scalar(quoted ? at + 1 : at, end, this.style(at));
    const behind = quoted ? end + 1 : end;
    return behind >= this.end || (this.text.charCodeAt(behind) === SPACE && this.isOver(this.skipSpaces(behind)));
  }

  /** `{}` or `[]`. */
  private empty(at: number): boolean {
    const isMap = this.text.startsWith('{}', at);
    if (!isMap && !this.text.startsWith('[]', at)) return false;
    this.collection(at, !isMap, COLLECTION_STYLE.FLOW);
    this.events.push(POP);
    return this.endsWord(at + 2) && this.isOver(this.skipSpaces(at + 2));
  }

  /** A block of text, whose first line tells how far it is indented. */
  private block(at: number, column: number): boolean {
    const { text } = this;
    const sign = text[at + 1];
    const chomping = sign === '-' ? CHOMPING_MODE.STRIP : sign === '+' ? CHOMPING_MODE.KEEP : CHOMPING_MODE.CLIP;
    if (this.end !== at + (chomping === CHOMPING_MODE.CLIP ? 1 : 2)) return false;
    const start = this.at;
    const indent = this.skipSpaces(start) - start;
    if (indent <= column || text.charCodeAt(start + indent) === LINE_END || text.charCodeAt(text.length - 1) !== LINE_END) return false;
    while (this.at < text.length) {
      const first = this.skipSpaces(this.at);
      if (text.charCodeAt(first) !== LINE_END && first - this.at < indent) break;
      this.at = this.endOfLine(first) + 1;
    }
    this.scalar(start, this.at, text[at] === '|' ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK, chomping, indent);
    return true;
  }

  /** Begins the next entry of a mapping or a list at a column: of one that is open there, or of one that begins here. */
  private enter(at: number, column: number, isList: boolean): boolean {
    let top = this.top();
    while (top && (top.column > column || (top.column === column && top.isList && !isList))) {
      this.close();
      top = this.top();
    }
    if (top?.column === column && top.isList === isList) {
      if (top.awaits) this.scalar(NONE, NONE, SCALAR_STYLE.PLAIN);
      top.awaits = true;
      return true;
    }
    // A list may begin at the column of the key that it belongs to; all else is further in.
    const fits = top ? top.awaits && (top.column < column || (isList && !top.isList)) : column === 0 && this.events.length === 1;
    if (!fits || this.open.length >= DEEPEST) return false;
    if (top) top.awaits = false;
    this.collection(at, isList, COLLECTION_STYLE.BLOCK);
    this.open.push({ column, isList, awaits: true });
    return true;
  }

  private close(): void {
    if (this.open.pop()!.awaits) this.scalar(NONE, NONE, SCALAR_STYLE.PLAIN);
    this.events.push(POP);
  }

  private top(): Open | undefined {
    return this.open[this.open.length - 1];
  }

  private collection(start: number, isList: boolean, style: CollectionStyle): void {
    const type = isList ? EVENT_ID.SEQUENCE : EVENT_ID.MAPPING;
    this.events.push({ type, start, anchorStart: NONE, anchorEnd: NONE, tagStart: NONE, tagEnd: NONE, style });
  }

  private scalar(valueStart: number, valueEnd: number, style: ScalarStyle, chomping: ChompingMode = CHOMPING_MODE.CLIP, indent = NONE): void {
    this.events.push({
      type: EVENT_ID.SCALAR, valueStart, valueEnd, anchorStart: NONE, anchorEnd: NONE, tagStart: NONE, tagEnd: NONE,
      style, chomping, indent, fast: valueStart !== NONE && indent === NONE,
    });
  }

  private style(at: number): ScalarStyle {
    const character = this.text.charCodeAt(at);
    return character === QUOTE ? SCALAR_STYLE.DOUBLE_QUOTED : character === APOSTROPHE ? SCALAR_STYLE.SINGLE_QUOTED : SCALAR_STYLE.PLAIN;
  }

  private isQuote(at: number): boolean {
    const character = this.text.charCodeAt(at);
    return character === QUOTE || character === APOSTROPHE;
  }

  private endOfScalar(at: number): number {
    return this.isQuote(at) ? this.endOfQuoted(at) : this.endOfPlain(at);
  }

  /** Where a quoted text ends in its line, if nothing in it is escaped. */
  private endOfQuoted(at: number): number {
    const quote = this.text.charCodeAt(at);
    for (let i = at + 1; i < this.end; i++) {
      const character = this.text.charCodeAt(i);
      if (character === quote) return quote === APOSTROPHE && this.text.charCodeAt(i + 1) === APOSTROPHE ? NONE : i;
      if (character === 0x5c && quote === QUOTE) return NONE;
    }
    return NONE;
  }

  /** Where a text without quotes ends: before `: `, before a comment, or with its line. */
  private endOfPlain(at: number): number {
    const { text } = this;
    const first = text.charCodeAt(at);
    if (INDICATORS[first] || (first === DASH && this.endsWord(at + 1))) return NONE;
    let end = at;
    for (let i = at; i < this.end; i++) {
      const character = text.charCodeAt(i);
      if (character === SPACE) continue;
      if (character === COLON && this.endsWord(i + 1)) break;
      if (character === HASH && text.charCodeAt(i - 1) === SPACE) break;
      end = i + 1;
    }
    return end;
  }

  /** Whether nothing but a comment stands from here to the end of the line. */
  private isOver(at: number): boolean {
    return at >= this.end || (this.text.charCodeAt(at) === HASH && this.text.charCodeAt(at - 1) === SPACE);
  }

  private endsWord(at: number): boolean {
    return at >= this.end || this.text.charCodeAt(at) === SPACE;
  }

  private skipSpaces(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  private endOfLine(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end < 0 ? this.text.length : end;
  }
}
