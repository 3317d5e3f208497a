import { CUSTOM_WORKLOADS, CustomWorkload } from './custom-workloads';
import { Json, JsonObject, isObject } from './json';
import { isForeign } from './kinds';
import { Manifest } from './pod-spec';

/** A pod template inside of an object of somebody else's kind. */
export interface EmbeddedPod {
  /** What holds its metadata and its spec; not a copy. */
  readonly holder: JsonObject;
  /** The field path of the holder: `spec.template`. */
  readonly field: string;
}

/** How deep a template may lie. */
const DEEPEST = 10;

/** What is known of the kind of an object; undefined where it is Kubernetes' own, or nobody here knows it. */
export function customWorkload({ apiVersion, kind }: { readonly apiVersion?: unknown; readonly kind?: unknown }): CustomWorkload | undefined {
  if (!isForeign(apiVersion)) return undefined;
  const group = String(apiVersion).split('/')[0];
  return CUSTOM_WORKLOADS.find(known => known.group === group && known.kinds.includes(String(kind)));
}

/** Every pod template of an object, by its shape alone: what lies in a field called `…template` and has a spec with containers. */
export function embeddedPods({ spec }: { readonly spec?: Json }): EmbeddedPod[] {
  const found: EmbeddedPod[] = [];
  if (isObject(spec)) gather(spec, 'spec', DEEPEST, found);
  return found;
}

function gather(value: JsonObject, path: string, depth: number, found: EmbeddedPod[]): void {
  if (depth === 0) return;
  for (const key of Object.keys(value)) {
    const item = value[key];
    const field = `${path}.${key}`;
    if (Array.isArray(item)) {
      item.forEach((element, i) => {
        if (isObject(element)) gather(element, `${field}[${i}]`, depth - 1, found);
      });
    } else if (isObject(item)) {
      if (/template$/i.test(key) && isObject(item.spec) && hasContainers(item.spec.containers)) found.push({ holder: item, field });
      else gather(item, field, depth - 1, found);
    }
  }
}

function hasContainers(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

/** An embedded pod as an object of Kubernetes' own, which all that knows pods can read. */
export interface StandIn {
  readonly manifest: Manifest;
  readonly pod: EmbeddedPod;
  /** The field path in the object that stands for one in the stand-in. */
  fieldOf(field: string): string;
}

/**
 * The pods of somebody else's object that are judged as pods: not those that its controller lays over pods of its own, of
 * which half of what counts is nowhere to be seen.
 */
export function standIns(manifest: Manifest): StandIn[] {
  if (!isForeign(manifest.apiVersion)) return [];
  const known = customWorkload(manifest);
  if (known?.templates === 'patches') return [];
  return embeddedPods(manifest).map(pod => standIn(manifest, pod, known?.batch === true));
}

function standIn({ metadata }: Manifest, pod: EmbeddedPod, batch: boolean): StandIn {
  const template = { ...pod.holder };
  const place = batch ? 'spec.template' : 'template';
  return {
    manifest: batch ? { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template } } : { apiVersion: 'v1', kind: 'PodTemplate', metadata, template },
    pod,
    fieldOf: field => field.startsWith(place) ? pod.field + field.slice(place.length) : field,
  };
}
