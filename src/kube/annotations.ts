/** The prefix of every annotation and label of ours: nobody else's domain. */
export const PREFIX = 'cdk8s-hardened/';

/** The annotation that holds the waivers of a rule. */
export function waiverAnnotation(rule: string): string {
  return `${PREFIX}waive.${rule}`;
}
