import { Address, AddressRange, parseBlock, WHOLE_SPACE } from '../kube/addresses';
import { isObject, Json, JsonObject } from '../kube/json';
import { Match, Report, Selector } from './selector';
import { Unit } from './unit';
import { Doubt } from './verdict';

/** Pods by their labels and by those of their namespaces. */
export interface PodsPeer {
  readonly type: 'pods';
  /** Absent: the namespace of the policy. */
  readonly namespaces: Selector | undefined;
  readonly pods: Selector;
}

/** Addresses of one family, less some of them. */
export interface BlockPeer {
  readonly type: 'block';
  readonly block: AddressRange;
  readonly except: readonly AddressRange[];
}

/** Whom a rule is about. */
export type RulePeer = PodsPeer | BlockPeer;

/** Equal peers of policies of one namespace have equal keys. */
export function keyOf(peer: RulePeer, namespace: string): string {
  if (peer.type === 'block') return `b ${[peer.block, ...peer.except].map(({ family, first, last }) => `${family}:${first}-${last}`).join(' ')}`;
  return peer.namespaces ? `n ${peer.namespaces.key} ${peer.pods.key}` : `p ${namespace} ${peer.pods.key}`;
}

/** Reads an entry of `from` or `to`; what the API server would refuse is reported, and there is none. */
export function readPeer(value: Json, field: string, report: Report): RulePeer | undefined {
  if (!isObject(value)) {
    report(field, 'a peer is a mapping of podSelector, namespaceSelector or ipBlock');
    return undefined;
  }
  const { podSelector = null, namespaceSelector = null, ipBlock = null } = value;
  const unknown = Object.keys(value).find(key => !['podSelector', 'namespaceSelector', 'ipBlock'].includes(key));
  if (unknown !== undefined) {
    report(field, `a peer has no field '${unknown}'`);
    return undefined;
  }
  if (ipBlock !== null) {
    if (podSelector === null && namespaceSelector === null) return readBlock(ipBlock, `${field}.ipBlock`, report);
    report(field, 'an ipBlock stands alone: no selector may stand beside it. Write two peers');
    return undefined;
  }
  if (podSelector === null && namespaceSelector === null) {
    report(field, 'a peer needs podSelector, namespaceSelector or ipBlock');
    return undefined;
  }
  const namespaces = namespaceSelector === null ? undefined : Selector.read(namespaceSelector, `${field}.namespaceSelector`, report);
  const pods = podSelector === null ? Selector.EVERYTHING : Selector.read(podSelector, `${field}.podSelector`, report);
  if (!pods || (namespaceSelector !== null && !namespaces)) return undefined;
  return { type: 'pods', namespaces, pods };
}

/** Whether a peer of a policy in `namespace` is about a pod: not at all (undefined), surely, or with a doubt. */
export function matchUnit(peer: RulePeer, namespace: string, unit: Unit): number | undefined {
  const doubt = unit.isOnHost ? Doubt.HOST_NETWORK : Doubt.NONE;
  if (peer.type === 'block') return mayCover(peer, unit) ? doubt | Doubt.BLOCK_OF_POD : undefined;
  const inNamespace = matchNamespace(peer, namespace, unit);
  if (inNamespace === Match.NO || peer.pods.match(unit.labels) === Match.NO) return undefined;
  return inNamespace === Match.MAYBE ? doubt | Doubt.UNKNOWN_NAMESPACE : doubt;
}

/** Tells whether a block covers a pod: an address of its, or, where the input says none, any that it may have. */
function mayCover(peer: BlockPeer, { addresses }: Unit): boolean {
  return addresses.length ? addresses.some(address => covers(peer, address)) : isWhole(peer);
}

/** Tells whether a block is about every address of its family. */
export function isWhole({ block: { family, first, last }, except }: BlockPeer): boolean {
  return !except.length && first === WHOLE_SPACE[family].first && last === WHOLE_SPACE[family].last;
}

/** Tells whether an address is in a block and in none of its exceptions. */
export function covers({ block, except }: BlockPeer, address: Address): boolean {
  return isIn(address, block) && !except.some(range => isIn(address, range));
}

function matchNamespace({ namespaces }: PodsPeer, namespace: string, { namespace: { name, labels, isKnown } }: Unit): Match {
  if (namespaces) return namespaces.match(labels, isKnown);
  return name === namespace ? Match.YES : Match.NO;
}

function isIn({ family, value }: Address, range: AddressRange): boolean {
  return family === range.family && range.first <= value && value <= range.last;
}

function readBlock(value: Json, field: string, report: Report): BlockPeer | undefined {
  if (!isObject(value)) {
    report(field, 'an ipBlock is a mapping with a cidr');
    return undefined;
  }
  const block = rangeOf(value, 'cidr', `${field}.cidr`, report);
  const except = value.except ?? [];
  if (!Array.isArray(except)) {
    report(`${field}.except`, 'except is a list of CIDRs');
    return undefined;
  }
  const ranges = except.map((_, i) => rangeOf(except, i, `${field}.except[${i}]`, report));
  if (!block || ranges.some(range => !range)) return undefined;
  const outside = ranges.findIndex(range => !(range!.family === block.family && isWithin(range!, block)));
  if (outside >= 0) {
    report(`${field}.except[${outside}]`, `${String(except[outside])} is no part of ${String(value.cidr)}, so the API server refuses it`);
    return undefined;
  }
  return { type: 'block', block, except: ranges as AddressRange[] };
}

function rangeOf(holder: JsonObject | Json[], key: string | number, field: string, report: Report): AddressRange | undefined {
  const text = (holder as { [key: string | number]: Json | undefined })[key];
  const range = typeof text === 'string' ? parseBlock(text) : undefined;
  if (!range) report(field, `${JSON.stringify(text ?? null)} is no CIDR such as 10.0.0.0/8 or fd00::/8`);
  return range;
}

/** Strictly: what is the whole block would leave nothing of it. */
function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last && inner.last - inner.first < outer.last - outer.first;
}
