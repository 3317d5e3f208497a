import { Severity } from '../../kube/severity';
import { flagRules, mustBe, SET } from './flag-rule';

/** Where everything lies. */
export const ETCD = flagRules('etcd', [
  /** Without it what goes to etcd, Secrets included, can be read on the way. */
  {
    id: 'etcd-certificate',
    title: 'etcd has a certificate',
    severity: Severity.ERROR,
    controls: { cis: '2.1', checkov: 'CKV_K8S_116' },
    flags: ['cert-file', 'key-file'],
    wanted: SET,
    advice: 'Set --cert-file and --key-file.',
  },
  /** Whoever reaches etcd reads and writes everything, past the API server. */
  {
    id: 'etcd-client-cert-auth',
    title: 'etcd lets clients with certificates in alone',
    severity: Severity.ERROR,
    controls: { cis: '2.2', checkov: 'CKV_K8S_117' },
    flags: ['client-cert-auth'],
    wanted: mustBe(true, false),
    advice: 'Set --client-cert-auth=true, and --trusted-ca-file.',
  },
  /** A certificate that etcd signs itself can be checked by nobody. */
  {
    id: 'etcd-auto-tls',
    title: 'etcd does not sign its own certificate',
    controls: { cis: '2.3', checkov: 'CKV_K8S_118' },
    flags: ['auto-tls'],
    wanted: mustBe(false, false),
    advice: 'Remove --auto-tls.',
  },
  /** Without it what members tell each other, Secrets included, can be read on the way. */
  {
    id: 'etcd-peer-certificate',
    title: 'Members of etcd have certificates',
    controls: { cis: '2.4', checkov: 'CKV_K8S_119' },
    flags: ['peer-cert-file', 'peer-key-file'],
    wanted: SET,
    advice: 'Set --peer-cert-file and --peer-key-file.',
  },
  /** Whoever reaches the port of members joins them, and has all data. */
  {
    id: 'etcd-peer-client-cert-auth',
    title: 'Members of etcd let those with certificates in alone',
    controls: { cis: '2.5', checkov: 'CKV_K8S_121' },
    flags: ['peer-client-cert-auth'],
    wanted: mustBe(true, false),
    advice: 'Set --peer-client-cert-auth=true, and --peer-trusted-ca-file.',
  },
  /** A certificate that a member signs itself can be checked by nobody. */
  {
    id: 'etcd-peer-auto-tls',
    title: 'Members of etcd do not sign their own certificates',
    controls: { cis: '2.6' },
    flags: ['peer-auto-tls'],
    wanted: mustBe(false, false),
    advice: 'Remove --peer-auto-tls.',
  },
  /** Without it etcd takes any certificate that somebody has signed whom the node trusts. */
  {
    id: 'etcd-trusted-ca',
    title: 'etcd knows who signs the certificates of its clients',
    controls: { cis: '2.7' },
    flags: ['trusted-ca-file'],
    wanted: SET,
    advice: 'Set --trusted-ca-file to a certificate that signs for etcd alone.',
  },
]);
