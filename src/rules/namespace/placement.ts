import { isObject } from '../../kube/json';
import { podPart } from '../../kube/kinds';
import { Manifest } from '../../kube/pod-spec';
import { Severity } from '../../kube/severity';
import { ManifestRule } from '../manifest-rule';
import { Violation } from '../rule';

const PODS = ['CronJob', 'DaemonSet', 'Deployment', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];
const BESIDES = ['ConfigMap', 'Ingress', 'Role', 'RoleBinding', 'Secret', 'Service', 'ServiceAccount'];

/** What Kubernetes itself puts into every namespace, or into this one. */
const ITS_OWN = ['ServiceAccount default', 'ConfigMap kube-root-ca.crt', 'Service kubernetes'];

/**
 * What shares the default namespace shares its default account, its Secrets and its policies with whatever else was
 * put down there without a thought. An object without a namespace goes there unless it is told otherwise on applying:
 * which of the two it will be is unknown, so it is said once a workload, not of whatever lies beside it.
 *
 * Fields: metadata.namespace
 * Wanted: any but default
 */
export const namespaceDefault: ManifestRule = {
  id: 'namespace-default',
  title: 'Nothing lies in the default namespace',
  severity: Severity.WARNING,
  controls: {
    cis: { 1.8: '5.7.4', 1.11: '5.6.4' },
    nsa: 'Namespaces',
    checkov: 'CKV_K8S_21',
    kubeLinter: 'use-namespace',
    kubescape: ['C-0061', 'C-0212'],
    trivy: 'KSV-0110',
    kyverno: 'best-practices/disallow-default-namespace',
  },
  advice: 'Write metadata.namespace: one for each application.',
  kinds: [...PODS, ...BESIDES],
  readsNames: true,
  check: ({ manifest: { apiVersion, kind, metadata } }): Violation[] => {
    if (!isObject(metadata)) return [];
    const { namespace } = metadata;
    const isElsewhere = namespace !== undefined && namespace !== null && namespace !== '' && namespace !== 'default';
    if (isElsewhere || isForeign(apiVersion) || ITS_OWN.includes(`${String(kind)} ${String(metadata.name)}`)) return [];
    if (namespace === 'default') return [{ field: 'metadata.namespace', what: 'the object is put into the default namespace' }];
    if (!PODS.includes(String(kind))) return [];
    return [{ field: 'metadata.namespace', what: 'no namespace is named, so that the pods go into the default one unless it is told otherwise on applying' }];
  },
};

/** A group with a dot is somebody else's, but for Kubernetes' own: rbac.authorization.k8s.io, networking.k8s.io. */
function isForeign(apiVersion: unknown): boolean {
  return typeof apiVersion === 'string' && /\.[^/]*\//.test(apiVersion) && !/\.k8s\.io\//.test(apiVersion);
}

/** Labels of what belongs to the cluster: static pods of the control plane, and its addons. */
const ADDON_LABELS: { readonly [label: string]: readonly string[] | undefined } = {
  'tier': ['control-plane', 'node'],
  'k8s-app': undefined,
  'kubernetes.io/cluster-service': ['true'],
  'addonmanager.kubernetes.io/mode': undefined,
  'addon.kops.k8s.io/name': undefined,
};

/**
 * Whoever is in kube-system may read the Secrets of the cluster's own parts, and no policy or quota holds there. The
 * cluster's parts are told by their priority (system-…) or their labels.
 *
 * Fields: metadata.namespace of what writes pods
 * Wanted: any but kube-system, kube-public and kube-node-lease, for what is not of the cluster
 */
export const namespaceKubeSystem: ManifestRule = {
  id: 'namespace-kube-system',
  title: "Nothing of the users' lies in the namespaces of the cluster",
  severity: Severity.WARNING,
  controls: { nsa: 'Namespaces', trivy: 'KSV-0037' },
  advice: 'Give the workload a namespace of its own; a part of the cluster says so by priorityClassName, system-cluster-critical or system-node-critical.',
  kinds: PODS,
  readsNames: true,
  check: ({ manifest }): Violation[] => {
    const { metadata } = manifest;
    const namespace = isObject(metadata) ? metadata.namespace : undefined;
    if (typeof namespace !== 'string' || !SYSTEM_NAMESPACES.includes(namespace)) return [];
    const part = podPart(manifest as Manifest);
    if (!part || String(part.spec.priorityClassName).startsWith('system-') || isAddon(part.meta.labels) || isAddon(isObject(metadata) ? metadata.labels : undefined)) return [];
    return [{ field: 'metadata.namespace', what: `a workload that is no part of the cluster is put into ${namespace}` }];
  },
};

function isAddon(labels: unknown): boolean {
  return isObject(labels) && Object.keys(ADDON_LABELS).some(label => (
    Object.hasOwn(labels, label) && (ADDON_LABELS[label]?.includes(String(labels[label])) ?? true)
  ));
}

/** The namespaces that every cluster has for itself. */
export const SYSTEM_NAMESPACES: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];
