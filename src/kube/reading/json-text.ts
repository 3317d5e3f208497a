import { Json } from '../json';
import { DEEPEST } from './events';
import { Unreadable } from './problem';

const [QUOTE, COLON, BACKSLASH] = [0x22, 0x3a, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** A value of a JSON text, which may hold several one after the other, and where it starts. */
export interface JsonValue {
  readonly value: Json;
  readonly start: number;
  readonly end: number;
}

/**
 * The values of a JSON text, or undefined where it is no JSON (YAML may start with a brace, too).
 * What JSON.parse lets pass, keys that stand twice or bottomless nesting, is refused as in YAML.
 * Offsets are told from `before` characters ahead of the text.
 */
export function readJson(text: string, before = 0): JsonValue[] | undefined {
  const spans = scan(text);
  if (!spans) return undefined;
  const values: JsonValue[] = [];
  for (const { start, end, fault } of spans) {
    if (fault) throw new Unreadable(fault.message, before + fault.offset);
    try {
      values.push({ value: JSON.parse(text.slice(start, end)), start: before + start, end: before + end });
    } catch {
      return undefined;
    }
  }
  return values;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly fault?: Unreadable;
}

/** Where each value of the text begins and ends. A fault is told only if the text turns out to be JSON up to there. */
function scan(text: string): Span[] | undefined {
  const spans: Span[] = [];
  // For each open object its keys; undefined for a list.
  const open: (Set<string> | undefined)[] = [];
  let start = -1;
  let fault: Unreadable | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      const end = endOfString(text, at);
      if (end < 0 || !open.length) return undefined;
      const keys = open[open.length - 1];
      if (keys && isKey(text, end)) {
        const key = text.slice(at + 1, end);
        fault ??= refuse(key, keys, at);
        keys.add(key);
      }
      at = end;
    } else if (char === OPEN_OBJECT || char === OPEN_LIST) {
      if (!open.length) start = at;
      open.push(char === OPEN_OBJECT ? new Set() : undefined);
      if (open.length > DEEPEST) throw new Unreadable(`fields are nested more than ${DEEPEST} levels deep. No manifest is; check where it comes from.`);
    } else if (char === CLOSE_OBJECT || char === CLOSE_LIST) {
      const closed = open.pop();
      if (start < 0 || (closed === undefined) !== (char === CLOSE_LIST)) return undefined;
      if (!open.length) {
        spans.push({ start, end: at + 1, fault });
        start = -1;
      }
    } else if (!open.length && !isSpace(char)) {
      return undefined;
    }
  }
  return open.length || !spans.length ? undefined : spans;
}

function refuse(key: string, keys: Set<string>, at: number): Unreadable | undefined {
  if (key === '__proto__') return new Unreadable("a key is '__proto__', which no manifest has. Remove it.", at);
  if (keys.has(key)) return new Unreadable(`the key '${key}' stands twice in one mapping. Keep the one that is meant.`, at);
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}

function isKey(text: string, end: number): boolean {
  let at = end + 1;
  while (isSpace(text.charCodeAt(at))) at++;
  return text.charCodeAt(at) === COLON;
}

function isSpace(char: number): boolean {
  return char === 0x20 || char === 0x0a || char === 0x0d || char === 0x09;
}
