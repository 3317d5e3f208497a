import { AddressRange } from '../../kube/addresses';
import { Listing } from '../listing';
import { NetworkPeer } from '../network-peer';
import { PortSet, Protocol, PROTOCOLS, Span } from '../port-set';
import { Reach } from '../reach';
import { Workload } from '../workload';
import { ObservedFlow } from './ledger';

/** A connection that the policies allow and that no record shows, or ports of it. */
export interface Unused {
  readonly from: NetworkPeer;
  readonly to: NetworkPeer;
  readonly ports: PortSet;
}

/**
 * What the policies let through, by a rule, and no record shows. Where no policy isolates either end, nothing was allowed
 * by anybody, so there is nothing to take back. A range of ports counts as used where one of it is.
 */
export function* unusedOf(reach: Reach, flows: readonly ObservedFlow[]): Iterable<Unused> {
  const seen = new SeenPorts(flows);
  const table = reach.world.verdicts.ports;
  for (const { from, to, verdict: { maybe } } of new Listing(reach, { mergesAddresses: true }).links()) {
    if (from.kind === 'node' || from.kind === 'external') continue;
    if (!isIsolated(reach, from, 'egress') && !isIsolated(reach, to, 'ingress')) continue;
    const used = seen.between(from, to);
    // What is open altogether is used by whatever is seen.
    if (maybe.others && used.length) continue;
    const rest = PROTOCOLS.flatMap((protocol, i) => usedSpans(maybe.spans[i], used.filter(one => one.protocol === protocol))
      .map(({ first, last }) => table.span(protocol, first, last))).reduce((left, span) => table.rest(left, span), maybe);
    if (!rest.isEmpty) yield { from, to, ports: rest };
  }
}

function usedSpans(spans: readonly Span[], used: readonly UsedPort[]): Span[] {
  return spans.filter(({ first, last }) => used.some(({ port }) => first <= port && port <= last));
}

interface UsedPort {
  readonly protocol: Protocol | 'ICMP';
  readonly port: number;
}

/** Ports by pairs of workloads, and by workloads and addresses. */
class SeenPorts {
  private readonly pairs = new Map<Workload, Map<Workload, UsedPort[]>>();
  private readonly incoming = new Map<Workload, { range: AddressRange; used: UsedPort }[]>();
  private readonly outgoing = new Map<Workload, { range: AddressRange; used: UsedPort }[]>();

  constructor(flows: readonly ObservedFlow[]) {
    for (const { from, to, protocol, port, count, dropped } of flows) {
      const used = { protocol, port };
      // What was only tried needs nothing to be open.
      if (count === dropped) continue;
      if (from.type === 'workload' && to.type === 'workload') {
        const row = this.pairs.get(from.workload) ?? new Map<Workload, UsedPort[]>();
        this.pairs.set(from.workload, row);
        row.set(to.workload, [...row.get(to.workload) ?? [], used]);
      }
      if (from.type === 'range' && to.type === 'workload') push(this.incoming, to.workload, { range: from.range, used });
      if (from.type === 'workload' && to.type === 'range') push(this.outgoing, from.workload, { range: to.range, used });
    }
  }

  public between(from: NetworkPeer, to: NetworkPeer): readonly UsedPort[] {
    if (from.kind === 'workload' && to.kind === 'workload') return this.pairs.get(from.workload)?.get(to.workload) ?? [];
    if (from.kind === 'ip' && to.kind === 'workload') return within(this.incoming.get(to.workload), from.ranges);
    if (from.kind === 'workload' && to.kind === 'ip') return within(this.outgoing.get(from.workload), to.ranges);
    return [];
  }
}

function push<T>(map: Map<Workload, T[]>, key: Workload, item: T): void {
  const list = map.get(key);
  if (list) list.push(item); else map.set(key, [item]);
}

function within(list: readonly { range: AddressRange; used: UsedPort }[] = [], ranges: readonly AddressRange[]): UsedPort[] {
  const isIn = ({ family, first }: AddressRange) => ranges.some(range => range.family === family && range.first <= first && first <= range.last);
  return list.filter(({ range }) => isIn(range)).map(({ used }) => used);
}

function isIsolated({ sides }: Reach, peer: NetworkPeer, direction: 'ingress' | 'egress'): boolean {
  return peer.kind === 'workload' && peer.workload.units.some(unit => sides.side(unit, direction).policies.length > 0);
}
