import { EVERYTHING, policyRules } from '../../kube/rbac';
import { Severity } from '../../kube/severity';
import { RbacRule } from '../rbac-rule';
import { Violation } from '../rule';

/**
 * Every verb includes escalate, bind and impersonate, and whatever a later version brings.
 *
 * Restricted fields: rules[*].verbs
 * Allowed values: any but *
 */
export const rbacWildcardVerbs: RbacRule = {
  id: 'rbac-wildcard-verbs',
  title: 'No wildcard verbs',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.3',
    nsa: 'Role-based access control',
    checkov: 'CKV_K8S_49',
    kubeLinter: 'wildcard-in-rules',
    kubescape: 'C-0187',
    trivy: ['KSV-0045', 'KSV-0044'],
    kyverno: 'other/restrict-wildcard-verbs',
  },
  advice: 'Name the verbs that are needed.',
  check: role => policyRules(role).flatMap(({ verbs }, i): Violation[] => (
    verbs.includes(EVERYTHING) ? [{ field: `rules[${i}].verbs`, what: 'the role may do everything with what it names, escalate and impersonate included' }] : []
  )),
};

/**
 * Every resource includes Secrets, roles and their bindings, and every custom resource to come.
 *
 * Restricted fields: rules[*].resources, rules[*].apiGroups, rules[*].nonResourceURLs
 * Allowed values: any but * (and sub-resources of *)
 */
export const rbacWildcardResources: RbacRule = {
  id: 'rbac-wildcard-resources',
  title: 'No wildcard resources',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.3',
    nsa: 'Role-based access control',
    checkov: 'CKV_K8S_49',
    kubeLinter: 'wildcard-in-rules',
    kubescape: 'C-0187',
    trivy: ['KSV-0046', 'KSV-0112'],
    kyverno: 'other/restrict-wildcard-resources',
  },
  advice: 'Name the groups and resources that are needed.',
  check: role => policyRules(role).flatMap(({ apiGroups = [], resources = [], nonResourceURLs = [] }, i): Violation[] => {
    const field = resources.some(resource => resource.split('/')[0] === EVERYTHING) ? 'resources'
      : apiGroups.includes(EVERYTHING) ? 'apiGroups' : nonResourceURLs.includes(EVERYTHING) ? 'nonResourceURLs' : undefined;
    const what = { resources: 'resource', apiGroups: 'API group', nonResourceURLs: 'path of the API server' };
    return field ? [{ field: `rules[${i}].${field}`, what: `the role is about every ${what[field]}` }] : [];
  }),
};
