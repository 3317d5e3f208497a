import { Json, isObject } from './json';

/** An entry of `rules` in a Role or ClusterRole. Every list but verbs may be absent; an absent list matches nothing. */
export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/** Stands for everything, in verbs, groups and resources; never in names. */
export const EVERYTHING = '*';

/** The API group of Roles and their bindings. */
export const RBAC_GROUP = 'rbac.authorization.k8s.io';

const ROLES = ['Role', 'ClusterRole'];

/** Tells whether a manifest says rights. */
export function isRole({ apiVersion, kind }: { readonly apiVersion?: unknown; readonly kind?: unknown }): boolean {
  return ROLES.includes(kind as string) && String(apiVersion).startsWith(`${RBAC_GROUP}/`);
}

/** The rules of a Role, each in its place, whatever else stands in the manifest. */
export function policyRules(manifest: { readonly rules?: Json }): PolicyRule[] {
  const { rules } = manifest;
  return (Array.isArray(rules) ? rules : []).map(rule => isObject(rule) ? {
    apiGroups: texts(rule.apiGroups),
    resources: texts(rule.resources),
    resourceNames: texts(rule.resourceNames),
    nonResourceURLs: texts(rule.nonResourceURLs),
    verbs: texts(rule.verbs),
  } : { verbs: [] });
}

/** Who is given a role: a User, a Group or a ServiceAccount. */
export interface Subject {
  readonly kind: string;
  readonly name: string;
  /** Of service accounts. */
  readonly namespace?: string;
}

const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'];

/** Tells whether a manifest gives a role to somebody. */
export function isBinding({ apiVersion, kind }: { readonly apiVersion?: unknown; readonly kind?: unknown }): boolean {
  return BINDINGS.includes(kind as string) && String(apiVersion).startsWith(`${RBAC_GROUP}/`);
}

/** The subjects of a binding, each in its place, whatever else stands in the manifest. */
export function subjectsOf({ subjects }: { readonly subjects?: Json }): (Subject | undefined)[] {
  return (Array.isArray(subjects) ? subjects : []).map(subject => {
    if (!isObject(subject) || typeof subject.kind !== 'string' || typeof subject.name !== 'string') return undefined;
    const { kind, name, namespace } = subject;
    return { kind, name, ...(typeof namespace === 'string' && { namespace }) };
  });
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
