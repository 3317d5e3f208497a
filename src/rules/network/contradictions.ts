import { isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { Violation } from '../rule';
import { everyNamespace, isForNames, openTo } from './openness';
import { DIRECTIONS, Direction, isForEveryPod, policyShape } from './policy-shape';

const DENIES = /\b(?:deny|denies|isolat\w*|block|lockdown|no)\b/;

/** The directions that a name says are closed: both where it says all, none where it is not said. */
function saidClosed(name: string): readonly Direction[] {
  const words = name.replace(/[-._]/g, ' ');
  const said = DIRECTIONS.filter(direction => new RegExp(`\\b${direction}\\b`).test(words));
  return said.length ? said : /\ball\b/.test(words) ? DIRECTIONS : [];
}

/**
 * Whoever reads the name of such a policy believes that the namespace is closed.
 *
 * Fields: metadata.name, spec of a NetworkPolicy for every pod that is called after a denial
 * Wanted: it closes the directions that its name says (both, for all), and opens none of them to everybody
 */
export const networkDenyAllows: ManifestRule = {
  id: 'network-deny-allows',
  title: 'A policy that is called after a denial denies',
  severity: Severity.ERROR,
  controls: { nsa: 'Network policies' },
  advice: 'Leave ingress and egress out, and write the directions that are closed in policyTypes.',
  kinds: ['NetworkPolicy'],
  check: ({ manifest }): Violation[] => {
    const policy = policyShape(manifest);
    const name = isObject(manifest.metadata) && typeof manifest.metadata.name === 'string' ? manifest.metadata.name : '';
    if (!policy || !isForEveryPod(policy) || !DENIES.test(name.replace(/[-._]/g, ' '))) return [];
    const said = saidClosed(name);
    const open = policy.closes.filter(direction => !said.length || said.includes(direction)).flatMap(direction => (
      policy.rules[direction].filter(rule => openTo(rule) !== undefined || (everyNamespace(rule).length > 0 && !isForNames(rule)))
    ));
    return [
      ...said.filter(direction => !policy.closes.includes(direction))
        .map(direction => ({ field: 'spec.policyTypes', what: `the policy is called '${name}', and does not close ${direction}` })),
      ...open.map(({ field }) => ({ field, what: `the policy is called '${name}', and opens what it should close` })),
    ];
  },
};

/**
 * Rules for a direction that the types do not name do nothing: the pods stay open in it.
 *
 * Fields: spec.policyTypes, spec.ingress, spec.egress of a NetworkPolicy
 * Wanted: no ingress without Ingress in policyTypes, and no egress without Egress
 */
export const networkDirectionIgnored: ManifestRule = {
  id: 'network-direction-ignored',
  title: 'No policy has rules for a direction that it leaves open',
  severity: Severity.WARNING,
  controls: { nsa: 'Network policies' },
  advice: 'Name the direction in policyTypes, or remove its rules.',
  kinds: ['NetworkPolicy'],
  check: ({ manifest }) => {
    const policy = policyShape(manifest);
    if (!policy || !isObject(manifest.spec)) return [];
    const { spec } = manifest;
    // An empty list is written where somebody means to close: without its type, it closes nothing.
    return DIRECTIONS.filter(direction => Array.isArray(spec[direction]) && !policy.closes.includes(direction)).map((direction): Violation => ({
      field: `spec.${direction}`,
      what: `the policy does not close ${direction}, so what it says of ${direction} does nothing`,
    }));
  },
};
