/** Something in a NetworkPolicy that is allowed to be written and hardly meant. */
export interface NetworkLint {
  /** The rule of the `hardened` pack that says the same: `network-rule-shadowed`. */
  readonly rule: string;
  /** The namespace of the policy. */
  readonly namespaceName: string;
  /** The policy. */
  readonly policy: string;
  /** Where in it: `spec.ingress[0].from[1]`. */
  readonly field: string;
  /** What is, and what to do. */
  readonly message: string;
}
