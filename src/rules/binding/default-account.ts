import { Severity } from '../../kube/severity';
import { bindingRule, named } from './binding-rule';

/** All service accounts of the cluster, or of the namespace that follows. */
const ALL_ACCOUNTS = /^system:serviceaccounts(?::(.+))?$/;

/**
 * The default account belongs to every pod that has none of its own, and so does what is given to all accounts.
 *
 * Fields: subjects[*] of a binding
 * Wanted: no ServiceAccount default, no Group system:serviceaccounts or system:serviceaccounts:NAMESPACE
 */
export const rbacDefaultAccount = bindingRule({
  id: 'rbac-default-account',
  title: 'Default service accounts are given nothing',
  severity: Severity.WARNING,
  controls: { cis: '5.1.5', nsa: 'Role-based access control', checkov: 'CKV_K8S_42', kubescape: 'C-0189' },
  advice: 'Give the workload a service account of its own, and bind the role to that one.',
  about: (subject, role) => {
    if (subject.kind === 'ServiceAccount') {
      return subject.name === 'default' ? `every pod without an account of its own has the rights of ${role.kind} ${role.name}, as ${named(subject)}` : undefined;
    }
    const all = subject.kind === 'Group' ? ALL_ACCOUNTS.exec(subject.name) : null;
    return all ? `every pod of ${all[1] === undefined ? 'the cluster' : `namespace '${all[1]}'`} has the rights of ${role.kind} ${role.name}` : undefined;
  },
});
