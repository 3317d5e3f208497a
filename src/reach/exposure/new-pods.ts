import { AddressRange, formatRange } from '../../kube/addresses';
import { NAMESPACE_NAME_LABEL } from '../../kube/peers';
import { isWithin } from '../implication';
import { rangesOf } from '../outside';
import { matchUnit, RulePeer } from '../peer';
import { Direction, Policy, Rule } from '../policy';
import { PortSet, Protocol } from '../port-set';
import { Reach } from '../reach';
import { resolvePorts } from '../rule-ports';
import { Match, Requirement, Requirements, Selector } from '../selector';
import { Unit } from '../unit';
import { Doubt } from '../verdict';
import { Workload } from '../workload';
import { canAvoid, isSatisfiable } from './satisfiable';

/** Namespaces in which a pod may come to be: any, one by its name, or those with some labels, which may be new as well. */
export type Namespaces = { readonly name: string } | Requirements;

/** Pods that do not exist yet, by what they would have to be, and what may be spoken with them. */
export interface NewPods {
  readonly namespaces: Namespaces;
  /** What their labels must fulfil; nothing: any labels. */
  readonly pods: readonly Requirement[];
  /** Only if they get an address in one of these. */
  readonly ranges?: readonly AddressRange[];
  readonly ports: PortSet;
  /** Ports by what the new pod calls them: `TCP/http`. */
  readonly names: readonly string[];
  readonly doubts: number;
}

const ANY: Requirements = { requirements: [] };
const NAMED: Requirement = { key: NAMESPACE_NAME_LABEL, operator: 'Exists', values: [] };

/**
 * Which pods that do not exist yet could reach a workload (ingress), or be reached by it (egress): by what policies say,
 * not by trying some. In a namespace that is named, policies that are there hold the new pod back, too, as far as its labels
 * cannot avoid them; a namespace that is not named may be new, and hold nobody back.
 */
export function newPods(reach: Reach, { units }: Workload, direction: Direction): NewPods[] {
  const found = units.flatMap(unit => own(reach, unit, direction).flatMap(its => 'name' in its.namespaces ? heldBack(reach, unit, direction, its) : [its]));
  return withoutContained(reach, summed(reach, found));
}

/** What the workload's own policies say. */
function own(reach: Reach, unit: Unit, direction: Direction): NewPods[] {
  const { sides, world: { verdicts: { ports: table } } } = reach;
  const { policies } = sides.side(unit, direction);
  const anybody = { namespaces: ANY, pods: [], names: [] };
  if (!policies.length) return [{ ...anybody, ports: table.all, doubts: Doubt.NONE }];
  return policies.flatMap(policy => [
    ...policy.isFlawed ? [{ ...anybody, ports: table.all, doubts: Doubt.SKIPPED }] : [],
    ...policy[direction]!.flatMap(({ peers, ports }) => {
      const its = direction === 'ingress' ? { ports: resolvePorts(ports, unit.ports, table), names: [] } : { ports: ports.numbers, names: ports.names };
      if (its.ports.isEmpty && !its.names.length) return [];
      if (!peers) return [{ ...anybody, ...its, doubts: Doubt.NONE }];
      return peers.flatMap(peer => meant(reach, policy, peer)).map(whom => ({ ...whom, ...its }));
    }),
  ]);
}

function meant({ world }: Reach, policy: Policy, peer: RulePeer): Pick<NewPods, 'namespaces' | 'pods' | 'ranges' | 'doubts'>[] {
  if (peer.type === 'block') {
    const ranges = rangesOf(peer);
    return ranges.length ? [{ namespaces: ANY, pods: [], ranges, doubts: Doubt.BLOCK_OF_POD }] : [];
  }
  const { pods: { requirements: pods }, namespaces } = peer;
  if (!isSatisfiable(pods)) return [];
  if (!namespaces) return [{ namespaces: { name: policy.namespace }, pods, doubts: Doubt.NONE }];
  const named = namespaces.requirements.find(({ key, operator }) => key === NAMESPACE_NAME_LABEL && operator === 'In');
  // Every namespace has the label of its name.
  if (!named) return isSatisfiable([...namespaces.requirements, NAMED]) ? [{ namespaces, pods, doubts: Doubt.NONE }] : [];
  return named.values.flatMap(name => {
    const { labels, isKnown } = world.namespace(name);
    const match = namespaces.match(labels, isKnown);
    return match === Match.NO ? [] : [{ namespaces: { name }, pods, doubts: match === Match.YES ? Doubt.NONE : Doubt.UNKNOWN_NAMESPACE }];
  });
}

/** In a namespace that is there, its policies count for the new pod, if its labels make them. */
function heldBack(reach: Reach, unit: Unit, direction: Direction, its: NewPods): NewPods[] {
  const { world, world: { verdicts: { ports: table } } } = reach;
  const opposite: Direction = direction === 'ingress' ? 'egress' : 'ingress';
  const { name } = its.namespaces as { readonly name: string };
  const policies = world.policiesIn(name).filter(policy => policy[opposite] && isSatisfiable([...its.pods, ...policy.pods.requirements]));
  const free = canAvoid(its.pods, policies.map(({ pods }) => pods)) ? [its] : [];
  return [...free, ...policies.flatMap(policy => {
    const pods = joined(its.pods, policy.pods.requirements);
    const flawed = policy.isFlawed ? [{ ...its, pods, doubts: its.doubts | Doubt.SKIPPED }] : [];
    return [...flawed, ...policy[opposite]!.flatMap(rule => {
      const doubts = doubtsOf(rule, policy, unit);
      if (doubts === undefined) return [];
      const ports = table.meet(its.ports, opposite === 'egress' ? resolvePorts(rule.ports, unit.ports, table) : rule.ports.numbers);
      const names = opposite === 'egress' ? [] : namesOfBoth(reach, its, rule);
      return ports.isEmpty && !names.length ? [] : [{ ...its, pods, ports, names, doubts: its.doubts | doubts }];
    })];
  })];
}

function doubtsOf({ peers }: Rule, { namespace }: Policy, unit: Unit): number | undefined {
  if (!peers) return Doubt.NONE;
  const found = peers.flatMap(peer => matchUnit(peer, namespace, unit) ?? []);
  if (!found.length) return undefined;
  return found.includes(Doubt.NONE) ? Doubt.NONE : found.reduce((sum, doubts) => sum | doubts, Doubt.NONE);
}

/** A new pod may give any of its ports a name: the same is meant where the other side has the name or any number. */
function namesOfBoth({ world: { verdicts: { ports: table } } }: Reach, its: NewPods, { ports: { numbers, names } }: Rule): string[] {
  const hasNumbers = (set: PortSet, name: string) => !table.meet(set, table.span(name.slice(0, name.indexOf('/')) as Protocol)).isEmpty;
  return [
    ...its.names.filter(name => names.includes(name) || hasNumbers(numbers, name)),
    ...names.filter(name => !its.names.includes(name) && hasNumbers(its.ports, name)),
  ];
}

function joined(a: readonly Requirement[], b: readonly Requirement[]): Requirement[] {
  const keys = new Set<string>();
  return [...a, ...b].filter(its => {
    const key = JSON.stringify(its);
    return !keys.has(key) && keys.add(key);
  });
}

/** What is said of the same pods, in one. */
function summed({ world: { verdicts: { ports: table } } }: Reach, list: readonly NewPods[]): NewPods[] {
  const sums = new Map<string, NewPods>();
  for (const its of list) {
    const { namespaces, pods, ranges, doubts } = its;
    const key = JSON.stringify([namespaces, pods.map(pod => JSON.stringify(pod)).sort(), ranges?.map(formatRange), doubts]);
    const sum = sums.get(key);
    sums.set(key, sum ? { ...sum, ports: table.union(sum.ports, its.ports), names: [...new Set([...sum.names, ...its.names])].sort() } : its);
  }
  return [...sums.values()];
}

/** What another one says for certain need not be said; of two that say the same, the first stays. */
function withoutContained(reach: Reach, list: readonly NewPods[]): NewPods[] {
  const { world: { verdicts: { ports: table } } } = reach;
  const isCertain = ({ doubts, ranges }: NewPods) => !doubts && !ranges;
  const isHeld = (its: NewPods, other: NewPods) => isCertain(other) && areWithin(reach, its.namespaces, other.namespaces)
    && isWithin({ requirements: its.pods }, { requirements: other.pods })
    && table.rest(its.ports, other.ports).isEmpty && its.names.every(name => other.names.includes(name) || other.ports.isAll);
  return list.filter((its, place) => !list.some((other, at) => at !== place && isHeld(its, other) && (at < place || !isHeld(other, its))));
}

function areWithin({ world }: Reach, inner: Namespaces, outer: Namespaces): boolean {
  if ('name' in outer) return 'name' in inner && inner.name === outer.name;
  if (!('name' in inner)) return isWithin(inner, outer);
  const { labels, isKnown } = world.namespace(inner.name);
  return new Selector(outer.requirements).match(labels, isKnown) === Match.YES;
}
