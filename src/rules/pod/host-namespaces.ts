import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';
import { Controls } from '../rule';

/** A rule on one of the node's namespaces, each with a waiver of its own. */
function hostNamespace(key: 'hostNetwork' | 'hostPID' | 'hostIPC', id: string, what: string, controls: Controls): PodRule {
  return {
    id,
    title: `${key} is off`,
    severity: Severity.ERROR,
    controls: {
      pss: { level: 'baseline', control: 'hostNamespaces' }, nsa: 'Pod security enforcement', kyverno: 'pod-security/baseline/disallow-host-namespaces', ...controls,
    },
    advice: `Leave ${key} out.`,
    mend: pod => {
      if (!pod.windows) pod.spec[key] ??= false;
    },
    versions: [{ since: 0, check: pod => pod.spec[key] ? [{ field: key, what }] : [] }],
  };
}

/**
 * On the host network a pod is outside every NetworkPolicy and sees the node's traffic.
 *
 * Restricted fields: spec.hostNetwork
 * Allowed values: undefined, false
 */
export const podHostNetwork = hostNamespace('hostNetwork', 'pod-host-network', 'the pod is on the network of its node, outside every NetworkPolicy', {
  cis: '5.2.5', checkov: ['CKV_K8S_19', 'CKV_K8S_4'], kubeLinter: 'host-network', kubescape: ['C-0041', 'C-0196', 'C-0216'], polaris: 'hostNetworkSet', trivy: 'KSV-0009',
});

/**
 * Restricted fields: spec.hostPID
 * Allowed values: undefined, false
 */
export const podHostPid = hostNamespace('hostPID', 'pod-host-pid', 'the pod sees and can signal the processes of its node', {
  cis: '5.2.3', checkov: ['CKV_K8S_17', 'CKV_K8S_1'], kubeLinter: 'host-pid', kubescape: ['C-0038', 'C-0194', 'C-0214', 'C-0275'], polaris: 'hostPIDSet', trivy: 'KSV-0010',
});

/**
 * Restricted fields: spec.hostIPC
 * Allowed values: undefined, false
 */
export const podHostIpc = hostNamespace('hostIPC', 'pod-host-ipc', 'the pod shares memory with the processes of its node', {
  cis: '5.2.4', checkov: ['CKV_K8S_18', 'CKV_K8S_3'], kubeLinter: 'host-ipc', kubescape: ['C-0038', 'C-0195', 'C-0215', 'C-0276'], polaris: 'hostIPCSet', trivy: 'KSV-0008',
});
