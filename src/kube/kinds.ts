import { JsonObject, isObject } from './json';
import { Manifest, ObjectMeta, PodSpec } from './pod-spec';

/** Where the pod lies in each built-in kind that has one: the keys that lead to its template, or to the pod itself. */
const POD_TEMPLATES: Record<string, readonly string[]> = {
  Pod: [],
  PodTemplate: ['template'],
  ReplicationController: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The pod inside a manifest. */
export interface PodPart {
  /** The metadata of the pod template; of the object itself where the object is a Pod. */
  readonly meta: ObjectMeta;
  readonly spec: PodSpec;
  /** The field path of the pod spec in the manifest: `spec.template.spec`. */
  readonly field: string;
}

/** Tells whether objects of a kind write pods. */
export function hasPod(kind: string): boolean {
  return Object.hasOwn(POD_TEMPLATES, kind);
}

/** A group with a dot is somebody else's: what a Deployment of theirs writes is theirs to say. */
function isForeign(apiVersion: unknown): boolean {
  return typeof apiVersion === 'string' && /^[^/]*\.[^/]*\//.test(apiVersion);
}

/** The pod that a manifest of a built-in kind writes, or undefined where it writes none. Not a copy. */
export function podPart(manifest: Manifest): PodPart | undefined {
  const keys = hasPod(manifest.kind) && !isForeign(manifest.apiVersion) ? POD_TEMPLATES[manifest.kind] : undefined;
  if (!keys) return undefined;
  let holder: unknown = manifest;
  for (const key of keys) holder = isObject(holder) ? holder[key] : undefined;
  if (!isObject(holder) || !isObject(holder.spec)) return undefined;
  if (!isObject(holder.metadata)) holder.metadata = {};
  return { meta: holder.metadata as ObjectMeta, spec: holder.spec as unknown as PodSpec, field: [...keys, 'spec'].join('.') };
}

/** The manifest with another pod in it, or itself where it has none. What leads to the pod is copied, all else is shared. */
export function withPod(manifest: Manifest, change: (pod: Omit<PodPart, 'field'>) => Omit<PodPart, 'field'>): Manifest {
  return hasPod(manifest.kind) ? replaced(manifest, POD_TEMPLATES[manifest.kind], change) : manifest;
}

function replaced<T extends JsonObject>(holder: T, [key, ...rest]: readonly string[], change: Parameters<typeof withPod>[1]): T {
  if (key !== undefined) {
    const inner = holder[key];
    return isObject(inner) ? { ...holder, [key]: replaced(inner, rest, change) } : holder;
  }
  if (!isObject(holder.spec)) return holder;
  const { meta, spec } = change({ meta: isObject(holder.metadata) ? holder.metadata : {}, spec: holder.spec as unknown as PodSpec });
  return { ...holder, metadata: meta, spec };
}

/** `Kind namespace/name`, as messages name an object. */
export function describe(manifest: Manifest): string {
  const { name = '?', namespace } = manifest.metadata;
  return `${manifest.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
