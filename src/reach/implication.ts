import { rangesOf } from './outside';
import { BlockPeer, RulePeer } from './peer';
import { PortTable, Protocol, LAST_PORT } from './port-set';
import { RulePorts } from './rule-ports';
import { Match, Requirement, Requirements } from './selector';
import { Namespace } from './unit';

/** Tells whether a selector surely selects whatever another selects, whatever labels there are. */
export function isWithin(inner: Requirements, outer: Requirements): boolean {
  return outer.requirements.every(wanted => inner.requirements.some(its => follows(its, wanted)));
}

/** Tells whether a peer of a policy in a namespace is surely about everybody whom another peer of a policy there is about. */
export function isPeerWithin(inner: RulePeer, outer: RulePeer, own: Namespace): boolean {
  if (inner.type === 'block') return outer.type === 'block' && isBlockWithin(inner, outer);
  if (outer.type === 'block' || !isWithin(inner.pods, outer.pods)) return false;
  if (!outer.namespaces) return !inner.namespaces;
  return inner.namespaces ? isWithin(inner.namespaces, outer.namespaces) : outer.namespaces.match(own.labels, own.isKnown) === Match.YES;
}

/** Tells whether ports, named ones included, surely hold others, whatever the names stand for. */
export function arePortsWithin(inner: RulePorts, outer: RulePorts, table: PortTable): boolean {
  return table.rest(inner.numbers, outer.numbers).isEmpty
    && inner.names.every(name => outer.names.includes(name) || table.rest(everyPort(name, table), outer.numbers).isEmpty);
}

function everyPort(name: string, table: PortTable) {
  return table.span(name.slice(0, name.indexOf('/')) as Protocol, 1, LAST_PORT);
}

function isBlockWithin(inner: BlockPeer, outer: BlockPeer): boolean {
  if (inner.block.family !== outer.block.family) return false;
  const ranges = rangesOf(outer);
  return rangesOf(inner).every(({ first, last }) => ranges.some(range => range.first <= first && last <= range.last));
}

/** Tells whether labels that fulfil one requirement surely fulfil another. */
function follows({ key, operator, values }: Requirement, wanted: Requirement): boolean {
  if (key !== wanted.key) return false;
  switch (wanted.operator) {
    case 'In': return operator === 'In' && values.every(value => wanted.values.includes(value));
    case 'NotIn': return operator === 'DoesNotExist'
      || (operator === 'In' && !values.some(value => wanted.values.includes(value)))
      || (operator === 'NotIn' && wanted.values.every(value => values.includes(value)));
    case 'Exists': return operator === 'In' || operator === 'Exists';
    case 'DoesNotExist': return operator === 'DoesNotExist';
  }
}
