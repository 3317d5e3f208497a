import { JsonObject } from '../kube/json';
import { EVERYTHING, PolicyRule, policyRules } from '../kube/rbac';
import { RuleHead, Violation } from './rule';

/** A rule about the rights that a Role or ClusterRole gives. */
export interface RbacRule extends RuleHead {
  /** The breaches of a Role or ClusterRole, with field paths from its root. */
  check(role: JsonObject): Violation[];
}

/** A right that is too much: these verbs on one of these resources. */
export interface TooMuch {
  readonly verbs: readonly string[];
  /** By API group: resources, with their sub-resources. */
  readonly resources: { readonly [group: string]: readonly string[] };
  /** Verbs that are right where the rule names the objects. */
  readonly fineByName?: readonly string[];
  /** What one can do with it, as the end of "… may list secrets: " */
  readonly consequence: string;
}

/** The breaches where a Role gives a right that is too much; a wildcard gives it, too, and is spoken of first by its own rule. */
export function tooMuch({ verbs, resources, fineByName = [], consequence }: TooMuch): (role: JsonObject) => Violation[] {
  return role => policyRules(role).flatMap((rule, i): Violation[] => {
    const asked = verbs.filter(verb => covers(rule.verbs, verb) && !(rule.resourceNames?.length && fineByName.includes(verb)));
    const groups = Object.keys(resources).filter(group => covers(rule.apiGroups ?? [], group));
    const found = groups.flatMap(group => resources[group].filter(name => coversResource(rule, name)));
    if (!asked.length || !found.length) return [];
    const wildcard = wildcardRule(rule, asked, found);
    return [{
      field: `rules[${i}]`,
      what: `the role may ${list(asked)} ${list(found)}: ${consequence}`,
      ...(wildcard && { impliedBy: wildcard }),
    }];
  });
}

/** One of the lists of a rule has the word itself, or everything. */
function covers(words: readonly string[], word: string): boolean {
  return words.includes(word) || words.includes(EVERYTHING);
}

/** Everything includes sub-resources; `*` + `/exec` is that one of every resource. */
function coversResource({ resources = [] }: PolicyRule, resource: string): boolean {
  const [, sub] = resource.split('/');
  return covers(resources, resource) || (sub !== undefined && resources.includes(`${EVERYTHING}/${sub}`));
}

/** The rule that speaks of the wildcard without which the right would not be given. */
function wildcardRule(rule: PolicyRule, verbs: readonly string[], resources: readonly string[]): string | undefined {
  if (!verbs.some(verb => rule.verbs.includes(verb))) return 'rbac-wildcard-verbs';
  const isSaid = resources.some(resource => rule.resources?.includes(resource)) && !rule.apiGroups?.includes(EVERYTHING);
  return isSaid ? undefined : 'rbac-wildcard-resources';
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
