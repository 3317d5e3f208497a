import { parseAddress } from '../../kube/addresses';
import { JsonObject } from '../../kube/json';
import { Policy } from '../policy';
import { Reach } from '../reach';
import { peersFor, selectorFor } from '../suggested-rule';
import { KnownEnd, sidesOf, unitsOf } from './flow-verdict';
import { ObservedFlow } from './ledger';

/** A rule that would let observed connections through. */
export interface MissingRule {
  readonly direction: 'ingress' | 'egress';
  readonly namespace: string;
  /** The policy to add it to. Absent: one is to be written, since all that isolate are about every pod of the namespace. */
  readonly policy?: Policy;
  readonly podSelector: JsonObject;
  readonly rule: JsonObject;
}

/** Connections between the same ends that the policies deny. */
export interface DeniedPair {
  readonly from: KnownEnd;
  readonly to: KnownEnd;
  readonly flows: readonly ObservedFlow[];
}

/** Connections, by their ends. */
export function pairsOf(flows: readonly ObservedFlow[]): DeniedPair[] {
  const pairs = new Map<string, { from: KnownEnd; to: KnownEnd; flows: ObservedFlow[] }>();
  for (const flow of flows) {
    const key = `${flow.from.id}\n${flow.to.id}`;
    const pair = pairs.get(key);
    if (pair) pair.flows.push(flow); else pairs.set(key, { from: flow.from, to: flow.to, flows: [flow] });
  }
  return [...pairs.values()];
}

/** The rules that are missing on each side, as a NetworkPolicy writes them. ICMP has none: no list of ports names it. */
export function missingRules(reach: Reach, { from, to, flows }: DeniedPair): MissingRule[] {
  const ports = flows.filter(({ protocol }) => protocol !== 'ICMP');
  if (!ports.length) return [];
  return [...rulesOf(reach, 'egress', from, to, ports), ...rulesOf(reach, 'ingress', to, from, ports)];
}

/** The line that declares it: `web.connectTo(db, { ports: [5432] });` */
export function codeFor({ from, to, flows }: DeniedPair): string[] {
  const protocols = new Map<string, ObservedFlow[]>();
  for (const flow of flows) if (flow.protocol !== 'ICMP') protocols.set(flow.protocol, [...protocols.get(flow.protocol) ?? [], flow]);
  return [...protocols].flatMap(([protocol, its]) => {
    const ports = [...new Set(its.map(({ port }) => port))].sort((a, b) => a - b);
    const options = `{ ports: [${ports.join(', ')}]${protocol === 'TCP' ? '' : `, protocol: NetworkProtocol.${protocol}`} }`;
    const addresses = [...new Set(its.flatMap(flow => flow.addresses))];
    return from.type === 'workload'
      ? peers(to, addresses).map(peer => `${variable(from)}.connectTo(${peer}, ${options});`)
      : peers(from, addresses).map(peer => `${variable(to)}.acceptFrom(${peer}, ${options});`);
  });
}

function rulesOf(reach: Reach, direction: 'egress' | 'ingress', own: KnownEnd, other: KnownEnd, flows: readonly ObservedFlow[]): MissingRule[] {
  const sides = sidesOf(reach, own, direction).filter(side => side.policies.length);
  return sides.flatMap(side => {
    const lacking = flows.filter(({ protocol, port }) => {
      const verdicts = unitsOf(other).map(unit => reach.sides.allows(side, unit));
      return protocol !== 'ICMP' && !(verdicts.length && verdicts.every(({ sure }) => sure.has(protocol, port)));
    });
    if (!lacking.length) return [];
    const [first] = [...side.policies].sort((a, b) => b.pods.requirements.length - a.pods.requirements.length);
    const { namespace } = first;
    const addresses = [...new Set(lacking.flatMap(flow => flow.addresses))];
    const units = unitsOf(other);
    const whom = other.type === 'range'
      ? addresses.flatMap(text => peersFor({ address: parseAddress(text)! }, undefined, namespace))
      : units.flatMap(unit => peersFor(other.type === 'workload' ? { workload: other.workload } : { name: 'node' }, unit, namespace));
    const ports = [...new Map(lacking.map(({ protocol, port }) => [`${protocol} ${port}`, { protocol, port }])).values()];
    const rule: JsonObject = { [direction === 'egress' ? 'to' : 'from']: whom, ports };
    const policy = first.pods.selectsEverything ? undefined : first;
    return [{ direction, namespace, policy, podSelector: selectorFor(side.unit), rule }];
  });
}

function peers(end: KnownEnd, addresses: readonly string[]): string[] {
  switch (end.type) {
    case 'workload': return [variable(end)];
    case 'outsider': {
      const labels = Object.entries(end.unit.labels).map(([key, value]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)}: ${quoted(value)}`).join(', ');
      const namespace = quoted(end.unit.namespace.name);
      return [labels ? `Peer.pods({ namespace: ${namespace}, labels: { ${labels} } })` : `Peer.namespace(${namespace})`];
    }
    case 'range': return addresses.map(address => `Peer.cidr(${quoted(`${address}/${address.includes(':') ? 128 : 32}`)})`);
  }
}

/** What a program may call a workload: its name, as TypeScript writes names. */
function variable(end: KnownEnd): string {
  if (end.type !== 'workload') return 'peer';
  const name = end.workload.name.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '');
  return /^[A-Za-z]/.test(name) ? name : `workload${name}`;
}

/** A text as TypeScript writes it, whatever is in it. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}
