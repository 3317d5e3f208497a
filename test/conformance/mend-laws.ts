import { copy, equal } from '../../src/kube/json';
import { Manifest } from '../../src/kube/pod-spec';
import { sound } from '../../src/kube/sound';
import { podDrafts } from '../../src/rules/draft';
import { Mended, mend } from '../../src/rules/mend/mend';
import { MendOptions } from '../../src/rules/mend/remedy';
import { POD_RULES } from '../../src/rules/pod';
import { podSecurity } from '../../src/rules/pod-security';

/** What a law has against what mending has made of a manifest. */
type Law = (manifest: Manifest, mended: Mended, options: MendOptions) => string[];

/** Those whose remedy also writes in the usual way what breaks no rule: spellings, defaults that were written out. */
const TIDYING = POD_RULES.filter(({ tidies }) => tidies).map(({ id }) => id);

/**
 * Remedies that stand for more than their own rule: a user other than root needs groups and ports, and what an image needs
 * is one thing. They may write where another rule of the row has a breach.
 */
const TOGETHER = ['pod-user-unknown', 'pod-run-as-non-root', 'pod-capabilities-drop', 'pod-read-only-root'];

function breachesOf(manifest: Manifest, { minor }: MendOptions): readonly { rule: string; field: string }[] {
  return podDrafts(sound(copy(manifest)), { rules: POD_RULES, exact: false }, minor);
}

export const LAWS: { readonly [law: string]: Law } = {
  'what changes is said, and nothing else changes': (manifest, { manifest: after, changes }) => (
    equal(after, manifest) === (changes.length === 0) ? [] : [`${changes.length} changes`]
  ),

  'twice changes nothing more': (_, { manifest: once }, options) => {
    const twice = mend(once, options);
    return twice.changes.length || !equal(twice.manifest, once) ? twice.changes.map(({ field }) => field) : [];
  },

  'the order of the rules does not matter': (manifest, { manifest: once }, options) => {
    const half = POD_RULES.length >> 1;
    const orders = [[...POD_RULES].reverse(), [...POD_RULES.slice(half), ...POD_RULES.slice(0, half)]];
    return orders.filter(rules => !equal(mend(manifest, { ...options, rules }).manifest, once)).map(rules => `another result from ${rules[0].id} on`);
  },

  'after mending the rule itself is satisfied': (_, { manifest: after, changes }, options) => {
    const left = changes.length ? breachesOf(after, options) : [];
    // A capability that is granted stays one in its right spelling.
    return changes.filter(({ rule, field }) => rule !== 'pod-capabilities-add' && left.some(breach => breach.rule === rule && breach.field === field)).map(({ rule, field }) => `${rule} at ${field}`);
  },

  'what passes is not touched': (manifest, { changes }, options) => {
    const broken = new Set(changes.length ? breachesOf(manifest, options).map(({ rule }) => rule) : []);
    if (TOGETHER.some(rule => broken.has(rule))) TOGETHER.forEach(rule => broken.add(rule));
    return changes.filter(({ rule }) => !broken.has(rule) && !TIDYING.includes(rule)).map(({ rule, field }) => `${rule} at ${field}`);
  },

  'no pod gets worse for Pod Security': (manifest, { manifest: after, changes }) => !changes.length ? [] : (['baseline', 'restricted'] as const).flatMap(level => (
    [0, 8, 19, 22, 25, 31, 35, 37].flatMap(minor => {
      const before = new Set(podSecurity(copy(manifest), level, minor).map(({ rule }) => rule.id));
      return podSecurity(copy(after), level, minor).filter(({ rule }) => !before.has(rule.id)).map(({ rule }) => `${rule.id} at ${level} of 1.${minor}`);
    })
  )),
};
