import { isObject, Json, JsonObject } from '../kube/json';
import { hasPod, podPart } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';

/** What describes pods in an object: their labels and their spec. */
export interface PodTemplate {
  readonly labels: JsonObject;
  readonly spec: JsonObject;
  /** The field path of the labels' holder: `spec.template.metadata`. */
  readonly field: string;
}

/** The groups of Kubernetes' own workloads. */
const BUILT_IN = ['', 'apps', 'batch', 'extensions'];
/** What describes pods without running them. */
const NOT_RUN = ['PodTemplate'];
/** How deep a template may lie in an object of somebody else's kind. */
const DEEPEST = 10;

/** The group of an object: empty for the core. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Tells whether a group is one of Kubernetes' own that have workloads. */
export function isBuiltIn(group: string): boolean {
  return BUILT_IN.includes(group);
}

/** The pods that an object runs: one template for Kubernetes' own kinds, all that can be found for others. */
export function podTemplates(manifest: Manifest): PodTemplate[] {
  const { apiVersion, kind } = manifest;
  if (!isBuiltIn(groupOf(apiVersion))) return isObject(manifest.spec) ? foreignTemplates(manifest.spec, 'spec', DEEPEST) : [];
  if (!hasPod(kind) || NOT_RUN.includes(kind)) return [];
  const part = podPart(manifest);
  if (!part) return [];
  const holder = part.field === 'spec' ? 'metadata' : part.field.replace(/spec$/, 'metadata');
  return [{ labels: labelsOf(part.meta), spec: part.spec, field: holder }];
}

/** Every pod template below a value: an object in a field called `…template` whose spec has containers. */
function foreignTemplates(value: JsonObject, path: string, depth: number): PodTemplate[] {
  if (depth === 0) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const field = `${path}.${key}`;
    if (Array.isArray(item)) {
      return item.flatMap((element, i) => isObject(element) ? foreignTemplates(element, `${field}[${i}]`, depth - 1) : []);
    }
    if (!isObject(item)) return [];
    if (/template$/i.test(key) && isObject(item.spec) && hasContainers(item.spec.containers)) {
      return [{ labels: labelsOf(item.metadata), spec: item.spec, field: `${field}.metadata` }];
    }
    return foreignTemplates(item, field, depth - 1);
  });
}

function hasContainers(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isObject);
}

function labelsOf(meta: Json | undefined): JsonObject {
  return isObject(meta) && isObject(meta.labels) ? meta.labels : {};
}
