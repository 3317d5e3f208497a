import { Address, ADDRESS_BITS, formatAddress } from '../kube/addresses';
import { isObject, JsonObject } from '../kube/json';
import { covers } from './peer';
import { podTemplates } from './pod-templates';
import { Direction, Policy, Rule } from './policy';
import { PortSet, PROTOCOLS } from './port-set';
import { Reach } from './reach';
import { resolvePorts } from './rule-ports';
import { Side, Sides } from './sides';
import { Unit } from './unit';
import { Doubt, Verdict } from './verdict';
import { Workload } from './workload';
import { World } from './world';

/** One end of a question: a workload, or an address outside. */
export type End = { readonly workload: Workload } | { readonly address: Address };

/** A rule that lets it through, surely or perhaps. */
export interface RuleEffect {
  readonly rule: Rule;
  readonly verdict: Verdict;
}

/** What one policy does in one direction. */
export interface PolicyEffect {
  readonly policy: Policy;
  /** Those of its rules that let anything through here. */
  readonly rules: readonly RuleEffect[];
}

/** What one side of a connection lets through, and by which policies. */
export interface SideEffect {
  readonly direction: Direction;
  /** The end whose policies count. */
  readonly id: string;
  /** Those that isolate it in this direction. None: everything is let through. */
  readonly policies: readonly PolicyEffect[];
  /** No policy counts for it: it is outside, or in the network of its node. */
  readonly isOutside: boolean;
  readonly verdict: Verdict;
}

/** A rule that would let it through, and where it belongs. */
export interface Change {
  readonly direction: Direction;
  /** The policy to add the rule to. Absent: one is to be written, since all that isolate are about every pod of the namespace. */
  readonly policy?: Policy;
  readonly namespace: string;
  /** The pods that the rule is for. */
  readonly podSelector: JsonObject;
  readonly rule: JsonObject;
}

/** Why something may be spoken, or not. */
export interface Explanation {
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
  readonly egress: SideEffect;
  readonly ingress: SideEffect;
  /** The least that would allow it; nothing where it is allowed. */
  readonly changes: readonly Change[];
}

/** Labels that differ from one roll-out to the next: no rule should name them. */
const FLEETING = ['pod-template-hash', 'controller-revision-hash', 'pod-template-generation'];

/** Tells why. Only the policies of the two ends are looked at. */
export class Explainer {
  private readonly world: World;
  private readonly sides: Sides;

  constructor(private readonly reach: Reach) {
    this.world = reach.world;
    this.sides = reach.sides;
  }

  /** Why an end may speak to another, or not: one answer for each pair of pods for which policies may differ. */
  public explain(from: End, to: End): Explanation[] {
    return unitsOf(from).flatMap(source => unitsOf(to).map(target => this.pair(from, source, to, target)));
  }

  private pair(from: End, source: Unit | undefined, to: End, target: Unit | undefined): Explanation {
    const egress = this.sideOf('egress', from, source, to, target);
    const ingress = this.sideOf('ingress', to, target, from, source);
    const verdict = this.world.verdicts.both(egress.verdict, ingress.verdict);
    const changes = verdict.sure.isEmpty
      ? [...this.changeOf(egress, from, source, to, target, ingress), ...this.changeOf(ingress, to, target, from, source, egress)]
      : [];
    return { from: idOf(from), to: idOf(to), verdict, egress, ingress, changes };
  }

  private sideOf(direction: Direction, own: End, unit: Unit | undefined, other: End, otherUnit: Unit | undefined): SideEffect {
    const { verdicts } = this.world;
    if (!unit) return { direction, id: idOf(own), policies: [], isOutside: true, verdict: verdicts.all };
    const side = this.sides.side(unit, direction);
    const policies = side.policies.map(policy => ({
      policy,
      rules: policy[direction]!.map(rule => ({ rule, verdict: this.byRule(rule, policy, side, other, otherUnit) }))
        .filter(its => !its.verdict.maybe.isEmpty),
    }));
    const verdict = otherUnit ? this.sides.allows(side, otherUnit) : this.atBoundary(own, direction, other);
    return { direction, id: idOf(own), policies, isOutside: unit.isOnHost, verdict };
  }

  private byRule(rule: Rule, policy: Policy, { unit, direction }: Side, other: End, otherUnit: Unit | undefined): Verdict {
    if (otherUnit) return this.sides.byRule(rule, policy, direction, unit, otherUnit);
    const { verdicts } = this.world;
    const isMeant = !rule.peers || rule.peers.some(peer => peer.type === 'block' && 'address' in other && covers(peer, other.address));
    if (!isMeant) return verdicts.none;
    return verdicts.rule(direction === 'egress' ? rule.ports.numbers : resolvePorts(rule.ports, unit.ports, verdicts.ports), Doubt.NONE);
  }

  private atBoundary(own: End, direction: Direction, other: End): Verdict {
    if (!('workload' in own) || !('address' in other)) return this.world.verdicts.all;
    const { family, value } = other.address;
    const list = this.reach.boundary.stretches(own.workload, direction, family);
    return list.find(({ range: { first, last } }) => first <= value && value <= last)!.verdict;
  }

  /** What to add to a side that lets nothing through for certain. */
  private changeOf(side: SideEffect, own: End, unit: Unit | undefined, other: End, otherUnit: Unit | undefined, opposite: SideEffect): Change[] {
    // Where both let something through, but not the same, the target is the one that is to open.
    const isOpposite = !side.verdict.sure.isEmpty && (opposite.verdict.sure.isEmpty || side.direction === 'egress');
    if (!side.policies.length || isOpposite) return [];
    const [first] = side.policies.map(effect => effect.policy).sort((a, b) => b.pods.requirements.length - a.pods.requirements.length);
    const policy = first.pods.selectsEverything ? undefined : first;
    const { namespace } = first;
    const open = opposite.verdict.sure;
    const ports = open.isAll || open.isEmpty ? declaredPorts(side.direction === 'egress' ? other : own) : rulePorts(open);
    const rule = { [side.direction === 'egress' ? 'to' : 'from']: [peerFor(other, otherUnit, namespace)], ...ports.length && { ports } };
    return [{ direction: side.direction, policy, namespace, podSelector: selectorFor(unit!), rule }];
  }
}

/** An address is asked about as one; a workload, pod by pod. */
function unitsOf(end: End): readonly (Unit | undefined)[] {
  return 'workload' in end ? end.workload.units : [undefined];
}

function idOf(end: End): string {
  return 'workload' in end ? end.workload.id : formatAddress(end.address.family, end.address.value);
}

function selectorFor(unit: Unit): JsonObject {
  const labels = Object.entries(unit.labels).filter(([key]) => !FLEETING.includes(key)).sort(([a], [b]) => a < b ? -1 : 1);
  return labels.length ? { matchLabels: Object.fromEntries(labels) } : {};
}

/** Ports as a rule writes them. */
function rulePorts({ spans }: PortSet): JsonObject[] {
  return spans.flatMap((list, i) => list.map(({ first, last }) => ({ protocol: PROTOCOLS[i], port: first, ...last !== first && { endPort: last } })));
}

/** The ports that a workload says it listens on. */
function declaredPorts(end: End): JsonObject[] {
  if (!('workload' in end)) return [];
  const templates = podTemplates(end.workload.source.manifest);
  const containers = templates.flatMap(({ spec }) => Array.isArray(spec.containers) ? spec.containers.filter(isObject) : []);
  const ports = containers.flatMap(container => Array.isArray(container.ports) ? container.ports.filter(isObject) : []);
  return ports.flatMap(({ protocol = 'TCP', containerPort }) => typeof containerPort === 'number' ? [{ protocol, port: containerPort }] : []);
}

function peerFor(end: End, unit: Unit | undefined, namespace: string): JsonObject {
  if ('address' in end || unit?.isOnHost) {
    const address = 'address' in end ? end.address : unit!.addresses[0];
    const cidr = address ? `${formatAddress(address.family, address.value)}/${ADDRESS_BITS[address.family]}` : 'ADDRESS-OF-THE-NODE/32';
    return { ipBlock: { cidr } };
  }
  const podSelector = selectorFor(unit!);
  const { name } = unit!.namespace;
  return name === namespace ? { podSelector } : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } }, podSelector };
}
