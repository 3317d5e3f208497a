import { ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { JsonObject, isObject } from '../kube/json';

const BINDINGS = ['RoleBinding', 'ClusterRoleBinding'];
/** Stands for all accounts of a namespace, and for all namespaces. */
const EVERY = '*';

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
  return [key(account, namespace), key(EVERY, namespace), key(EVERY, EVERY)].some(one => subjects.has(one));
}

function subjectsOf(root: IConstruct): Set<string> {
  const subjects = new Set<string>();
  for (const construct of root.node.findAll()) {
    if (!ApiObject.isApiObject(construct) || !BINDINGS.includes(construct.kind)) continue;
    const listed = construct.toJson().subjects;
    for (const subject of Array.isArray(listed) ? listed : []) {
      const account = isObject(subject) ? accountOf(subject, construct.metadata.namespace) : undefined;
      if (account !== undefined) subjects.add(account);
    }
  }
  return subjects;
}

/**
 * The accounts that a subject stands for. An account has three names: its own, that of its user, and those of its
 * groups. `system:authenticated` is not one of them: what everybody may do is granted to nobody in particular.
 */
function accountOf({ kind, name, namespace }: JsonObject, ofBinding: string | undefined): string | undefined {
  // Without a namespace of its own a subject is in that of the binding; cdk8s-plus leaves it out, too.
  if (kind === 'ServiceAccount') return key(String(name), typeof namespace === 'string' ? namespace : ofBinding);
  const [system, group, ...rest] = String(name).split(':');
  if (system !== 'system') return undefined;
  if (kind === 'User' && group === 'serviceaccount' && rest.length === 2) return key(rest[1], rest[0]);
  if (kind === 'Group' && group === 'serviceaccounts' && rest.length < 2) return key(EVERY, rest[0] ?? EVERY);
  return undefined;
}

/** Where nobody says a namespace, `default` is what cdk8s-plus writes for an account that it knows by its name alone. */
function key(account: string, namespace = 'default'): string {
  return `${namespace}/${account}`;
}
