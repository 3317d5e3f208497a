import { Severity } from '../../kube/severity';
import { PodRule } from '../pod-rule';

/** A rule on one of the node's namespaces, each with a waiver of its own. */
function hostNamespace(key: 'hostNetwork' | 'hostPID' | 'hostIPC', id: string, what: string, cis: string, checkov: string): PodRule {
  return {
    id,
    title: `${key} is off`,
    severity: Severity.ERROR,
    controls: { pss: { level: 'baseline', control: 'hostNamespaces' }, cis, checkov },
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
export const podHostNetwork = hostNamespace('hostNetwork', 'pod-host-network', 'the pod is on the network of its node, outside every NetworkPolicy', '5.2.5', 'CKV_K8S_19');

/**
 * Restricted fields: spec.hostPID
 * Allowed values: undefined, false
 */
export const podHostPid = hostNamespace('hostPID', 'pod-host-pid', 'the pod sees and can signal the processes of its node', '5.2.3', 'CKV_K8S_17');

/**
 * Restricted fields: spec.hostIPC
 * Allowed values: undefined, false
 */
export const podHostIpc = hostNamespace('hostIPC', 'pod-host-ipc', 'the pod shares memory with the processes of its node', '5.2.4', 'CKV_K8S_18');
