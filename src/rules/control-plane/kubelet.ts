import { Severity } from '../../kube/severity';
import { STRONG_CIPHERS } from './ciphers';
import { ABSENT, among, atLeast, excludes, flagRules, LOCAL, mustBe, oneOf, SET, within } from './flag-rule';

/** What runs pods on a node. */
export const KUBELET = flagRules('kubelet', [
  /** Whoever reaches a node asks its kubelet without a name. */
  {
    id: 'kubelet-anonymous-auth',
    title: 'The kubelet answers nobody without a name',
    severity: Severity.ERROR,
    controls: { cis: '4.2.1', checkov: 'CKV_K8S_138' },
    flags: ['anonymous-auth'],
    wanted: mustBe(false, true),
    advice: 'Set --anonymous-auth=false; in a configuration file, authentication.anonymous.enabled.',
  },
  /** Whoever is let in runs commands in every pod of the node. */
  {
    id: 'kubelet-always-allow',
    title: 'The kubelet does not allow everything',
    severity: Severity.ERROR,
    controls: { cis: '4.2.2', checkov: 'CKV_K8S_139' },
    flags: ['authorization-mode'],
    wanted: oneOf(['Webhook'], false),
    advice: 'Set --authorization-mode=Webhook; in a configuration file, authorization.mode.',
  },
  /** Without it the kubelet cannot tell the API server from others. */
  {
    id: 'kubelet-client-ca',
    title: 'The kubelet knows the certificates of its clients',
    controls: { cis: '4.2.3', checkov: 'CKV_K8S_140' },
    flags: ['client-ca-file'],
    wanted: SET,
    advice: 'Set --client-ca-file; in a configuration file, the field of authentication.x509.',
  },
  /** Whoever reaches the port is told every pod of the node, its variables included. */
  {
    id: 'kubelet-read-only-port',
    title: 'The kubelet has no port without names',
    severity: Severity.ERROR,
    controls: { cis: '4.2.4', checkov: 'CKV_K8S_141' },
    flags: ['read-only-port'],
    wanted: oneOf(['0'], false),
    advice: 'Set --read-only-port=0.',
  },
  /** Whoever reaches the port is told what runs on the node. */
  {
    id: 'kubelet-cadvisor-port',
    title: 'The kubelet has no port of cAdvisor',
    flags: ['cadvisor-port'],
    wanted: oneOf(['0'], true),
    isField: false,
    advice: 'Remove --cadvisor-port, or set it to 0.',
  },
  /** With 0 shells into pods never end. */
  {
    id: 'kubelet-streaming-timeout',
    title: 'Connections into pods end when they are idle',
    controls: { cis: '4.2.5', checkov: 'CKV_K8S_143' },
    flags: ['streaming-connection-idle-timeout'],
    wanted: within(4 * 60 * 60),
    advice: 'Remove --streaming-connection-idle-timeout (the default is 4h), or set 5m.',
  },
  /** Without it the kubelet changes the kernel of the node instead of refusing one that is set up otherwise. */
  {
    id: 'kubelet-protect-kernel-defaults',
    title: 'The kubelet does not change the kernel',
    controls: { checkov: 'CKV_K8S_144' },
    flags: ['protect-kernel-defaults'],
    wanted: mustBe(true, false),
    advice: 'Set --protect-kernel-defaults=true.',
  },
  /** Without it rules for the network are left to somebody else. */
  {
    id: 'kubelet-iptables-chains',
    title: 'The kubelet keeps the rules of the network',
    controls: { cis: '4.2.6', checkov: 'CKV_K8S_145' },
    flags: ['make-iptables-util-chains'],
    wanted: mustBe(true, true),
    advice: 'Remove --make-iptables-util-chains=false.',
  },
  /** A node under another name breaks its certificate, and what is told of it. */
  {
    id: 'kubelet-hostname-override',
    title: 'The node has its own name',
    controls: { cis: '4.2.7', checkov: 'CKV_K8S_146' },
    flags: ['hostname-override'],
    wanted: ABSENT,
    isField: false,
    advice: 'Remove --hostname-override.',
  },
  /** Below 0 no event at all is told. */
  {
    id: 'kubelet-event-qps',
    title: 'The kubelet tells events',
    controls: { cis: '4.2.8', checkov: 'CKV_K8S_147' },
    flags: ['event-qps'],
    wanted: atLeast(0, true),
    advice: 'Remove --event-qps, or set 0 for no limit.',
  },
  /** Without it the kubelet signs its own, which the API server cannot check. */
  {
    id: 'kubelet-tls-certificate',
    title: 'The kubelet has a certificate',
    controls: { cis: '4.2.9', checkov: 'CKV_K8S_148' },
    flags: ['tls-cert-file', 'tls-private-key-file'],
    wanted: SET,
    unless: ['server-tls-bootstrap', 'rotate-server-certificates'],
    advice: 'Set --tls-cert-file and --tls-private-key-file; or let the cluster sign one (server TLS bootstrap).',
  },
  /** Without it the certificate of the kubelet runs out, or is made to last for years. */
  {
    id: 'kubelet-rotate-certificates',
    title: 'The certificate of the kubelet is renewed',
    controls: { cis: '4.2.10', checkov: 'CKV_K8S_149' },
    flags: ['rotate-certificates'],
    wanted: mustBe(true, true),
    advice: 'Set --rotate-certificates=true.',
  },
  /** Without it the certificate by which it answers runs out, or is made to last for years. */
  {
    id: 'kubelet-rotate-server-certificates',
    title: 'The certificate by which the kubelet answers is renewed',
    controls: { cis: '4.2.11' },
    flags: ['feature-gates'],
    wanted: excludes('RotateKubeletServerCertificate=false'),
    advice: 'Take RotateKubeletServerCertificate=false out of --feature-gates.',
  },
  /** Weak ciphers are broken by those who listen. */
  {
    id: 'kubelet-tls-ciphers',
    title: 'The kubelet uses strong ciphers alone',
    controls: { cis: '4.2.12', checkov: 'CKV_K8S_151' },
    flags: ['tls-cipher-suites'],
    wanted: among(STRONG_CIPHERS),
    advice: 'Remove --tls-cipher-suites, for the defaults are strong; or name suites with ECDHE and GCM or CHACHA20.',
  },
  /** Without a limit one pod takes every process of its node. */
  {
    id: 'kubelet-pod-pids',
    title: 'Pods have a limit of processes',
    controls: { cis: '4.2.13' },
    flags: ['pod-max-pids'],
    wanted: atLeast(1),
    advice: 'Set --pod-max-pids, to 1024 for example.',
  },
  /** Without it pods that name no profile run without any. */
  {
    id: 'kubelet-seccomp-default',
    title: 'Pods have a seccomp profile by default',
    controls: { cis: { 1.11: '4.2.14' } },
    flags: ['seccomp-default'],
    wanted: mustBe(true, false),
    advice: 'Set --seccomp-default.',
  },
]);

/** What leads traffic to Services. */
export const KUBE_PROXY = flagRules('kube-proxy', [
  /** By any other address the metrics of the node are shown to whoever reaches it. */
  {
    id: 'kube-proxy-metrics-address',
    title: 'kube-proxy shows its metrics on the node alone',
    controls: { cis: { 1.9: '4.3.1' } },
    flags: ['metrics-bind-address'],
    wanted: LOCAL,
    advice: 'Remove --metrics-bind-address, or set 127.0.0.1:10249.',
  },
]);
