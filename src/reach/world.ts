import { equal, isObject, Json } from '../kube/json';
import { describe, hasPod } from '../kube/kinds';
import { NAMESPACE_NAME_LABEL } from '../kube/peers';
import { Manifest } from '../kube/pod-spec';
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

/** A CronJob's pod lies in the template of the template of its jobs. */
const TEMPLATE_DEPTH = 2;

/** Where addresses stand in the spec of a policy and in the status of a pod. */
const ADDRESS_FIELDS = ['cidr', 'podIP', 'ip'];
const ADDRESS_HOLDERS = ['ingress', 'egress', 'from', 'to', 'ipBlock', 'podIPs'];
const BLOCK_DEPTH = 7;

/** Deeper than any label of a selector. */
const DEEPEST_LABEL = 12;

/** What is in the input: workloads, namespaces, policies, and what else leads to pods. Each namespace is read when first asked for. */
export class World {
  /** Services, Ingresses and routes. */
  public readonly entrances: readonly ReadObject[];
  private readonly namespaces = new Map<string, Namespace>();
  private readonly namespaceObjects = new Map<string, ReadObject>();
  private readonly policyObjects = new Map<string, ReadObject[]>();
  /** Whatever may be a workload. */
  private readonly workloadObjects = new Map<string, ReadObject[]>();
  private readonly policies = new Map<string, readonly Policy[]>();
  private readonly workloadsBy = new Map<string, readonly Workload[]>();
  private readonly byId = new Map<string, ReadonlyMap<string, Workload>>();
  private readonly found: Problem[] = [];
  private allWorkloads?: readonly Workload[];
  private replicasToldApart?: boolean;
  private six?: boolean;
  private onHost?: readonly string[];
  private withAddresses?: readonly string[];

  constructor(objects: readonly ReadObject[], public readonly verdicts = new VerdictTable()) {
    const entrances: ReadObject[] = [];
    for (const object of objects) {
      const { kind, apiVersion, metadata } = object.manifest;
      const group = groupOf(apiVersion);
      if (kind === 'NetworkPolicy' && POLICY_GROUPS.includes(group)) {
        add(this.policyObjects, namespaceOf(object), object);
      } else if (kind === 'Namespace' && group === '') {
        this.learnNamespace(object, String(metadata.name ?? ''));
      } else if (OTHER_POLICIES.test(kind)) {
        const what = `${kind} of ${group} is not read here, so what is said rests on NetworkPolicies alone`;
        this.report(object)('', `${what}. Leave it out if that is meant`);
      } else if (isEntrance(kind, group)) {
        entrances.push(object);
      } else if (!isBuiltIn(group) || hasPod(kind)) {
        add(this.workloadObjects, namespaceOf(object), object);
      }
    }
    this.entrances = this.withoutDoubles(entrances);
  }

  /** All workloads, by namespace and id. */
  public get workloads(): readonly Workload[] {
    return this.allWorkloads ??= this.namespacesWithWorkloads.flatMap(name => this.workloadsIn(name));
  }

  /** Where workloads may be. */
  public get namespacesWithWorkloads(): readonly string[] {
    return [...this.workloadObjects.keys()].sort();
  }

  /** The namespaces whose labels or pods are in the input, by name. */
  public get knownNamespaces(): readonly string[] {
    const inhabited = this.namespacesWithWorkloads.filter(name => this.workloadsIn(name).length);
    return [...new Set([...this.namespaceObjects.keys(), ...inhabited])].sort();
  }

  /** Where pods may run in the network of their nodes, told without reading them. */
  public get namespacesOnHost(): readonly string[] {
    return this.onHost ??= this.namespacesWith(({ kind, spec }) => !hasPod(kind) || mentionsHost(spec, TEMPLATE_DEPTH));
  }

  /** Where pods may have addresses. */
  public get namespacesWithAddresses(): readonly string[] {
    return this.withAddresses ??= this.namespacesWith(({ status }) => isObject(status) && ('podIP' in status || 'podIPs' in status));
  }

  /** A policy or a pod has an address of IPv6, told without reading them. */
  public get usesSix(): boolean {
    return this.six ??= [...this.policyObjects.values()].some(list => list.some(({ manifest }) => namesSix(manifest.spec, BLOCK_DEPTH)))
      || [...this.workloadObjects.values()].some(list => list.some(({ manifest }) => namesSix(manifest.status, BLOCK_DEPTH)));
  }

  private namespacesWith(has: (manifest: Manifest) => boolean): string[] {
    return [...this.workloadObjects].filter(([, objects]) => objects.some(({ manifest }) => has(manifest))).map(([name]) => name);
  }

  /** What could not be read of policies and workloads, and what stands twice. */
  public get problems(): readonly Problem[] {
    for (const name of this.policyObjects.keys()) this.policiesIn(name);
    for (const name of this.namespacesWithWorkloads) this.workloadsIn(name);
    return this.found;
  }

  /** The namespaces that have policies. */
  public get policedNamespaces(): readonly string[] {
    return [...this.policyObjects.keys()].sort();
  }

  /** A namespace; of one that is not in the input only the name is known. */
  public namespace(name: string): Namespace {
    let namespace = this.namespaces.get(name);
    if (!namespace) {
      const meta = this.namespaceObjects.get(name)?.manifest.metadata;
      const labels = { ...textsOf(isObject(meta?.labels) ? meta.labels : {}), [NAMESPACE_NAME_LABEL]: name };
      this.namespaces.set(name, namespace = { name, labels, isKnown: meta !== undefined });
    }
    return namespace;
  }

  /** The workloads of a namespace, by id. */
  public workloadsIn(namespace: string): readonly Workload[] {
    let workloads = this.workloadsBy.get(namespace);
    if (!workloads) {
      const objects = this.withoutDoubles(this.workloadObjects.get(namespace) ?? []);
      const its = new Workloads(this.namespace(namespace), () => this.tellsReplicasApart, object => this.report(object));
      for (const { manifest } of objects) its.learnOwner(manifest);
      for (const object of objects) its.add(object);
      this.workloadsBy.set(namespace, workloads = its.all());
    }
    return workloads;
  }

  /** A workload by its id. */
  public workload(id: string): Workload | undefined {
    const namespace = id.slice(0, id.indexOf('/'));
    let ids = this.byId.get(namespace);
    if (!ids) this.byId.set(namespace, ids = new Map(this.workloadsIn(namespace).map(workload => [workload.id, workload])));
    return ids.get(id);
  }

  /** The policies of a namespace. */
  public policiesIn(namespace: string): readonly Policy[] {
    let policies = this.policies.get(namespace);
    if (!policies) {
      const objects = this.withoutDoubles(this.policyObjects.get(namespace) ?? []);
      policies = objects.map(object => readPolicy(object, namespace, this.verdicts.ports, this.report(object)));
      this.policies.set(namespace, policies);
    }
    return policies;
  }

  /** The policies that select a pod. Those of its node are selected by none. */
  public policiesOf(unit: Unit): readonly Policy[] {
    if (unit.isOnHost) return [];
    return this.policiesIn(unit.namespace.name).filter(({ pods }) => pods.match(unit.labels));
  }

  /** Some policy names a label that tells replicas apart. */
  public get tellsReplicasApart(): boolean {
    return this.replicasToldApart ??= this.namespacesWith(({ kind }) => kind === 'StatefulSet').length > 0
      && [...this.policyObjects.values()].some(list => list.some(({ manifest }) => mentions(manifest.spec, DEEPEST_LABEL)));
  }

  private learnNamespace(object: ReadObject, name: string): void {
    const before = this.namespaceObjects.get(name);
    if (before) this.withoutDoubles([before, object]);
    this.namespaceObjects.set(name, object);
  }

  private report({ manifest, source: { file, locate } }: ReadObject): Report {
    return (field, message) => this.found.push({
      file, line: locate(field).line, message: oneLine(`${describe(manifest)}${field && ` · ${field}`}: ${message}.`),
    });
  }

  /** The API server keeps one object of a name: the last that it was given. */
  private withoutDoubles(objects: readonly ReadObject[]): readonly ReadObject[] {
    const last = new Map<string, ReadObject>();
    for (const object of objects) {
      const { apiVersion, kind, metadata } = object.manifest;
      const group = groupOf(apiVersion);
      const name = typeof metadata.name === 'string' ? metadata.name : `\0${last.size}`;
      const key = `${isBuiltIn(group) || POLICY_GROUPS.includes(group) ? '' : group}/${kind}/${namespaceOf(object)}/${name}`;
      const before = last.get(key);
      if (before && !equal(before.manifest, object.manifest)) {
        this.report(before)('', 'another object of the same kind and name stands behind it, which counts. Remove one of both');
      }
      last.set(key, object);
    }
    return last.size === objects.length ? objects : [...last.values()];
  }
}

function add(map: Map<string, ReadObject[]>, key: string, object: ReadObject): void {
  const list = map.get(key);
  if (list) list.push(object); else map.set(key, [object]);
}

/** Where an object stands. */
export function namespaceOf({ manifest: { metadata } }: ReadObject): string {
  return typeof metadata.namespace === 'string' && metadata.namespace !== '' ? metadata.namespace : DEFAULT_NAMESPACE;
}

/** Tells whether an object leads to pods. */
export function isEntrance(kind: string, group: string): boolean {
  if (kind === 'Service') return group === '';
  return (kind === 'Ingress' && POLICY_GROUPS.includes(group)) || (group === 'gateway.networking.k8s.io' && kind.endsWith('Route'));
}

/** Whether a block, or the address of a pod, is one of IPv6. */
function namesSix(value: Json | undefined, depth: number): boolean {
  if (depth === 0 || typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(item => namesSix(item, depth - 1));
  return ADDRESS_FIELDS.some(key => typeof value[key] === 'string' && value[key].includes(':'))
    || ADDRESS_HOLDERS.some(key => namesSix(value[key], depth - 1));
}

/** Whether a pod spec, or that of a template, says hostNetwork. */
function mentionsHost(spec: Json | undefined, depth: number): boolean {
  if (!isObject(spec)) return false;
  if (spec.hostNetwork === true) return true;
  if (depth === 0) return false;
  const { template, jobTemplate } = spec;
  return (isObject(template) && mentionsHost(template.spec, depth - 1)) || (isObject(jobTemplate) && mentionsHost(jobTemplate.spec, depth - 1));
}

/** Whether one of the labels that tell replicas apart stands somewhere in a value. */
function mentions(value: Json | undefined, depth: number): boolean {
  if (typeof value === 'string') return REPLICA_LABELS.includes(value);
  if (depth === 0 || typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => REPLICA_LABELS.includes(key) || mentions(item, depth - 1));
}
