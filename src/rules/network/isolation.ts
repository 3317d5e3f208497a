import { Manifest } from '../../kube/pod-spec';
import { LabelSelector } from '../../kube/selectors';
import { ManifestSet, SetPod, namespaceOf } from '../manifest-set';
import { DIRECTIONS, Direction, PolicyRule, PolicyShape, isForEveryPod, policyShape } from './policy-shape';

/** A NetworkPolicy of a set. */
export interface SetPolicy extends PolicyShape {
  readonly manifest: Manifest;
  readonly namespace: string;
}

/** What policies do to a pod together. */
export interface Closed {
  /** The directions in which some policy closes it. */
  readonly directions: ReadonlySet<Direction>;
  /** What may leave it nevertheless. */
  readonly egress: readonly PolicyRule[];
}

/** What is known of how the pods of a set are closed. */
export interface Isolation {
  readonly policies: readonly SetPolicy[];
  /** The policies of a namespace that are about all of its pods. */
  forEveryPod(namespace: string): readonly SetPolicy[];
  of(pod: SetPod): Closed;
  /** Policies of another make are about pods here: what Kubernetes' own do not close, they may. */
  isUnknown(namespace: string): boolean;
}

/** Policies of other makes, by group: for the pods of their namespace, or, where they have none, of any. */
const OTHER_MAKES: ReadonlyMap<string, readonly string[]> = new Map([
  ['CiliumNetworkPolicy', ['cilium.io']],
  ['CiliumClusterwideNetworkPolicy', ['cilium.io']],
  ['NetworkPolicy', ['projectcalico.org', 'crd.projectcalico.org', 'crd.antrea.io']],
  ['GlobalNetworkPolicy', ['projectcalico.org', 'crd.projectcalico.org']],
  ['ClusterNetworkPolicy', ['crd.antrea.io', 'policy.networking.k8s.io']],
  ['AdminNetworkPolicy', ['policy.networking.k8s.io']],
  ['BaselineAdminNetworkPolicy', ['policy.networking.k8s.io']],
]);
const CLUSTER_WIDE = ['CiliumClusterwideNetworkPolicy', 'GlobalNetworkPolicy', 'ClusterNetworkPolicy', 'AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'];

/** How the pods of a set are closed; to be asked through `set.once`. */
export function isolationOf(set: ManifestSet): Isolation {
  const policies = set.ofKind('NetworkPolicy').flatMap((manifest): SetPolicy[] => {
    const shape = policyShape(manifest);
    return shape ? [{ ...shape, manifest, namespace: namespaceOf(manifest) }] : [];
  });
  const wide = new Map<string, SetPolicy[]>();
  const byPod = new Map<SetPod, SetPolicy[]>();
  for (const [selector, same] of bySelector(policies)) {
    const [{ namespace }] = same;
    if (isForEveryPod(same[0])) wide.set(namespace, [...wide.get(namespace) ?? [], ...same]);
    else for (const pod of set.selected(namespace, selector)) byPod.set(pod, [...byPod.get(pod) ?? [], ...same]);
  }
  const others = othersIn(set);
  const closedByAll = new Map<string, Closed>();
  const forEveryPod = (namespace: string) => wide.get(namespace) ?? [];
  const closed = (namespace: string) => {
    const known = closedByAll.get(namespace) ?? together(forEveryPod(namespace));
    closedByAll.set(namespace, known);
    return known;
  };
  return {
    policies,
    forEveryPod,
    of: pod => {
      const own = byPod.get(pod);
      return own ? added(closed(pod.namespace), together(own)) : closed(pod.namespace);
    },
    isUnknown: namespace => others === 'everywhere' || others.has(namespace),
  };
}

/** Policies of one namespace and one selector select the same pods: those are looked for once. */
function bySelector(policies: readonly SetPolicy[]): (readonly [LabelSelector, readonly SetPolicy[]])[] {
  const groups = new Map<string, [LabelSelector, SetPolicy[]]>();
  for (const policy of policies) {
    if (!policy.selector) continue;
    const key = JSON.stringify([policy.namespace, policy.selector]);
    const known = groups.get(key);
    if (known) known[1].push(policy);
    else groups.set(key, [policy.selector, [policy]]);
  }
  return [...groups.values()];
}

function together(policies: readonly SetPolicy[]): Closed {
  return {
    directions: new Set(DIRECTIONS.filter(direction => policies.some(({ closes }) => closes.includes(direction)))),
    egress: policies.flatMap(({ closes, rules }) => closes.includes('egress') ? rules.egress : []),
  };
}

function added(a: Closed, b: Closed): Closed {
  return { directions: new Set([...a.directions, ...b.directions]), egress: [...a.egress, ...b.egress] };
}

function othersIn(set: ManifestSet): ReadonlySet<string> | 'everywhere' {
  const namespaces = new Set<string>();
  for (const [kind, groups] of OTHER_MAKES) {
    for (const manifest of groups.flatMap(group => set.ofKind(kind, group))) {
      if (CLUSTER_WIDE.includes(kind)) return 'everywhere';
      namespaces.add(namespaceOf(manifest));
    }
  }
  return namespaces;
}
