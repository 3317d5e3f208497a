import { JsonObject, isObject } from '../../kube/json';
import { Manifest } from '../../kube/pod-spec';

const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'];
/** These hold every service account. */
const GROUPS = ['system:serviceaccounts', 'system:authenticated'];

/**
 * Whether some binding of the input grants rights to the default service account of a namespace. An object that names no
 * namespace may come to lie in any.
 */
export function defaultAccountsGranted(manifests: readonly Manifest[]): (namespace: string | undefined) => boolean {
  const namespaces = new Set<string | undefined>();
  let anywhere = false;
  for (const { kind, metadata, subjects } of manifests) {
    if (!BINDINGS.includes(kind) || !Array.isArray(subjects)) continue;
    for (const subject of subjects.filter(isObject) as JsonObject[]) {
      const own = kind === 'RoleBinding' ? metadata.namespace : undefined;
      const group = subject.kind === 'Group' ? String(subject.name) : undefined;
      if (subject.kind === 'ServiceAccount' && subject.name === 'default') namespaces.add(typeof subject.namespace === 'string' ? subject.namespace : own);
      else if (group !== undefined && GROUPS.includes(group)) anywhere = true;
      else if (group?.startsWith(`${GROUPS[0]}:`)) namespaces.add(group.slice(GROUPS[0].length + 1));
    }
  }
  return namespace => anywhere || namespaces.has(namespace) || (namespaces.size > 0 && (namespace === undefined || namespaces.has(undefined)));
}
