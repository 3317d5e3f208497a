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

/** Every built-in kind that writes pods. */
export const POD_KINDS: readonly string[] = Object.keys(POD_TEMPLATES);

/** Tells whether objects of a kind write pods. */
export function hasPod(kind: string): boolean {
  return Object.hasOwn(POD_TEMPLATES, kind);
}

/** A group with a dot is somebody else's: what a Deployment of theirs writes is theirs to say. */
export function isForeign(apiVersion: unknown): boolean {
  return typeof apiVersion === 'string' && /^[^/]*\.[^/]*\//.test(apiVersion);
}

/** What holds the metadata and the spec of a pod. */
interface PodHolder {
  readonly holder: JsonObject;
  /** The field path of the pod spec in the manifest. */
  readonly field: string;
}

/** The pod template in a manifest of a built-in kind, or the Pod itself; undefined where there is none. Not a copy. */
export function podHolder(manifest: { readonly [key: string]: unknown }): PodHolder | undefined {
  const keys = podPath(manifest);
  if (!keys) return undefined;
  let holder: unknown = manifest;
  for (const key of keys) holder = isObject(holder) ? holder[key] : undefined;
  return isObject(holder) && isObject(holder.spec) ? { holder, field: [...keys, 'spec'].join('.') } : undefined;
}

/** The keys that lead to what holds the metadata and the spec of a pod, in a manifest of a built-in kind that has one. */
export function podPath({ apiVersion, kind }: { readonly [key: string]: unknown }): readonly string[] | undefined {
  return typeof kind === 'string' && hasPod(kind) && !isForeign(apiVersion) ? POD_TEMPLATES[kind] : undefined;
}

/** The pod that a manifest of a built-in kind writes, or undefined where it writes none. Not a copy; metadata that it lacks are added. */
export function podPart(manifest: Manifest): PodPart | undefined {
  const { holder, field } = podHolder(manifest) ?? {};
  if (!holder || field === undefined) return undefined;
  if (!isObject(holder.metadata)) holder.metadata = {};
  return { meta: holder.metadata as ObjectMeta, spec: holder.spec as unknown as PodSpec, field };
}

/** The manifest with another pod in it, or itself where it has none or its own. What leads to another pod is copied, all else is shared. */
export function withPod(manifest: Manifest, change: (pod: Omit<PodPart, 'field'>) => Omit<PodPart, 'field'>): Manifest {
  const keys = podPath(manifest);
  return keys ? replaced(manifest, keys, change) : manifest;
}

function replaced<T extends JsonObject>(holder: T, [key, ...rest]: readonly string[], change: Parameters<typeof withPod>[1]): T {
  if (key !== undefined) {
    const inner = holder[key];
    const other = isObject(inner) ? replaced(inner, rest, change) : inner;
    return other === inner ? holder : { ...holder, [key]: other };
  }
  if (!isObject(holder.spec)) return holder;
  const { meta, spec } = change({ meta: isObject(holder.metadata) ? holder.metadata : {}, spec: holder.spec as unknown as PodSpec });
  return meta === holder.metadata && spec === (holder.spec as unknown) ? holder : { ...holder, metadata: meta, spec };
}

/** `Kind namespace/name`, as messages name an object. */
export function describe(manifest: Manifest): string {
  const { name = '?', namespace } = manifest.metadata;
  return `${manifest.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
