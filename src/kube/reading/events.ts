import { Event, parseEvents, YAMLException } from 'js-yaml';
import { blockEvents } from './block-events';
import { Unreadable } from './problem';

/** Deeper than any manifest, and within what recursion bears. */
export const DEEPEST = 250;
/** How often a text is looked at again because of a line that is indented less than its bracket's. */
const MOST_REPAIRS = 500;
/** More than any line is indented by. */
const PAD = ' '.repeat(2000);
/** Line ends to Kubernetes' reader, to no editor: what stands behind one in a comment would be read. */
const STRANGE_LINE_END = /[\u0085\u2028\u2029]/;

/**
 * The events of a YAML text: where each node begins and ends. What is written plainly is read here, all else by the parser.
 * The parser follows YAML 1.2; where Kubernetes' reader takes more that people really write, this does, too:
 * lines within brackets or quotes may be indented as they like.
 */
export function events(text: string): Event[] {
  return blockEvents(text) ?? parsed(text);
}

function parsed(text: string): Event[] {
  const strange = text.search(STRANGE_LINE_END);
  if (strange >= 0) {
    const code = text.charCodeAt(strange).toString(16).toUpperCase().padStart(4, '0');
    throw new Unreadable(`it holds the character U+${code}, which Kubernetes reads as the end of a line. Write it as "\\u${code}" in double quotes, or remove it.`, strange);
  }
  const repaired = new Repaired(text);
  for (let repairs = 0; ; repairs++) {
    try {
      return repaired.original(parseEvents(repaired.text, { maxDepth: DEEPEST }));
    } catch (error) {
      if (error instanceof RangeError) throw new Unreadable('it is too big to be read. Split it.');
      if (!(error instanceof YAMLException)) throw error;
      const at = error.mark?.position ?? 0;
      if (error.reason !== 'deficient indentation' || repairs >= MOST_REPAIRS || !repaired.repair(at)) {
        throw new Unreadable(syntax(error.reason), repaired.offset(at));
      }
    }
  }
}

/** A text in which lines within brackets were indented, and the way back to its own offsets. */
class Repaired {
  /** Offsets in the text as it is now, behind each pad. */
  private readonly pads: number[] = [];

  constructor(public text: string) {}

  /** Indents the line of a fault; false where that is of no use. */
  public repair(at: number): boolean {
    const start = Math.max(this.text.lastIndexOf('\n', at - 1), this.text.lastIndexOf('\r', at - 1)) + 1;
    const before = this.text.slice(start, at);
    if (/^[ \t]*$/.test(before) && before.length < PAD.length) {
      this.text = this.text.slice(0, start) + PAD + this.text.slice(start);
      this.pads.push(start + PAD.length);
      return true;
    }
    if (!before.includes('\t')) return false;
    this.text = this.text.slice(0, start) + before.replace(/\t/g, ' ') + this.text.slice(at);
    return true;
  }

  public original(list: Event[]): Event[] {
    if (!this.pads.length) return list;
    for (const event of list as unknown as Record<string, number>[]) {
      for (const field of ['start', 'valueStart', 'valueEnd', 'anchorStart', 'anchorEnd', 'tagStart', 'tagEnd']) {
        if (event[field] > 0) event[field] = this.offset(event[field]);
      }
    }
    return list;
  }

  /** Faults come in the order of the text, so pads do, too. */
  public offset(at: number): number {
    let [low, high] = [0, this.pads.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pads[middle] <= at) low = middle + 1; else high = middle;
    }
    return at - low * PAD.length;
  }
}

function syntax(reason: string): string {
  if (reason.startsWith('nesting exceeded')) return `fields are nested more than ${DEEPEST} levels deep. No manifest is; check where it comes from.`;
  if (reason === 'deficient indentation') return 'a line within brackets or quotes is indented less than what holds it. Indent it.';
  if (reason.startsWith('tab ')) return 'a tab stands where only spaces may indent. Replace it by spaces.';
  if (reason.includes('non-printable') || reason.startsWith('null byte')) return 'it holds control characters, which no YAML may. Remove them.';
  return `it is not YAML: ${reason}. Mend it there.`;
}
