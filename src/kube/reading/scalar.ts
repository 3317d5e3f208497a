import { Unreadable } from './problem';

// Scalars as Kubernetes' reader (sigs.k8s.io/yaml, which is go-yaml v2) resolves them: YAML 1.1, without base 60 and dates,
// and with whatever Go's own number parsers take. test/kube/reading/scalar.test.ts holds the verdicts of that reader.

/** What a plain scalar can stand for. */
export type Scalar = null | boolean | number | string;

const WORDS = new Map<string, Scalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(word => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(word => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map(word => [word, NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(word => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map(word => [word, -Infinity] as const),
]);

/** Longer ones are no words, and need no look-up. */
const LONGEST_WORD = 5;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go's own parser, which reads these, wants a digit on either side of an underscore. */
const FLOAT_OF_POINT = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/;
/** What needs no more digits than this is exact as a number. */
const EXACT_DIGITS = 13;

/** Reads a scalar that stands without quotes and without a tag. */
export function resolvePlain(text: string): Scalar {
  if (text.length <= LONGEST_WORD) {
    const word = WORDS.get(text);
    if (word !== undefined) return word;
  }
  const first = text.charCodeAt(0);
  if (first === 0x2e) return FLOAT_OF_POINT.test(text) ? finite(text.replace(/_/g, ''), text) : text;
  // A digit or a sign.
  if ((first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d) {
    const plain = text.includes('_') ? text.replace(/_/g, '') : text;
    return integer(plain) ?? (FLOAT.test(plain) ? finite(plain, text) : text);
  }
  return text;
}

function integer(text: string): number | undefined {
  const match = INTEGER.exec(text);
  if (!match) return undefined;
  const [, sign, hex, bits, octal, decimal] = match;
  const digits = hex ? `0x${hex}` : bits ? `0b${bits}` : octal ? `0o${octal}` : decimal;
  const exact = digits.length <= EXACT_DIGITS ? Number(digits) : fitting(BigInt(digits), sign);
  // No minus zero: Go's integers have none.
  return exact === undefined || exact === 0 ? exact : sign === '-' ? -exact : exact;
}

/** 64 bits; unsigned where there is no sign. Beyond them Go tries a float. */
function fitting(value: bigint, sign: string): number | undefined {
  const limit = sign === '' ? 2n ** 64n - 1n : sign === '-' ? 2n ** 63n : 2n ** 63n - 1n;
  return value <= limit ? Number(value) : undefined;
}

/** What no float can hold stays a string. */
function finite(number: string, text = number): Scalar {
  const value = Number(number);
  return Number.isFinite(value) ? value : text;
}

const FULL_PREFIX = 'tag:yaml.org,2002:';

/** Reads a scalar that has a tag. `raw` is the tag as written: `!!int`, `!custom`, `!<tag:yaml.org,2002:int>`. */
export function resolveTagged(raw: string, text: string, offset: number): Scalar {
  const type = typeName(raw);
  if (type === 'binary') return binary(text, offset);
  if (!['bool', 'int', 'float', 'null', 'timestamp'].includes(type)) return text;
  const value = resolvePlain(text);
  const fits = {
    bool: typeof value === 'boolean',
    int: typeof value === 'number' && integer(text.replace(/_/g, '')) !== undefined,
    float: typeof value === 'number',
    null: value === null,
    timestamp: /^\d{4}-\d/.test(text),
  }[type];
  if (fits) return value;
  throw new Unreadable(`'${text.slice(0, 30)}' is not of the type that its tag ${raw} says. Remove the tag, or mend the value.`, offset);
}

/** `int` for every spelling of the standard tag; the tag itself for others. */
function typeName(raw: string): string {
  if (raw.startsWith('!!')) return raw.slice(2);
  return raw.startsWith(`!<${FULL_PREFIX}`) ? raw.slice(2 + FULL_PREFIX.length, -1) : raw;
}

function binary(text: string, offset: number): string {
  const compact = text.replace(/[\r\n]/g, '');
  if (compact.length % 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new Unreadable('the value of a !!binary is not base64. Encode it, or remove the tag.', offset);
  }
  return Buffer.from(compact, 'base64').toString('utf8');
}

/** The text of a scalar that is a key, as it was resolved and as it was written; Kubernetes' keys are strings. */
export function keyText(value: Scalar, written: string, offset: number): string {
  if (typeof value === 'string') return value;
  if (value === null) throw new Unreadable('a key is empty or null. Write the key, in quotes if it is meant as text.', offset);
  if (typeof value === 'boolean') return String(value);
  if (integer(written.replace(/_/g, '')) === undefined) return floatKey(value);
  if (Number.isSafeInteger(value)) return String(value);
  throw new Unreadable(`the key ${written} is a number that is too big to be kept. Quote it if it is meant as text.`, offset);
}

/** Go's shortest form of a float of 32 bits, as its reader writes float keys. */
function floatKey(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '.nan' : value < 0 ? '-.inf' : '.inf';
  let digits = 0;
  let short = '';
  do short = value.toExponential(digits++); while (Math.fround(Number(short)) !== Math.fround(value) && digits < 17);
  const [mantissa, exponent] = short.split('e');
  if (Number(exponent) >= -4 && Number(exponent) < 6) return String(Number(short));
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}
