import { rangesOf } from '../outside';
import { RulePeer } from '../peer';
import { Direction, DIRECTIONS, Policy, Rule } from '../policy';
import { describeSelector } from '../selector-words';
import { Knowledge, peerField } from './knowledge';
import { Lint } from './lint';

/**
 * Rules that add nothing: in a direction that the policy is not about, for peers that are nobody, on named ports that
 * nobody has. What may lie outside of the input (addresses, namespaces that are not there) is unknown, and left alone.
 */
export function noEffect(knowledge: Knowledge): Lint[] {
  return knowledge.policies.flatMap(policy => [
    ...DIRECTIONS.flatMap(direction => notListed(policy, direction)),
    ...knowledge.selectedBy(policy).length
      ? DIRECTIONS.flatMap(direction => (policy[direction] ?? []).flatMap(rule => ofRule(knowledge, policy, direction, rule)))
      : [],
  ]);
}

/** Rules of a direction that policyTypes leaves out. */
function notListed(policy: Policy, direction: Direction): Lint[] {
  const { spec } = policy.source.manifest as { readonly spec?: { readonly [key: string]: unknown } };
  const rules = spec?.[direction];
  if (policy[direction] || !Array.isArray(rules) || !rules.length) return [];
  const type = direction === 'ingress' ? 'Ingress' : 'Egress';
  return [lint(policy, `spec.${direction}`, `the ${direction} rules do nothing, since policyTypes does not name ${type}`, `Add ${type} to spec.policyTypes, or remove the rules.`)];
}

function ofRule(knowledge: Knowledge, policy: Policy, direction: Direction, rule: Rule): Lint[] {
  const { peers, field } = rule;
  const nobody = (peers ?? []).map(peer => whyNobody(knowledge, policy, peer));
  const places = nobody.flatMap((why, place) => why === undefined ? [] : [place]);
  if (places.length && places.length === nobody.length) return [lint(policy, field, `the rule lets nothing through: ${nobody[0]}`, ADVICE)];
  const unused = placesOfPorts(knowledge, policy, direction, rule);
  if (unused) return [unused];
  return places.map(place => lint(policy, peerField(rule, direction, place), `the peer adds nothing: ${nobody[place]}`, ADVICE));
}

const ADVICE = 'Write labels of the pods that are meant, or remove it.';

function whyNobody(knowledge: Knowledge, policy: Policy, peer: RulePeer): string | undefined {
  if (peer.type === 'block') return rangesOf(peer).length ? undefined : 'its exceptions leave no address';
  if (!knowledge.isWhole(peer, policy) || knowledge.meantBy(peer, policy).length) return undefined;
  const pods = peer.pods.selectsEverything ? 'no pod' : `no pod with ${describeSelector(peer.pods)}`;
  const where = peer.namespaces ? `any namespace with ${describeSelector(peer.namespaces)}` : `namespace ${policy.namespace}`;
  return `there is ${pods} in ${where}`;
}

/** Named ports that none of the targets has. */
function placesOfPorts(knowledge: Knowledge, policy: Policy, direction: Direction, { peers, ports, field }: Rule): Lint | undefined {
  if (!ports.names.length || !ports.numbers.isEmpty) return undefined;
  const targets = direction === 'ingress' ? knowledge.selectedBy(policy) : targetsOf(knowledge, policy, peers);
  if (!targets || targets.some(unit => ports.names.some(name => knowledge.units[unit].ports.has(name)))) return undefined;
  const names = ports.names.map(name => name.slice(name.indexOf('/') + 1)).join(', ');
  const what = `the rule lets nothing through: no container that it is about has a port named ${names}`;
  return lint(policy, `${field}.ports`, what, 'Write the number, or give the port of the container that name.');
}

/** All pods that the peers of an egress rule can mean; undefined where others may be meant. */
function targetsOf(knowledge: Knowledge, policy: Policy, peers: readonly RulePeer[] | undefined): readonly number[] | undefined {
  if (!peers || !peers.every(peer => peer.type === 'block' || knowledge.isWhole(peer, policy))) return undefined;
  return peers.flatMap(peer => knowledge.meantBy(peer, policy));
}

function lint(policy: Policy, field: string, what: string, advice: string): Lint {
  return { id: 'network-rule-no-effect', policy, field, what, advice };
}
