import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { Controls } from '../rule';

const NSA = 'Protecting Pod service account tokens';

function tokenRule(id: string, title: string, isMeant: (name: unknown) => boolean, what: string, controls: Controls): ManifestRule {
  return {
    id,
    title,
    severity: Severity.WARNING,
    kinds: ['ServiceAccount'],
    readsNames: true,
    controls: { nsa: NSA, ...controls },
    advice: 'Set automountServiceAccountToken to false; the pod that calls the API server says so itself.',
    check: ({ manifest: { apiVersion, metadata, automountServiceAccountToken } }) => (
      apiVersion !== 'v1' || automountServiceAccountToken === false || !isMeant((metadata as { name?: unknown } | undefined)?.name) ? []
        : [{ field: 'automountServiceAccountToken', what }]
    ),
  };
}

/**
 * Every pod of an account is given its token, unless the account or the pod says otherwise.
 *
 * Fields: automountServiceAccountToken of a ServiceAccount
 * Wanted: false
 */
export const serviceAccountToken = tokenRule(
  'service-account-token', 'Service accounts give no token away', name => name !== 'default', 'every pod of the account that does not say otherwise is given its token',
  { cis: '5.1.6', kubescape: ['C-0034', 'C-0190'], kyverno: 'other/restrict-sa-automount-sa-token' },
);

/**
 * The default account is that of every pod that names none.
 *
 * Fields: automountServiceAccountToken of the ServiceAccount default
 * Wanted: false
 */
export const serviceAccountDefaultToken = tokenRule(
  'service-account-default-token', 'The default service account gives no token away', name => name === 'default', 'every pod of the namespace that names no account is given a token',
  { cis: '5.1.5', checkov: 'CKV_K8S_41', kubescape: 'C-0189' },
);
