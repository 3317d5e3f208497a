import { Policy } from '../policy';

/** What a lint is called; these are rule ids, and never change. */
export type LintId =
  | 'network-policy-selects-nothing'
  | 'network-policy-unused'
  | 'network-rule-no-effect'
  | 'network-rule-shadowed'
  | 'network-dns-blocked'
  | 'network-ends-disagree';

/**
 * Something in a policy that is allowed to be written and hardly meant. Plain data for whoever shows it: `policy.source` is
 * the object and where it was read, `policy.source.source.locate(field)` the line.
 */
export interface Lint {
  readonly id: LintId;
  readonly policy: Policy;
  /** Where in it: `spec.ingress[0].from[1]`. */
  readonly field: string;
  /** What is, as the start of a sentence without a full stop. */
  readonly what: string;
  /** What to do, in whole sentences. */
  readonly advice: string;
  /** What it is compared with. @default - it is wrong by itself */
  readonly besides?: { readonly policy: Policy; readonly field: string };
}
