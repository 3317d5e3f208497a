import { isObject } from './json';
import { Container, PodSpec } from './pod-spec';
import { quantity } from './quantity';

/** What a container or pod asks for, or may use at most. */
export type ResourceSide = 'requests' | 'limits';

/** Quantities by the name of the resource. */
export interface Quantities {
  readonly [resource: string]: string | number | undefined;
}

/**
 * What the scheduler and quotas count for one pod, in the resource's base unit: init containers run one after the
 * other, beside the sidecars that were started before them; all others run together. What is not stated counts as
 * nothing. What a RuntimeClass adds is counted where the pod says it.
 *
 * @param defaults what a LimitRange of the namespace gives to containers that do not state a request
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podResource(spec: PodSpec, side: ResourceSide, resource: string, defaults: Quantities = {}): number {
  const of = (container: Container) => quantity(stated(container, side, resource, defaults)) ?? 0;
  let sidecars = 0;
  let peak = 0;
  for (const container of spec.initContainers ?? []) {
    if (container.restartPolicy === 'Always') sidecars += of(container);
    peak = Math.max(peak, sidecars + (container.restartPolicy === 'Always' ? 0 : of(container)));
  }
  const together = (spec.containers ?? []).reduce((sum, container) => sum + of(container), sidecars);
  const ofPod = isObject(spec.resources) && isObject(spec.resources[side]) ? quantity(spec.resources[side][resource]) : undefined;
  const overhead = isObject(spec.overhead) ? quantity(spec.overhead[resource]) ?? 0 : 0;
  return (ofPod ?? Math.max(peak, together)) + overhead;
}

/** Tells whether every container states a resource: a quota for it refuses pods of which one does not. */
export function isStated(spec: PodSpec, side: ResourceSide, resource: string, defaults: Quantities = {}): boolean {
  return [...spec.initContainers ?? [], ...spec.containers ?? []].every(container => stated(container, side, resource, defaults) !== undefined);
}

/** A request that is not stated is the limit, else what the namespace gives. */
function stated({ resources = {} }: Container, side: ResourceSide, resource: string, defaults: Quantities): string | number | undefined {
  if (side === 'limits') return resources.limits?.[resource];
  return resources.requests?.[resource] ?? resources.limits?.[resource] ?? defaults[resource];
}
