import { isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { Violation } from '../rule';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/**
 * To enforce `privileged` is to admit every pod, whatever the cluster does by default: somebody has switched it off.
 * Agents of nodes need it; a waiver says which.
 *
 * Restricted fields: metadata.labels[pod-security.kubernetes.io/enforce] of a Namespace
 * Allowed values: any but privileged
 */
export const namespacePrivileged: ManifestRule = {
  id: 'namespace-privileged',
  title: 'No namespace lets every pod in',
  severity: Severity.ERROR,
  controls: { cis: '5.2.1', nsa: 'Pod security enforcement', kubescape: 'C-0192', kyverno: 'psa/deny-privileged-profile' },
  advice: `Label the namespace '${ENFORCE}: restricted'; or baseline, for what cannot be hardened.`,
  kinds: ['Namespace'],
  readsNames: true,
  check: ({ manifest: { apiVersion, metadata } }): Violation[] => {
    const labels = apiVersion === 'v1' && isObject(metadata) ? metadata.labels : undefined;
    if (!isObject(labels) || !Object.hasOwn(labels, ENFORCE) || labels[ENFORCE] !== 'privileged') return [];
    return [{ field: `metadata.labels[${ENFORCE}]`, what: 'every pod is let in, whatever it asks for', impliedBy: 'namespace-pod-security' }];
  },
};
