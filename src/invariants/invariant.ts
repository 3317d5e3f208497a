import { describePort, PortRange } from '../kube/ports';
import { LAST_PORT, PortSet, PortTable, Protocol, PROTOCOLS } from '../reach/port-set';
import { Party } from './party';

/** A port or a range; without a protocol, of whichever one. */
export interface AskedPort {
  readonly port: number;
  readonly endPort?: number;
  readonly protocol?: string;
}

/** Ports that a statement is about; absent: all that may be spoken. */
export interface About {
  readonly port?: AskedPort;
  /** The reason that was given. */
  readonly why?: string;
}

/** What must stay true of who reaches whom, as data. */
export type Invariant = About & (
  /** The first never connect to the second. */
  | { readonly type: 'noPath'; readonly from: Party; readonly to: Party }
  /** Nobody else connects to them. */
  | { readonly type: 'only'; readonly to: Party; readonly from: readonly Party[] }
  /** Nobody connects to them. */
  | { readonly type: 'none'; readonly to: Party }
  /** No pod of one connects to a pod of another. */
  | { readonly type: 'isolatedNamespaces'; readonly namespaces: readonly string[] }
  /** The first surely connect to the second. */
  | { readonly type: 'allowed'; readonly from: Party; readonly to: Party }
);

/** The ports as a set. What is allowed without a protocol is TCP; what is not allowed is not by any. */
export function askedPorts({ type, port }: Invariant, table: PortTable): PortSet {
  if (!port) return table.all;
  const protocols: readonly Protocol[] = port.protocol === undefined && type !== 'allowed' ? PROTOCOLS : [(port.protocol ?? 'TCP') as Protocol];
  const endPort = Math.min(port.endPort ?? port.port, LAST_PORT);
  return protocols.reduce((sum, protocol) => table.union(sum, table.span(protocol, port.port, endPort)), table.none);
}

/** A statement as people read it. */
export function describe(invariant: Invariant): string {
  const on = invariant.port ? ` on ${describeAsked(invariant)}` : '';
  switch (invariant.type) {
    case 'noPath': return `${invariant.from.title} must not reach ${invariant.to.title}${on}`;
    case 'only': return `${invariant.to.title} must be reached by ${list(invariant.from)} only${on}`;
    case 'none': return `${invariant.to.title} must be reached by nobody${on}`;
    case 'isolatedNamespaces': return `the namespaces ${invariant.namespaces.join(', ')} must be isolated from each other`;
    case 'allowed': return `${invariant.from.title} must reach ${invariant.to.title}${on}`;
  }
}

function describeAsked({ type, port }: Invariant): string {
  const { protocol, ...range } = port!;
  if (protocol !== undefined || type === 'allowed') return describePort({ protocol: protocol ?? 'TCP', ...range } satisfies PortRange);
  return describePort({ protocol: 'port', ...range });
}

function list(parties: readonly Party[]): string {
  return parties.map(({ title }) => title).join(' and ') || 'nobody';
}
