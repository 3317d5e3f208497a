import { Fault, collect } from '../kube/faults';
import { Json, JsonObject, isObject } from '../kube/json';
import { describe, podPart } from '../kube/kinds';
import { Quantities, ResourceSide, isStated, podResource } from '../kube/pod-resources';
import { Manifest, PodSpec, at } from '../kube/pod-spec';
import { formatBytes, quantity } from '../kube/quantity';
import { Contents } from './contents';
import { PodCount, mostPods } from './pod-count';
import { ResourceQuotaOptions } from './resource-quota-options';

/** A ResourceQuota that takes everything that the app puts into a namespace. */
export interface Quota {
  readonly hard: { readonly [resource: string]: string };
  /** One line a workload. */
  readonly why: readonly string[];
  readonly faults: readonly Fault[];
}

/** A workload, and what the quota has to take of it. */
interface Part extends PodCount {
  readonly manifest: Manifest;
  readonly spec: PodSpec;
}

/** Never `limits.cpu`: it would refuse every pod without a CPU limit, which only throttles. */
const COMPUTE: readonly (readonly [ResourceSide, string])[] = [
  ['requests', 'cpu'], ['requests', 'memory'], ['requests', 'ephemeral-storage'], ['limits', 'memory'],
];

/** Kubernetes refuses pods without them where a quota counts them. */
const MUST_BE_STATED = ['cpu', 'memory'];

/**
 * What the contents of a namespace need at most: every replica, also those that are ending while they are replaced, at
 * the maximum of its autoscaler.
 *
 * @param defaults the requests that the namespace's LimitRange gives
 */
export function quota(contents: Contents, options: ResourceQuotaOptions, defaults: Quantities): Quota {
  const faults: Fault[] = [];
  const parts: Part[] = [];
  for (const content of contents.pods()) {
    const { manifest } = content;
    collect(faults, () => parts.push({ ...mostPods(content, contents, options), manifest, spec: withOverhead(podPart(manifest)!.spec, contents) }));
  }
  const room = 1 + (options.headroomPercent ?? 0) / 100;
  const counted = COMPUTE.filter(([side, resource]) => (
    !MUST_BE_STATED.includes(resource) || parts.every(({ spec }) => isStated(spec, side, resource, defaults))
  ));
  const claims = [...contents.ofKind('PersistentVolumeClaim').map(({ spec }) => ({ spec, times: 1 })), ...parts.flatMap(claimsOf)];
  return {
    faults,
    why: parts.map(({ manifest, why }) => `${describe(manifest)}: ${why}`).sort(),
    hard: {
      'pods': String(Math.ceil(sum(parts, ({ pods }) => pods) * room)),
      ...Object.fromEntries(counted.map(([side, resource]) => {
        const total = sum(parts, ({ spec, pods }) => pods * podResource(spec, side, resource, defaults)) * room;
        return [`${side}.${resource}`, resource === 'cpu' ? formatCpu(total) : formatMebibytes(total)];
      })),
      'persistentvolumeclaims': String(Math.ceil(sum(claims, ({ times }) => times) * room)),
      'requests.storage': formatMebibytes(sum(claims, ({ spec, times }) => times * storageOf(spec)) * room),
      ...openPorts(contents.ofKind('Service')),
    },
  };
}

/** What a RuntimeClass of the app adds to each pod; the API server writes it into the pod. */
function withOverhead(spec: PodSpec, contents: Contents): PodSpec {
  if (spec.runtimeClassName === undefined || spec.overhead !== undefined) return spec;
  const found = contents.clusterWide('RuntimeClass').find(({ metadata }) => metadata.name === spec.runtimeClassName);
  const overhead = at(found, 'overhead', 'podFixed');
  return overhead === undefined ? spec : { ...spec, overhead };
}

/** The claims that the pods of a workload make: a StatefulSet's replicas keep theirs, a pod's own end with it. */
function claimsOf({ manifest, spec, pods, replicas }: Part): { spec?: JsonObject; times: number }[] {
  const templates = manifest.kind === 'StatefulSet' && Array.isArray(manifest.spec?.volumeClaimTemplates) ? manifest.spec.volumeClaimTemplates : [];
  const ofPods = (spec.volumes ?? []).map(volume => at(volume, 'ephemeral', 'volumeClaimTemplate')).filter(isObject);
  const claim = (template: Json, times: number) => ({ spec: at(template, 'spec') as JsonObject | undefined, times });
  return [...templates.map(template => claim(template, replicas)), ...ofPods.map(template => claim(template, pods))];
}

function storageOf(spec: JsonObject | undefined): number {
  return quantity(at(spec, 'resources', 'requests', 'storage')) ?? 0;
}

/** Ports of nodes and load balancers: no more than the app opens itself. */
function openPorts(services: readonly Manifest[]): Quota['hard'] {
  const balancers = services.filter(({ spec }) => spec?.type === 'LoadBalancer');
  const onNodes = services.filter(({ spec }) => spec?.type === 'NodePort' || (spec?.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false));
  const ports = sum(onNodes, ({ spec }) => Array.isArray(spec?.ports) ? spec.ports.length : 0);
  return { 'services.loadbalancers': String(balancers.length), 'services.nodeports': String(ports) };
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}

/** Sums of decimal fractions are off by less than this. */
const ROUNDING = 1e-6;

function formatCpu(cores: number): string {
  const milli = Math.ceil(cores * 1000 - ROUNDING);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

function formatMebibytes(bytes: number): string {
  const MEBIBYTE = 2 ** 20;
  return formatBytes(Math.ceil(bytes / MEBIBYTE - ROUNDING) * MEBIBYTE);
}
