/** Ports from the first to the last, both included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The protocols that have ports, in the order in which they are written. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;
/** One of them. */
export type Protocol = (typeof PROTOCOLS)[number];
/** The greatest port. */
export const LAST_PORT = 65535;

/** Spans by protocol, in the order of `PROTOCOLS`, each list ascending and without neighbours. */
type Spans = readonly (readonly Span[])[];

/**
 * What may be spoken: ports by protocol, and whether whatever has no ports (ICMP and others) may be, too.
 * A rule without `ports` is about all of it; no list of ports is.
 */
export class PortSet {
  public constructor(
    /** Equal sets of one table have equal ids. */
    public readonly id: number,
    /** Equal sets have equal keys, whatever table they are of. */
    public readonly key: string,
    public readonly spans: Spans,
    public readonly others: boolean,
  ) {}

  /** Nothing may be spoken. */
  public get isEmpty(): boolean {
    return this.key === '';
  }

  /** Everything may be spoken. */
  public get isAll(): boolean {
    return this.key === ALL_KEY;
  }

  /** Tells whether a port is in it. */
  public has(protocol: Protocol, port: number): boolean {
    return this.spans[PROTOCOLS.indexOf(protocol)].some(({ first, last }) => first <= port && port <= last);
  }
}

const NO_SPANS: Spans = [[], [], []];
const ALL_SPANS: Spans = PROTOCOLS.map(() => [{ first: 1, last: LAST_PORT }]);
const ALL_KEY = keyOf(ALL_SPANS, true);

/** Sets of ports, each kept once, so that they are equal where they are the same, and sums of the same are made once. */
export class PortTable {
  public readonly none: PortSet;
  public readonly all: PortSet;
  private readonly sets = new Map<string, PortSet>();
  private readonly spans = new Map<number, PortSet>();
  private readonly unions = new Map<number, PortSet>();
  private readonly meets = new Map<number, PortSet>();
  private readonly rests = new Map<number, PortSet>();

  constructor() {
    this.none = this.of(NO_SPANS, false);
    this.all = this.of(ALL_SPANS, true);
  }

  /** Ports of one protocol. */
  public span(protocol: Protocol, first = 1, last = LAST_PORT): PortSet {
    const key = (PROTOCOLS.indexOf(protocol) * 0x10000 + first) * 0x10000 + last;
    let span = this.spans.get(key);
    if (!span) this.spans.set(key, span = this.of(PROTOCOLS.map(name => name === protocol ? [{ first, last }] : []), false));
    return span;
  }

  public union(a: PortSet, b: PortSet): PortSet {
    if (a === b || b === this.none) return a;
    if (a === this.none || b === this.all) return b;
    if (a === this.all) return a;
    return this.kept(this.unions, a, b, () => this.of(a.spans.map((list, i) => sum(list, b.spans[i])), a.others || b.others));
  }

  public meet(a: PortSet, b: PortSet): PortSet {
    if (a === b || b === this.all || a === this.none) return a;
    if (a === this.all || b === this.none) return b;
    return this.kept(this.meets, a, b, () => this.of(a.spans.map((list, i) => meeting(list, b.spans[i])), a.others && b.others));
  }

  /** What is in `a` and not in `b`. */
  public rest(a: PortSet, b: PortSet): PortSet {
    if (b === this.none || a === this.none) return a;
    if (a === b || b === this.all) return this.none;
    return this.kept(this.rests, a, b, () => this.of(a.spans.map((list, i) => without(list, b.spans[i])), a.others && !b.others));
  }

  private kept(memory: Map<number, PortSet>, a: PortSet, b: PortSet, make: () => PortSet): PortSet {
    const key = a.id * 0x4000000 + b.id;
    let result = memory.get(key);
    if (!result) memory.set(key, result = make());
    return result;
  }

  private of(spans: Spans, others: boolean): PortSet {
    const key = keyOf(spans, others);
    let set = this.sets.get(key);
    if (!set) this.sets.set(key, set = new PortSet(this.sets.size, key, spans, others));
    return set;
  }
}

function keyOf(spans: Spans, others: boolean): string {
  const parts = spans.flatMap((list, i) => list.map(({ first, last }) => `${PROTOCOLS[i]} ${first}${last === first ? '' : `-${last}`}`));
  return [...parts, ...others ? ['others'] : []].join(',');
}

function sum(a: readonly Span[], b: readonly Span[]): Span[] {
  const result: { first: number; last: number }[] = [];
  for (const { first, last } of [...a, ...b].sort((x, y) => x.first - y.first)) {
    const before = result[result.length - 1];
    if (before && first <= before.last + 1) before.last = Math.max(before.last, last);
    else result.push({ first, last });
  }
  return result;
}

function meeting(a: readonly Span[], b: readonly Span[]): Span[] {
  return a.flatMap(x => b.map(y => ({ first: Math.max(x.first, y.first), last: Math.min(x.last, y.last) })))
    .filter(({ first, last }) => first <= last);
}

function without(a: readonly Span[], b: readonly Span[]): Span[] {
  return b.reduce<readonly Span[]>((left, { first, last }) => left.flatMap(span => [
    { first: span.first, last: Math.min(span.last, first - 1) },
    { first: Math.max(span.first, last + 1), last: span.last },
  ].filter(part => part.first <= part.last)), a) as Span[];
}
