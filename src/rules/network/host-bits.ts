import { formatAddress, parseAddress, parseBlock } from '../../kube/addresses';
import { Json, isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { Violation } from '../rule';
import { DIRECTIONS, policyShape } from './policy-shape';

/**
 * `10.128.0.7/24` is all of 10.128.0.0/24: 256 addresses where one may be meant.
 *
 * Fields: cidr and except of spec.ingress[*].from[*].ipBlock and spec.egress[*].to[*].ipBlock of a NetworkPolicy
 * Wanted: the first address of the range
 */
export const networkHostBits: ManifestRule = {
  id: 'network-host-bits',
  title: 'Ranges are written by their first address',
  severity: Severity.WARNING,
  controls: { nsa: 'Network policies' },
  advice: 'Write the range by its first address, or /32 (in IPv6 /128) behind the one that is meant.',
  kinds: ['NetworkPolicy'],
  check: ({ manifest }) => {
    const policy = policyShape(manifest);
    if (!policy) return [];
    return DIRECTIONS.flatMap(direction => policy.rules[direction].flatMap(({ field, peers = [] }) => peers.flatMap(({ ipBlock }, i): Violation[] => {
      if (!isObject(ipBlock)) return [];
      const place = `${field}.${direction === 'ingress' ? 'from' : 'to'}[${i}].ipBlock`;
      const except = Array.isArray(ipBlock.except) ? ipBlock.except : [];
      return [...wider(ipBlock.cidr, `${place}.cidr`), ...except.flatMap((cidr, j) => wider(cidr, `${place}.except[${j}]`))];
    })));
  },
};

function wider(cidr: Json | undefined, field: string): Violation[] {
  if (typeof cidr !== 'string') return [];
  const range = parseBlock(cidr);
  const address = parseAddress(cidr.slice(0, cidr.indexOf('/')));
  if (!range || !address || range.first === address.value) return [];
  return [{ field, what: `'${cidr}' is every address from ${formatAddress(range.family, range.first)} to ${formatAddress(range.family, range.last)}` }];
}
