import { JsonObject, isObject } from '../../kube/json';
import { Subject } from '../../kube/rbac';

/** The roles that Kubernetes and kubeadm give to groups of everybody, or give everything, by the name of the binding. */
const BUILT_IN: ReadonlyMap<string, { readonly role: string; readonly subjects: readonly string[] }> = new Map([
  ['cluster-admin', { role: 'cluster-admin', subjects: ['system:masters'] }],
  ['system:basic-user', { role: 'system:basic-user', subjects: ['system:authenticated'] }],
  ['system:discovery', { role: 'system:discovery', subjects: ['system:authenticated'] }],
  ['system:public-info-viewer', { role: 'system:public-info-viewer', subjects: ['system:authenticated', 'system:unauthenticated'] }],
  ['system:service-account-issuer-discovery', { role: 'system:service-account-issuer-discovery', subjects: ['system:serviceaccounts'] }],
  ['kubeadm:cluster-admins', { role: 'cluster-admin', subjects: ['kubeadm:cluster-admins'] }],
  ['kubeadm:bootstrap-signer-clusterinfo', { role: 'kubeadm:bootstrap-signer-clusterinfo', subjects: ['system:anonymous'] }],
]);

/**
 * Tells whether a binding is one that every cluster has: an export of a cluster is not to be blamed for them. Not the
 * label `kubernetes.io/bootstrapping` tells, which anybody can write, but the same role for the same subjects.
 */
export function isBuiltIn({ metadata, roleRef }: JsonObject, { name }: Subject): boolean {
  const known = isObject(metadata) && typeof metadata.name === 'string' ? BUILT_IN.get(metadata.name) : undefined;
  return known !== undefined && isObject(roleRef) && roleRef.name === known.role && known.subjects.includes(name);
}
