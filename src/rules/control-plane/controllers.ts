import { atLeast, excludes, flagRules, mustBe, oneOf, SET } from './flag-rule';

/** The controller manager. */
export const CONTROLLER_MANAGER = flagRules('kube-controller-manager', [
  /** Profiles tell the inside of the process to those who may ask. */
  {
    id: 'controller-manager-profiling',
    title: 'The controller manager shows no profiles',
    controls: { cis: '1.3.2', checkov: 'CKV_K8S_107' },
    flags: ['profiling'],
    wanted: mustBe(false, true),
    advice: 'Set --profiling=false.',
  },
  /** With 0 pods that have ended are never cleared away. */
  {
    id: 'controller-manager-pod-gc',
    title: 'Pods that have ended are cleared away',
    controls: { cis: '1.3.1', checkov: 'CKV_K8S_106' },
    flags: ['terminated-pod-gc-threshold'],
    wanted: atLeast(1, true),
    advice: 'Remove --terminated-pod-gc-threshold, or set it above 0.',
  },
  /** Without it every controller has the rights of all. */
  {
    id: 'controller-manager-service-account-credentials',
    title: 'Each controller has an account of its own',
    controls: { cis: '1.3.3', checkov: 'CKV_K8S_108' },
    flags: ['use-service-account-credentials'],
    wanted: mustBe(true, false),
    advice: 'Set --use-service-account-credentials=true.',
  },
  /** Without it no tokens of service accounts are made, or by a key of another purpose. */
  {
    id: 'controller-manager-service-account-key',
    title: 'The controller manager signs with the key of service accounts',
    controls: { cis: '1.3.4', checkov: 'CKV_K8S_110' },
    flags: ['service-account-private-key-file'],
    wanted: SET,
    advice: 'Set --service-account-private-key-file.',
  },
  /** Without it pods cannot check whom they talk to at the API server. */
  {
    id: 'controller-manager-root-ca',
    title: 'Pods are given the certificate of the API server',
    controls: { cis: '1.3.5', checkov: 'CKV_K8S_111' },
    flags: ['root-ca-file'],
    wanted: SET,
    advice: 'Set --root-ca-file.',
  },
  /** Without it the certificates of kubelets run out, or are made to last for years. */
  {
    id: 'controller-manager-rotate-server-certificates',
    title: 'Certificates of kubelets are renewed',
    controls: { cis: '1.3.6', checkov: 'CKV_K8S_112' },
    flags: ['feature-gates'],
    wanted: excludes('RotateKubeletServerCertificate=false'),
    advice: 'Take RotateKubeletServerCertificate=false out of --feature-gates.',
  },
  /** By default metrics and health are shown on every address of the node. */
  {
    id: 'controller-manager-bind-address',
    title: 'The controller manager listens on the node alone',
    controls: { cis: '1.3.7', checkov: 'CKV_K8S_113' },
    flags: ['bind-address'],
    wanted: oneOf(['127.0.0.1', '::1', 'localhost'], false),
    advice: 'Set --bind-address=127.0.0.1.',
  },
]);

/** The scheduler. */
export const SCHEDULER = flagRules('kube-scheduler', [
  /** Profiles tell the inside of the process to those who may ask. */
  {
    id: 'scheduler-profiling',
    title: 'The scheduler shows no profiles',
    controls: { cis: '1.4.1', checkov: 'CKV_K8S_114' },
    flags: ['profiling'],
    wanted: mustBe(false, true),
    advice: 'Set --profiling=false.',
  },
  /** By default metrics and health are shown on every address of the node. */
  {
    id: 'scheduler-bind-address',
    title: 'The scheduler listens on the node alone',
    controls: { cis: '1.4.2', checkov: 'CKV_K8S_115' },
    flags: ['bind-address'],
    wanted: oneOf(['127.0.0.1', '::1', 'localhost'], false),
    advice: 'Set --bind-address=127.0.0.1.',
  },
]);
