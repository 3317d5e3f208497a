import { Severity } from '../../kube/severity';
import { STRONG_CIPHERS } from './ciphers';
import { ABSENT, among, atLeast, flagRules, mustBe, oneOf, SET } from './flag-rule';

/** How the API server talks to others. */
export const APISERVER_CONNECTIONS = flagRules('kube-apiserver', [
  /** Whoever reaches it does everything, without a name. */
  {
    id: 'apiserver-insecure-port',
    title: 'The API server has no port without encryption',
    severity: Severity.ERROR,
    controls: { checkov: 'CKV_K8S_88' },
    flags: ['insecure-port'],
    wanted: oneOf(['0'], true),
    advice: 'Remove --insecure-port, or set it to 0.',
  },
  /** Whoever reaches it does everything, without a name. */
  {
    id: 'apiserver-insecure-bind-address',
    title: 'The API server has no address without encryption',
    severity: Severity.ERROR,
    controls: { checkov: 'CKV_K8S_86' },
    flags: ['insecure-bind-address'],
    wanted: ABSENT,
    advice: 'Remove --insecure-bind-address.',
  },
  /** With 0 there is no port with encryption and names. */
  {
    id: 'apiserver-secure-port',
    title: 'The API server has a port with encryption',
    severity: Severity.ERROR,
    controls: { checkov: 'CKV_K8S_89' },
    flags: ['secure-port'],
    wanted: atLeast(1, true),
    advice: 'Remove --secure-port=0.',
  },
  /** What goes to the kubelets could be read and changed on the way. */
  {
    id: 'apiserver-kubelet-https',
    title: 'The API server talks to kubelets by HTTPS',
    severity: Severity.ERROR,
    controls: { checkov: 'CKV_K8S_71' },
    flags: ['kubelet-https'],
    wanted: mustBe(true, true),
    advice: 'Remove --kubelet-https=false.',
  },
  /** Without it kubelets cannot tell the API server from others. */
  {
    id: 'apiserver-kubelet-client-certificate',
    title: 'The API server shows kubelets a certificate',
    controls: { cis: '1.2.4', checkov: 'CKV_K8S_72' },
    flags: ['kubelet-client-certificate', 'kubelet-client-key'],
    wanted: SET,
    advice: 'Set --kubelet-client-certificate and --kubelet-client-key.',
  },
  /** Without it whoever sits between them passes for a kubelet. */
  {
    id: 'apiserver-kubelet-ca',
    title: 'The API server checks the certificates of kubelets',
    controls: { cis: '1.2.5', checkov: 'CKV_K8S_73' },
    flags: ['kubelet-certificate-authority'],
    wanted: SET,
    advice: 'Set --kubelet-certificate-authority, once kubelets have certificates of the cluster.',
  },
  /** Without it etcd cannot tell the API server from others, who would read every Secret. */
  {
    id: 'apiserver-etcd-client-certificate',
    title: 'The API server shows etcd a certificate',
    controls: { cis: { 1.8: '1.2.24', 1.9: '1.2.23' }, checkov: 'CKV_K8S_99' },
    flags: ['etcd-certfile', 'etcd-keyfile'],
    wanted: SET,
    advice: 'Set --etcd-certfile and --etcd-keyfile.',
  },
  /** Without it whoever sits between them passes for etcd. */
  {
    id: 'apiserver-etcd-ca',
    title: 'The API server checks the certificate of etcd',
    controls: { cis: { 1.8: '1.2.27', 1.9: '1.2.26' }, checkov: 'CKV_K8S_102' },
    flags: ['etcd-cafile'],
    wanted: SET,
    advice: 'Set --etcd-cafile.',
  },
  /** Without it the API server signs its own, which no client can check. */
  {
    id: 'apiserver-tls-certificate',
    title: 'The API server has a certificate',
    controls: { cis: { 1.8: '1.2.25', 1.9: '1.2.24' }, checkov: 'CKV_K8S_100' },
    flags: ['tls-cert-file', 'tls-private-key-file'],
    wanted: SET,
    advice: 'Set --tls-cert-file and --tls-private-key-file.',
  },
  /** Weak ciphers are broken by those who listen. */
  {
    id: 'apiserver-tls-ciphers',
    title: 'The API server uses strong ciphers alone',
    controls: { cis: { 1.8: '1.2.30', 1.9: '1.2.29' }, checkov: 'CKV_K8S_105' },
    flags: ['tls-cipher-suites'],
    wanted: among(STRONG_CIPHERS),
    advice: 'Remove --tls-cipher-suites, for the defaults are strong; or name suites with ECDHE and GCM or CHACHA20.',
  },
]);
