import { Reach } from '../reach';
import { Verdict } from '../verdict';
import { Judged, judgedAs, KnownEnd } from './flow-verdict';
import { Place, Places } from './places';
import { Read, Seen, SeenEnd } from './seen';

/** All records of one connection. */
export interface ObservedFlow {
  readonly from: KnownEnd;
  readonly to: KnownEnd;
  readonly protocol: Seen['protocol'];
  readonly port: number;
  readonly verdict: Verdict;
  /** What the policies say of it. */
  readonly state: 'allowed' | 'depends' | 'denied';
  count: number;
  /** Those of them that the cluster did not let through. */
  dropped: number;
  /** In ms since 1970. */
  first?: number;
  last?: number;
  /** Some of the addresses outside, where there are any. */
  readonly addresses: string[];
}

/** Records that say nothing about policies, by the reason. */
export interface Skipped {
  readonly reason: string;
  readonly count: number;
}

/** So many addresses are remembered of one connection, and so many names that nobody knows. */
const MOST_ADDRESSES = 5;
const MOST_UNKNOWN = 1000;

/** Adds up records: what is kept grows with the connections, not with the records. */
export class Ledger {
  private readonly places: Places;
  private readonly all = new Map<string, ObservedFlow>();
  private readonly reasons = new Map<string, number>();
  private readonly strangers = new Map<string, number>();
  /** Records that were read. */
  public records = 0;

  constructor(private readonly reach: Reach) {
    this.places = new Places(reach);
  }

  /** Takes a record in. */
  public add(read: NonNullable<Read>): void {
    this.records++;
    if ('skipped' in read) return this.skip(read.skipped);
    const [from, to] = [this.places.of(read.from), this.places.of(read.to)];
    if (!from || !to) return this.unknown(from ? read.to : read.from);
    if (isItself(read.from, read.to)) return this.skip('of a pod to itself');
    const judged = judgedAs(this.reach, read, from, to);
    if (typeof judged === 'string') return this.skip(judged);
    for (const one of judged) this.count(read, one, from, to);
  }

  /** The connections, by their ends and ports. */
  public flows(): ObservedFlow[] {
    return [...this.all].sort(([a], [b]) => a < b ? -1 : 1).map(([, flow]) => flow);
  }

  /** What was left out, and why. */
  public get skipped(): Skipped[] {
    return [...this.reasons].sort(([a], [b]) => a < b ? -1 : 1).map(([reason, count]) => ({ reason, count }));
  }

  /** Names that are neither in the manifests nor have labels. */
  public get unknowns(): { readonly name: string; readonly count: number }[] {
    return [...this.strangers].sort(([a], [b]) => a < b ? -1 : 1).map(([name, count]) => ({ name, count }));
  }

  private count({ protocol, first, last, isDropped, count }: Seen, { from, to, port, verdict }: Judged, ...places: Place[]): void {
    const key = `${from.id}\n${to.id}\n${protocol} ${String(port).padStart(5, '0')}`;
    let flow = this.all.get(key);
    if (!flow) {
      flow = { from, to, protocol, port, verdict, state: stateOf(verdict, protocol, port), count: 0, dropped: 0, addresses: [] };
      this.all.set(key, flow);
    }
    flow.count += count;
    if (isDropped) flow.dropped += count;
    if (first !== undefined && !(flow.first! <= first)) flow.first = first;
    if (last !== undefined && !(flow.last! >= last)) flow.last = last;
    for (const place of places) {
      if (place.type === 'address' && flow.addresses.length < MOST_ADDRESSES && !flow.addresses.includes(place.id)) flow.addresses.push(place.id);
    }
  }

  private skip(reason: string): void {
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }

  private unknown(end: SeenEnd): void {
    this.skip('with an end that is not in the manifests, and of which the record says too little');
    const name = nameOf(end);
    const before = this.strangers.get(name);
    if (before !== undefined || this.strangers.size < MOST_UNKNOWN) this.strangers.set(name, (before ?? 0) + 1);
  }
}

function stateOf({ sure, maybe }: Verdict, protocol: Seen['protocol'], port: number): ObservedFlow['state'] {
  if (protocol === 'ICMP') return sure.others ? 'allowed' : maybe.others ? 'depends' : 'denied';
  return sure.has(protocol, port) ? 'allowed' : maybe.has(protocol, port) ? 'depends' : 'denied';
}

/** A pod always reaches itself. Names that stand for many pods, and those without an address, do not tell. */
function isItself(from: SeenEnd, to: SeenEnd): boolean {
  if (from.type === 'address') return to.type === 'address' && from.address === to.address;
  return from.type === 'pod' && to.type === 'pod' && from.namespace === to.namespace && from.name === to.name
    && from.address !== undefined && from.address === to.address;
}

function nameOf(end: SeenEnd): string {
  switch (end.type) {
    case 'node': return 'node';
    case 'address': return end.address;
    case 'service': return `Service ${end.namespace}/${end.name}`;
    case 'pod': return `${end.namespace}/${end.name ?? end.workload?.name ?? '?'}`;
  }
}
