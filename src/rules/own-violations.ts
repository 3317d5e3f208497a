import { Fault } from '../kube/faults';
import { isObject } from '../kube/json';
import { Rule, RuleViolation } from './own-rule';

/** What a rule of somebody's own says, whatever it is written in; a mistake in it is told as one. */
export function violationsOf(rule: Rule, manifest: unknown): RuleViolation[] {
  let found: unknown;
  try {
    found = rule.check(manifest) ?? [];
  } catch (error) {
    throw failed(rule, (error as Error).message);
  }
  if (!Array.isArray(found)) throw failed(rule, 'it answers with no list');
  return found.map(item => {
    if (!isObject(item) || typeof item.field !== 'string' || typeof item.what !== 'string') throw failed(rule, 'it answers with a breach that has no field, or does not say what is');
    const { field, what, container, advice } = item;
    return { field, what, ...(typeof container === 'string' && { container }), ...(typeof advice === 'string' && { advice }) };
  });
}

function failed({ id }: Rule, why: string): Fault {
  return new Fault({ where: '', what: `the rule '${id}' failed (${why})`, id: 'rule-failed', advice: 'Mend the rule.' });
}
