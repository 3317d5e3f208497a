import { Severity } from '../../kube/severity';
import { RbacRule, tooMuch } from '../rbac-rule';

/**
 * The API server passes on to the kubelet, which runs commands in every pod of the node.
 *
 * Restricted fields: rules[*] with nodes/proxy
 * Allowed verbs: none
 */
export const rbacNodeProxy: RbacRule = {
  id: 'rbac-node-proxy',
  title: "No way to the kubelet through the API server's proxy",
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.10',
    nsa: 'Role-based access control',
    checkov: 'CKV2_K8S_2',
    kubescape: 'C-0279',
    trivy: 'KSV-0047',
    kyverno: 'other/restrict-clusterrole-nodesproxy',
  },
  advice: 'Grant get on nodes/metrics or nodes/stats, which is what monitoring needs.',
  check: tooMuch({ verbs: ['get', 'create', 'update', 'patch', 'delete'], resources: { '': ['nodes/proxy'] }, consequence: 'it can run commands in every pod' }),
};

/**
 * A volume can be a folder of the node.
 *
 * Fields: rules[*] with persistentvolumes
 * Wanted: no create
 */
export const rbacPersistentVolumes: RbacRule = {
  id: 'rbac-persistent-volumes',
  title: 'No volumes made at will',
  severity: Severity.WARNING,
  controls: { cis: '5.1.9', kubescape: 'C-0278' },
  advice: 'Leave volumes to a storage provisioner, and claim them.',
  check: tooMuch({ verbs: ['create'], resources: { '': ['persistentvolumes'] }, consequence: 'such a volume can be any folder of a node' }),
};

/**
 * Whoever approves requests for certificates signs an identity for anybody.
 *
 * Restricted fields: rules[*] with certificatesigningrequests/approval, or signers
 * Allowed verbs: any but update and patch; any but approve and sign
 */
export const rbacCsr: RbacRule = {
  id: 'rbac-csr',
  title: 'No approval of certificates',
  severity: Severity.ERROR,
  controls: { cis: '5.1.11', checkov: 'CKV_K8S_156', kubescape: 'C-0280', kyverno: 'other/restrict-clusterrole-csr' },
  advice: 'Leave it to the signer that the cluster has.',
  check: tooMuch({
    verbs: ['update', 'patch', 'approve', 'sign'],
    resources: { 'certificates.k8s.io': ['certificatesigningrequests/approval', 'signers'] },
    consequence: 'it can have an identity of anybody signed',
  }),
};

/**
 * A webhook reads and changes what others apply.
 *
 * Restricted fields: rules[*] with mutatingwebhookconfigurations or validatingwebhookconfigurations
 * Allowed verbs: get, list and watch
 */
export const rbacWebhooks: RbacRule = {
  id: 'rbac-webhooks',
  title: 'No control of admission webhooks',
  severity: Severity.ERROR,
  controls: {
    cis: '5.1.12',
    checkov: 'CKV_K8S_155',
    kubescape: 'C-0281',
    trivy: 'KSV-0114',
    kyverno: 'other/restrict-clusterrole-mutating-validating-admission-webhooks',
  },
  advice: 'Write the configuration beside the workload, so that nothing has to be granted.',
  check: tooMuch({
    verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
    resources: { 'admissionregistration.k8s.io': ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'] },
    consequence: 'it can read and change whatever others apply',
  }),
};

/**
 * The address of a load balancer is in the status of its Service: whoever writes it draws traffic that is meant for
 * another address to pods of their own (CVE-2020-8554, which is not to be fixed).
 *
 * Restricted fields: rules[*] with services/status
 * Allowed verbs: any but update and patch
 */
export const rbacServicesStatus: RbacRule = {
  id: 'rbac-services-status',
  title: 'No writing of the status of Services',
  severity: Severity.ERROR,
  controls: { checkov: 'CKV2_K8S_4', trivy: 'KSV-0056' },
  advice: 'Leave it to the controller that makes load balancers.',
  check: tooMuch({ verbs: ['update', 'patch'], resources: { '': ['services/status'] }, consequence: 'it can draw to itself what is meant for other addresses' }),
};

/**
 * Many workloads, the cluster's DNS among them, do what their ConfigMap says. Those that a rule names are the role's own.
 *
 * Fields: rules[*] with configmaps
 * Wanted: only get, list and watch; any of ConfigMaps that the rule names
 */
export const rbacConfigmaps: RbacRule = {
  id: 'rbac-configmaps',
  title: 'ConfigMaps are written by name alone',
  severity: Severity.WARNING,
  controls: { kubescape: 'C-0037', trivy: 'KSV-0049' },
  advice: 'Name each ConfigMap in resourceNames; one that it would have to create, apply beside the workload.',
  check: tooMuch({
    verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
    resources: { '': ['configmaps'] },
    fineByName: ['create', 'update', 'patch', 'delete', 'deletecollection'],
    consequence: 'other workloads do what theirs say',
  }),
};
