import { Json, isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import type { ManifestRule } from '../manifest-rule';
import { Violation } from '../rule';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const FIELD = `metadata.labels[${ENFORCE}]`;

/**
 * A namespace that enforces no level admits every pod, unless the API server is configured otherwise.
 *
 * Restricted fields: metadata.labels[pod-security.kubernetes.io/enforce] of a Namespace
 * Allowed values: restricted
 */
export const namespacePodSecurity: ManifestRule = {
  id: 'namespace-pod-security',
  title: 'Namespaces enforce Pod Security restricted',
  severity: Severity.WARNING,
  controls: {
    cis: '5.2.1',
    nsa: 'Pod security enforcement',
    kubescape: 'C-0192',
    kyverno: ['psa/add-psa-labels', 'psa/deny-privileged-profile', 'psa/add-psa-namespace-reporting'],
  },
  advice: `Label the namespace '${ENFORCE}: restricted'.`,
  readsNames: true,
  check: ({ manifest: { apiVersion, kind, metadata } }): Violation[] => {
    if (apiVersion !== 'v1' || kind !== 'Namespace') return [];
    const said = enforced(metadata);
    if (said === 'restricted') return [];
    return [{ field: FIELD, what: said === undefined ? 'no level of Pod Security is enforced' : `Pod Security enforces '${String(said)}' only` }];
  },
};

/** What has to be waived where a namespace enforces less. */
export const LEVEL_RULE = namespacePodSecurity.id;

function enforced(metadata: Json | undefined): Json | undefined {
  const labels = isObject(metadata) ? metadata.labels : undefined;
  return isObject(labels) && Object.hasOwn(labels, ENFORCE) ? labels[ENFORCE] : undefined;
}
