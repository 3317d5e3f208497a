import { Manifest } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { ManifestSet, namespaceOf } from '../manifest-set';
import { isolationOf } from '../network/isolation';
import { everyNamespace, openTo } from '../network/openness';
import { DIRECTIONS, Direction } from '../network/policy-shape';
import { SetRule, SetViolation } from '../set-rule';
import { SYSTEM_NAMESPACES } from './placement';

// What a namespace should have beside its workloads. It is only missed where both are here, the namespace and something
// that runs in it: of what is not in the input nothing is known.

/** The namespaces that are here with workloads of theirs, those of the cluster left out. */
function inhabited(set: ManifestSet): readonly Manifest[] {
  return set.ofKind('Namespace').filter(({ apiVersion, metadata: { name } }) => (
    apiVersion === 'v1' && typeof name === 'string' && !SYSTEM_NAMESPACES.includes(name) && set.selected(name, {}).length > 0
  ));
}

function without(kind: string, what: string): SetRule['check'] {
  return (set): SetViolation[] => {
    const there = new Set(set.ofKind(kind).filter(({ apiVersion }) => apiVersion === 'v1').map(namespaceOf));
    return inhabited(set).filter(({ metadata: { name } }) => !there.has(String(name))).map(manifest => ({ manifest, field: 'metadata.name', what }));
  };
}

/**
 * Without a quota one tenant takes the whole cluster, by mistake or not.
 *
 * Fields: the ResourceQuotas of a Namespace that is here with workloads
 * Wanted: one at least
 */
export const namespaceResourceQuota: SetRule = {
  id: 'namespace-resource-quota',
  title: 'Every namespace has a ResourceQuota',
  severity: Severity.WARNING,
  controls: { nsa: 'Resource policies', trivy: 'KSV-0040', kyverno: 'best-practices/add-ns-quota' },
  advice: 'Write a ResourceQuota for requests.cpu, requests.memory, limits.memory and pods.',
  inCode: 'Say the quota of the SecureNamespace.',
  check: without('ResourceQuota', 'no ResourceQuota says how much its pods may ask for together'),
};

/**
 * A LimitRange fills in what a container does not ask for, so that none is without.
 *
 * Fields: the LimitRanges of a Namespace that is here with workloads
 * Wanted: one at least
 */
export const namespaceLimitRange: SetRule = {
  id: 'namespace-limit-range',
  title: 'Every namespace has a LimitRange',
  severity: Severity.WARNING,
  controls: { nsa: 'Resource policies', trivy: 'KSV-0039', kyverno: 'best-practices/add-ns-quota' },
  advice: 'Write a LimitRange with defaultRequest, default, min and max for type Container.',
  inCode: 'Say the limits of the SecureNamespace.',
  check: without('LimitRange', 'no LimitRange says what a container has that asks for nothing'),
};

/**
 * What no policy selects is open: one policy for every pod closes the namespace, and those of tomorrow, too. Where policies of
 * another make lie in it, nothing is said: they may close it.
 *
 * Fields: spec.podSelector, spec.policyTypes of the NetworkPolicies of a Namespace that is here with workloads
 * Wanted: policies for every pod that close ingress and egress, and open neither to everybody
 */
export const networkDefaultDeny: SetRule = {
  id: 'network-default-deny',
  title: 'Every namespace is closed by default',
  severity: Severity.WARNING,
  controls: {
    cis: '5.3.2', nsa: 'Network policies', kubescape: ['C-0030', 'C-0054', 'C-0206'],
    kyverno: ['best-practices/add-network-policy', 'other/generate-networkpolicy-existing'],
  },
  advice: 'Write a NetworkPolicy with an empty podSelector, Ingress and Egress in policyTypes, and no rules.',
  inCode: 'Make it a SecureNamespace.',
  check: set => {
    const isolation = set.once(isolationOf);
    return inhabited(set).filter(({ metadata }) => !isolation.isUnknown(String(metadata.name))).flatMap((manifest): SetViolation[] => {
      const wide = isolation.forEveryPod(String(manifest.metadata.name));
      const isClosed = (direction: Direction) => wide.some(({ closes }) => closes.includes(direction))
        && !wide.some(({ rules }) => rules[direction].some(rule => openTo(rule) !== undefined || everyNamespace(rule).length > 0));
      const open = DIRECTIONS.filter(direction => !isClosed(direction));
      return open.length ? [{ manifest, field: 'metadata.name', what: `no policy for every pod closes ${open.join(' and ')} by default` }] : [];
    });
  },
};
