import { PortSet, PortTable, PROTOCOLS } from './port-set';
import { reasonsOf, Verdict } from './verdict';

/** Ports of a protocol, both ends included. */
export interface ShownSpan {
  readonly protocol: string;
  readonly port: number;
  readonly endPort: number;
}

/** Ports as they are shown. */
export interface ShownPorts {
  /** Every protocol and port. */
  readonly all: boolean;
  readonly allowed: readonly ShownSpan[];
  /** Protocols without ports, such as ICMP, too; only where not all is open, but they are. */
  readonly others?: true;
}

/** Ports as they are shown. */
export function shownPorts(ports: PortSet): ShownPorts {
  if (ports.isAll) return { all: true, allowed: [] };
  const allowed = ports.spans.flatMap((list, i) => list.map(({ first, last }) => ({ protocol: PROTOCOLS[i], port: first, endPort: last })));
  return { all: false, allowed, ...ports.others && { others: true as const } };
}

/** `TCP 80, UDP 53-60`, `all` */
export function describeShown({ all, allowed, others }: ShownPorts): string {
  if (all) return 'all';
  const spans = allowed.map(({ protocol, port, endPort }) => `${protocol} ${port}${endPort === port ? '' : `-${endPort}`}`);
  return [...spans, ...others ? ['protocols without ports'] : []].join(', ');
}

/** `TCP 80`, `denied`, `TCP 80; UDP 53 (depends: …)` */
export function describeVerdict({ sure, maybe, doubts }: Verdict, table: PortTable): string {
  if (maybe.isEmpty) return 'denied';
  const rest = `${describeShown(shownPorts(table.rest(maybe, sure)))} (depends: ${reasonsOf(doubts)})`;
  if (sure.isEmpty) return rest;
  return `${describeShown(shownPorts(sure))}${doubts ? `; ${rest}` : ''}`;
}
