import { Severity } from '../../kube/severity';
import { Waiver } from '../../posture/waiver';

/**
 * What a rule has to say of one field of one object.
 */
export interface Finding {
  /** The id of the rule: `pod-privileged`. */
  readonly rule: string;

  /** How much it weighs. */
  readonly severity: Severity;

  /** The construct path of the object, or the file and line it was read from. */
  readonly where: string;

  /** The kind, namespace and name of the object: `Deployment shop/web`. */
  readonly subject: string;

  /** The path of the field: `spec.template.spec.containers[0].securityContext.privileged`. */
  readonly field: string;

  /**
   * The container that it is about.
   *
   * @default - the whole pod or object
   */
  readonly container?: string;

  /** What is, in words. */
  readonly what: string;

  /** What to do, in whole sentences. */
  readonly advice: string;

  /**
   * The waiver that allows it.
   *
   * @default - none: it counts
   */
  readonly waiver?: Waiver;
}
