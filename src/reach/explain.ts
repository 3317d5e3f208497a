import { AddressRange } from '../kube/addresses';
import { JsonObject } from '../kube/json';
import { End, idOf, rangeOf } from './ends';
import { Controller } from './entrances';
import { cut, rangesOf } from './outside';
import { covers } from './peer';
import { Direction, Policy, Rule } from './policy';
import { Reach } from './reach';
import { resolvePorts } from './rule-ports';
import { Side, Sides } from './sides';
import { declaredPorts, peersFor, rulePorts, selectorFor } from './suggested-rule';
import { Unit } from './unit';
import { Doubt, Verdict } from './verdict';
import { World } from './world';

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

/** Tells why. Only the policies of the two ends are looked at. */
export class Explainer {
  private readonly world: World;
  private readonly sides: Sides;

  constructor(private readonly reach: Reach) {
    this.world = reach.world;
    this.sides = reach.sides;
  }

  /**
   * Why an end may speak to another, or not: one answer for each pair of pods for which policies may differ, and for each
   * part of a range for which other rules count. Nothing is said of two ends outside, nor of what is no workload as a target.
   */
  public explain(from: End, to: End): Explanation[] {
    return unitsOf(from).flatMap(source => unitsOf(to).flatMap(target => {
      if (!source && !target) return [];
      const parts = source ? this.parts(to, from, source, 'egress').map(part => [from, part]) : this.parts(from, to, target!, 'ingress').map(part => [part, to]);
      return together(parts.map(([own, other]) => this.pair(own, source, other, target)), parts);
    }));
  }

  /** A range in parts, each of which a rule is about as a whole or not at all. */
  private parts(end: End, own: End, unit: Unit, direction: Direction): End[] {
    if (!('range' in end) || !('workload' in own)) return [end];
    const { range, range: { family } } = end;
    const blocks = this.sides.side(unit, direction).policies.flatMap(policy => policy[direction]!.flatMap(({ peers }) => peers ?? []))
      .flatMap(peer => peer.type === 'block' && peer.block.family === family ? rangesOf(peer) : []);
    return cut(family, [this.reach.boundary.stretches(own.workload, direction, family)], [range, ...blocks])
      .filter(({ first, last }) => range.first <= first && last <= range.last)
      .map(part => ({ range: part }));
  }

  private pair(from: End, source: Unit | undefined, to: End, target: Unit | undefined): Explanation {
    const { verdicts } = this.world;
    const isNode = 'name' in from && from.name === 'node';
    const egress = this.sideOf('egress', from, source, to, target);
    const ingress = this.sideOf('ingress', to, target, from, source);
    const verdict = isNode ? verdicts.all : verdicts.both(egress.verdict, ingress.verdict);
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
    const verdict = otherUnit ? this.sides.allows(side, otherUnit) : this.fromOutside(own, direction, other);
    return { direction, id: idOf(own), policies, isOutside: unit.isOnHost, verdict };
  }

  private byRule(rule: Rule, policy: Policy, { unit, direction }: Side, other: End, otherUnit: Unit | undefined): Verdict {
    if (otherUnit) return this.sides.byRule(rule, policy, direction, unit, otherUnit);
    const { verdicts } = this.world;
    const ports = () => direction === 'egress' ? rule.ports.numbers : resolvePorts(rule.ports, unit.ports, verdicts.ports);
    if (!rule.peers) return verdicts.rule(ports(), Doubt.NONE);
    const range = rangeOf(other);
    // A range was cut at the ends of all blocks before: its first address stands for all of it.
    if (range) return rule.peers.some(peer => peer.type === 'block' && covers(peer, { family: range.family, value: range.first })) ? verdicts.rule(ports(), Doubt.NONE) : verdicts.none;
    return 'name' in other && other.name !== 'node' ? verdicts.rule(ports(), Doubt.UNKNOWN_LABELS) : verdicts.none;
  }

  private fromOutside(own: End, direction: Direction, other: End): Verdict {
    const { verdicts } = this.world;
    if (!('workload' in own)) return verdicts.all;
    if ('name' in other) return other.name === 'node' ? verdicts.all : this.reach.boundary.fromController(other.name as Controller, own.workload);
    const { family, first } = rangeOf(other)!;
    const list = this.reach.boundary.stretches(own.workload, direction, family);
    return list.find(({ range }) => range.first <= first && first <= range.last)!.verdict;
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
    const rule = { [side.direction === 'egress' ? 'to' : 'from']: peersFor(other, otherUnit, namespace), ...ports.length && { ports } };
    return [{ direction: side.direction, policy, namespace, podSelector: selectorFor(unit!), rule }];
  }
}

/** What is outside is asked about as one; a workload, pod by pod. */
function unitsOf(end: End): readonly (Unit | undefined)[] {
  return 'workload' in end ? end.workload.units : [undefined];
}

/** Neighbouring parts of a range of which the same is said by the same rules become one. */
function together(explanations: readonly Explanation[], ends: readonly (readonly End[])[]): Explanation[] {
  const kept: { explanation: Explanation; ends: readonly End[] }[] = [];
  explanations.forEach((explanation, i) => {
    const before = kept[kept.length - 1];
    if (!before || keyOf(before.explanation) !== keyOf(explanation)) {
      kept.push({ explanation, ends: ends[i] });
      return;
    }
    const joined = ends[i].map((end, side) => joinedEnd(before.ends[side], end));
    const [from, to] = joined.map(idOf);
    const { egress, ingress } = explanation;
    const changes = explanation.changes.map((change, n) => ({ ...change, rule: withPeers(before.explanation.changes[n].rule, change.rule) }));
    kept[kept.length - 1] = {
      ends: joined, explanation: { ...explanation, from, to, egress: { ...egress, id: from }, ingress: { ...ingress, id: to }, changes },
    };
  });
  return kept.map(({ explanation }) => explanation);
}

function joinedEnd(a: End, b: End): End {
  const [left, right]: (AddressRange | undefined)[] = [rangeOf(a), rangeOf(b)];
  return left && right ? { range: { ...left, last: right.last } } : b;
}

function withPeers(a: JsonObject, b: JsonObject): JsonObject {
  const key = 'to' in a ? 'to' : 'from';
  return { ...b, [key]: [...a[key] as JsonObject[], ...b[key] as JsonObject[]] };
}

function keyOf({ verdict, egress, ingress }: Explanation): string {
  const effects = [egress, ingress].flatMap(({ policies }, side) => policies.map(effect => ({ ...effect, side })));
  const rules = effects.flatMap(({ policy, rules: its, side }) => its.map(({ rule }) => `${side} ${policy.name} ${rule.field}`));
  return `${verdict.id} ${egress.verdict.id} ${ingress.verdict.id} ${rules.join('\n')}`;
}
