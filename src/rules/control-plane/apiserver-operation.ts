import { atLeast, flagRules, mustBe, SET, within } from './flag-rule';

/** What the API server writes down, and keeps to itself. */
export const APISERVER_OPERATION = flagRules('kube-apiserver', [
  /** Without it nobody can tell afterwards who did what. */
  {
    id: 'apiserver-audit-log',
    title: 'The API server writes an audit log',
    controls: { cis: { 1.8: '1.2.17', 1.9: '1.2.16' }, checkov: 'CKV_K8S_91' },
    flags: ['audit-log-path'],
    wanted: SET,
    unless: ['audit-webhook-config-file'],
    advice: 'Set --audit-log-path.',
  },
  /** Without a policy nothing is written, whatever the path. */
  {
    id: 'apiserver-audit-policy',
    title: 'The audit log has a policy',
    controls: { cis: '3.2.1' },
    flags: ['audit-policy-file'],
    wanted: SET,
    advice: 'Set --audit-policy-file.',
  },
  /** An intruder is often found after weeks. */
  {
    id: 'apiserver-audit-log-maxage',
    title: 'The audit log is kept for 30 days',
    controls: { cis: { 1.8: '1.2.18', 1.9: '1.2.17' }, checkov: 'CKV_K8S_92' },
    flags: ['audit-log-maxage'],
    wanted: atLeast(30),
    unless: ['audit-webhook-config-file'],
    advice: 'Set --audit-log-maxage=30.',
  },
  /** Whoever makes much noise pushes traces out of the log. */
  {
    id: 'apiserver-audit-log-maxbackup',
    title: 'Ten files of the audit log are kept',
    controls: { cis: { 1.8: '1.2.19', 1.9: '1.2.18' }, checkov: 'CKV_K8S_93' },
    flags: ['audit-log-maxbackup'],
    wanted: atLeast(10),
    unless: ['audit-webhook-config-file'],
    advice: 'Set --audit-log-maxbackup=10.',
  },
  /** Whoever makes much noise pushes traces out of the log. */
  {
    id: 'apiserver-audit-log-maxsize',
    title: 'A file of the audit log has 100 MB',
    controls: { cis: { 1.8: '1.2.20', 1.9: '1.2.19' }, checkov: 'CKV_K8S_94' },
    flags: ['audit-log-maxsize'],
    wanted: atLeast(100),
    unless: ['audit-webhook-config-file'],
    advice: 'Set --audit-log-maxsize=100.',
  },
  /** Profiles tell the inside of the process to those who may ask. */
  {
    id: 'apiserver-profiling',
    title: 'The API server shows no profiles',
    controls: { cis: { 1.8: '1.2.16', 1.9: '1.2.15' }, checkov: 'CKV_K8S_90' },
    flags: ['profiling'],
    wanted: mustBe(false, true),
    advice: 'Set --profiling=false.',
  },
  /** Requests that never end use the API server up. */
  {
    id: 'apiserver-request-timeout',
    title: 'Requests to the API server end',
    controls: { cis: { 1.8: '1.2.21', 1.9: '1.2.20' }, checkov: 'CKV_K8S_95' },
    flags: ['request-timeout'],
    wanted: within(300),
    advice: 'Remove --request-timeout (the default is 1m0s), or set at most 5m0s.',
  },
  /** Without it Secrets lie in etcd, and in its backups, as they are. */
  {
    id: 'apiserver-encryption-config',
    title: 'Secrets are encrypted in etcd',
    controls: { cis: { 1.8: '1.2.28', 1.9: '1.2.27' }, nsa: 'Encryption / secrets', checkov: 'CKV_K8S_104' },
    flags: ['encryption-provider-config'],
    wanted: SET,
    advice: 'Set --encryption-provider-config, with kms, secretbox or aescbc first.',
  },
]);
