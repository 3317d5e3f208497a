import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { PREFIX } from '../kube/annotations';
import { Fault } from '../kube/faults';
import { Quantities } from '../kube/pod-resources';
import { postureOf } from '../posture/posture';
import { Refusal } from '../rules/harden/refusal';
import { Contents } from './contents';
import { quota } from './quota';
import { ResourceQuotaOptions } from './resource-quota-options';

/**
 * The LimitRange of a namespace: requests for containers that state none, so that nothing is scheduled as if it needed
 * nothing. It sets no limit at all: a maximum or a default for the CPU would put a CPU limit on every container without
 * one, and a memory limit that nobody measured kills.
 */
export function defaultRequests(scope: Construct, namespace: string): void {
  written(scope, 'DefaultRequests', 'LimitRange', { name: 'default-requests', namespace }, () => (
    { spec: { limits: [{ type: 'Container', defaultRequest: requestsAt(scope) }] } }
  ));
}

/** The requests that the LimitRange gives, as they are decided for the namespace by now. */
function requestsAt(scope: Construct): Quantities & object {
  const { cpuRequest, memoryRequest, ephemeralStorageRequest } = postureOf(scope);
  return { 'cpu': cpuRequest, 'ephemeral-storage': ephemeralStorageRequest, 'memory': memoryRequest };
}

/** The ResourceQuota of a namespace, worked out when it is written. */
export function contentsQuota(scope: Construct, namespace: string, contents: Contents, options: ResourceQuotaOptions, hasDefaults: boolean): void {
  checkOptions(scope.node.path, options);
  written(scope, 'ContentsQuota', 'ResourceQuota', { name: 'contents', namespace }, () => {
    const { hard, why, faults } = quota(contents, options, hasDefaults ? requestsAt(scope) : {});
    if (faults.length) throw new Refusal([{ findings: [], faults }]);
    if (!why.length) throw nothingThere(scope.node.path, namespace);
    return { spec: { hard }, why };
  });
}

/** A quota for nothing would refuse every pod. */
function nothingThere(where: string, namespace: string): Fault {
  return new Fault({
    where,
    what: `the ResourceQuota of the namespace '${namespace}' is worked out from the workloads of this app, and none lies in it`,
    id: 'quota-empty',
    advice: 'Leave resourceQuota out, or make the workloads in this app.',
  });
}

/** Annotations of an object hold 256 KiB at most. */
const MOST_SHOWN = 100;

interface Written {
  readonly spec: object;
  readonly why?: readonly string[];
}

/** An object whose content is asked for at synthesis; a fault from within cdk8s' own toJson would arrive wrapped in another message. */
function written(scope: Construct, id: string, kind: string, metadata: { name: string; namespace: string }, content: () => Written): void {
  let now: Written | undefined;
  const object = new ApiObject(scope, id, { apiVersion: 'v1', kind, metadata, spec: Lazy.any({ produce: () => (now ?? content()).spec }) });
  const toJson = object.toJson.bind(object);
  object.toJson = () => {
    now = content();
    const { why = [] } = now;
    const rest = why.length > MOST_SHOWN ? [`… and ${why.length - MOST_SHOWN} more`] : [];
    if (why.length) object.metadata.addAnnotation(`${PREFIX}why`, [...why.slice(0, MOST_SHOWN), ...rest].join('\n'));
    return toJson();
  };
}

/** More nodes or Jobs than any cluster has, and more headroom than a quota is worth. */
const MOST = { nodes: 100_000, jobsPerCronJob: 100_000, headroomPercent: 10_000 };

function checkOptions(where: string, options: ResourceQuotaOptions): void {
  for (const key of ['nodes', 'jobsPerCronJob', 'headroomPercent'] as const) {
    const value = options[key];
    if (value === undefined) continue;
    const isShare = key === 'headroomPercent';
    if ((isShare ? value >= 0 : Number.isInteger(value) && value > 0) && value <= MOST[key]) continue;
    throw noNumber(where, key, value, `Write a ${isShare ? 'number from 0' : 'whole number from 1'} to ${MOST[key]}.`);
  }
}

function noNumber(where: string, key: string, value: unknown, advice: string): Fault {
  return new Fault({ where, what: `resourceQuota says ${key}: ${String(value)}`, id: 'number-invalid', advice });
}
