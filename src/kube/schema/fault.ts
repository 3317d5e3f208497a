/** What can be wrong with a manifest by the API's own schema. */
export type SchemaFaultKind =
  /** No such kind, or not in this API version; or not yet or no longer in this version of Kubernetes. */
  | 'api-unknown'
  | 'api-removed'
  | 'api-deprecated'
  | 'unknown-field'
  | 'wrong-type'
  | 'wrong-value'
  | 'missing-field';

/** One thing that the API server would refuse under strict validation, or warn of. */
export interface SchemaFault {
  readonly kind: SchemaFaultKind;
  /** The field path: `spec.template.spec.containers[0].image`. */
  readonly field: string;
  /** What is, as the start of a sentence. Values are not repeated but where the API names all that are allowed: they may be secret. */
  readonly what: string;
  /** What to do, whole sentences. */
  readonly advice: string;
}

/** A field path of keys and positions; keys that are no plain words stand in brackets. */
export function fieldPath(steps: ReadonlyArray<string | number>): string {
  let path = '';
  for (const step of steps) {
    if (typeof step === 'number') path += `[${step}]`;
    else if (/^[\w-]+$/.test(step)) path += path ? `.${step}` : step;
    else path += `[${JSON.stringify(step)}]`;
  }
  return path;
}
