import { PortSet, PortTable } from './port-set';

/** Why Kubernetes' text alone does not decide, as bits. */
export enum Doubt {
  NONE = 0,
  /** An ipBlock covers the address of a pod. */
  BLOCK_OF_POD = 1,
  /** One of both runs in the network of its node. */
  HOST_NETWORK = 2,
  /** A Service may put the address of a node in the place of the client's. */
  TRANSLATED = 4,
  /** The namespace is not in the input. */
  UNKNOWN_NAMESPACE = 8,
  /** A policy could not be read whole. */
  SKIPPED = 16,
  /** What is outside of the input may have any labels. */
  UNKNOWN_LABELS = 32,
}

/** What each doubt says, in the order in which they are told. */
const REASONS: readonly (readonly [Doubt, string])[] = [
  [Doubt.SKIPPED, 'a policy that counts here could not be read whole (see problems)'],
  [Doubt.HOST_NETWORK, 'one of both runs in the network of its node: plugins see an address of the node, or the pod'],
  [Doubt.BLOCK_OF_POD, 'an ipBlock covers the address of a pod: whether it counts for pods is up to the network plugin'],
  [Doubt.TRANSLATED, 'a Service may replace the address of the client by that of a node before policies see it'],
  [Doubt.UNKNOWN_NAMESPACE, 'a namespace is not in the input, so its labels are unknown'],
  [Doubt.UNKNOWN_LABELS, 'one of both is not in the input, so its labels are unknown'],
];

/** Doubts in words. */
export function reasonsOf(doubts: number): string {
  return REASONS.filter(([doubt]) => doubts & doubt).map(([, text]) => text).join('; ');
}

/** What is surely allowed, and what may be: the second holds the first. */
export interface Verdict {
  readonly id: number;
  readonly sure: PortSet;
  readonly maybe: PortSet;
  /** Why the two differ; none where they do not. */
  readonly doubts: number;
}

/** Verdicts, each kept once. */
export class VerdictTable {
  public readonly ports: PortTable;
  public readonly none: Verdict;
  public readonly all: Verdict;
  private readonly verdicts = new Map<number, Verdict>();
  private readonly boths = new Map<number, Verdict>();
  private readonly eithers = new Map<number, Verdict>();

  constructor(ports = new PortTable()) {
    this.ports = ports;
    this.none = this.of(ports.none, ports.none, Doubt.NONE);
    this.all = this.of(ports.all, ports.all, Doubt.NONE);
  }

  public of(sure: PortSet, maybe: PortSet, doubts: number): Verdict {
    const its = sure === maybe ? Doubt.NONE : doubts;
    const key = (sure.id * 0x200000 + maybe.id) * 0x40 + its;
    let verdict = this.verdicts.get(key);
    if (!verdict) this.verdicts.set(key, verdict = { id: this.verdicts.size, sure, maybe, doubts: its });
    return verdict;
  }

  /** What a rule adds: surely, or with a doubt. */
  public rule(ports: PortSet, doubts: number): Verdict {
    return doubts ? this.of(this.ports.none, ports, doubts) : this.of(ports, ports, Doubt.NONE);
  }

  /** One side lets it out and the other lets it in. */
  public both(a: Verdict, b: Verdict): Verdict {
    if (a === this.all) return b;
    if (b === this.all || a === this.none) return a;
    if (b === this.none) return b;
    return this.kept(this.boths, a, b, () => (
      this.of(this.ports.meet(a.sure, b.sure), this.ports.meet(a.maybe, b.maybe), a.doubts | b.doubts)
    ));
  }

  /** One rule or another allows it. */
  public either(a: Verdict, b: Verdict): Verdict {
    if (a === b || b === this.none || a === this.all) return a;
    if (a === this.none || b === this.all) return b;
    return this.kept(this.eithers, a, b, () => (
      this.of(this.ports.union(a.sure, b.sure), this.ports.union(a.maybe, b.maybe), a.doubts | b.doubts)
    ));
  }

  private kept(memory: Map<number, Verdict>, a: Verdict, b: Verdict, make: () => Verdict): Verdict {
    const key = a.id * 0x4000000 + b.id;
    let result = memory.get(key);
    if (!result) memory.set(key, result = make());
    return result;
  }
}
