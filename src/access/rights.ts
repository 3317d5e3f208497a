import { EVERYTHING, PolicyRule } from '../kube/rbac';

/** One right as plain data: verbs on a resource, on one object of it, or on a path that is no resource. */
export interface Right {
  readonly verbs: readonly string[];
  /** `` for the core group. */
  readonly group?: string;
  /** In the plural, with the sub-resource: `pods/log`. */
  readonly resource?: string;
  /** The one object that it is about; absent for all. */
  readonly name?: string;
  /** A path such as `/healthz`, in place of a resource. */
  readonly path?: string;
}

/** The order in which Kubernetes' own documents name verbs; others follow by letter. */
const ORDER = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/**
 * Rights as the rules of a Role, as few as say no more: resources of one group with equal verbs share a rule, and so
 * do the names of one resource, but never two groups, nor names of two resources: a rule is the product of its lists.
 * The same rights give the same rules in whatever order, and however often, they were granted.
 */
export function toPolicyRules(rights: readonly Right[]): PolicyRule[] {
  const whole = new Verbs();
  const named = new Verbs();
  const paths = new Verbs();
  for (const { verbs, group = '', resource = '', name, path } of rights) {
    if (path !== undefined) paths.add([path], verbs);
    else if (name === undefined) whole.add([group, resource], verbs);
    else named.add([group, resource, name], verbs);
  }
  const rules = [
    ...shared(whole.all(), ([group]) => [group], keys => ({ apiGroups: [keys[0][0]], resources: keys.map(key => key[1]) })),
    // What holds for all objects of a resource need not be said of one of them.
    ...shared(named.without(whole), ([group, resource]) => [group, resource], keys => (
      { apiGroups: [keys[0][0]], resources: [keys[0][1]], resourceNames: keys.map(key => key[2]) }
    )),
    ...shared(paths.all(), () => [], keys => ({ nonResourceURLs: keys.map(([path]) => path) })),
  ];
  return rules.sort((a, b) => compare(sortKey(a), sortKey(b)));
}

type Entry = readonly [key: readonly string[], verbs: readonly string[]];

/** Verbs by what they are about. */
class Verbs {
  private readonly entries = new Map<string, { readonly key: readonly string[]; readonly verbs: Set<string> }>();

  public add(key: readonly string[], verbs: readonly string[]): void {
    const id = JSON.stringify(key);
    const entry = this.entries.get(id) ?? { key, verbs: new Set() };
    this.entries.set(id, entry);
    for (const verb of verbs) entry.verbs.add(verb);
  }

  public all(): Entry[] {
    return [...this.entries.values()].map(({ key, verbs }) => [key, inOrder(verbs)]);
  }

  /** These verbs, but for those that are there for the whole resource. */
  public without(whole: Verbs): Entry[] {
    return this.all().flatMap(([key, verbs]): Entry[] => {
      const covered = whole.entries.get(JSON.stringify(key.slice(0, 2)))?.verbs;
      const left = verbs.filter(verb => !covered?.has(verb) && !covered?.has(EVERYTHING));
      return left.length ? [[key, left]] : [];
    });
  }
}

/** One rule for all entries that share a base and their verbs. */
function shared(entries: readonly Entry[], base: (key: readonly string[]) => string[], toRule: (keys: readonly (readonly string[])[]) => Omit<PolicyRule, 'verbs'>): PolicyRule[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const id = JSON.stringify([base(entry[0]), entry[1]]);
    const group = groups.get(id);
    if (group) group.push(entry);
    else groups.set(id, [entry]);
  }
  return [...groups.values()].map(group => {
    const keys = group.map(([key]) => key).sort((a, b) => compare(a.join('\0'), b.join('\0')));
    return { ...toRule(keys), verbs: [...group[0][1]] };
  });
}

function inOrder(verbs: ReadonlySet<string>): string[] {
  if (verbs.has(EVERYTHING)) return [EVERYTHING];
  const place = (verb: string) => ORDER.includes(verb) ? ORDER.indexOf(verb) : ORDER.length;
  return [...verbs].sort((a, b) => place(a) - place(b) || compare(a, b));
}

function sortKey({ apiGroups, resources, resourceNames = [], nonResourceURLs = [], verbs }: PolicyRule): string {
  // Paths have no group: they come last.
  return [apiGroups ? '' : '~', ...apiGroups ?? [], ...resources ?? [], '', ...resourceNames, ...nonResourceURLs, '', ...verbs].join('\0');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
