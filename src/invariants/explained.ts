import { formatAddress, formatRange } from '../kube/addresses';
import { Fault } from '../kube/faults';
import { NAMESPACE_NAME_LABEL } from '../kube/peers';
import { oneLine } from '../kube/reading/problem';
import { covers } from '../reach/peer';
import { Policy, Rule } from '../reach/policy';
import { PortSet } from '../reach/port-set';
import { Reach } from '../reach/reach';
import { Side } from '../reach/sides';
import { Unit } from '../reach/unit';
import { reasonsOf } from '../reach/verdict';
import { Breach, BreachEnd, Outcome } from './breach';
import { describe, Invariant } from './invariant';

/** Whom messages are for: those who write constructs, or those who write manifests. */
export type Reader = 'code' | 'manifests';

/** So many connections are told of; the rest is counted. */
const MOST_TOLD = 5;
/** So many ranges of addresses, and rules of a side. */
const MOST_LISTED = 3;

/** What is wrong with a statement, as a message; nothing where it holds. */
export function faultOf(where: string, invariant: Invariant, outcome: Outcome, reach: Reach, reader: Reader): Fault | undefined {
  const { nobody, isElsewhere, breaches } = outcome;
  const said = `${describe(invariant)}${invariant.why === undefined ? '' : ` (${oneLine(invariant.why)})`}`;
  if (nobody !== undefined) {
    return new Fault({
      where,
      what: `${said}, but ${nobody} names nobody in the manifests, so it would hold whatever the policies say`,
      id: 'invariant-names-nobody',
      advice: 'Correct the name, or leave the statement out.',
    });
  }
  if (isElsewhere) {
    return new Fault({
      where,
      what: `${said}, but neither side is in the manifests, so nothing here decides it`,
      id: 'invariant-decides-nothing',
      advice: 'State it where the workloads of one side are.',
    });
  }
  if (!breaches.length) return undefined;
  const told = breaches.slice(0, MOST_TOLD).map(breach => `  ${explained(breach, invariant, reach)}`);
  const rest = breaches.length > MOST_TOLD ? [`  and ${breaches.length - MOST_TOLD} more`] : [];
  return new Fault({ where, what: `${said}, but\n${[...told, ...rest].join('\n')}`, id: 'invariant-broken', advice: adviceFor(invariant, breaches, reader) });
}

/** An end as people read it. */
export function describeEnd(end: BreachEnd): string {
  switch (end.type) {
    case 'workload': return oneLine(end.workload.id);
    case 'outsider': return describeOutsider(end.unit);
    case 'addresses': return shortened(end.ranges.map(range => range.first === range.last ? formatAddress(range.family, range.first) : formatRange(range)));
    case 'controller': return end.id === 'gateway' ? 'whoever a Gateway lets in' : 'whoever an Ingress lets in';
  }
}

/** Ports as people read them. */
export function describePorts(ports: PortSet): string {
  return ports.isAll ? 'every port' : ports.key.replace(/,?others$/, match => `${match.slice(0, -6)}protocols without ports`).replace(/,/g, ', ');
}

function explained({ from, to, verdict, ports, sides }: Breach, { type }: Invariant, reach: Reach): string {
  const table = reach.world.verdicts.ports;
  const sure = table.meet(verdict.sure, ports);
  if (type === 'allowed') {
    const state = table.meet(verdict.maybe, ports).isEmpty ? 'does not reach' : 'may not reach';
    return `${describeEnd(from)} ${state} ${describeEnd(to)} on ${describePorts(ports)}${doubt(verdict.doubts)}: ${sides.map(side => shut(side)).filter(Boolean).join('; ')}`;
  }
  const state = sure.isEmpty ? `may reach ${describeEnd(to)} on ${describePorts(ports)}${doubt(verdict.doubts)}` : `reaches ${describeEnd(to)} on ${describePorts(sure)}`;
  const why = sides.map(side => opened(side, side.direction === 'egress' ? to : from, ports, reach));
  return `${describeEnd(from)} ${state}: ${why.join('; ')}`;
}

function doubt(doubts: number): string {
  return doubts ? ` (depends: ${reasonsOf(doubts)})` : '';
}

/** What a side lets through, and by what. */
function opened({ unit, direction, policies }: Side, other: BreachEnd, ports: PortSet, reach: Reach): string {
  const whose = `${direction === 'egress' ? 'out of' : 'into'} ${nameOf(unit, reach)}`;
  if (unit.isOnHost) return `${whose} no policy counts, since it is on the network of its node`;
  if (!policies.length) return `${whose} no policy stands in the way`;
  const table = reach.world.verdicts.ports;
  const rules = policies.flatMap(policy => policy[direction]!.filter(rule => (
    isAbout(rule, policy, { unit, direction, policies }, other, reach) && (rule.ports.names.length || !table.meet(rule.ports.numbers, ports).isEmpty)
  )).map(rule => `${rule.field} of ${describePolicy(policy, rule.field)}`));
  if (rules.length) return `${whose} by ${shortened(rules)}`;
  const flawed = policies.find(({ isFlawed }) => isFlawed);
  return flawed ? `${whose} perhaps by ${describePolicy(flawed, '')}, which could not be read whole` : `${whose} as far as ${shortened(policies.map(policy => describePolicy(policy, '')))} can tell`;
}

/** What keeps a side shut. */
function shut({ direction, policies }: Side): string {
  if (!policies.length) return '';
  return `${shortened(policies.map(policy => describePolicy(policy, '')))} ${policies.length > 1 ? 'isolate' : 'isolates'} it for ${direction}, and no rule surely lets all of this through`;
}

function isAbout({ peers, ports, field }: Rule, policy: Policy, { unit, direction }: Side, other: BreachEnd, reach: Reach): boolean {
  if (!peers) return true;
  switch (other.type) {
    case 'workload':
    case 'outsider': return !reach.sides.byRule({ peers, ports, field }, policy, direction, unit, other.unit).maybe.isEmpty;
    case 'addresses': return peers.some(peer => peer.type === 'block' && other.ranges.some(({ family, first }) => covers(peer, { family, value: first })));
    case 'controller': return true;
  }
}

function nameOf(unit: Unit, { workloads }: Reach): string {
  const its = workloads.find(({ units }) => units.includes(unit));
  return its ? oneLine(its.id) : describeOutsider(unit);
}

function describeOutsider({ labels, namespace }: Unit): string {
  const { [NAMESPACE_NAME_LABEL]: name = '', ...others } = namespace.labels;
  const where = /^(?:any(?:-\d+)?)?$/.test(name) ? 'a namespace that is not in the manifests' : `namespace ${name}`;
  return oneLine(`any pod${withLabels(labels)} in ${where}${withLabels(others)}`);
}

function withLabels(labels: { readonly [key: string]: string }): string {
  const pairs = Object.keys(labels).sort().map(key => `${key}=${labels[key]}`);
  return pairs.length ? ` with ${pairs.join(', ')}` : '';
}

function describePolicy({ namespace, name, source: { source: { file, locate } } }: Policy, field: string): string {
  const { line } = locate(field);
  return oneLine(`NetworkPolicy ${namespace}/${name} (${file}${line ? `:${line}` : ''})`);
}

function shortened(items: readonly string[]): string {
  const rest = items.length - MOST_LISTED;
  return rest > 0 ? `${items.slice(0, MOST_LISTED).join(', ')} and ${rest} more` : items.join(', ');
}

function adviceFor({ type }: Invariant, breaches: readonly Breach[], reader: Reader): string {
  if (type === 'allowed') {
    return reader === 'code' ? 'Declare the connection: source.connectTo(target, { ports: [...] }).' : 'Add the rules that `cdk8s-hardened reach --explain` shows for the two.';
  }
  if (breaches.some(({ sides }) => sides.some(({ unit }) => unit.isOnHost))) return 'Take the pods off the network of their nodes, or except them by name: no policy binds them.';
  if (!breaches.some(({ sides }) => sides.some(({ policies }) => policies.length))) {
    return reader === 'code' ? 'Make the workload under a SecureNamespace, or say with isolate() or a whitelist who may connect to it.' : 'Write a NetworkPolicy that isolates one of both.';
  }
  return reader === 'code' ? 'Take back the connection that was declared, or narrow the rule; or state that it may be.' : 'Remove or narrow the rule; or state that it may be.';
}
