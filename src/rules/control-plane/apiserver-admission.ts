import { Severity } from '../../kube/severity';
import { excludes, flagRules, includes } from './flag-rule';

/** What the API server lets in of what is asked. */
export const APISERVER_ADMISSION = flagRules('kube-apiserver', [
  /** The plugin admits whatever comes. */
  {
    id: 'apiserver-always-admit',
    title: 'The API server does not admit everything',
    severity: Severity.ERROR,
    controls: { cis: '1.2.10', checkov: 'CKV_K8S_79' },
    flags: ['enable-admission-plugins'],
    wanted: excludes('AlwaysAdmit'),
    advice: 'Take AlwaysAdmit out of --enable-admission-plugins.',
  },
  /** Without it a pod may use a private image that another one has pulled to its node, without being allowed to. */
  {
    id: 'apiserver-always-pull-images',
    title: 'Images are pulled with the rights of each pod',
    controls: { cis: '1.2.11', checkov: 'CKV_K8S_80' },
    flags: ['enable-admission-plugins'],
    wanted: includes('AlwaysPullImages'),
    advice: 'Add AlwaysPullImages to --enable-admission-plugins.',
  },
  /** Without it one client floods the API server with events. */
  {
    id: 'apiserver-event-rate-limit',
    title: 'The rate of events is limited',
    controls: { cis: '1.2.9' },
    flags: ['enable-admission-plugins'],
    wanted: includes('EventRateLimit'),
    advice: 'Add EventRateLimit to --enable-admission-plugins, with its limits in a file of --admission-control-config-file.',
  },
  /** Whoever writes a Service with externalIPs draws traffic that is meant for that address (CVE-2020-8554). */
  {
    id: 'apiserver-deny-external-ips',
    title: 'No Service may claim external addresses',
    controls: { cis: '1.2.3' },
    flags: ['enable-admission-plugins'],
    wanted: includes('DenyServiceExternalIPs'),
    advice: 'Add DenyServiceExternalIPs to --enable-admission-plugins.',
  },
  /** Without it a kubelet changes other nodes and their pods. */
  {
    id: 'apiserver-node-restriction',
    title: 'Kubelets change their own node alone',
    controls: { cis: { 1.8: '1.2.15', 1.9: '1.2.14' }, checkov: 'CKV_K8S_85' },
    flags: ['enable-admission-plugins'],
    wanted: includes('NodeRestriction'),
    advice: 'Add NodeRestriction to --enable-admission-plugins.',
  },
  /** Without it pods run without a service account and its limits. It is on unless it is switched off. */
  {
    id: 'apiserver-service-account-plugin',
    title: 'The plugin for service accounts is on',
    controls: { cis: { 1.8: '1.2.13', 1.9: '1.2.12' }, checkov: 'CKV_K8S_82' },
    flags: ['disable-admission-plugins'],
    wanted: excludes('ServiceAccount'),
    advice: 'Take ServiceAccount out of --disable-admission-plugins.',
  },
  /** Without it objects are made in namespaces that are going, or are not there. It is on unless it is switched off. */
  {
    id: 'apiserver-namespace-lifecycle',
    title: 'The plugin for the life of namespaces is on',
    controls: { cis: { 1.8: '1.2.14', 1.9: '1.2.13' }, checkov: 'CKV_K8S_83' },
    flags: ['disable-admission-plugins'],
    wanted: excludes('NamespaceLifecycle'),
    advice: 'Take NamespaceLifecycle out of --disable-admission-plugins.',
  },
]);
