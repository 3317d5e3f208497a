import { Severity } from '../kube/severity';

/** A control of the Pod Security Standards. */
export interface PodSecurityControl {
  readonly level: 'baseline' | 'restricted';
  /** Its id in Kubernetes' own evaluator: `capabilities_restricted`. */
  readonly control: string;
  /** The control of the lower level that says less than this one, where this one is asked. */
  readonly overrides?: string;
}

/** Sections of the CIS Kubernetes Benchmark where its numbers moved: by the version from which on each holds; null where it is gone. */
export interface MovedSection {
  readonly [since: string]: string | null;
}

/** One id of a scanner, or several. */
export type Ids = string | readonly string[];

/** Where else a control is known; a scanner's id stands where what it asks is what the rule asks. */
export interface Controls {
  readonly pss?: PodSecurityControl;
  /** The section of the CIS Kubernetes Benchmark, 1.8 to 1.12. */
  readonly cis?: string | MovedSection;
  /** The section of the NSA/CISA Kubernetes Hardening Guidance 1.2, by its heading. */
  readonly nsa?: string;
  readonly checkov?: Ids;
  readonly kubeLinter?: Ids;
  readonly kubeScore?: Ids;
  readonly kubescape?: Ids;
  readonly polaris?: Ids;
  readonly trivy?: Ids;
  readonly kyverno?: Ids;
}

/** What every rule says of itself, whatever it is about. */
export interface RuleHead {
  /** `family-subject` in kebab case, at most 50 characters; never renamed. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly controls?: Controls;
  /** What to do about a breach, in whole sentences: in fields, as whoever writes manifests knows them. */
  readonly advice: string;
  /** The same in the words of constructs, where those are others. */
  readonly inCode?: string;
  /**
   * It reads what an object, its pods and their account are called: names, namespaces, labels, selectors. Of a rule that does
   * not, a judge may say again what it said of an object that differs in these.
   */
  readonly readsNames?: boolean;
}

/** One breach of a rule. */
export interface Violation {
  /** The field path: below the pod spec for rules about pods ('' for the spec itself), else from the root of the manifest. */
  readonly field: string;
  /** What is, as the start of a sentence. */
  readonly what: string;
  readonly container?: string;
  /** What to do, where it depends on the case; the rule's own advice otherwise. */
  readonly advice?: string;
  /** The same in the words of constructs, where those are others. */
  readonly inCode?: string;
  /** The rule that speaks of the same thing in any case: whoever waives that one has waived this one. */
  readonly impliedBy?: string;
}
