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
  controls: { cis: '5.1.2', checkov: 'CKV2_K8S_5' },
  advice: 'Mount the Secret as files; or allow get of the ones that are needed, by their names.',
  check: tooMuch({ verbs: ['get', 'list', 'watch'], resources: { '': ['secrets'] }, fineByName: ['get'], consequence: 'passwords and tokens of others are among them' }),
};
