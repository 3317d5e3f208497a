import { Part } from './documents';
import { Entry, MappingNode, Node, nodesOf, scalarValue } from './nodes';
import { Lines } from './text';

/** A place in a file, lines and columns counted from 1; the end is the first column behind it. */
export interface Located {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Region {
  readonly start: number;
  readonly end: number;
}

/** Finds fields in texts. Only what is asked for is looked at, and what was looked at last is kept. */
export class Positions {
  private text?: string;
  private nodes: Node[] = [];
  private anchors: Map<string, Node>[] = [];

  /** Where a field of an item of a document stands; where its nearest parent does, if it is not there. */
  public locate(part: Part, lines: Lines, ...fields: string[]): Located {
    const root = this.nodesOf(part.text)[part.index];
    const found = root ? find(part.text, root, this.anchors[part.index], fields.filter(field => field !== '').join('.')) : { start: 0, end: 0 };
    const [start, end] = [lines.at(part.start + found.start), lines.at(part.start + found.end)];
    return { ...start, endLine: end.line, endColumn: end.column };
  }

  private nodesOf(text: string): Node[] {
    if (this.text !== text) {
      this.text = text;
      try {
        this.nodes = nodesOf(text);
      } catch {
        // What only JSON allows has no place in YAML; its beginning must do.
        this.nodes = [];
      }
      this.anchors = this.nodes.map(node => collect(node, new Map()));
    }
    return this.nodes;
  }
}

function find(text: string, root: Node, anchors: Map<string, Node>, path: string): Region {
  const first = root.kind === 'mapping' ? root.entries[0]?.key ?? root : root;
  let region: Region = { start: first.start, end: first.end };
  let node: Node | undefined = root;
  let rest = path;
  while (rest !== '' && node) {
    node = node.kind === 'alias' ? anchors.get(node.name) : node;
    const step: Step | undefined = node && next(text, node, rest, anchors);
    if (!step) break;
    ({ region, node, rest } = step);
  }
  return region;
}

interface Step {
  readonly region: Region;
  readonly node: Node;
  readonly rest: string;
}

function next(text: string, node: Node, path: string, anchors: Map<string, Node>): Step | undefined {
  if (node.kind === 'sequence') {
    const match = /^\.?\[(\d+)\]\.?/.exec(path);
    const item = match && node.items[Number(match[1])];
    return item ? { region: beginning(item), node: item, rest: path.slice(match[0].length) } : undefined;
  }
  if (node.kind !== 'mapping') return undefined;
  const found = entry(text, node, path, anchors, 0);
  if (!found) return undefined;
  const { key, value } = found.entry;
  // What is written in one line is shown whole.
  const end = value.kind === 'scalar' && !/[\r\n]/.test(text.slice(key.end, value.end)) ? Math.max(key.end, value.end) : key.end;
  return { region: { start: key.start, end }, node: value, rest: found.rest };
}

/** A list's item is shown by its first key. */
function beginning(item: Node): Region {
  if (item.kind === 'mapping' && !item.flow && item.entries.length) return beginning(item.entries[0].key);
  return { start: item.start, end: item.end };
}

interface Found {
  readonly entry: Entry;
  readonly rest: string;
}

/** The entry whose key begins the path; the longest, since keys may hold dots. A merge's keys count where there is no other. */
function entry(text: string, mapping: MappingNode, path: string, anchors: Map<string, Node>, depth: number): Found | undefined {
  let best: Found & { length: number } | undefined;
  for (const candidate of mapping.entries) {
    if (candidate.key.kind !== 'scalar') continue;
    const key = scalarValue(text, candidate.key);
    const rest = behind(path, key);
    if (rest !== undefined && key.length >= (best?.length ?? 0)) best = { entry: candidate, rest, length: key.length };
  }
  if (best || depth > 10) return best;
  for (const { key, value } of mapping.entries) {
    if (key.kind !== 'scalar' || scalarValue(text, key) !== '<<') continue;
    for (const source of value.kind === 'sequence' ? value.items : [value]) {
      const target = source.kind === 'alias' ? anchors.get(source.name) : source;
      const found = target?.kind === 'mapping' ? entry(text, target, path, anchors, depth + 1) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** What of a path is left behind a key: `a.b`, `a[0]`, `["a"].b` behind `a`. */
function behind(path: string, key: string): string | undefined {
  for (const written of [key, `["${key}"]`, `['${key}']`, `[${key}]`]) {
    if (!path.startsWith(written)) continue;
    const rest = path.slice(written.length);
    if (rest === '' || rest[0] === '[') return rest;
    if (rest[0] === '.') return rest.slice(1);
  }
  return undefined;
}

function collect(node: Node, anchors: Map<string, Node>): Map<string, Node> {
  if (node.anchor !== undefined) anchors.set(node.anchor, node);
  if (node.kind === 'sequence') for (const item of node.items) collect(item, anchors);
  for (const { key, value } of node.kind === 'mapping' ? node.entries : []) {
    collect(key, anchors);
    collect(value, anchors);
  }
  return anchors;
}
