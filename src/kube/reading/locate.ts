import { holdsMore, Part } from './documents';
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

/** A document of more values is shown by its beginning: its tree would take gigabytes. JSON may hold as many as there are. */
const MOST_VALUES = 1_500_000;

/** Finds fields in texts. Only what is asked for is looked at, and what was looked at last is kept. */
export class Positions {
  private text?: string;
  private trees: Tree[] = [];

  /** Where a field of an item of a document stands; where its nearest parent does, if it is not there. */
  public locate(part: Part, lines: Lines, ...fields: string[]): Located {
    const tree = this.treesOf(part.text)[part.index];
    const found = tree?.find(fields.filter(field => field !== '').join('.')) ?? { start: 0, end: 0 };
    const [start, end] = [lines.at(part.start + found.start), lines.at(part.start + found.end)];
    return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  private treesOf(text: string): Tree[] {
    if (this.text !== text) {
      this.text = text;
      try {
        this.trees = holdsMore(text, MOST_VALUES) ? [] : nodesOf(text).map(root => new Tree(text, root));
      } catch {
        // What only JSON allows has no place in YAML; its beginning must do.
        this.trees = [];
      }
    }
    return this.trees;
  }
}

interface Step {
  readonly region: Region;
  readonly node: Node;
  readonly rest: string;
}

interface Found {
  readonly entry: Entry;
  readonly rest: string;
}

/** A document in which fields are looked for, each by a path from its root. */
class Tree {
  private anchors?: Map<string, Node>;
  private readonly keys = new Map<MappingNode, (string | undefined)[]>();

  constructor(private readonly text: string, private readonly root: Node) {}

  public find(path: string): Region {
    const { root } = this;
    const first = root.kind === 'mapping' ? root.entries[0]?.key ?? root : root;
    let region: Region = { start: first.start, end: first.end };
    let node: Node | undefined = root;
    let rest = path;
    while (rest !== '' && node) {
      const target: Node | undefined = node.kind === 'alias' ? this.anchored(node.name) : node;
      const step: Step | undefined = target && this.next(target, rest);
      if (!step) break;
      ({ region, node, rest } = step);
    }
    return region;
  }

  private next(node: Node, path: string): Step | undefined {
    if (node.kind === 'sequence') {
      const match = /^\.?\[(\d+)\]\.?/.exec(path);
      const item = match && node.items[Number(match[1])];
      return item ? { region: beginning(item), node: item, rest: path.slice(match[0].length) } : undefined;
    }
    if (node.kind !== 'mapping') return undefined;
    const found = this.entry(node, path, 0);
    if (!found) return undefined;
    const { key, value } = found.entry;
    // What is written in one line is shown whole.
    const end = value.kind === 'scalar' && !/[\r\n]/.test(this.text.slice(key.end, value.end)) ? Math.max(key.end, value.end) : key.end;
    return { region: { start: key.start, end }, node: value, rest: found.rest };
  }

  /** The entry whose key begins the path; the longest, since keys may hold dots. A merge's keys count where there is no other. */
  private entry(mapping: MappingNode, path: string, depth: number): Found | undefined {
    const keys = this.keysOf(mapping);
    let best: Found & { length: number } | undefined;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (key === undefined || key.length < (best?.length ?? 0)) continue;
      const rest = behind(path, key);
      if (rest !== undefined) best = { entry: mapping.entries[i], rest, length: key.length };
    }
    if (best || depth > 10) return best;
    for (const { value } of mapping.entries.filter((_, i) => keys[i] === '<<')) {
      for (const source of value.kind === 'sequence' ? value.items : [value]) {
        const target = source.kind === 'alias' ? this.anchored(source.name) : source;
        const found = target?.kind === 'mapping' ? this.entry(target, path, depth + 1) : undefined;
        if (found) return found;
      }
    }
    return undefined;
  }

  /** The texts of a mapping's keys: read once, however many findings lie below it. */
  private keysOf(mapping: MappingNode): (string | undefined)[] {
    let keys = this.keys.get(mapping);
    if (!keys) this.keys.set(mapping, keys = mapping.entries.map(({ key }) => key.kind === 'scalar' ? scalarValue(this.text, key) : undefined));
    return keys;
  }

  private anchored(name: string): Node | undefined {
    return (this.anchors ??= collect(this.root, new Map())).get(name);
  }
}

/** A list's item is shown by its first key. */
function beginning(item: Node): Region {
  if (item.kind === 'mapping' && !item.flow && item.entries.length) return beginning(item.entries[0].key);
  return { start: item.start, end: item.end };
}

/** What of a path is left behind a key: `a.b`, `a[0]`, `["a"].b` behind `a`. */
function behind(path: string, key: string): string | undefined {
  return restAfter(path, key) ?? (path[0] === '[' ? restAfter(path, `["${key}"]`) ?? restAfter(path, `['${key}']`) ?? restAfter(path, `[${key}]`) : undefined);
}

function restAfter(path: string, written: string): string | undefined {
  if (!path.startsWith(written)) return undefined;
  const next = path[written.length];
  if (next === undefined) return '';
  return next === '[' ? path.slice(written.length) : next === '.' ? path.slice(written.length + 1) : undefined;
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
