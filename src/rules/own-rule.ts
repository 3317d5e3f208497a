import { Fault } from '../kube/faults';
import { Severity } from '../kube/severity';

/** One breach of a rule of one's own. */
export interface RuleViolation {
  /** The path of the field from the root of the manifest: `spec.template.spec.containers[0].image`. */
  readonly field: string;

  /** What is, as the start of a sentence: `the image has no digest`. */
  readonly what: string;

  /**
   * The container that it is about, where a waiver may be for that one alone.
   *
   * @default - the whole object
   */
  readonly container?: string;

  /**
   * What to do, where it depends on the case; a whole sentence.
   *
   * @default - the rule's own advice
   */
  readonly advice?: string;
}

/** What a rule of one's own says of itself. */
export interface RuleProps {
  /**
   * Its id, by which findings name it and waivers lift it: small letters, digits and `-`, at most 50 characters. One that
   * begins with the name of the organisation (`acme-team-label`) is none of this library's.
   */
  readonly id: string;

  /** What it asks for, as a headline: `Every workload names its team`. */
  readonly title: string;

  /** What to do about a breach, in whole sentences. */
  readonly advice: string;

  /**
   * How much a breach weighs.
   *
   * @default Severity.ERROR
   */
  readonly severity?: Severity;

  /**
   * The kinds of objects that it is asked about.
   *
   * @default - all
   */
  readonly kinds?: string[];
}

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;
const LONGEST_ID = 50;

/**
 * A rule of one's own: what an organisation holds its manifests to besides the rules of this library. It is added to a
 * pack (`Pack.hardened().plus(rule)`), and from there on its findings are as all others: in synthesis, in reports, and
 * lifted by waivers.
 *
 * Extend it, and say in `check` what is wrong with a manifest.
 */
export abstract class Rule {
  /** Its id. */
  public readonly id: string;

  /** What it asks for. */
  public readonly title: string;

  /** What to do about a breach. */
  public readonly advice: string;

  /** How much a breach weighs. */
  public readonly severity: Severity;

  /** The kinds that it is asked about; none for all. */
  public readonly kinds?: string[];

  /**
   * @param props what it says of itself
   * @throws a fault where the id is none that an annotation can carry (`rule-id-invalid`)
   */
  constructor(props: RuleProps) {
    const { id, title, advice, severity = Severity.ERROR, kinds } = props;
    if (!ID.test(id) || id.length > LONGEST_ID) {
      throw new Fault({
        where: '',
        what: `'${id}' is no id of a rule`,
        id: 'rule-id-invalid',
        advice: `Write at least two words of small letters and digits with '-' between them, at most ${LONGEST_ID} characters, such as 'acme-team-label'.`,
      });
    }
    this.id = id;
    this.title = title;
    this.advice = advice;
    this.severity = severity;
    this.kinds = kinds;
  }

  /**
   * What is wrong with a manifest: nothing where it keeps to the rule.
   *
   * @param manifest one object, as it is written; what is changed in it has no effect
   */
  public abstract check(manifest: any): RuleViolation[];
}
