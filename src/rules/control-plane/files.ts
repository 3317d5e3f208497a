import { isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { Violation } from '../rule';

/**
 * The first provider writes; `identity` writes as it is. Behind another one it only reads what was written before.
 *
 * Fields: resources[*].providers[0] of an EncryptionConfiguration
 * Wanted: any but identity
 */
export const encryptionIdentity: ManifestRule = {
  id: 'encryption-identity',
  title: 'What is to be encrypted in etcd is encrypted',
  severity: Severity.ERROR,
  controls: { cis: { 1.8: '1.2.29', 1.9: '1.2.28' }, nsa: 'Encryption / secrets' },
  advice: 'Put kms, secretbox or aescbc first, and identity last.',
  kinds: ['EncryptionConfiguration'],
  check: ({ manifest: { apiVersion, resources } }) => (
    typeof apiVersion !== 'string' || !apiVersion.startsWith('apiserver.config.k8s.io/') || !Array.isArray(resources) ? [] : resources.flatMap((entry, i): Violation[] => {
      const providers = isObject(entry) && Array.isArray(entry.providers) ? entry.providers : [];
      const [first] = providers;
      return isObject(first) && first.identity !== undefined ? [{ field: `resources[${i}].providers[0]`, what: 'what is written first of all providers is not encrypted' }] : [];
    })
  ),
};

/**
 * A policy of ABAC gives rights that no role shows, and that hold until the API server starts again.
 *
 * Fields: kind of abac.authorization.kubernetes.io
 * Wanted: roles and bindings instead
 */
export const abacPolicy: ManifestRule = {
  id: 'abac-policy',
  title: 'Rights are given by roles, not by ABAC',
  severity: Severity.WARNING,
  controls: { nsa: 'Role-based access control' },
  advice: 'Write the rights as Role and RoleBinding, and take ABAC out of --authorization-mode.',
  kinds: ['Policy'],
  check: ({ manifest: { apiVersion } }) => (
    typeof apiVersion === 'string' && apiVersion.startsWith('abac.authorization.kubernetes.io/') ? [{ field: 'spec', what: 'rights are given by ABAC' }] : []
  ),
};
