import { Address, AddressRange, formatAddress, formatRange, parseAddress } from '../kube/addresses';
import { didYouMean, Fault } from '../kube/faults';
import { Controller, CONTROLLERS } from './entrances';
import { NODE } from './network-peer';
import { Reach } from './reach';
import { Selection } from './selection';
import { Workload } from './workload';

/** One end of a question: a workload, an address or addresses outside, the node of a pod, or a controller. */
export type End =
  | { readonly workload: Workload }
  | { readonly address: Address }
  | { readonly range: AddressRange }
  | { readonly name: typeof NODE.id | Controller };

/** How many names are looked through for the one that was meant. */
const MOST_SUGGESTED = 1000;

/**
 * Whom a text names: `namespace/name`, `namespace/`, `namespace/label=value`, an address, a CIDR, `node` or a controller.
 * Throws where it names nobody that is in the input [peer-unknown, peer-absent].
 */
export function endsOf(reach: Reach, where: string, text: string): End[] {
  const address = parseAddress(text);
  if (address) return [{ address }];
  const asked = Selection.parse(where, text);
  if (asked.range) return [{ range: asked.range }];
  const name = [NODE.id, ...CONTROLLERS].find(its => asked.hasName(its));
  if (name !== undefined) return [{ name: name as Controller }];
  const workloads = reach.workloads.filter(workload => asked.hasWorkload(workload));
  if (workloads.length) return workloads.map(workload => ({ workload }));
  const names = reach.workloads.slice(0, MOST_SUGGESTED).map(({ namespace, name: its }) => `${namespace.name}/${its}`);
  const advice = names.length ? didYouMean(text, names) : 'There is no workload in the input.';
  throw new Fault({ where, what: `'${text}' names no workload of the input and no address`, id: 'peer-absent', advice });
}

/** What an end is called in answers. */
export function idOf(end: End): string {
  if ('workload' in end) return end.workload.id;
  if ('address' in end) return formatAddress(end.address.family, end.address.value);
  return 'range' in end ? formatRange(end.range) : end.name;
}

/** The addresses of an end outside. */
export function rangeOf(end: End): AddressRange | undefined {
  if ('address' in end) return { family: end.address.family, first: end.address.value, last: end.address.value };
  return 'range' in end ? end.range : undefined;
}
