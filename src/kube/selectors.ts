import { Fault } from './faults';
import { isDnsSubdomain } from './names';

/** Labels as Kubernetes writes them. */
export interface Labels {
  readonly [key: string]: string;
}

/** One requirement of a selector beyond plain equality. */
export interface LabelExpression {
  readonly key: string;
  /** In, NotIn, Exists or DoesNotExist. */
  readonly operator: string;
  readonly values?: readonly string[];
}

/** A label selector as Kubernetes writes it: everything in it must hold; an empty one selects everything. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelExpression[];
}

const NAME = /^(?=.{1,63}$)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Tells whether a selector selects everything. */
export function selectsEverything(selector: LabelSelector): boolean {
  return !Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length;
}

/** Tells whether a selector selects an object with these labels. */
export function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  const has = (key: string) => Object.hasOwn(labels, key);
  return Object.keys(matchLabels).every(key => has(key) && labels[key] === matchLabels[key])
    && matchExpressions.every(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In': return has(key) && values.includes(labels[key]);
        case 'NotIn': return !has(key) || !values.includes(labels[key]);
        case 'Exists': return has(key);
        default: return !has(key);
      }
    });
}

/** Tells whether Kubernetes takes it as the key of a label. */
export function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  return NAME.test(key.slice(slash + 1)) && (slash < 0 || isDnsSubdomain(key.slice(0, slash)));
}

/** Refuses a requirement that the API server would refuse; returns it unchanged. */
export function checkExpression(where: string, expression: LabelExpression): LabelExpression {
  const { key, operator, values = [] } = expression;
  const fault = (what: string, advice: string) => new Fault({ where, what: `the requirement '${key} ${operator}' ${what}`, id: 'label-invalid', advice });
  if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator)) throw fault('has an operator that is none', 'Known are: DoesNotExist, Exists, In, NotIn.');
  const isAbout = operator === 'In' || operator === 'NotIn';
  if (isAbout && !values.length) throw fault('names no values', `Name them: { key: '${key}', operator: …, values: ['a', 'b'] }.`);
  if (!isAbout && values.length) throw fault('takes no values', 'Leave the values out, or ask for In or NotIn.');
  for (const value of values.length ? values : ['']) checkLabels(where, { [key]: value });
  return expression;
}

/** Refuses labels that the API server would refuse; returns them unchanged. */
export function checkLabels(where: string, labels: Labels): Labels {
  for (const [key, value] of Object.entries(labels)) {
    if (isLabelKey(key) && (value === '' || NAME.test(value))) continue;
    throw new Fault({
      where,
      what: `'${key}: ${value}' is no label that Kubernetes takes`,
      id: 'label-invalid',
      advice: "Use at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit; the key may have a domain and '/' before it.",
    });
  }
  return labels;
}
