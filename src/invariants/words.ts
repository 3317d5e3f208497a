import { AddressRange, parseAddress, parseBlock } from '../kube/addresses';
import { Fault, didYouMean } from '../kube/faults';
import { isObject, Json, JsonObject } from '../kube/json';
import { checkPortRange } from '../kube/ports';
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

/**
 * Reads statements as a file says them, each a mapping with its kind: `only: { to: shop/db, from: [shop/web], port: 5432 }`.
 *
 * @throws a fault at the first that is wrong, with the field.
 */
export function readInvariants(where: string, value: Json | undefined): Invariant[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrong(where, 'invariants is no list', 'Write a list: - none: { to: shop/db, port: 22 }.');
  return value.map((item, i) => readInvariant(`${where}[${i}]`, item));
}

function readInvariant(where: string, item: Json): Invariant {
  const kinds = Object.keys(KINDS);
  const keys = isObject(item) ? Object.keys(item) : [];
  if (!isObject(item) || keys.length !== 1) throw wrong(where, 'a statement is a mapping with one key, its kind', `Write one of ${kinds.join(', ')}.`);
  const [type] = keys;
  if (!Object.hasOwn(KINDS, type)) throw wrong(where, `there is no statement '${type}'`, didYouMean(type, kinds));
  const body = item[type];
  const at = `${where}.${type}`;
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

/** Reads whom a word means. */
export function partyNamed(where: string, text: string): Party {
  if (text === 'anyone') return ANYONE;
  if (text === 'internet') return { title: 'the internet', parts: [{ type: 'addresses', ranges: publicAddresses() }, { type: 'controllers' }] };
  if (text === 'cluster') return { title: 'every pod of the cluster', parts: [{ type: 'pods', namespaces: Selector.EVERYTHING, pods: Selector.EVERYTHING }] };
  const address = parseAddress(text);
  const range = address ? { family: address.family, first: address.value, last: address.value } : parseBlock(text);
  if (range) return { title: text, parts: [{ type: 'addresses', ranges: [range] }] };
  const match = /^([^/]+)\/(.*)$/s.exec(text);
  if (!match) throw new Fault({ where, what: `'${text}' names no peer`, id: 'peer-unknown', advice: `Write ${WORDS}.` });
  const [, namespace, rest] = match;
  return namespace !== '*' && rest === '' ? namespaceParty(namespace) : { title: text, parts: [partNamed(where, namespace, rest)] };
}

function partNamed(where: string, namespace: string, rest: string): Part {
  const label = /^([^=[\]]+)=(.*)$/s.exec(rest);
  if (label && isLabelKey(label[1])) {
    const namespaces = namespace === '*' ? Selector.EVERYTHING : inNamespace(namespace);
    return { type: 'pods', namespaces, pods: selectorOf({ matchLabels: { [label[1]]: label[2] } }) };
  }
  if (namespace === '*') throw new Fault({ where, what: `'*/${rest}' names no peer`, id: 'peer-unknown', advice: `Write ${WORDS}.` });
  // As `reach` prints it: shop/web[Deployment].
  const [, name, kind] = /^([^[\]]*)(?:\[([^[\]]+)\])?$/.exec(rest) ?? [undefined, rest];
  return { type: 'workload', namespace, name, ...kind !== undefined && { id: `${namespace}/${rest}` } };
}

/** What is neither private nor special; the ranges of a cluster of which nothing is known are not excepted. */
function publicAddresses(): AddressRange[] {
  return internet(undefined).flatMap(({ cidr, exceptCidrs }) => addresses(cidr, exceptCidrs));
}

function partyAt(where: string, body: JsonObject, key: 'from' | 'to'): Party {
  const text = body[key];
  if (typeof text === 'string') return partyNamed(`${where}.${key}`, text);
  throw wrong(`${where}.${key}`, text === undefined ? 'it is missing' : 'it is no text', `Write ${WORDS}.`);
}

function partiesIn(where: string, value: Json | undefined): Party[] {
  const list = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(list)) throw wrong(where, 'it is no list of peers', `Write a list of ${WORDS}; or state none: { to: … }.`);
  return list.map((text, i) => {
    if (typeof text !== 'string') throw wrong(`${where}[${i}]`, 'it is no text', `Write ${WORDS}.`);
    return partyNamed(`${where}[${i}]`, text);
  });
}

function namespacesIn(where: string, value: Json | undefined): string[] {
  if (Array.isArray(value) && value.length > 1 && value.every(name => typeof name === 'string')) return value;
  throw wrong(where, 'it is no list of two names or more', 'Write [team-a, team-b].');
}

function aboutIn(where: string, { port, why = null }: JsonObject): About {
  if (why !== null && typeof why !== 'string') throw wrong(`${where}.why`, 'it is no text', 'Say why in words.');
  return { ...port !== undefined && { port: portIn(`${where}.port`, port) }, ...why !== null && { why } };
}

/** `5432`, `8000-8010`, `UDP 53`. */
function portIn(where: string, value: Json): AskedPort {
  const [, protocol, first, last] = /^(?:([A-Za-z]+) +)?(\d{1,5})(?:-(\d{1,5}))?$/.exec(typeof value === 'number' || typeof value === 'string' ? String(value) : '') ?? [];
  const name = protocol?.toUpperCase();
  if (first === undefined || (name !== undefined && !(PROTOCOLS as readonly string[]).includes(name))) {
    throw wrong(where, `${JSON.stringify(value)} is no port`, "Write 5432, '8000-8010' or 'UDP 53'.");
  }
  const port = { port: Number(first), ...last !== undefined && { endPort: Number(last) } };
  checkPortRange(where, { protocol: name ?? 'TCP', ...port });
  return { ...port, ...name !== undefined && { protocol: name } };
}

function wrong(where: string, what: string, advice: string): Fault {
  return new Fault({ where, what, id: 'invariant-invalid', advice });
}
