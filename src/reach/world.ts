import { equal, isObject, Json } from '../kube/json';
import { describe } from '../kube/kinds';
import { NAMESPACE_NAME_LABEL } from '../kube/peers';
import { oneLine, Problem } from '../kube/reading/problem';
import { ReadObject } from '../kube/reading/read';
import { groupOf, isBuiltIn } from './pod-templates';
import { Policy, readPolicy } from './policy';
import { Report } from './selector';
import { Namespace, textsOf, Unit } from './unit';
import { VerdictTable } from './verdict';
import { REPLICA_LABELS, Workload, Workloads } from './workload';

/** Where an object without a namespace goes. */
const DEFAULT_NAMESPACE = 'default';
/** Groups of NetworkPolicy as Kubernetes itself has or had it. */
const POLICY_GROUPS = ['networking.k8s.io', 'extensions'];
/** What decides about connections besides, and is not read. */
const OTHER_POLICIES = /^(?:(?:Global|Staged|StagedGlobal|StagedKubernetes)?NetworkPolicy|Cilium(?:Clusterwide)?NetworkPolicy|(?:Baseline)?AdminNetworkPolicy|ClusterNetworkPolicy)$/;
/** What objects are whose dump leaves out their apiVersion: their kind says enough here. */
export const KNOWN_VERSIONS: { readonly [kind: string]: string } = {
  Namespace: 'v1', Pod: 'v1', Service: 'v1', NetworkPolicy: 'networking.k8s.io/v1', Ingress: 'networking.k8s.io/v1',
  Deployment: 'apps/v1', StatefulSet: 'apps/v1', DaemonSet: 'apps/v1', ReplicaSet: 'apps/v1', Job: 'batch/v1', CronJob: 'batch/v1',
};
const NO_POLICIES: readonly Policy[] = [];

/** What is in the input, read once: workloads, namespaces, policies, and what else leads to pods. */
export class World {
  public readonly workloads: readonly Workload[];
  /** Services, Ingresses and routes. */
  public readonly entrances: readonly ReadObject[];
  private readonly namespaces = new Map<string, Namespace>();
  private readonly policyObjects = new Map<string, ReadObject[]>();
  private readonly policies = new Map<string, readonly Policy[]>();
  private readonly found: Problem[] = [];
  private replicasToldApart?: boolean;

  constructor(objects: readonly ReadObject[], public readonly verdicts = new VerdictTable()) {
    const its = this.withoutDoubles(objects);
    const workloads = new Workloads(name => this.namespace(name), () => this.tellsReplicasApart(), object => this.report(object));
    const entrances: ReadObject[] = [];
    const others: [ReadObject, string][] = [];
    for (const object of its) {
      const { manifest } = object;
      const { kind, metadata } = manifest;
      const group = groupOf(manifest.apiVersion);
      const namespace = namespaceOf(object);
      if (kind === 'Namespace' && group === '') {
        const name = String(metadata.name ?? '');
        const labels = textsOf(isObject(metadata.labels) ? metadata.labels : {});
        this.namespaces.set(name, { name, labels: { ...labels, [NAMESPACE_NAME_LABEL]: name }, isKnown: true });
      } else if (kind === 'NetworkPolicy' && POLICY_GROUPS.includes(group)) {
        const list = this.policyObjects.get(namespace);
        if (list) list.push(object); else this.policyObjects.set(namespace, [object]);
      } else if (OTHER_POLICIES.test(kind)) {
        this.report(object)('', `${kind} of ${group} is not read here, so what is said rests on NetworkPolicies alone. Leave it out if that is meant`);
      } else {
        if (isEntrance(kind, group)) entrances.push(object);
        workloads.learnOwner(manifest, namespace);
        others.push([object, namespace]);
      }
    }
    for (const [object, namespace] of others) workloads.add(object, namespace);
    this.workloads = workloads.all();
    this.entrances = entrances;
  }

  /** What could not be read of the policies, and what stands twice. */
  public get problems(): readonly Problem[] {
    for (const name of this.policyObjects.keys()) this.policiesIn(name);
    return this.found;
  }

  /** The namespaces that have policies. */
  public get policedNamespaces(): readonly string[] {
    return [...this.policyObjects.keys()].sort();
  }

  /** A namespace; of one that is not in the input only the name is known. */
  public namespace(name: string): Namespace {
    let namespace = this.namespaces.get(name);
    if (!namespace) this.namespaces.set(name, namespace = { name, labels: { [NAMESPACE_NAME_LABEL]: name }, isKnown: false });
    return namespace;
  }

  /** Every namespace that is in the input or has a workload. */
  public get allNamespaces(): readonly Namespace[] {
    return [...this.namespaces.values()];
  }

  /** The policies of a namespace, read when first asked for. */
  public policiesIn(namespace: string): readonly Policy[] {
    let policies = this.policies.get(namespace);
    if (!policies) {
      const objects = this.policyObjects.get(namespace);
      policies = objects ? objects.map(object => readPolicy(object, namespace, this.verdicts.ports, this.report(object))) : NO_POLICIES;
      this.policies.set(namespace, policies);
    }
    return policies;
  }

  /** The policies that select a pod. Those of its node are selected by none. */
  public policiesOf(unit: Unit): readonly Policy[] {
    if (unit.isOnHost) return NO_POLICIES;
    return this.policiesIn(unit.namespace.name).filter(({ pods }) => pods.match(unit.labels));
  }

  private report({ manifest, source: { file, locate } }: ReadObject): Report {
    return (field, message) => this.found.push({ file, line: locate(field).line, message: oneLine(`${describe(manifest)}${field && ` · ${field}`}: ${message}.`) });
  }

  /** The API server keeps one object of a name: the last that it was given. */
  private withoutDoubles(objects: readonly ReadObject[]): readonly ReadObject[] {
    const last = new Map<string, ReadObject>();
    for (const object of objects) {
      const { apiVersion, kind, metadata } = object.manifest;
      if (typeof metadata.name !== 'string') {
        last.set(`\0${last.size}`, object);
        continue;
      }
      const group = groupOf(apiVersion);
      const key = `${isBuiltIn(group) || POLICY_GROUPS.includes(group) ? '' : group}/${kind}/${namespaceOf(object)}/${metadata.name}`;
      const before = last.get(key);
      if (before && !equal(before.manifest, object.manifest)) {
        this.report(before)('', 'another object of the same kind and name stands behind it, which counts. Remove one of both');
      }
      last.set(key, object);
    }
    return last.size === objects.length ? objects : [...last.values()];
  }

  private tellsReplicasApart(): boolean {
    return this.replicasToldApart ??= [...this.policyObjects.values()].some(list => list.some(({ manifest }) => mentions(manifest.spec, 12)));
  }
}

function namespaceOf({ manifest: { metadata } }: ReadObject): string {
  return typeof metadata.namespace === 'string' && metadata.namespace !== '' ? metadata.namespace : DEFAULT_NAMESPACE;
}

function isEntrance(kind: string, group: string): boolean {
  if (kind === 'Service') return group === '';
  return (kind === 'Ingress' && POLICY_GROUPS.includes(group)) || (group === 'gateway.networking.k8s.io' && kind.endsWith('Route'));
}

/** Whether one of the labels that tell replicas apart stands somewhere in a value. */
function mentions(value: Json | undefined, depth: number): boolean {
  if (typeof value === 'string') return REPLICA_LABELS.includes(value);
  if (depth === 0 || typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => REPLICA_LABELS.includes(key) || mentions(item, depth - 1));
}
