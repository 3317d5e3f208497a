import { matchUnit } from './peer';
import { Direction, Policy, Rule } from './policy';
import { resolvePorts } from './rule-ports';
import { Unit } from './unit';
import { Doubt, Verdict } from './verdict';
import { World } from './world';

/** What one pod lets out or in, by the policies that select it. */
export interface Side {
  readonly unit: Unit;
  readonly direction: Direction;
  /** Those that isolate it in this direction; none: everything is let through. */
  readonly policies: readonly Policy[];
}

/** The answers for single pairs of pods, straight from the policies: exact, and quick for few pairs. */
export class Sides {
  private readonly selecting = new Map<Unit, readonly Policy[]>();

  constructor(private readonly world: World) {}

  /** What was found out elsewhere, and need not be again. */
  public learn(unit: Unit, policies: readonly Policy[]): void {
    this.selecting.set(unit, policies);
  }

  /** One side of the connections of a pod. */
  public side(unit: Unit, direction: Direction): Side {
    let policies = this.selecting.get(unit);
    if (!policies) this.selecting.set(unit, policies = this.world.policiesOf(unit));
    return { unit, direction, policies: policies.filter(policy => policy[direction]) };
  }

  /** What a pod may speak to another one. */
  public between(source: Unit, target: Unit): Verdict {
    const out = this.allows(this.side(source, 'egress'), target);
    return out === this.world.verdicts.none ? out : this.world.verdicts.both(out, this.allows(this.side(target, 'ingress'), source));
  }

  /** What a side lets through to or from another pod. */
  public allows({ unit, direction, policies }: Side, other: Unit): Verdict {
    const { verdicts } = this.world;
    if (!policies.length) return verdicts.all;
    let sum = direction === 'ingress' && other.isOnHost ? verdicts.rule(verdicts.ports.all, Doubt.HOST_NETWORK) : verdicts.none;
    for (const policy of policies) {
      if (policy.isFlawed) sum = verdicts.either(sum, verdicts.rule(verdicts.ports.all, Doubt.SKIPPED));
      for (const rule of policy[direction]!) sum = verdicts.either(sum, this.byRule(rule, policy, direction, unit, other));
    }
    return sum;
  }

  /** What a single rule lets through. */
  public byRule({ peers, ports }: Rule, { namespace }: Policy, direction: Direction, unit: Unit, other: Unit): Verdict {
    const { verdicts } = this.world;
    const its = () => resolvePorts(ports, (direction === 'egress' ? other : unit).ports, verdicts.ports);
    if (!peers) return verdicts.rule(its(), Doubt.NONE);
    let doubts: number | undefined;
    for (const peer of peers) {
      const match = matchUnit(peer, namespace, other);
      if (match === Doubt.NONE) return verdicts.rule(its(), Doubt.NONE);
      if (match !== undefined) doubts = (doubts ?? 0) | match;
    }
    return doubts === undefined ? verdicts.none : verdicts.rule(its(), doubts);
  }
}
