/** What the API server reads of a scalar: the name of what is wanted, and whether a value that is not null is one. */
interface Scalar {
  readonly name: string;
  accepts(value: unknown): boolean;
}

const MAX_INT32 = 2 ** 31;
const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.,]\d+)?(Z|[+-]\d\d:\d\d)$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const isString = (value: unknown) => typeof value === 'string';
const isInt32 = (value: unknown) => Number.isInteger(value) && (value as number) >= -MAX_INT32 && (value as number) < MAX_INT32;
/** Go reads bytes from a list of numbers, too. */
const isByte = (value: unknown) => value === null || Number.isInteger(value) && (value as number) >= 0 && (value as number) < 256;
const matches = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);

/** By the letters of the table. */
export const SCALARS: Readonly<Record<string, Scalar>> = {
  a: { name: 'anything', accepts: () => true },
  b: { name: 'true or false', accepts: value => typeof value === 'boolean' },
  i: { name: 'a whole number', accepts: isInt32 },
  l: { name: 'a whole number', accepts: value => Number.isInteger(value) },
  n: { name: 'a number', accepts: value => typeof value === 'number' },
  o: { name: 'an object', accepts: value => typeof value === 'object' && !Array.isArray(value) },
  q: { name: 'a quantity', accepts: value => typeof value === 'number' || matches(QUANTITY)(value) },
  s: { name: 'a string', accepts: isString },
  t: { name: 'a time', accepts: matches(TIME) },
  x: { name: 'a whole number or a string', accepts: value => isString(value) || isInt32(value) },
  y: { name: 'base64', accepts: value => Array.isArray(value) ? value.every(isByte) : typeof value === 'string' && BASE64.test(value.replace(/[\r\n]/g, '')) },
};

/** What a value is, in words, without the value itself. */
export function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string': return 'a string';
    case 'boolean': return 'a boolean';
    case 'number': return !Number.isInteger(value) ? 'a number with a fraction' : isInt32(value) ? 'a whole number' : 'a number of more than 32 bits';
    default: return 'an object';
  }
}

/** What to do where a value is not what the letter wants. */
export function adviceOn(letter: string, value: unknown): string {
  const unquoted = typeof value === 'string' ? value.trim() : '';
  switch (letter) {
    case 's':
    case 'x': return typeof value === 'object' || letter === 'x' ? `Write ${SCALARS[letter].name}.` : 'Put it in quotes.';
    case 'b': return /^(true|false)$/i.test(unquoted) ? 'Remove the quotes.' : 'Write true or false, without quotes.';
    case 'i':
    case 'l':
    case 'n': return unquoted !== '' && Number.isFinite(Number(unquoted)) ? 'Remove the quotes.' : `Write ${SCALARS[letter].name}.`;
    case 'q': return "Write a number with one of Kubernetes' units, such as 500m, 64Mi or 2Gi.";
    case 't': return 'Write it as in RFC 3339: 2030-12-31T23:59:59Z.';
    case 'y': return 'Encode it, or put the plain text into stringData where the object is a Secret.';
    default: return 'Write an object.';
  }
}
