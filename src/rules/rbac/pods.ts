import { Severity } from '../../kube/severity';
import { RbacRule, tooMuch } from '../rbac-rule';

/**
 * A shell in another pod has all that this pod has. A get is enough: over a web socket exec is one.
 *
 * Restricted fields: rules[*] with pods/exec or pods/attach
 * Allowed verbs: any but get and create
 */
export const rbacExec: RbacRule = {
  id: 'rbac-exec',
  title: 'No shells in other pods',
  severity: Severity.ERROR,
  controls: {
    nsa: 'Role-based access control',
    checkov: 'CKV2_K8S_2',
    kubescape: 'C-0002',
    polaris: ['rolePodExecAttach', 'clusterrolePodExecAttach', 'rolebindingRolePodExecAttach', 'rolebindingClusterRolePodExecAttach', 'clusterrolebindingPodExecAttach'],
    trivy: ['KSV-0053', 'KSV-0054'],
  },
  advice: 'Leave it out; what other pods are to do, ask them over the network.',
  check: tooMuch({ verbs: ['get', 'create'], resources: { '': ['pods/exec', 'pods/attach'] }, consequence: 'it can do all that those pods can do' }),
};

/**
 * A forwarded port comes from the node: no network policy holds it.
 *
 * Restricted fields: rules[*] with pods/portforward
 * Allowed verbs: any but get and create
 */
export const rbacPortForward: RbacRule = {
  id: 'rbac-port-forward',
  title: 'No ports forwarded to other pods',
  severity: Severity.ERROR,
  controls: { kubescape: 'C-0063' },
  advice: 'Leave it out, and write a NetworkPolicy that lets the workload connect.',
  inCode: 'Leave it out, and say the flow: connectTo(…).',
  check: tooMuch({ verbs: ['get', 'create'], resources: { '': ['pods/portforward'] }, consequence: 'it can reach those pods past all network policies' }),
};

/**
 * Whoever writes pods chooses their service account and mounts any Secret of the namespace. Operators need it; whether
 * this one does, a person has to say.
 *
 * Fields: rules[*] with pods, or kinds that write pods
 * Wanted: none of create, update and patch
 */
export const rbacCreatePods: RbacRule = {
  id: 'rbac-create-pods',
  title: 'Little access to create pods',
  severity: Severity.WARNING,
  controls: { cis: '5.1.4', nsa: 'Role-based access control', kubeLinter: 'access-to-create-pods', kubescape: 'C-0188', trivy: 'KSV-0048' },
  advice: 'Leave it out, or give the workload a namespace without Secrets and accounts of others.',
  check: tooMuch({
    verbs: ['create', 'update', 'patch'],
    resources: {
      '': ['pods', 'replicationcontrollers'],
      'apps': ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
      'batch': ['cronjobs', 'jobs'],
    },
    consequence: 'such pods can have every service account and every Secret of the namespace',
  }),
};
