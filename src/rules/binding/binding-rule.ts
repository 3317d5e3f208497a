import { JsonObject, isObject } from '../../kube/json';
import { Subject, isBinding, subjectsOf } from '../../kube/rbac';
import { ManifestRule } from '../manifest-rule';
import { RuleHead, Violation } from '../rule';
import { isBuiltIn } from './built-in';

/** What a rule about bindings says of itself, and of a subject that should not have the role. */
interface BindingRule extends RuleHead {
  /** What is wrong with giving this role to this subject; undefined where nothing is. */
  readonly about: (subject: Subject, role: { readonly kind: string; readonly name: string }, binding: JsonObject) => string | undefined;
}

/** A rule about who is given a role. Bindings that every cluster has are left alone. */
export function bindingRule({ about, ...head }: BindingRule): ManifestRule {
  return {
    ...head,
    kinds: ['RoleBinding', 'ClusterRoleBinding'],
    check: ({ manifest }): Violation[] => {
      if (!isBinding(manifest)) return [];
      const role = isObject(manifest.roleRef) ? { kind: String(manifest.roleRef.kind), name: String(manifest.roleRef.name) } : { kind: '', name: '' };
      return subjectsOf(manifest).flatMap((subject, i) => {
        const what = subject && !isBuiltIn(manifest, subject) ? about(subject, role, manifest) : undefined;
        return what === undefined ? [] : [{ field: `subjects[${i}]`, what }];
      });
    },
  };
}

/** `ServiceAccount shop/web`, as messages name a subject. */
export function named({ kind, name, namespace }: Subject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
