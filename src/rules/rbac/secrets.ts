import { Severity } from '../../kube/severity';
import { RbacRule, tooMuch } from '../rbac-rule';

/**
 * Whoever lists Secrets reads them all, passwords and tokens of other workloads included.
 *
 * Restricted fields: rules[*] with secrets
 * Allowed verbs: any but get, list and watch; get of Secrets that the rule names
 */
export const rbacSecrets: RbacRule = {
  id: 'rbac-secrets',
  title: 'Secrets are read by name alone',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.2',
    nsa: 'Role-based access control',
    checkov: 'CKV2_K8S_5',
    kubeLinter: 'access-to-secrets',
    kubescape: ['C-0015', 'C-0186'],
    trivy: ['KSV-0041', 'KSV-0113'],
    kyverno: 'other/restrict-secret-role-verbs',
  },
  advice: 'Mount the Secret as files; or allow get of the ones that are needed, by their names.',
  check: tooMuch({ verbs: ['get', 'list', 'watch'], resources: { '': ['secrets'] }, fineByName: ['get'], consequence: 'passwords and tokens of others are among them' }),
};
