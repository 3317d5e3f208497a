import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { Violation } from '../rule';
import { METADATA_ADDRESSES, blockOf, holds } from './blocks';
import { openTo } from './openness';
import { letsThrough, policyShape } from './policy-shape';

/** Where the service answers: GKE's on 8080 as well, and 988 is its own check of identities. */
const PORTS = [80, 8080];

/**
 * Clouds hand out the credentials of a node to whoever asks this address; on port 53 of it some look up names, which
 * harms nobody.
 *
 * Fields: spec.egress[*].to[*].ipBlock of a NetworkPolicy that closes egress
 * Wanted: none that holds 169.254.169.254 or fd00:ec2::254, where TCP 80 is open
 */
export const networkMetadataAddress: ManifestRule = {
  id: 'network-metadata-address',
  title: "No policy opens the way to the cloud's metadata",
  severity: Severity.WARNING,
  controls: { nsa: 'Network policies' },
  advice: 'Put the address into except of the ipBlock (169.254.169.254/32, fd00:ec2::254/128), or name the addresses that are needed.',
  kinds: ['NetworkPolicy'],
  check: ({ manifest }) => {
    const policy = policyShape(manifest);
    if (!policy?.closes.includes('egress')) return [];
    return policy.rules.egress.filter(rule => letsThrough(rule, 'TCP', PORTS)).flatMap(rule => (rule.peers ?? []).flatMap((peer, i): Violation[] => {
      const block = blockOf(peer);
      const held = block && METADATA_ADDRESSES.filter(({ address }) => holds(block, address));
      if (!held?.length) return [];
      const isSaid = openTo(rule) !== undefined;
      return [{
        field: `${rule.field}.to[${i}].ipBlock`,
        what: `${held.map(({ text }) => text).join(' and ')}, where clouds hand out the credentials of a node, can be reached`,
        ...(isSaid && { impliedBy: 'network-egress-open' }),
      }];
    }));
  },
};
