import { Severity } from '../../kube/severity';
import { bindingRule } from './binding-rule';

/**
 * What these are given, everybody has who reaches the API server, without a password.
 *
 * Restricted fields: subjects[*] of a binding
 * Allowed values: any but the User system:anonymous and the Group system:unauthenticated
 */
export const rbacAnonymous = bindingRule({
  id: 'rbac-anonymous',
  title: 'Nothing is given to those who are not logged in',
  severity: Severity.ERROR,
  controls: { nsa: 'Authentication', kubescape: 'C-0262', trivy: 'KSV-0122', kyverno: 'other/restrict-binding-system-groups' },
  advice: 'Bind the role to a user, a group or a service account that logs in.',
  about: ({ kind, name }, role) => (kind === 'User' && name === 'system:anonymous') || (kind === 'Group' && name === 'system:unauthenticated')
    ? `everybody who reaches the API server has the rights of ${role.kind} ${role.name}, without logging in` : undefined,
});

/**
 * Every pod with a token is in it; with some providers everybody with an account there, whosoever's.
 *
 * Restricted fields: subjects[*] of a binding
 * Allowed values: any but the Group system:authenticated
 */
export const rbacAuthenticated = bindingRule({
  id: 'rbac-authenticated',
  title: 'Nothing is given to all who are logged in',
  severity: Severity.ERROR,
  controls: { kubescape: 'C-0265', trivy: 'KSV-01011' },
  advice: 'Bind the role to a group of those who need it.',
  about: ({ kind, name }, role) => kind === 'Group' && name === 'system:authenticated'
    ? `whoever is logged in, each service account included, has the rights of ${role.kind} ${role.name}` : undefined,
});
