import { Severity } from '../../kube/severity';
import { ManifestSet, namespaceOf } from '../manifest-set';
import { SetRule } from '../set-rule';

/** The namespaces with an account of their own in the input: that of `default` says nothing, every namespace has it. */
function namespacesWithAccounts(set: ManifestSet): ReadonlySet<string> {
  return new Set(set.ofKind('ServiceAccount').filter(({ metadata: { name } }) => name !== 'default').map(namespaceOf));
}

/**
 * A pod whose account is not there is never made. Accounts that are not in the input are unknown: where none of the
 * namespace is here, nothing is said.
 *
 * Fields: spec.serviceAccountName of every pod
 * Wanted: a ServiceAccount of the namespace
 */
export const serviceAccountMissing: SetRule = {
  id: 'service-account-missing',
  title: 'Every pod has a service account that exists',
  severity: Severity.WARNING,
  controls: { kubeLinter: 'non-existent-service-account', kubescape: 'C-0307' },
  advice: 'Write the ServiceAccount beside the workload, or name one that is there.',
  check: set => {
    const namespaces = set.once(namespacesWithAccounts);
    return namespaces.size === 0 ? [] : set.pods.flatMap(({ manifest, namespace, spec, field }) => {
      const { serviceAccountName: name } = spec;
      if (!name || name === 'default' || !namespaces.has(namespace) || set.has('ServiceAccount', namespace, name)) return [];
      return [{ manifest, field: `${field}.serviceAccountName`, what: `namespace '${namespace}' has no ServiceAccount '${name}'` }];
    });
  },
};
