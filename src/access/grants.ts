import { ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { JsonObject, isObject } from '../kube/json';

const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'];

interface Index {
  subjects?: Set<string>;
  /** How often the app was validated in the synthesis of all charts that is running. */
  passes?: number;
}

const INDEXES = new WeakMap<IConstruct, Index>();

/**
 * Has the root forget, at the start of each synthesis, who was granted rights: bindings may have come since.
 * Validations are the one thing that cdk8s runs before everything else.
 */
export function watchGrants(construct: IConstruct): void {
  const root = construct.node.root;
  if (INDEXES.has(root)) return;
  const index: Index = {};
  INDEXES.set(root, index);
  countPasses(root as App, index);
  root.node.addValidation({
    validate: () => {
      // The second pass sees the bindings that validations made.
      if (index.passes === undefined || index.passes++ < 2) index.subjects = undefined;
      return [];
    },
  });
}

/** cdk8s validates the whole app once more for each chart: to look at every object each time would take charts times objects. */
function countPasses(app: App, index: Index): void {
  // Where another language overrides it, jsii allows no other.
  if (typeof app.synth !== 'function' || Object.getOwnPropertyDescriptor(app, 'synth')?.writable === false) return;
  const synth = app.synth.bind(app);
  app.synth = () => {
    index.passes = 0;
    try {
      synth();
    } finally {
      index.passes = undefined;
    }
  };
}

/** Tells whether any binding of the app names the service account, or a group that is made of service accounts. */
export function isGranted(construct: IConstruct, account: string, namespace: string | undefined): boolean {
  const index = INDEXES.get(construct.node.root) ?? {};
  index.subjects ??= subjectsOf(construct.node.root);
  const { subjects } = index;
  return subjects.size > 0 && [user(account, namespace), ...groups(namespace)].some(name => subjects.has(name));
}

function subjectsOf(root: IConstruct): Set<string> {
  const subjects = new Set<string>();
  for (const construct of root.node.findAll()) {
    if (!ApiObject.isApiObject(construct) || !BINDINGS.includes(construct.kind)) continue;
    const listed = construct.toJson().subjects;
    for (const subject of Array.isArray(listed) ? listed : []) {
      if (isObject(subject)) subjects.add(nameOf(subject, construct.metadata.namespace));
    }
  }
  return subjects;
}

/**
 * The user or group that a subject stands for, as the API server knows it. An account is a user, and in two groups;
 * in `system:authenticated`, too, but what everybody may do is granted to nobody in particular.
 */
function nameOf({ kind, name, namespace }: JsonObject, ofBinding: string | undefined): string {
  // Without a namespace of its own an account is in that of the binding; cdk8s-plus leaves it out, too.
  return kind === 'ServiceAccount' ? user(String(name), typeof namespace === 'string' ? namespace : ofBinding) : `${String(kind)} ${String(name)}`;
}

/** Where nobody says a namespace, `default` is what cdk8s-plus writes for an account that it knows by its name alone. */
function user(account: string, namespace = 'default'): string {
  return `User system:serviceaccount:${namespace}:${account}`;
}

function groups(namespace = 'default'): string[] {
  return ['Group system:serviceaccounts', `Group system:serviceaccounts:${namespace}`];
}
