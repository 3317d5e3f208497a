import { JsonObject, isObject } from '../../kube/json';
import { selectsEverything } from '../../kube/selectors';
import { selectorOf } from '../manifest-set';
import { blockOf, everything } from './blocks';
import { PolicyRule, letsThrough } from './policy-shape';

/** Whom a rule is open to, where that is everybody: the end of "open to …". */
export function openTo({ peers }: PolicyRule): string | undefined {
  if (!peers) return 'everybody';
  const blocks = peers.flatMap(peer => blockOf(peer) ?? []);
  const inside = blocks.length ? everything(blocks) : undefined;
  return inside && `every address, the private ones of ${inside} included`;
}

/** The peers of a rule that are every pod of every namespace. */
export function everyNamespace({ peers = [] }: PolicyRule): number[] {
  return peers.flatMap((peer, i) => isEveryPod(peer) ? [i] : []);
}

function isEveryPod({ ipBlock, namespaceSelector, podSelector }: JsonObject): boolean {
  if (ipBlock !== undefined || !isObject(namespaceSelector)) return false;
  return [namespaceSelector, podSelector ?? {}].every(value => {
    const selector = selectorOf(value);
    return selector !== undefined && selectsEverything(selector);
  });
}

/** Tells whether a rule opens nothing but the look-up of names. */
export function isForNames(rule: PolicyRule): boolean {
  return rule.ports !== undefined && !letsOthersThrough(rule);
}

function letsOthersThrough({ ports = [] }: PolicyRule): boolean {
  return ports.some(({ port, endPort }) => !DNS_PORTS.includes(port as number) || (endPort !== undefined && endPort !== port));
}

/** Where servers of names listen: OpenShift's on 5353, and with TLS on 853. */
export const DNS_PORTS: readonly number[] = [53, 5353];

/** Tells whether names can be looked up through a rule, as far as its ports tell. */
export function letsNamesThrough(rule: PolicyRule): boolean {
  return letsThrough(rule, 'UDP', DNS_PORTS);
}
