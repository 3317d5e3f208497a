import { AddressRange, parseAddress, parseBlock } from '../kube/addresses';
import { Fault, didYouMean } from '../kube/faults';
import { isObject, Json, JsonObject } from '../kube/json';
import { checkPortRange, PortRange } from '../kube/ports';
import { isLabelKey } from '../kube/selectors';
import { internet } from '../network/internet';
import { PROTOCOLS } from '../reach/port-set';
import { Selector } from '../reach/selector';
import { About, AskedPort, Invariant } from './invariant';
import { addresses, ANYONE, inNamespace, namespaceParty, Part, Party, selectorOf } from './party';

/** What a statement may say, by its kind. */
const KINDS = { noPath: ['from', 'to'], only: ['to', 'from'], none: ['to'], isolatedNamespaces: [], allowed: ['from', 'to'] } as const;
const ABOUT = ['port', 'why'];

const WORDS = "namespace/name, namespace/, namespace/label=value, */label=value, an address, a CIDR, 'internet', 'cluster' or 'anyone'";

/** A statement of a file, and where it stands: `file:line`. */
export interface StatedInvariant {
  readonly where: string;
  readonly invariant: Invariant;
}

/** Where a field of the file stands. */
type Where = (field: string) => string;

/**
 * Reads statements as a file says them, each a mapping with its kind: `only: { to: shop/db, from: [shop/web], port: 5432 }`.
 *
 * @throws a fault at the first that is wrong, with the field.
 */
export function readInvariants(where: Where, value: Json | undefined): StatedInvariant[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Wrong('invariants', 'it is no list', 'Write a list: - none: { to: shop/db, port: 22 }.').fault(where);
  return value.map((item, i) => {
    const field = `invariants[${i}]`;
    try {
      return { where: where(field), invariant: readInvariant(field, item) };
    } catch (error) {
      throw error instanceof Wrong ? error.fault(where) : error;
    }
  });
}

/** What is wrong in a field. */
class Wrong extends Error {
  constructor(private readonly field: string, private readonly what: string, private readonly advice: string) {
    super(what);
  }

  public fault(where: Where): Fault {
    return new Fault({ where: where(this.field), what: this.field ? `${this.field}: ${this.what}` : this.what, id: 'invariant-invalid', advice: this.advice });
  }
}

function readInvariant(field: string, item: Json): Invariant {
  const kinds = Object.keys(KINDS);
  const keys = isObject(item) ? Object.keys(item) : [];
  if (!isObject(item) || keys.length !== 1) throw wrong(field, 'a statement is a mapping with one key, its kind', `Write one of ${kinds.join(', ')}.`);
  const [type] = keys;
  if (!Object.hasOwn(KINDS, type)) throw wrong(field, `there is no statement '${type}'`, didYouMean(type, kinds));
  const body = item[type];
  const at = `${field}.${type}`;
  if (type === 'isolatedNamespaces') return { type, namespaces: namespacesIn(at, body) };
  if (!isObject(body)) throw wrong(at, 'it is no mapping', `Write ${KINDS[type as 'noPath'].join(' and ')} in it.`);
  const known: readonly string[] = [...KINDS[type as 'noPath'], ...ABOUT];
  const unknown = Object.keys(body).find(key => !known.includes(key));
  if (unknown !== undefined) throw wrong(at, `it has no field '${unknown}'`, didYouMean(unknown, known));
  const about = aboutIn(at, body);
  const to = partyAt(at, body, 'to');
  switch (type as keyof typeof KINDS) {
    case 'only': return { type: 'only', to, from: partiesIn(`${at}.from`, body.from), ...about };
    case 'none': return { type: 'none', to, ...about };
    case 'allowed': return { type: 'allowed', from: partyAt(at, body, 'from'), to, ...about };
    default: return { type: 'noPath', from: partyAt(at, body, 'from'), to, ...about };
  }
}

/** Reads whom a word means; throws where it means nobody [invariant-invalid]. */
export function partyNamed(text: string): Party {
  try {
    return partyIn('', text);
  } catch (error) {
    throw error instanceof Wrong ? error.fault(() => 'expect(…)') : error;
  }
}

function partyIn(field: string, text: string): Party {
  if (text === 'anyone') return ANYONE;
  if (text === 'internet') return { title: 'the internet', parts: [{ type: 'addresses', ranges: publicAddresses() }, { type: 'controllers' }] };
  if (text === 'cluster') return { title: 'every pod of the cluster', parts: [{ type: 'pods', namespaces: Selector.EVERYTHING, pods: Selector.EVERYTHING }] };
  const address = parseAddress(text);
  const range = address ? { family: address.family, first: address.value, last: address.value } : parseBlock(text);
  if (range) return { title: text, parts: [{ type: 'addresses', ranges: [range] }] };
  const match = /^([^/]+)\/(.*)$/s.exec(text);
  if (!match) throw wrong(field, `'${text}' names no peer`, `Write ${WORDS}.`);
  const [, namespace, rest] = match;
  return namespace !== '*' && rest === '' ? namespaceParty(namespace) : { title: text, parts: [partNamed(field, namespace, rest)] };
}

function partNamed(field: string, namespace: string, rest: string): Part {
  const label = /^([^=[\]]+)=(.*)$/s.exec(rest);
  if (label && isLabelKey(label[1])) {
    const namespaces = namespace === '*' ? Selector.EVERYTHING : inNamespace(namespace);
    return { type: 'pods', namespaces, pods: selectorOf({ matchLabels: { [label[1]]: label[2] } }) };
  }
  if (namespace === '*') throw wrong(field, `'*/${rest}' names no peer`, `Write ${WORDS}.`);
  // As `reach` prints it: shop/web[Deployment].
  const [, name, kind] = /^([^[\]]*)(?:\[([^[\]]+)\])?$/.exec(rest) ?? [undefined, rest];
  return { type: 'workload', namespace, name, ...kind !== undefined && { id: `${namespace}/${rest}` } };
}

/** What is neither private nor special; the ranges of a cluster of which nothing is known are not excepted. */
function publicAddresses(): AddressRange[] {
  return internet(undefined).flatMap(({ cidr, exceptCidrs }) => addresses(cidr, exceptCidrs));
}

function partyAt(field: string, body: JsonObject, key: 'from' | 'to'): Party {
  const text = body[key];
  if (typeof text === 'string') return partyIn(`${field}.${key}`, text);
  throw wrong(`${field}.${key}`, text === undefined ? 'it is missing' : 'it is no text', `Write ${WORDS}.`);
}

function partiesIn(field: string, value: Json | undefined): Party[] {
  const list = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(list)) throw wrong(field, 'it is no list of peers', `Write a list of ${WORDS}; or state none: { to: … }.`);
  return list.map((text, i) => {
    if (typeof text !== 'string') throw wrong(`${field}[${i}]`, 'it is no text', `Write ${WORDS}.`);
    return partyIn(`${field}[${i}]`, text);
  });
}

function namespacesIn(field: string, value: Json | undefined): string[] {
  if (Array.isArray(value) && value.length > 1 && value.every(name => typeof name === 'string')) return value;
  throw wrong(field, 'it is no list of two names or more', 'Write [team-a, team-b].');
}

function aboutIn(field: string, { port, why = null }: JsonObject): About {
  if (why !== null && typeof why !== 'string') throw wrong(`${field}.why`, 'it is no text', 'Say why in words.');
  return { ...port !== undefined && { port: portIn(`${field}.port`, port) }, ...why !== null && { why } };
}

/** `5432`, `8000-8010`, `UDP 53`. */
function portIn(field: string, value: Json): AskedPort {
  const [, protocol, first, last] = /^(?:([A-Za-z]+) +)?(\d{1,5})(?:-(\d{1,5}))?$/.exec(typeof value === 'number' || typeof value === 'string' ? String(value) : '') ?? [];
  const name = protocol?.toUpperCase();
  if (first === undefined || (name !== undefined && !(PROTOCOLS as readonly string[]).includes(name))) {
    throw wrong(field, `${JSON.stringify(value)} is no port`, "Write 5432, '8000-8010' or 'UDP 53'.");
  }
  const port = { port: Number(first), ...last !== undefined && { endPort: Number(last) } };
  checkRange(field, { protocol: name ?? 'TCP', ...port });
  return { ...port, ...name !== undefined && { protocol: name } };
}

function checkRange(field: string, range: PortRange): void {
  try {
    checkPortRange('', range);
  } catch (error) {
    throw error instanceof Fault ? wrong(field, error.what, error.advice) : error;
  }
}

function wrong(field: string, what: string, advice: string): Wrong {
  return new Wrong(field, what, advice);
}
