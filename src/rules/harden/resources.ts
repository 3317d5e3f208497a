import { equal } from '../../kube/json';
import { Container, PodSpec, Resources, at } from '../../kube/pod-spec';
import { formatBytes, quantity } from '../../kube/quantity';
import { Remedy } from '../pod-rule';

/** What cdk8s-plus writes where nobody states resources. */
const FILLED_IN: Resources = { limits: { cpu: '1500m', memory: '2048Mi' }, requests: { cpu: '1000m', memory: '512Mi' } };

/** Requests for all, limits where they are known, none for the CPU unless it was asked for. */
export const resources: Remedy = (pod, knowledge) => {
  const { posture } = knowledge;
  for (const { container, list } of pod.containers) {
    if (list === 'ephemeralContainers') continue;
    const isFilledIn = knowledge.of(container).filledIn?.resources && equal(container.resources, FILLED_IN);
    const profile = knowledge.profile(container)?.profile;
    const disk = quantity(posture.ephemeralStorageLimit)! + ownFolders(pod.spec, container);
    const { requests = {}, limits = {}, ...rest } = isFilledIn ? {} : container.resources ?? {};
    fill(requests, limits, 'cpu', posture.cpuRequest!, posture.cpuLimit);
    fill(requests, limits, 'memory', profile?.memoryRequest ?? posture.memoryRequest!, profile?.memoryLimit ?? posture.memoryLimit);
    fill(requests, limits, 'ephemeral-storage', posture.ephemeralStorageRequest!, formatBytes(disk));
    container.resources = { ...rest, limits, requests };
  }
};

/** Quantities by the name of the resource. */
interface Amounts {
  [resource: string]: string | number;
}

/** Sets a request and a limit that are not stated; a request above its limit would be refused. */
function fill(requests: Amounts, limits: Amounts, name: string, request: string, limit: string | undefined): void {
  if (limits[name] === undefined && limit !== undefined) limits[name] = greater(limit, requests[name]);
  requests[name] ??= limits[name] !== undefined && value(limits[name]) < value(request) ? limits[name] : request;
}

function greater(limit: string, request: string | number | undefined): string | number {
  return request !== undefined && value(request) > value(limit) ? request : limit;
}

function value(text: string | number): number {
  return quantity(text) ?? 0;
}

/** The size limits of the container's emptyDir volumes on disk, in bytes: the kubelet counts them together with its logs. */
function ownFolders(spec: PodSpec, container: Container): number {
  const names = new Set((container.volumeMounts ?? []).map(({ name }) => name));
  return (spec.volumes ?? []).reduce((sum, volume) => {
    const onDisk = names.has(volume.name) && at(volume, 'emptyDir') !== undefined && at(volume, 'emptyDir', 'medium') !== 'Memory';
    return sum + (onDisk ? quantity(at(volume, 'emptyDir', 'sizeLimit')) ?? 0 : 0);
  }, 0);
}
