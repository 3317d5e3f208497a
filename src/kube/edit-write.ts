import { columnOf } from './edit-splices';
import { isObject, Json, JsonObject } from './json';
import { Node } from './reading/nodes';
import { resolvePlain } from './reading/scalar';

// How new values are written into a document: in the way of what is there, and so that every reader reads the same.

/** How a document is laid out. */
export interface Layout {
  /** Its line end. */
  readonly eol: string;
  /** How far what is nested is indented. */
  readonly unit: number;
  /** How far a list is indented below its key; often not at all. */
  readonly list: number;
  /** Everything is quoted, as JSON wants it. */
  readonly json: boolean;
  /** Strings of several lines become blocks, which want a line end behind them; else they stand in quotes. */
  readonly blocks: boolean;
}

/** The layout of a text, as the first places show it. */
export function layoutOf(text: string, root: Node): Layout {
  const json = /^\s*(?:---\s)?\s*\{\s*(?:"|\}\s*$)/.test(text);
  const seen: { unit?: number; list?: number } = {};
  look(text, root, seen);
  return { eol: /\r\n?|\n/.exec(text)?.[0] ?? '\n', unit: seen.unit ?? 2, list: seen.list ?? 0, json, blocks: /[\r\n]$/.test(text) };
}

function look(text: string, node: Node, seen: { unit?: number; list?: number }): void {
  if (seen.unit !== undefined && seen.list !== undefined) return;
  if (node.kind === 'sequence') node.items.forEach(item => look(text, item, seen));
  if (node.kind !== 'mapping') return;
  for (const { key, value } of node.entries) {
    const deeper = columnOf(text, value.content) - columnOf(text, key.start);
    const block = (value.kind === 'mapping' || value.kind === 'sequence') && !value.flow;
    if (block && value.kind === 'mapping' && deeper > 0) seen.unit ??= deeper;
    if (block && value.kind === 'sequence') seen.list ??= Math.max(0, deeper);
    look(text, value, seen);
  }
}

/** A value in one line, as it stands within brackets. */
export function flowText(value: Json, layout: Layout): string {
  if (layout.json) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(item => flowText(item, layout)).join(', ')}]`;
  if (isObject(value)) return `{${entriesOf(value).map(([key, item]) => `${scalarText(key, layout, true)}: ${flowText(item, layout)}`).join(', ')}}`;
  return scalarText(value, layout, true);
}

/** The entries of an object that are there. */
export function entriesOf(value: JsonObject): [string, Json][] {
  return Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined);
}

/** Tells whether a value takes lines of its own: a collection with something in it. */
export function isNested(value: Json): value is Json[] | JsonObject {
  return Array.isArray(value) ? value.length > 0 : isObject(value) && entriesOf(value).length > 0;
}

/** A collection in lines of its own, the first one indented, too. */
export function blockText(value: Json[] | JsonObject, column: number, layout: Layout): string {
  const pad = ' '.repeat(column);
  const lines = Array.isArray(value)
    ? value.map(item => `${pad}-${behindDash(item, column, layout)}`)
    : entriesOf(value).map(([key, item]) => `${pad}${scalarText(key, layout)}:${behindKey(item, column, layout)}`);
  return lines.join(layout.eol);
}

/** What stands behind the colon of a key that starts in `column`. */
export function behindKey(value: Json, column: number, layout: Layout): string {
  if (!isNested(value)) return ` ${textOf(value, column + layout.unit, layout)}`;
  return layout.eol + blockText(value, column + (Array.isArray(value) ? layout.list : layout.unit), layout);
}

/** What stands behind a dash in `column`. */
export function behindDash(value: Json, column: number, layout: Layout): string {
  if (!isNested(value)) return ` ${textOf(value, column + 2, layout)}`;
  return ` ${blockText(value, column + 2, layout).slice(column + 2)}`;
}

function textOf(value: Json, column: number, layout: Layout): string {
  return typeof value === 'string' && layout.blocks && isText(value) ? literal(value, column, layout) : flowText(value, layout);
}

/** Tells whether a string is better read as lines than in quotes, and can be without loss. */
function isText(value: string): boolean {
  return /[^\n]\n?$/.test(value) && value.includes('\n') && !/^[\s]|[ \t]$|[ \t]\n|[^\n\t\x20-\x7e\u00a0-\u2027\u202f-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(value);
}

function literal(value: string, column: number, layout: Layout): string {
  const ended = value.endsWith('\n');
  const lines = (ended ? value.slice(0, -1) : value).split('\n').map(line => line && ' '.repeat(column) + line);
  return [ended ? '|' : '|-', ...lines].join(layout.eol);
}

/** The beginning and the characters that no reader takes for anything but text. */
const PLAIN = /^[A-Za-z_/][\w ./@+:=%~()&*!?;<>$^|'"\\,[\]{}`-]*$/;
/** What a reader of YAML 1.1 or 1.2 reads as a type other than text, in any case of letters. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|none|nan|inf|infinity)$/i;

/** A scalar, quoted where any reader of YAML would take it for something else. Never in more than one line. */
export function scalarText(value: Json, layout: Layout, flow = false): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (!layout.json && isPlain(value, flow)) return value;
  return quoted(value);
}

function isPlain(value: string, flow: boolean): boolean {
  if (!PLAIN.test(value) || WORDS.test(value) || resolvePlain(value) !== value) return false;
  return !/: |:$| #| $/.test(value) && !(flow && /[,[\]{}:?]/.test(value));
}

/** In double quotes, with nothing in it that a reader or a terminal could take for more than it is. */
export function quoted(value: string): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
