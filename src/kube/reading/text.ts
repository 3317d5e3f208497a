import { isUtf8 } from 'node:buffer';
import { oneLine, Unreadable } from './problem';

/** How a text stands in bytes; UTF-16 always has its mark. */
export type Encoding = 'utf-8' | 'utf-8 with mark' | 'utf-16le' | 'utf-16be';

/** A text, and how it stood in bytes. */
export interface Decoded {
  /** Without the mark. */
  readonly text: string;
  readonly encoding: Encoding;
}

const MARK = '\ufeff';

/** The text of a file: UTF-8, or UTF-16 with its mark, as Kubernetes' reader takes them. */
export function decode(bytes: Buffer): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, 'utf-16be');
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw new Unreadable('it is not text: it holds zero bytes. Name manifests only, as YAML or JSON.');
  if (!isUtf8(bytes)) throw new Unreadable('it is not text in UTF-8. Save it as UTF-8, or name manifests only.');
  const text = bytes.toString('utf8');
  return text.startsWith(MARK) ? { text: text.slice(MARK.length), encoding: 'utf-8 with mark' } : { text, encoding: 'utf-8' };
}

/** The bytes of a text, as those that it was read from. */
export function encode({ text, encoding }: Decoded): Buffer {
  switch (encoding) {
    case 'utf-8': return Buffer.from(text);
    case 'utf-8 with mark': return Buffer.from(MARK + text);
    case 'utf-16le': return Buffer.from(MARK + text, 'utf16le');
    case 'utf-16be': return Buffer.from(MARK + text, 'utf16le').swap16();
  }
}

function utf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch (error) {
    throw new Unreadable(`it is not text in UTF-16, though it starts as if: ${oneLine((error as Error).message)}. Save it as UTF-8.`);
  }
}

/** The starts of a text's lines, found when first asked for. */
export class Lines {
  private starts?: number[];
  /** The line that was asked for last: the end of what stands in one line is asked for next. */
  private last = 0;

  constructor(private readonly text: string) {}

  /** Line and column, counted from 1, of an offset. */
  public at(offset: number): { line: number; column: number } {
    const starts = this.starts ??= lineStarts(this.text);
    let low = this.last;
    if (starts[low] > offset || starts[low + 1] <= offset) {
      low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle] <= offset) low = middle; else high = middle - 1;
      }
      this.last = low;
    }
    return { line: low + 1, column: offset - starts[low] + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  if (text.includes('\r')) {
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
    return starts;
  }
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
