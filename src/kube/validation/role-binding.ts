import { JsonObject, isObject } from '../json';
import { RBAC_GROUP } from '../rbac';
import { Refusal } from './refusal';

/** Which roles a binding may name. */
const ROLES: { readonly [kind: string]: readonly string[] } = { RoleBinding: ['Role', 'ClusterRole'], ClusterRoleBinding: ['ClusterRole'] };
/** Every kind that binds a role. */
export const BINDING_KINDS: readonly string[] = Object.keys(ROLES);
const SUBJECTS = ['User', 'Group', 'ServiceAccount'];

/** A binding to what is no role, or of somebody whom Kubernetes does not know. Groups that are left out are filled in. */
export function refusedBinding(manifest: JsonObject): Refusal[] {
  const { apiVersion, kind, roleRef, subjects } = manifest;
  if (typeof kind !== 'string' || !Object.hasOwn(ROLES, kind) || !String(apiVersion).startsWith(`${RBAC_GROUP}/`)) return [];
  const found: Refusal[] = [];
  if (isObject(roleRef)) {
    if (isOther(roleRef.kind, ROLES[kind])) found.push(none('roleRef.kind', roleRef.kind, ROLES[kind], `what a ${kind} can refer to`));
    if (isOther(roleRef.apiGroup, [RBAC_GROUP, ''])) found.push(none('roleRef.apiGroup', roleRef.apiGroup, [RBAC_GROUP], 'the group of roles'));
  }
  if (Array.isArray(subjects)) subjects.forEach((subject, i) => isObject(subject) && found.push(...ofSubject(subject, `subjects[${i}]`, kind)));
  return found;
}

function ofSubject(subject: JsonObject, field: string, binding: string): Refusal[] {
  const { kind, apiGroup, namespace } = subject;
  if (isOther(kind, SUBJECTS)) return [none(`${field}.kind`, kind, SUBJECTS, 'a subject')];
  const groups = kind === 'ServiceAccount' ? [''] : [RBAC_GROUP, ''];
  const found: Refusal[] = [];
  if (isOther(apiGroup, groups)) {
    found.push({ field: `${field}.apiGroup`, what: `is '${String(apiGroup)}', which is not the group of a ${String(kind)}`, advice: groups[0] ? `Write ${groups[0]}.` : 'Leave it out.' });
  }
  if (binding === 'ClusterRoleBinding' && kind === 'ServiceAccount' && !namespace) {
    found.push({ field: `${field}.namespace`, what: 'is missing, and a ServiceAccount lies in a namespace', advice: 'Write it.' });
  }
  return found;
}

function isOther(value: unknown, choices: readonly string[]): boolean {
  return typeof value === 'string' && !choices.includes(value);
}

function none(field: string, value: unknown, choices: readonly string[], noun: string): Refusal {
  return { field, what: `is '${String(value)}', which is not ${noun}`, advice: `Write ${choices.join(' or ')}.` };
}
