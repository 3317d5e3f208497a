import { JsonObject, isObject } from '../../kube/json';
import { isBinding, subjectsOf } from '../../kube/rbac';
import { Severity } from '../../kube/severity';
import { ManifestSet, SetPod, namespaceOf } from '../manifest-set';
import { SetRule } from '../set-rule';

/**
 * A token for the API server that gives no rights serves nobody but an intruder: with it they are no longer anonymous.
 * Nothing is said where the account itself is not here: its rights may lie beside it.
 *
 * Fields: volumes[*].projected.sources[*].serviceAccountToken of a pod, without an audience of its own
 * Wanted: a binding that gives the account of the pod a role
 */
export const rbacTokenWithoutRights: SetRule = {
  id: 'rbac-token-without-rights',
  title: 'No token for the API server without rights there',
  severity: Severity.WARNING,
  controls: { nsa: 'Protecting Pod service account tokens' },
  advice: 'Remove the serviceAccountToken from the volume, or bind the role that the workload needs to its account.',
  check: set => {
    const given = set.once(accountsWithRights);
    return set.pods.flatMap(pod => {
      const token = apiToken(pod);
      if (token === undefined) return [];
      const account = pod.spec.serviceAccountName ?? 'default';
      if (!set.has('ServiceAccount', pod.namespace, account) || given.has('*') || given.has(pod.namespace) || given.has(`${pod.namespace}/${account}`)) return [];
      return [{ manifest: pod.manifest, field: `${pod.field}.${token}`, what: `a token for the API server is mounted, where account '${account}' has no rights` }];
    });
  },
};

/** Accounts that bindings name, as `namespace/name`; a whole namespace by its name, all by `*`. */
function accountsWithRights(set: ManifestSet): ReadonlySet<string> {
  const bindings = [...set.ofKind('RoleBinding'), ...set.ofKind('ClusterRoleBinding')].filter(isBinding);
  return new Set(bindings.flatMap(binding => subjectsOf(binding as JsonObject).flatMap(subject => {
    if (!subject) return [];
    const { kind, name, namespace = namespaceOf(binding) } = subject;
    if (kind === 'ServiceAccount') return [`${namespace}/${name}`];
    const [, all, one] = /^(system:serviceaccounts)(?::(.+))?$/.exec(kind === 'Group' ? name : '') ?? [];
    return all === undefined ? [] : [one ?? '*'];
  })));
}

/** Where a pod mounts a token of its own for the API server. */
function apiToken({ spec }: SetPod): string | undefined {
  for (const [i, { projected }] of ((spec.volumes ?? []) as unknown as JsonObject[]).entries()) {
    const sources = isObject(projected) && Array.isArray(projected.sources) ? projected.sources : [];
    const j = sources.findIndex(source => isObject(source) && isObject(source.serviceAccountToken) && !source.serviceAccountToken.audience);
    if (j >= 0) return `volumes[${i}].projected.sources[${j}].serviceAccountToken`;
  }
  return undefined;
}
