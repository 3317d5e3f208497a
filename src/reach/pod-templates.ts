import { embeddedPods } from '../kube/embedded-pods';
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
  if (!isBuiltIn(groupOf(apiVersion))) {
    return embeddedPods(manifest).map(({ holder, field }) => ({ labels: labelsOf(holder.metadata), spec: holder.spec as JsonObject, field: `${field}.metadata` }));
  }
  if (!hasPod(kind) || NOT_RUN.includes(kind)) return [];
  const part = podPart(manifest);
  if (!part) return [];
  const holder = part.field === 'spec' ? 'metadata' : part.field.replace(/spec$/, 'metadata');
  return [{ labels: labelsOf(part.meta), spec: part.spec, field: holder }];
}

function labelsOf(meta: Json | undefined): JsonObject {
  return isObject(meta) && isObject(meta.labels) ? meta.labels : {};
}
