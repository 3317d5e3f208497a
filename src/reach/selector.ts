import { isObject, Json, JsonObject } from '../kube/json';
import { Labels } from '../kube/selectors';
import { textOf } from './unit';

/** Whether a selector selects; `MAYBE` where not all labels are known. */
export enum Match { NO = 0, YES = 1, MAYBE = 2 }

/** One thing that labels must fulfil. */
export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  /** Ascending. */
  readonly values: readonly string[];
}

/** What labels must fulfil, all of it. */
export interface Requirements {
  readonly requirements: readonly Requirement[];
}

/** The four operators of Kubernetes; `matchLabels` is `In` with one value. */
type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
const OPERATORS: readonly string[] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** What is wrong in a field below the one that was handed in. */
export type Report = (field: string, message: string) => void;

/** A label selector that was read once, to be asked often. All of its requirements must hold. */
export class Selector {
  public static readonly EVERYTHING = new Selector([]);

  /** Reads a selector; what the API server would refuse is reported, and there is none. */
  public static read(value: Json | undefined, field: string, report: Report): Selector | undefined {
    if (!isObject(value)) {
      report(field, `a selector is a mapping of matchLabels and matchExpressions, not ${JSON.stringify(value)}`);
      return undefined;
    }
    const label = onlyLabel(value);
    if (label) return new Selector([label]);
    const unknown = Object.keys(value).find(key => key !== 'matchLabels' && key !== 'matchExpressions');
    if (unknown !== undefined) {
      report(field, `a selector has no field '${unknown}': labels go below matchLabels`);
      return undefined;
    }
    const labels = labelsIn(value.matchLabels, `${field}.matchLabels`, report);
    const expressions = expressionsIn(value.matchExpressions, `${field}.matchExpressions`, report);
    // With less in it, it would select more.
    if (!labels || !expressions) return undefined;
    const requirements = [...labels, ...expressions];
    return requirements.length ? new Selector(requirements) : Selector.EVERYTHING;
  }

  /** Equal selectors have equal keys. */
  public readonly key: string;

  constructor(public readonly requirements: readonly Requirement[]) {
    this.key = requirements.length === 1 ? keyOf(requirements[0]) : requirements.map(keyOf).sort().join();
  }

  public get selectsEverything(): boolean {
    return this.requirements.length === 0;
  }

  /** Tells whether it selects what has these labels. `areComplete`: there are no others. */
  public match(labels: Labels, areComplete = true): Match {
    let result = Match.YES;
    for (const { key, operator, values } of this.requirements) {
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
      if (value === undefined && !areComplete) {
        result = Match.MAYBE;
        continue;
      }
      if (!fulfils(operator, value, values)) return Match.NO;
    }
    return result;
  }
}

function fulfils(operator: Operator, value: string | undefined, values: readonly string[]): boolean {
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
  }
}

/** What most selectors are: one label, without expressions. */
function onlyLabel(selector: JsonObject): Requirement | undefined {
  const { matchLabels } = selector;
  if (!isObject(matchLabels) || Object.keys(selector).length !== 1) return undefined;
  const keys = Object.keys(matchLabels);
  const value = matchLabels[keys[0]];
  return keys.length === 1 && typeof value === 'string' ? { key: keys[0], operator: 'In', values: [value] } : undefined;
}

function labelsIn(value: Json | undefined, field: string, report: Report): Requirement[] | undefined {
  if (value === undefined || value === null) return [];
  if (!isObject(value)) {
    report(field, 'it is no mapping of labels');
    return undefined;
  }
  return all(Object.entries(value).map(([key, wanted]): Requirement | undefined => {
    if (typeof wanted !== 'string' && wanted !== null) report(`${field}.${key}`, `the label '${key}' is ${JSON.stringify(wanted)}, not text: quote it`);
    return typeof wanted === 'object' && wanted !== null ? undefined : { key, operator: 'In', values: [textOf(wanted)] };
  }));
}

function expressionsIn(value: Json | undefined, field: string, report: Report): Requirement[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    report(field, 'it is no list of expressions');
    return undefined;
  }
  return all(value.map((item, i) => expression(item, `${field}[${i}]`, report)));
}

function all(list: readonly (Requirement | undefined)[]): Requirement[] | undefined {
  return list.includes(undefined) ? undefined : list as Requirement[];
}

function expression(item: Json, field: string, report: Report): Requirement | undefined {
  if (!isObject(item) || typeof item.key !== 'string' || item.key === '') {
    report(field, 'an expression needs a key');
    return undefined;
  }
  const { key, operator, values = null } = item;
  if (typeof operator !== 'string' || !OPERATORS.includes(operator)) {
    report(field, `the operator ${JSON.stringify(operator ?? null)} is none of ${OPERATORS.join(', ')}`);
    return undefined;
  }
  if (values !== null && !(Array.isArray(values) && values.every(text => typeof text !== 'object'))) {
    report(field, `the values of '${key}' are no list of texts`);
    return undefined;
  }
  const list = values ?? [];
  const wrong = list.find(text => typeof text !== 'string');
  if (wrong !== undefined) report(field, `the value ${JSON.stringify(wrong)} of '${key}' is not text: quote it`);
  if (operator.endsWith('In') !== list.length > 0) {
    report(field, operator.endsWith('In') ? `${operator} needs values` : `${operator} takes no values`);
    return undefined;
  }
  return { key, operator: operator as Operator, values: [...new Set(list.map(textOf))].sort() };
}

/** Quoted, so that no label can look like another requirement. */
function keyOf({ key, operator, values }: Requirement): string {
  return `${JSON.stringify(key)} ${operator} ${values.length === 1 ? JSON.stringify(values[0]) : JSON.stringify(values)}`;
}
