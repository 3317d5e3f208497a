import { Fault, didYouMean } from '../kube/faults';
import { Severity } from '../kube/severity';
import { INVARIANT_RULES } from './invariant-rules';
import { MANIFEST_RULES } from './manifest';
import { PACKS, RulePack, chosen, packNamed, rulesIn } from './packs';
import { RuleHead } from './rule';

/** What to do with a rule: another severity, or not to ask it. */
export type Decision = Severity | 'off';

/** Which rules are asked, and how grave what they find is. */
export interface Choice {
  /** Packs and rules by name; what any of them has is asked. @default - the default pack */
  readonly names?: readonly string[];
  /** What was decided of single rules. @default - nothing */
  readonly decisions?: ReadonlyMap<string, Decision>;
}

/** Every rule that can be chosen by its id. */
const EVERY: readonly RuleHead[] = rulesIn(PACKS[0]);
/** Every rule that can be decided on: what the API server holds, and what the repository states, too. */
const DECIDABLE: readonly string[] = [...EVERY, ...MANIFEST_RULES, ...INVARIANT_RULES].map(({ id }) => id);

/**
 * The pack of a choice: one that there is, or one made of several and of single rules.
 *
 * @param where who chooses, or decides on a rule, for messages
 */
export function choosePack(where: (rule?: string) => string, { names = [PACKS[0].name], decisions = new Map<string, Decision>() }: Choice): RulePack {
  if (!names.length) throw new Fault({ where: where(), what: 'no pack and no rule is chosen', id: 'pack-unknown', advice: `Name some: ${PACKS.map(({ name }) => name).join(', ')}.` });
  for (const rule of decisions.keys()) checkRule(where(rule), rule);
  const parts = names.map(name => packNamed(name) ?? singleRule(where(), name));
  const ids = new Set(parts.flatMap(part => rulesIn(part).map(({ id }) => id)));
  const off = new Set([...decisions].flatMap(([rule, decision]) => decision === 'off' ? [rule] : []));
  if (parts.length === 1 && !decisions.size) return parts[0];
  return {
    ...chosen(names.join(), parts.map(({ title }) => title).join('; '), ({ id }) => ids.has(id) && !off.has(id)),
    exact: parts.every(({ exact }) => exact),
    off,
    severities: new Map([...decisions].flatMap(([rule, decision]) => decision === 'off' ? [] : [[rule, decision]])),
  };
}

function singleRule(where: string, name: string): RulePack {
  if (EVERY.some(({ id }) => id === name)) return chosen(name, name, ({ id }) => id === name);
  const known = [...PACKS.map(pack => pack.name), ...EVERY.map(({ id }) => id)];
  // All rules at once would be no answer.
  const advice = didYouMean(name, known);
  throw new Fault({ where, what: `'${name}' is no pack and no rule`, id: 'pack-unknown', advice: advice.startsWith('Did') ? advice : `Packs are: ${PACKS.map(pack => pack.name).join(', ')}; the rules are in the repository's RULES.md.` });
}

function checkRule(where: string, rule: string): void {
  if (DECIDABLE.includes(rule)) return;
  const advice = didYouMean(rule, DECIDABLE);
  throw new Fault({ where, what: `'${rule}' is no rule`, id: 'rule-unknown', advice: advice.startsWith('Did') ? advice : "The rules are in the repository's RULES.md." });
}
