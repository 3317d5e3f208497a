import { DIRECTIONS, Policy, Rule } from '../policy';
import { SelectorIndex } from '../selector-index';
import { Knowledge } from './knowledge';
import { Lint } from './lint';
import { Placed, Rules } from './shadowed';

/**
 * Policies that could be removed, and nothing would change: other policies isolate all of their pods, and say all that
 * their rules say. Told from what they say, so that it holds for pods to come, too; all that are told of can be removed
 * together. Of two that say the same, the later one is told of.
 */
export function unused(knowledge: Knowledge): Lint[] {
  return [...knowledge.byNamespace].flatMap(([name, policies]) => {
    const removed = new Set<Policy>();
    const sides = DIRECTIONS.map(direction => {
      const isolating = new SelectorIndex<Policy>();
      for (const policy of policies) if (policy[direction]) isolating.add(policy.pods, policy);
      const rules = new Rules(knowledge.reach, name, policies, direction);
      return { direction, isolating, rules, placed: new Map<Rule, Placed>(rules.all.map(its => [its.rule, its])) };
    });
    return [...policies].reverse().flatMap(policy => {
      const stays = (other: Policy) => other !== policy && !removed.has(other);
      const its = sides.filter(({ direction }) => policy[direction]);
      const others = its.map(({ isolating }): Policy | undefined => isolating.around(policy.pods).flatMap(({ items }) => items.find(stays) ?? [])[0]);
      const isSaid = () => its.every(({ direction, rules, placed }) => (
        policy[direction]!.every(rule => rules.holderOf(placed.get(rule)!, other => stays(other.policy)))
      ));
      if (!its.length || others.includes(undefined) || !isSaid()) return [];
      removed.add(policy);
      return [lint(policy, others[0]!)];
    });
  });
}

function lint(policy: Policy, other: Policy): Lint {
  const hasRules = DIRECTIONS.some(direction => policy[direction]?.length);
  const rules = hasRules ? ', and other policies say all that its rules say' : '';
  return {
    id: 'network-policy-unused',
    policy,
    field: 'spec',
    what: `nothing would change without it: NetworkPolicy ${other.namespace}/${other.name} isolates its pods, too${rules}`,
    advice: 'Remove it, or narrow the others.',
    besides: { policy: other, field: 'spec' },
  };
}
