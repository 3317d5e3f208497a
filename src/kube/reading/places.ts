/** A range of a text. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

/** What stands in a place. A collection in braces or brackets is shown whole, where another is shown by its first key. */
export enum Kind { SCALAR, MAPPING, BRACES, LIST, ALIAS }

/** The numbers of a place: its kind, where it starts and ends, and which place comes behind all that it holds. */
const KIND = 0;
const START = 1;
const END = 2;
const NEXT = 3;
const WIDTH = 4;

/**
 * Where everything of a document stands, in the order of its text: numbers alone, since documents are read again for
 * their findings by the thousand.
 */
export abstract class Places {
  private readonly numbers: number[] = [];
  private readonly items = new Map<number, number[]>();

  protected constructor(protected readonly text: string) {}

  /** Where a field stands; where its nearest parent does, if it is not there. */
  public find(path: string): Region {
    const first = this.kind(0) === Kind.MAPPING || this.kind(0) === Kind.BRACES ? this.firstIn(0) : 0;
    let region = this.region(first);
    let place = 0;
    let at = 0;
    while (at < path.length) {
      const target = this.kind(place) === Kind.ALIAS ? this.target(place) : place;
      const step: Step | undefined = target === undefined ? undefined : this.next(target, path, at);
      if (!step) break;
      ({ region, place, at } = step);
    }
    return region;
  }

  /** Every place, for whoever compares. */
  public get all(): number[][] {
    return Array.from({ length: this.numbers.length / WIDTH }, (_, i) => this.numbers.slice(i * WIDTH, (i + 1) * WIDTH));
  }

  /** The text that a key stands for; undefined where it is no scalar. */
  protected abstract keyOf(place: number): string | undefined;
  /** False where it is clear that a key does not begin with a character: most are not what is looked for. */
  protected abstract mayBegin(key: number, character: number): boolean;
  /** What an alias stands for. */
  protected abstract target(alias: number): number | undefined;

  /** The place that is noted next. */
  protected get upcoming(): number {
    return this.numbers.length;
  }

  /** Notes a place, at first with nothing in it, and tells which it is. */
  protected add(kind: Kind, start: number, end: number): number {
    const { numbers } = this;
    const place = numbers.length;
    numbers.push(kind, start, end, place + WIDTH);
    return place;
  }

  /** Ends a place that holds all that was noted behind it. */
  protected close(place: number, end: number): void {
    this.numbers[place + END] = end;
    this.numbers[place + NEXT] = this.numbers.length;
  }

  private kind(place: number): Kind {
    return this.numbers[place + KIND];
  }

  protected region(place: number): Region {
    return { start: this.numbers[place + START], end: this.numbers[place + END] };
  }

  /** The first place in a collection; the collection itself where it is empty. */
  private firstIn(place: number): number {
    return this.numbers[place + NEXT] > place + WIDTH ? place + WIDTH : place;
  }

  /** A list's item is shown by its first key. */
  private beginning(item: number): Region {
    if (this.kind(item) !== Kind.MAPPING) return this.region(item);
    const first = this.firstIn(item);
    return first === item ? this.region(item) : this.beginning(first);
  }

  private next(place: number, path: string, at: number): Step | undefined {
    const kind = this.kind(place);
    if (kind === Kind.LIST) return this.item(place, path, at);
    return kind === Kind.MAPPING || kind === Kind.BRACES ? this.field(place, path, at) : undefined;
  }

  private item(list: number, path: string, from: number): Step | undefined {
    ITEM.lastIndex = from;
    const match = ITEM.exec(path);
    if (!match) return undefined;
    const place = this.itemsOf(list)[Number(match[1])] as number | undefined;
    return place === undefined ? undefined : { region: this.beginning(place), place, at: from + match[0].length };
  }

  /** The places of a list's items: found once, since a list may have as many findings as items. */
  private itemsOf(list: number): readonly number[] {
    let items = this.items.get(list);
    if (!items) {
      this.items.set(list, items = []);
      const { numbers } = this;
      for (let place = list + WIDTH; place < numbers[list + NEXT]; place = numbers[place + NEXT]) items.push(place);
    }
    return items;
  }

  private field(mapping: number, path: string, from: number): Step | undefined {
    const found = this.entry(mapping, path, from, 0);
    if (!found) return undefined;
    const { numbers } = this;
    const place = numbers[found.key + NEXT];
    const [start, keyEnd, end] = [numbers[found.key + START], numbers[found.key + END], numbers[place + END]];
    // What is written in one line is shown whole.
    const isWhole = this.kind(place) === Kind.SCALAR && end > keyEnd && !this.hasLineEnd(keyEnd, end);
    return { region: { start, end: isWhole ? end : keyEnd }, place, at: found.at };
  }

  /** The entry whose key begins the path; the longest, since keys may hold dots. A merge's keys count where there is no other. */
  private entry(mapping: number, path: string, from: number, depth: number): Found | undefined {
    const { numbers } = this;
    const end = numbers[mapping + NEXT];
    let best: Found | undefined;
    let longest = 0;
    const character = path.charCodeAt(from);
    for (let key = mapping + WIDTH; key < end; key = numbers[numbers[key + NEXT] + NEXT]) {
      if (!this.mayBegin(key, character)) continue;
      const text = this.keyOf(key);
      if (text === undefined || text.length < longest) continue;
      const at = behind(path, from, text);
      if (at === undefined) continue;
      best = { key, at };
      longest = text.length;
    }
    return best || depth > 10 ? best : this.merged(mapping, path, from, depth);
  }

  private merged(mapping: number, path: string, from: number, depth: number): Found | undefined {
    const { numbers } = this;
    const end = numbers[mapping + NEXT];
    for (let key = mapping + WIDTH; key < end; key = numbers[numbers[key + NEXT] + NEXT]) {
      if (this.keyOf(key) !== '<<') continue;
      const value = numbers[key + NEXT];
      const isList = this.kind(value) === Kind.LIST;
      for (let source = isList ? value + WIDTH : value; source < numbers[value + NEXT]; source = numbers[source + NEXT]) {
        const target = this.kind(source) === Kind.ALIAS ? this.target(source) : source;
        const isMapping = target !== undefined && (this.kind(target) === Kind.MAPPING || this.kind(target) === Kind.BRACES);
        const found = isMapping ? this.entry(target, path, from, depth + 1) : undefined;
        if (found) return found;
      }
    }
    return undefined;
  }

  private hasLineEnd(from: number, to: number): boolean {
    const { text } = this;
    for (let at = from; at < to; at++) {
      const character = text.charCodeAt(at);
      if (character === 10 || character === 13) return true;
    }
    return false;
  }
}

interface Step {
  readonly region: Region;
  readonly place: number;
  /** How much of the path was gone. */
  readonly at: number;
}

interface Found {
  readonly key: number;
  /** How much of the path was gone. */
  readonly at: number;
}

const ITEM = /\.?\[(\d+)\]\.?/y;

/** Where a path goes on behind a key: `a.b`, `a[0]`, `["a"].b` behind `a`. */
function behind(path: string, from: number, key: string): number | undefined {
  const plain = after(path, from, key);
  if (plain !== undefined || path[from] !== '[') return plain;
  return after(path, from, `["${key}"]`) ?? after(path, from, `['${key}']`) ?? after(path, from, `[${key}]`);
}

function after(path: string, from: number, written: string): number | undefined {
  if (!path.startsWith(written, from)) return undefined;
  const end = from + written.length;
  const next = path[end];
  return next === undefined || next === '[' ? end : next === '.' ? end + 1 : undefined;
}
