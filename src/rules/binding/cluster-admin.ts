import { Severity } from '../../kube/severity';
import { bindingRule, named } from './binding-rule';

/**
 * Whoever has cluster-admin has every right there is; bound in a namespace, every right in it, its Secrets included.
 *
 * Restricted fields: roleRef of a RoleBinding or ClusterRoleBinding that has subjects
 * Allowed values: any but the ClusterRole cluster-admin
 */
export const rbacClusterAdmin = bindingRule({
  id: 'rbac-cluster-admin',
  title: 'Nobody is given cluster-admin',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.1',
    nsa: 'Role-based access control',
    kubeLinter: 'cluster-admin-role-binding',
    kubescape: ['C-0035', 'C-0185'],
    polaris: ['clusterrolebindingClusterAdmin', 'rolebindingClusterAdminClusterRole', 'rolebindingClusterAdminRole'],
    trivy: 'KSV-0111',
    kyverno: 'other/restrict-binding-clusteradmin',
  },
  advice: 'Bind a role that names the verbs and resources that are needed.',
  about: (subject, { kind, name }, { kind: binding }) => kind === 'ClusterRole' && name === 'cluster-admin'
    ? `${named(subject)} may do everything in the ${binding === 'ClusterRoleBinding' ? 'cluster' : 'namespace'}` : undefined,
});

/**
 * The group system:masters is let past all authorization, webhooks included, and no removal of a binding takes it back.
 *
 * Restricted fields: subjects[*] of a binding
 * Allowed values: any but the Group system:masters
 */
export const rbacSystemMasters = bindingRule({
  id: 'rbac-system-masters',
  title: 'Nothing is bound to system:masters',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.7',
    nsa: 'Role-based access control',
    kubescape: 'C-0246',
    trivy: 'KSV-0123',
    kyverno: 'other/restrict-binding-system-groups',
  },
  advice: 'Bind a group of your own: who is in system:masters can do everything in any case, and cannot be stopped.',
  about: ({ kind, name }) => kind === 'Group' && name === 'system:masters' ? 'system:masters is given rights, whose members pass every authorization already' : undefined,
});
