import { isObject } from '../../kube/json';
import { Severity } from '../../kube/severity';
import { credentialIn, credentialInText } from '../credentials';
import { ManifestRule } from '../manifest-rule';
import { Violation } from '../rule';

const TOKEN_TYPE = 'kubernetes.io/service-account-token';
/** What Helm keeps of its own releases; nobody writes it. */
const NOT_WRITTEN = ['helm.sh/release.v1', TOKEN_TYPE];

/**
 * A Secret with its data in a manifest is a secret of everybody who reads the repository: base64 hides nothing. What
 * SOPS has encrypted is not readable there.
 *
 * Fields: data, stringData of a Secret
 * Wanted: none; sealed, encrypted, or brought by an operator from where credentials are kept
 */
export const secretLiteral: ManifestRule = {
  id: 'secret-literal',
  title: 'No Secret lies readable in a manifest',
  severity: Severity.WARNING,
  kinds: ['Secret'],
  controls: { cis: '5.4.2', nsa: 'Encryption / secrets', kubescape: ['C-0208', 'C-0234'] },
  advice: 'Keep it where credentials are kept, and let an operator bring it; or write it sealed or encrypted.',
  check: ({ manifest }): Violation[] => {
    const { apiVersion, type, sops } = manifest;
    if (apiVersion !== 'v1' || isObject(sops) || NOT_WRITTEN.includes(String(type))) return [];
    return (['data', 'stringData'] as const).flatMap((field): Violation[] => {
      const data = manifest[field];
      const keys = isObject(data) ? Object.keys(data).filter(key => isReadable(data[key])) : [];
      return keys.length ? [{ field, what: `the manifest holds what is secret, for all to read: ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ', …' : ''}` }] : [];
    });
  },
};

/** Empty values are filled in elsewhere; templates and what SOPS has encrypted say nothing. */
function isReadable(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && !/^(?:ENC\[|\$\{|\{\{|<[^>]*>$)/.test(value.trim());
}

/**
 * A token in a Secret never expires, and is for whoever reads the Secret.
 *
 * Fields: type of a Secret
 * Wanted: not kubernetes.io/service-account-token
 */
export const secretServiceAccountToken: ManifestRule = {
  id: 'secret-service-account-token',
  title: 'No token that never expires',
  severity: Severity.WARNING,
  kinds: ['Secret'],
  controls: { kyverno: 'other/deny-secret-service-account-token-type' },
  advice: "Leave it out: a pod mounts a token that expires, in a projected volume, and others ask for one with 'kubectl create token'.",
  check: ({ manifest: { apiVersion, type } }) => apiVersion === 'v1' && type === TOKEN_TYPE
    ? [{ field: 'type', what: 'the token of the account never expires' }] : [],
};

/**
 * ConfigMaps are shown to nearly everybody, and encrypted nowhere.
 *
 * Fields: data of a ConfigMap
 * Wanted: nothing that is a credential by its form, or by the name of its key or setting
 */
export const configMapSecret: ManifestRule = {
  id: 'config-map-secret',
  title: 'No credentials in a ConfigMap',
  severity: Severity.ERROR,
  kinds: ['ConfigMap'],
  controls: { nsa: 'Encryption / secrets', kubescape: 'C-0012', polaris: 'sensitiveConfigmapContent', trivy: ['KSV-0109', 'KSV-01010'] },
  advice: 'Put it into a Secret that is not kept beside the manifests, and replace the credential: it has been read.',
  check: ({ manifest: { apiVersion, data } }): Violation[] => {
    if (apiVersion !== 'v1' || !isObject(data)) return [];
    return Object.entries(data).flatMap(([key, value]): Violation[] => {
      if (typeof value !== 'string' || value === '') return [];
      const field = `data[${key}]`;
      const noun = value.includes('\n') ? undefined : credentialIn(key, value);
      if (noun !== undefined) return [{ field, what: `the key holds ${noun}` }];
      const found = credentialInText(value);
      return found ? [{ field, what: `the text holds ${found.noun}${found.setting === undefined ? '' : `: ${found.setting}`}` }] : [];
    });
  },
};
