import { AddressRange, parseBlock, WHOLE_SPACE } from '../kube/addresses';
import { NAMESPACE_NAME_LABEL } from '../kube/peers';
import { LabelSelector } from '../kube/selectors';
import { Match, Selector } from '../reach/selector';
import { Unit } from '../reach/unit';
import { Workload } from '../reach/workload';

/** Pods by their labels and by those of their namespaces. */
export interface PodsPart {
  readonly type: 'pods';
  readonly namespaces: Selector;
  readonly pods: Selector;
}

/** Part of those that a statement names. */
export type Part =
  | PodsPart
  /** One workload, by its id, or by namespace and name whatever its kind is. */
  | { readonly type: 'workload'; readonly namespace: string; readonly name: string; readonly id?: string }
  /** Addresses outside of the cluster. */
  | { readonly type: 'addresses'; readonly ranges: readonly AddressRange[] }
  /** Controllers outside of the manifests that hand on what comes from the internet. */
  | { readonly type: 'controllers' };

/** Whom a statement names, as data. */
export interface Party {
  /** What people call them. */
  readonly title: string;
  readonly parts: readonly Part[];
}

/** Everybody, inside of the cluster and out. */
export const ANYONE: Party = {
  title: 'anyone',
  parts: [
    { type: 'pods', namespaces: Selector.EVERYTHING, pods: Selector.EVERYTHING },
    { type: 'addresses', ranges: [WHOLE_SPACE[4], WHOLE_SPACE[6]] },
  ],
};

/** Every pod of a namespace. */
export function namespaceParty(name: string): Party {
  return { title: `namespace ${name}`, parts: [{ type: 'pods', namespaces: inNamespace(name), pods: Selector.EVERYTHING }] };
}

/** Namespaces by name. */
export function inNamespace(name: string): Selector {
  return selectorOf({ matchLabels: { [NAMESPACE_NAME_LABEL]: name } });
}

/** A selector that was checked before. */
export function selectorOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): Selector {
  const refused = (field: string, message: string) => { throw new Error(`${field}: ${message}`); };
  const expressions = matchExpressions.map(({ key, operator, values }) => ({ key, operator, ...values && { values: [...values] } }));
  return Selector.read({ matchLabels: { ...matchLabels }, matchExpressions: expressions }, 'selector', refused)!;
}

/** Whether pods of a workload are meant; where the labels of their namespace are not known, they may be. */
export function names({ parts }: Party, workload: Workload, unit: Unit): Match {
  let result = Match.NO;
  for (const part of parts) {
    const match = part.type === 'workload' ? isWorkload(part, workload) : part.type === 'pods' ? selects(part, unit) : Match.NO;
    if (match === Match.YES) return match;
    if (match === Match.MAYBE) result = match;
  }
  return result;
}

/** Whether a part selects pods, wherever they come from. */
export function selects({ namespaces, pods }: PodsPart, { namespace, labels }: Unit): Match {
  return pods.match(labels) === Match.NO ? Match.NO : namespaces.match(namespace.labels, namespace.isKnown);
}

/** The parts that select pods by labels. */
export function podsParts({ parts }: Party): PodsPart[] {
  return parts.filter(part => part.type === 'pods');
}

/** The addresses that are meant, less those of others. */
export function rangesOf({ parts }: Party, others: readonly Party[] = []): AddressRange[] {
  const ranges = (list: readonly Part[]) => list.flatMap(part => part.type === 'addresses' ? part.ranges : []);
  const excepted = others.flatMap(other => ranges(other.parts));
  return ranges(parts).flatMap(range => without(range, excepted));
}

/** The addresses of a CIDR, less those of others; all were checked before. */
export function addresses(cidr: string, exceptCidrs: readonly string[]): AddressRange[] {
  return without(parseBlock(cidr)!, exceptCidrs.map(except => parseBlock(except)!));
}

/** What is left of a range. */
function without(range: AddressRange, excepted: readonly AddressRange[]): AddressRange[] {
  return excepted.filter(({ family }) => family === range.family).reduce((left, { first, last }) => left.flatMap(part => [
    { ...part, last: part.last < first ? part.last : first - 1n },
    { ...part, first: part.first > last ? part.first : last + 1n },
  ].filter(rest => rest.first <= rest.last)), [range]);
}

/** What two ranges share. */
export function common(a: AddressRange, b: AddressRange): AddressRange | undefined {
  if (a.family !== b.family) return undefined;
  const first = a.first > b.first ? a.first : b.first;
  const last = a.last < b.last ? a.last : b.last;
  return first <= last ? { family: a.family, first, last } : undefined;
}

function isWorkload({ namespace, name, id }: Extract<Part, { type: 'workload' }>, workload: Workload): Match {
  const is = id === undefined ? workload.namespace.name === namespace && workload.name === name : workload.id === id;
  return is ? Match.YES : Match.NO;
}
