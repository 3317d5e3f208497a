import { ADDRESS_BITS, AddressRange, formatAddress } from '../kube/addresses';
import { isObject, JsonObject } from '../kube/json';
import { NAMESPACE_NAME_LABEL } from '../kube/peers';
import { End, rangeOf } from './ends';
import { podTemplates } from './pod-templates';
import { PortSet, PROTOCOLS } from './port-set';
import { Unit } from './unit';

/** Labels that differ from one roll-out to the next: no rule should name them. */
const FLEETING = ['pod-template-hash', 'controller-revision-hash', 'pod-template-generation'];

/** The pods of a unit, as a policy selects them. */
export function selectorFor(unit: Unit): JsonObject {
  const labels = Object.entries(unit.labels).filter(([key]) => !FLEETING.includes(key)).sort(([a], [b]) => a < b ? -1 : 1);
  return labels.length ? { matchLabels: Object.fromEntries(labels) } : {};
}

/** Ports as a rule writes them. */
export function rulePorts({ spans }: PortSet): JsonObject[] {
  return spans.flatMap((list, i) => list.map(({ first, last }) => ({ protocol: PROTOCOLS[i], port: first, ...last !== first && { endPort: last } })));
}

/** The ports that a workload says it listens on. */
export function declaredPorts(end: End): JsonObject[] {
  if (!('workload' in end)) return [];
  const templates = podTemplates(end.workload.source.manifest);
  const containers = templates.flatMap(({ spec }) => Array.isArray(spec.containers) ? spec.containers.filter(isObject) : []);
  const ports = containers.flatMap(container => Array.isArray(container.ports) ? container.ports.filter(isObject) : []);
  return ports.flatMap(({ protocol = 'TCP', containerPort }) => typeof containerPort === 'number' ? [{ protocol, port: containerPort }] : []);
}

/** An end as peers of a rule. */
export function peersFor(end: End, unit: Unit | undefined, namespace: string): JsonObject[] {
  const range = rangeOf(end);
  if (range) return blocksOf(range).map(cidr => ({ ipBlock: { cidr } }));
  if (!unit) return [{ namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: 'NAMESPACE-OF-THE-CONTROLLER' } } }];
  if (unit.isOnHost) {
    const [address] = unit.addresses;
    const cidr = address ? `${formatAddress(address.family, address.value)}/${ADDRESS_BITS[address.family]}` : 'ADDRESS-OF-THE-NODE/32';
    return [{ ipBlock: { cidr } }];
  }
  const podSelector = selectorFor(unit);
  const { name } = unit.namespace;
  return [name === namespace ? { podSelector } : { namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: name } }, podSelector }];
}

/** The fewest blocks that make up a range. */
function blocksOf({ family, first, last }: AddressRange): string[] {
  const blocks: string[] = [];
  for (let start = first; start <= last;) {
    let bits = 0;
    const fits = (size: bigint) => start % size === 0n && start + size - 1n <= last;
    while (bits < ADDRESS_BITS[family] && fits(1n << BigInt(bits + 1))) bits++;
    blocks.push(`${formatAddress(family, start)}/${ADDRESS_BITS[family] - bits}`);
    start += 1n << BigInt(bits);
  }
  return blocks;
}
