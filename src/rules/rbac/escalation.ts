import { Severity } from '../../kube/severity';
import { RbacRule, tooMuch } from '../rbac-rule';

const RBAC = 'rbac.authorization.k8s.io';

/**
 * Whoever may escalate writes rights into a role that they do not have themselves.
 *
 * Restricted fields: rules[*] with roles or clusterroles
 * Allowed verbs: any but escalate
 */
export const rbacEscalate: RbacRule = {
  id: 'rbac-escalate',
  title: 'No escalate verb',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.8',
    nsa: 'Role-based access control',
    checkov: 'CKV_K8S_158',
    kubescape: 'C-0191',
    trivy: 'KSV-0050',
    kyverno: 'other/restrict-escalation-verbs-roles',
  },
  advice: 'Leave it out: without it, whoever writes roles may give only what they have.',
  check: tooMuch({ verbs: ['escalate'], resources: { [RBAC]: ['roles', 'clusterroles'] }, consequence: 'it can give itself every right' }),
};

/**
 * Whoever may bind binds roles whose rights they do not have themselves.
 *
 * Restricted fields: rules[*] with roles or clusterroles
 * Allowed verbs: any but bind
 */
export const rbacBind: RbacRule = {
  id: 'rbac-bind',
  title: 'No bind verb',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.8',
    nsa: 'Role-based access control',
    checkov: 'CKV_K8S_157',
    kubescape: 'C-0191',
    trivy: ['KSV-0051', 'KSV-0052'],
    kyverno: 'other/restrict-escalation-verbs-roles',
  },
  advice: 'Leave it out: without it, whoever binds roles may bind only those whose rights they have.',
  check: tooMuch({ verbs: ['bind'], resources: { [RBAC]: ['roles', 'clusterroles'] }, consequence: 'it can bind itself to every role' }),
};

/**
 * Whoever may impersonate acts as somebody else, with their rights.
 *
 * Restricted fields: rules[*] with users, groups, serviceaccounts, uids or userextras
 * Allowed verbs: any but impersonate
 */
export const rbacImpersonate: RbacRule = {
  id: 'rbac-impersonate',
  title: 'No impersonate verb',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.8',
    nsa: 'Role-based access control',
    checkov: 'CKV2_K8S_3',
    kubescape: ['C-0065', 'C-0191'],
    trivy: 'KSV-0043',
    kyverno: 'other/restrict-escalation-verbs-roles',
  },
  advice: 'Leave it out: grant the workload the rights that it needs itself.',
  check: tooMuch({
    verbs: ['impersonate'],
    resources: { '': ['users', 'groups', 'serviceaccounts'], 'authentication.k8s.io': ['uids', 'userextras'] },
    consequence: 'it can act with the rights of others',
  }),
};

/**
 * Whoever may create tokens gets one for every service account of the namespace.
 *
 * Restricted fields: rules[*] with serviceaccounts/token
 * Allowed verbs: any but create
 */
export const rbacTokenCreate: RbacRule = {
  id: 'rbac-token-create',
  title: 'No tokens for service accounts',
  severity: Severity.ERROR,
  controls: { cis: '5.1.13', kubescape: 'C-0282' },
  advice: 'Leave it out: pods get their tokens from the kubelet.',
  check: tooMuch({ verbs: ['create'], resources: { '': ['serviceaccounts/token'] }, consequence: 'it can act as any of the accounts' }),
};

/**
 * Whoever writes bindings hands on every right that they have, to whomever they like. Operators need it; whether this
 * one does, a person has to say.
 *
 * Fields: rules[*] with rolebindings or clusterrolebindings
 * Wanted: none of create, update and patch
 */
export const rbacRolebindingEscalation: RbacRule = {
  id: 'rbac-rolebinding-escalation',
  title: 'No writing of role bindings',
  severity: Severity.WARNING,
  controls: { nsa: 'Role-based access control', checkov: 'CKV2_K8S_1', trivy: ['KSV-0050', 'KSV-0055'] },
  advice: 'Write the bindings beside the workload, so that nothing has to be granted.',
  check: tooMuch({
    verbs: ['create', 'update', 'patch'],
    resources: { [RBAC]: ['rolebindings', 'clusterrolebindings'] },
    consequence: 'it can hand its rights to anybody, and take those of every role that it may bind',
  }),
};
