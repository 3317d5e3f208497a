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
  controls: { cis: '5.1.10', checkov: 'CKV2_K8S_2' },
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
  controls: { cis: '5.1.9' },
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
  controls: { cis: '5.1.11', checkov: 'CKV_K8S_156' },
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
  controls: { cis: '5.1.12', checkov: 'CKV_K8S_155' },
  advice: 'Write the configuration beside the workload, so that nothing has to be granted.',
  check: tooMuch({
    verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
    resources: { 'admissionregistration.k8s.io': ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'] },
    consequence: 'it can read and change whatever others apply',
  }),
};
