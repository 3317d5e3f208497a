import { isObject, JsonObject } from '../kube/json';
import { Manifest } from '../kube/pod-spec';
import { ReadObject } from '../kube/reading/read';
import { groupOf, isBuiltIn, podTemplates } from './pod-templates';
import { Report } from './selector';
import { isAlike, Namespace, Unit, unitOf, wrongLabels } from './unit';

/** What runs pods: a controller, or a pod by itself. */
export interface Workload {
  /** `shop/web[Deployment]`; others' kinds with their group: `shop/web[Rollout.argoproj.io]`. */
  readonly id: string;
  readonly namespace: Namespace;
  readonly name: string;
  readonly kind: string;
  /** The object, or the first of its pods where it is not in the input. */
  readonly source: ReadObject;
  /** Its pods, those that are the same to every policy as one. */
  readonly units: Unit[];
}

/** Pods that are exported while they run have owners; these kinds are no one's last owner. */
const BETWEEN: { readonly [kind: string]: (owner: Owner) => boolean } = {
  Pod: ({ kind }) => kind !== 'Node',
  ReplicaSet: () => true,
  Job: ({ kind }) => kind === 'CronJob',
};
/** Kubernetes gives these to each replica of a StatefulSet. */
export const REPLICA_LABELS = ['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index'];
/** More replicas than that are looked at as one. */
const MOST_REPLICAS = 1000;

interface Owner {
  readonly kind: string;
  readonly group: string;
  readonly name: string;
}

/** Gathers the workloads of a namespace from its objects, and pods under those that own them. */
export class Workloads {
  private readonly workloads = new Map<string, Workload & { readonly templates: Unit[] }>();
  /** Objects that have an owner in turn, by kind and name. */
  private readonly owners = new Map<string, Owner>();

  constructor(
    private readonly namespace: Namespace,
    private readonly areReplicasToldApart: () => boolean,
    private readonly report: (object: ReadObject) => Report,
  ) {}

  /** An object that may own pods and be owned; to be told of before `add`. */
  public learnOwner({ kind, metadata }: Manifest): void {
    if (!Object.hasOwn(BETWEEN, kind) || !metadata.ownerReferences) return;
    const owner = ownerIn(metadata);
    if (owner && BETWEEN[kind](owner)) this.owners.set(keyOf(kind, String(metadata.name)), owner);
  }

  /** An object that may be a workload. */
  public add(object: ReadObject): void {
    const { manifest } = object;
    const templates = podTemplates(manifest);
    if (!templates.length) return;
    const { kind, metadata } = manifest;
    const own: Owner = { kind, group: groupOf(manifest.apiVersion), name: String(metadata.name ?? metadata.generateName ?? '?') };
    if (this.isLeftBehind(manifest, own)) return;
    const workload = this.workloadOf(this.lastOwner(own), object);
    for (const { labels, spec, field } of templates) {
      for (const key of wrongLabels(labels)) {
        this.report(object)(`${field}.labels.${key}`, `the label '${key}' is ${JSON.stringify(labels[key])}, not text: quote it`);
      }
      const unit = unitOf(workload.namespace, labels, spec, kind === 'Pod' ? manifest.status : undefined);
      if (kind === 'Pod') workload.units.push(unit);
      else workload.templates.push(...this.replicasOf(manifest, unit));
    }
  }

  /** All of them, by id. */
  public all(): Workload[] {
    const result = [...this.workloads.values()].map(({ templates, ...workload }) => ({ ...workload, units: merged(workload.units, templates) }));
    return result.sort((a, b) => a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
  }

  private workloadOf({ kind, group, name }: Owner, source: ReadObject): Workload & { readonly templates: Unit[] } {
    const type = isBuiltIn(group) ? kind : `${kind}.${group}`;
    const id = `${this.namespace.name}/${name}[${type}]`;
    let workload = this.workloads.get(id);
    if (!workload) {
      workload = { id, namespace: this.namespace, name, kind: type, source, units: [], templates: [] };
      this.workloads.set(id, workload);
    }
    return workload;
  }

  /** A Deployment keeps the ReplicaSets that its rollouts have emptied, with the labels of before. */
  private isLeftBehind({ spec }: Manifest, { kind, group, name }: Owner): boolean {
    return kind === 'ReplicaSet' && isBuiltIn(group) && isObject(spec) && spec.replicas === 0 && this.owners.has(keyOf(kind, name));
  }

  private lastOwner(own: Owner): Owner {
    let last = own;
    // Who owns whom is anybody's to write: a circle ends.
    for (let steps = 0; steps < 5 && Object.hasOwn(BETWEEN, last.kind) && isBuiltIn(last.group); steps++) {
      const owner = this.owners.get(keyOf(last.kind, last.name));
      if (!owner) break;
      last = owner;
    }
    return last;
  }

  private replicasOf({ kind, metadata, spec }: Manifest, unit: Unit): Unit[] {
    const count = isObject(spec) && typeof spec.replicas === 'number' ? spec.replicas : 1;
    if (kind !== 'StatefulSet' || count > MOST_REPLICAS || !this.areReplicasToldApart()) return [unit];
    const start = isObject(spec?.ordinals) && typeof spec.ordinals.start === 'number' ? spec.ordinals.start : 0;
    return Array.from({ length: Math.max(1, count) }, (_, i) => {
      const own = { [REPLICA_LABELS[0]]: `${String(metadata.name)}-${start + i}`, [REPLICA_LABELS[1]]: String(start + i) };
      return { ...unit, labels: { ...unit.labels, ...own } };
    });
  }
}

/** The controller of an object, else its first owner. */
function ownerIn({ ownerReferences }: Manifest['metadata']): Owner | undefined {
  if (!Array.isArray(ownerReferences)) return undefined;
  const owners = ownerReferences.filter(isObject);
  const owner: JsonObject | undefined = owners.find(({ controller }) => controller === true) ?? owners[0];
  if (!owner || typeof owner.name !== 'string') return undefined;
  return { kind: String(owner.kind ?? 'Pod'), group: groupOf(String(owner.apiVersion ?? '')), name: owner.name };
}

/** Pods that are alike are one; a template whose pods are there is told by them. */
function merged(pods: readonly Unit[], templates: readonly Unit[]): Unit[] {
  if (pods.length + templates.length === 1) return [...pods, ...templates];
  const units: Unit[] = [];
  for (const unit of [...pods, ...templates.filter(template => !pods.some(pod => isOf(pod, template)))]) {
    const same = units.findIndex(other => isAlike(other, unit));
    if (same < 0) units.push(unit);
    else units[same] = { ...units[same], addresses: [...units[same].addresses, ...unit.addresses] };
  }
  return units;
}

function isOf(pod: Unit, template: Unit): boolean {
  return Object.entries(template.labels).every(([key, value]) => Object.hasOwn(pod.labels, key) && pod.labels[key] === value);
}

function keyOf(kind: string, name: string): string {
  return `${kind}/${name}`;
}
