import { Connection } from './connection';

/** Why something may be spoken from one to another, or not: what each side says, and what would allow it. */
export interface ConnectionExplanation {
  /** Whom it would come from: `namespace/name[Kind]` of a workload, addresses, `node`, or a controller outside of the manifests. */
  readonly source: string;
  /** Whom it would go to, in the same words. */
  readonly target: string;
  /** What may be spoken; nothing where it is denied. */
  readonly connections: Connection[];
  /** What the policies of the source say. */
  readonly egress: ExplainedSide;
  /** What the policies of the target say. */
  readonly ingress: ExplainedSide;
  /** The least that would allow it: all of them are needed. Nothing where it is allowed. */
  readonly suggestions: SuggestedRule[];
  /** All of it in lines for people. */
  readonly lines: string[];
}

/** What one side of a connection says to it. */
export interface ExplainedSide {
  /** Policies isolate it in this direction: nothing is let through but what their rules say. Else everything is. */
  readonly isolated: boolean;
  /** Policies count for it: it is neither outside of the cluster nor in the network of its node. */
  readonly policed: boolean;
  /** What the side lets through, in words: `TCP 5432`, `all`, `denied`. */
  readonly lets: string;
  /** The policies that isolate it. */
  readonly policies: ExplainedPolicy[];
}

/** A policy that isolates a side. */
export interface ExplainedPolicy {
  /** Where it is. */
  readonly namespaceName: string;
  /** What it is called. */
  readonly name: string;
  /** Those of its rules that let anything through here. */
  readonly rules: ExplainedRule[];
}

/** A rule that lets something through. */
export interface ExplainedRule {
  /** `spec.ingress[0]` */
  readonly field: string;
  /** What it lets through, in words. */
  readonly lets: string;
}

/** A rule that is missing. */
export interface SuggestedRule {
  /** `spec.ingress` or `spec.egress` */
  readonly field: string;
  /** The namespace of the policy. */
  readonly namespaceName: string;
  /**
   * The policy to add it to.
   * @default - one is to be written, for the pods that `podSelector` selects
   */
  readonly policy?: string;
  /** The pods that it is for. */
  readonly podSelector: { readonly [key: string]: any };
  /** The rule as a NetworkPolicy writes it. */
  readonly rule: { readonly [key: string]: any };
}
