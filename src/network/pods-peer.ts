import type { PodsPeer } from '../kube/peers';
import type { LabelExpression } from '../kube/selectors';

/** How a label is compared. */
export enum LabelOperator {
  /** Its value is one of those that are named. */
  IN = 'In',
  /** Its value is none of those that are named, or it is missing. */
  NOT_IN = 'NotIn',
  /** It is there, whatever its value. */
  EXISTS = 'Exists',
  /** It is missing. */
  DOES_NOT_EXIST = 'DoesNotExist',
}

/** A requirement of a label beyond one value. */
export interface LabelRequirement {
  /** The key of the label. */
  readonly key: string;

  /**
   * How it is compared.
   *
   * @jsii suppress JSII5018
   */
  readonly operator: LabelOperator;

  /**
   * With what it is compared, for `IN` and `NOT_IN`.
   *
   * @default - nothing
   */
  readonly values?: string[];
}

/** Which pods are meant. Everything that is said must hold; something about their labels must be said. */
export interface PodsPeerOptions {
  /**
   * Labels that all of the pods have and no others.
   *
   * @default - none: the requirements alone
   */
  readonly labels?: { [key: string]: string };

  /**
   * What else must hold for their labels.
   *
   * @default - nothing
   */
  readonly requirements?: LabelRequirement[];

  /**
   * The name of their namespace.
   *
   * @default - the namespace of the workload that they talk to
   * @jsii suppress JSII5018
   */
  readonly namespace?: string;

  /**
   * Labels of their namespaces, in place of a name.
   *
   * @default - the namespace that is named
   */
  readonly namespaceLabels?: { [key: string]: string };

  /**
   * Whether they are meant wherever they are. It is never meant by saying no namespace.
   *
   * @default false
   */
  readonly everyNamespace?: boolean;
}

/** Pods as plain data. */
export function podsPeer({ labels = {}, requirements = [], namespace, namespaceLabels, everyNamespace }: PodsPeerOptions): PodsPeer {
  return {
    type: 'pods',
    namespace: everyNamespace ? { every: true } : namespace ?? (namespaceLabels && { matchLabels: { ...namespaceLabels } }),
    podSelector: {
      ...((Object.keys(labels).length || !requirements.length) && { matchLabels: { ...labels } }),
      ...(requirements.length && { matchExpressions: requirements.map(expression) }),
    },
  };
}

function expression({ key, operator, values = [] }: LabelRequirement): LabelExpression {
  return { key, operator, ...(values.length && { values: [...values] }) };
}
