import { Yaml } from 'cdk8s';
import { remembered } from '../kube/remembered';

/** A text that is written as it stands: what every reader of YAML 1.1 takes for a text. */
const PLAIN = /^[A-Za-z](?:[\w.,/()-]|[: ](?=[A-Za-z0-9(]))*$/;
const READ_AS_SOMETHING_ELSE = /^(?:y|n|yes|no|on|off|true|false|null|e-?\d+)$/i;
/** A line of a text of several lines. */
const LINE = /^[!-~](?:[ -~]*[!-~])?$/;
/** May begin a document, or end one: how it is written depends on where it stands. */
const MARKER = /^(?:---|\.\.\.|%)/m;
/** Longer keys are written in another way, and longer texts not remembered. */
const LONGEST = 200;

/** How cdk8s writes YAML, whatever others have put in its place. */
export const theirs: typeof Yaml.stringify = Yaml.stringify;

/** Thrown where a document holds what is not plain. */
const NOT_PLAIN = new Error('not plain');

/**
 * A document as cdk8s writes it, in one pass over its values; the package that cdk8s uses makes a tree of nodes, visits it,
 * and tries each text on some twenty expressions, which is half of what synthesis costs. A text that is not known to be
 * plain is asked of that package, once. Undefined where a document holds anything but objects, lists, texts, whole numbers,
 * booleans and nulls, each in one place.
 */
export function plainYaml(document: unknown): string | undefined {
  if (!isCollection(document)) return undefined;
  try {
    return `${collectionText(document, '', new Set())}\n`;
  } catch {
    // Whatever is wrong with it, deeper nesting than anybody can follow among it, is cdk8s's to say.
    return undefined;
  }
}

type Collection = readonly unknown[] | { readonly [key: string]: unknown };

function isCollection(value: unknown): value is Collection {
  return typeof value === 'object' && value !== null;
}

/** The lines of a collection, the first without its indentation. */
function collectionText(value: Collection, indent: string, seen: Set<object>): string {
  // What stands in two places would be written once, and referred to.
  if (seen.has(value)) throw NOT_PLAIN;
  seen.add(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) {
      text += `${text && `\n${indent}`}- ${isFilled(item) ? collectionText(item, `${indent}  `, seen) : leafText(item, indent, seen)}`;
    }
    return text || '[]';
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) throw NOT_PLAIN;
  const object = value as { readonly [key: string]: unknown };
  for (const key of Object.keys(object)) {
    const item = object[key];
    text += `${text && `\n${indent}`}${keyText(key)}:`;
    text += isFilled(item) ? `\n${indent}  ${collectionText(item, `${indent}  `, seen)}` : ` ${leafText(item, indent, seen)}`;
  }
  return text || '{}';
}

function isFilled(value: unknown): value is Collection {
  return isCollection(value) && (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);
}

function leafText(value: unknown, indent: string, seen: Set<object>): string {
  if (typeof value === 'string') return value.includes('\n') ? linesText(value, indent) : textText(value);
  if (typeof value === 'boolean' || value === null || (Number.isSafeInteger(value) && !Object.is(value, -0))) return String(value);
  if (isCollection(value)) return collectionText(value, indent, seen);
  throw NOT_PLAIN;
}

function linesText(text: string, indent: string): string {
  const lines = text.split('\n');
  if (!lines.every(line => LINE.test(line) && !MARKER.test(line))) throw NOT_PLAIN;
  return `|-\n${indent}  ${lines.join(`\n${indent}  `)}`;
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !READ_AS_SOMETHING_ELSE.test(text);
}

function textText(text: string): string {
  const known = isPlain(text) ? text : text.length > LONGEST ? asText(text) : askedText(text);
  if (known === undefined) throw NOT_PLAIN;
  return known;
}

function keyText(key: string): string {
  const known = key.length > LONGEST ? undefined : isPlain(key) ? key : askedKey(key);
  if (known === undefined) throw NOT_PLAIN;
  return known;
}

const askedText = remembered(asText);
const askedKey = remembered(asKey);

/** How a text is written as a value, on one line. */
function asText(text: string): string | undefined {
  return MARKER.test(text) ? undefined : onOneLine(theirs.call(Yaml, { key: text }), 'key: ', '\n');
}

/** How a text is written as a key; that of YAML 1.1 which merges objects is none. */
function asKey(key: string): string | undefined {
  return key === '<<' || key === '__proto__' || MARKER.test(key) ? undefined : onOneLine(theirs.call(Yaml, { [key]: 0 }), '', ': 0\n');
}

function onOneLine(yaml: string, before: string, behind: string): string | undefined {
  const text = yaml.slice(before.length, -behind.length);
  return yaml.startsWith(before) && yaml.endsWith(behind) && !text.includes('\n') ? text : undefined;
}
