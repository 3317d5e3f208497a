import { Link } from '../reach/listing';
import { PortSet, PortTable, PROTOCOLS } from '../reach/port-set';
import { reasonsOf } from '../reach/verdict';

/** Ports of a protocol, both ends included. */
export interface ShownSpan {
  readonly protocol: string;
  readonly port: number;
  readonly endPort: number;
}

/** A connection as it is shown: surely allowed, or dependent on what Kubernetes leaves open. */
export interface ShownConnection {
  readonly from: string;
  readonly to: string;
  readonly verdict: 'allowed' | 'depends';
  /** Every protocol and port. */
  readonly all: boolean;
  readonly allowed: readonly ShownSpan[];
  /** Protocols without ports, such as ICMP, too; only where not all is open, but they are. */
  readonly others?: true;
  readonly reason?: string;
}

/** What is shown of a link: what is sure, and what is not. */
export function* shownConnections({ from, to, verdict: { sure, maybe, doubts } }: Link, table: PortTable): Iterable<ShownConnection> {
  if (!sure.isEmpty) yield { from: from.id, to: to.id, verdict: 'allowed', ...shownPorts(sure) };
  if (doubts) yield { from: from.id, to: to.id, verdict: 'depends', ...shownPorts(table.rest(maybe, sure)), reason: reasonsOf(doubts) };
}

/** Ports as they are shown. */
export function shownPorts(ports: PortSet): Pick<ShownConnection, 'all' | 'allowed' | 'others'> {
  if (ports.isAll) return { all: true, allowed: [] };
  const allowed = ports.spans.flatMap((list, i) => list.map(({ first, last }) => ({ protocol: PROTOCOLS[i], port: first, endPort: last })));
  return { all: false, allowed, ...ports.others && { others: true as const } };
}

/** `TCP 80, UDP 53-60`, `all` */
export function describeShown({ all, allowed, others }: Pick<ShownConnection, 'all' | 'allowed' | 'others'>): string {
  if (all) return 'all';
  const spans = allowed.map(({ protocol, port, endPort }) => `${protocol} ${port}${endPort === port ? '' : `-${endPort}`}`);
  return [...spans, ...others ? ['protocols without ports'] : []].join(', ');
}
