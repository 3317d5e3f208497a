import { Severity } from '../../kube/severity';
import { ABSENT, excludes, flagRules, includes, mustBe, SET } from './flag-rule';

/** Who is let in by the API server. */
export const APISERVER_IDENTITY = flagRules('kube-apiserver', [
  /** Whoever reaches the API server asks without a name; RBAC alone stands between. */
  {
    id: 'apiserver-anonymous-auth',
    title: 'The API server answers nobody without a name',
    controls: { cis: '1.2.1', nsa: 'Authentication', checkov: 'CKV_K8S_68' },
    flags: ['anonymous-auth'],
    wanted: mustBe(false, true),
    unless: ['authentication-config'],
    advice: 'Set --anonymous-auth=false, or name the paths for anonymous probes in a file of --authentication-config.',
  },
  /** Passwords lie in the file as they are, and hold until the API server starts again. */
  {
    id: 'apiserver-basic-auth-file',
    title: 'No passwords in a file of the API server',
    severity: Severity.ERROR,
    controls: { nsa: 'Authentication', checkov: 'CKV_K8S_69' },
    flags: ['basic-auth-file'],
    wanted: ABSENT,
    advice: 'Remove --basic-auth-file; use certificates, or the provider of identities that you have.',
  },
  /** Tokens lie in the file as they are, for ever. */
  {
    id: 'apiserver-token-auth-file',
    title: 'No tokens in a file of the API server',
    severity: Severity.ERROR,
    controls: { cis: '1.2.2', nsa: 'Authentication', checkov: 'CKV_K8S_70' },
    flags: ['token-auth-file'],
    wanted: ABSENT,
    advice: 'Remove --token-auth-file; use service accounts, or the provider of identities that you have.',
  },
  /** Without it no certificate of a client is known. */
  {
    id: 'apiserver-client-ca',
    title: 'The API server knows the certificates of its clients',
    controls: { cis: { 1.8: '1.2.26', 1.9: '1.2.25' }, nsa: 'Authentication' },
    flags: ['client-ca-file'],
    wanted: SET,
    advice: 'Set --client-ca-file.',
  },
  /** Without it the token of a service account holds after the account is gone. */
  {
    id: 'apiserver-service-account-lookup',
    title: 'Tokens end with their service account',
    controls: { cis: { 1.8: '1.2.22', 1.9: '1.2.21' }, nsa: 'Authentication', checkov: 'CKV_K8S_96' },
    flags: ['service-account-lookup'],
    wanted: mustBe(true, true),
    advice: 'Remove --service-account-lookup=false.',
  },
  /** Without a key of its own the key of the API server signs tokens as well: neither can be changed alone. */
  {
    id: 'apiserver-service-account-key',
    title: 'Tokens of service accounts have a key of their own',
    controls: { cis: { 1.8: '1.2.23', 1.9: '1.2.22' }, nsa: 'Authentication', checkov: 'CKV_K8S_97' },
    flags: ['service-account-key-file'],
    wanted: SET,
    advice: 'Set --service-account-key-file.',
  },
  /** Tokens of pods hold for a year rather than an hour, for the sake of clients that cannot read them again. */
  {
    id: 'apiserver-token-expiration',
    title: 'Tokens of pods are not extended to a year',
    controls: { cis: { 1.11: '1.2.30' }, nsa: 'Authentication' },
    flags: ['service-account-extend-token-expiration'],
    wanted: mustBe(false, true),
    advice: 'Set --service-account-extend-token-expiration=false, once no client keeps old tokens.',
  },
]);

/** Who may do what. */
export const APISERVER_AUTHORIZATION = flagRules('kube-apiserver', [
  /** Whoever is let in may do everything. */
  {
    id: 'apiserver-always-allow',
    title: 'The API server does not allow everything',
    severity: Severity.ERROR,
    controls: { cis: '1.2.6', nsa: 'Role-based access control', checkov: 'CKV_K8S_74' },
    flags: ['authorization-mode'],
    wanted: excludes('AlwaysAllow'),
    unless: ['authorization-config'],
    advice: 'Set --authorization-mode=Node,RBAC.',
  },
  /** Without it a kubelet reads what belongs to other nodes. */
  {
    id: 'apiserver-node-authorization',
    title: 'Kubelets may only what their nodes need',
    controls: { cis: '1.2.7', nsa: 'Role-based access control', checkov: 'CKV_K8S_75' },
    flags: ['authorization-mode'],
    wanted: includes('Node'),
    unless: ['authorization-config'],
    advice: 'Set --authorization-mode=Node,RBAC.',
  },
  /** Without it, and by default, everybody may do everything. */
  {
    id: 'apiserver-rbac',
    title: 'The API server asks RBAC',
    severity: Severity.ERROR,
    controls: { cis: '1.2.8', nsa: 'Role-based access control', checkov: 'CKV_K8S_77' },
    flags: ['authorization-mode'],
    wanted: includes('RBAC'),
    unless: ['authorization-config'],
    advice: 'Set --authorization-mode=Node,RBAC.',
  },
  /** What the file of ABAC allows, RBAC cannot take back, and the file is read at the start alone. */
  {
    id: 'apiserver-abac',
    title: 'The API server does not ask ABAC',
    controls: { nsa: 'Role-based access control' },
    flags: ['authorization-mode'],
    wanted: excludes('ABAC'),
    advice: 'Take ABAC out of --authorization-mode, remove --authorization-policy-file, and write its rights as roles.',
  },
]);
