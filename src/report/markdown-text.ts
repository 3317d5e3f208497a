import { wellFormed } from './markup';
import { plain } from './plain';

/** What stands for nothing else than itself in Markdown as code hosts read it, at any place of a line but its start. */
const HARMLESS = /^[\p{L}\p{N}'"(),;.?%=+/…·–-]*:?$/u;
/** A word, and the marks of a sentence around it. */
const AROUND = /^(["'(]*)(.*?)([)"',;.?]*:?)$/u;
/** What a code host makes a link of without any mark: addresses, commits, issues. */
const LINKED = /www\.|\b[0-9a-f]{7,40}\b|\bgh-\d/i;

/**
 * A text as code: nothing in it is Markdown, markup, a mention or a link, in the cell of a table, too. A pipe is written
 * out, since readers disagree about which backslash belongs to it.
 */
export function code(text: string): string {
  const shown = wellFormed(plain(text)).replaceAll('|', '\\u007c');
  if (shown === '') return '';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[ `]|[ `]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A sentence as it is, but for words that would be more than text: those are code. Names in it are anybody's. */
export function prose(text: string): string {
  return plain(text).split(' ').map(word => {
    if (HARMLESS.test(word) && !LINKED.test(word)) return word;
    const [, before, core, after] = AROUND.exec(word)!;
    return `${before}${code(core)}${after}`;
  }).join(' ');
}

/** A row of a table. */
export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}
