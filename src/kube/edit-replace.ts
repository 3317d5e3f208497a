import { beginsLine, columnOf, hasComment, hasCommentBehind, lineEnd, lineStart, Splice } from './edit-splices';
import { behindDash, behindKey, blockText, flowText, isNested, Layout, quoted } from './edit-write';
import { Json } from './json';
import { Node } from './reading/nodes';

/** Where a node hangs. */
export interface Place {
  readonly sort: 'root' | 'key' | 'dash' | 'flow';
  /** Right behind the colon or dash that announces it. */
  readonly behind: number;
  /** The column of its key or dash. */
  readonly column: number;
}

/** Writes another value in the place of a node. Its anchor stays; comments around it stay. */
export function replaced(text: string, node: Node, want: Json, place: Place, layout: Layout): Splice[] {
  const anchor = node.kind !== 'alias' && node.anchor !== undefined ? `&${node.anchor} ` : '';
  switch (place.sort) {
    case 'flow': return [inFlow(text, node, anchor, want, place, layout)];
    case 'root': return [atRoot(text, node, want, layout)];
    default: return inBlock(text, node, anchor, want, place, layout);
  }
}

function inFlow(text: string, node: Node, anchor: string, want: Json, place: Place, layout: Layout): Splice {
  const empty = node.end === node.start;
  const colon = empty && text[place.behind - 1] !== ':' ? ':' : '';
  return { start: node.start, end: node.end, text: `${empty ? `${colon} ` : ''}${anchor}${alike(text, node, want, layout, place.column)}` };
}

function atRoot(text: string, node: Node, want: Json, given: Layout): Splice {
  const layout = beside(text, node, given);
  if (!isNested(want) || layout.json) return { start: node.start, end: node.end, text: flowText(want, layout) };
  // Behind `---` there is no room for a block.
  const begins = beginsLine(text, node.start);
  const breaks = begins ? '' : layout.eol;
  return { start: begins ? lineStart(text, node.start) : node.start, end: node.end, text: breaks + blockText(want, 0, layout) };
}

function inBlock(text: string, node: Node, anchor: string, want: Json, place: Place, given: Layout): Splice[] {
  const { behind, column, sort } = place;
  const sameLine = node.start <= lineEnd(text, behind);
  const commented = !sameLine && hasComment(text, behind, node.start);
  const layout = beside(text, node, given);
  const mark = anchor && ` ${anchor.trim()}`;
  if (!isNested(want)) {
    if (commented) return [{ start: lineStart(text, node.start), end: node.end, text: ' '.repeat(column + layout.unit) + anchor + alike(text, node, want, layout, -1) }];
    const written = sort === 'dash' ? behindDash(want, column, layout) : behindKey(want, column, layout);
    const line = written.includes(layout.eol) ? written : ` ${alike(text, node, want, layout, column)}`;
    return [{ start: behind, end: node.end, text: mark + line }];
  }
  const indent = sort === 'dash' ? 2 : Array.isArray(want) ? layout.list : layout.unit;
  const block = blockText(want, column + indent, layout);
  if (commented) return [{ start: lineStart(text, node.start), end: node.end, text: mark ? `${' '.repeat(column + indent + 1)}${mark.trim()}${layout.eol}${block}` : block }];
  if (sort === 'dash' && !mark) return [{ start: behind, end: node.end, text: behindDash(want, column, layout) }];
  // A comment in the line stays there, before what gets lines of its own.
  const end = lineEnd(text, node.end);
  return [{ start: behind, end: node.end, text: mark }, { start: end, end, text: layout.eol + block }];
}

/** A block of text would take a comment behind it for its own. */
function beside(text: string, node: Node, layout: Layout): Layout {
  return hasCommentBehind(text, node.end) ? { ...layout, blocks: false } : layout;
}

/** A value in one line, in the quotes that were there; in JSON, over lines if what is around it is. */
export function alike(text: string, node: Node | undefined, want: Json, layout: Layout, column: number): string {
  if (typeof want === 'string' && node?.kind === 'scalar') {
    const quote = text[node.content];
    if (quote === '"') return quoted(want);
    if (quote === "'" && !layout.json && /^[\x20-\x7e]*$/.test(want)) return `'${want.replace(/'/g, "''")}'`;
  }
  if (!layout.json || column < 0 || !isNested(want)) return flowText(want, layout);
  return JSON.stringify(want, undefined, layout.unit).replace(/\n/g, layout.eol + ' '.repeat(column));
}

/** The column of something that begins its line, -1 for what does not. */
export function ownColumn(text: string, offset: number): number {
  return beginsLine(text, offset) ? columnOf(text, offset) : -1;
}
