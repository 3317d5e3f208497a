import { Fault } from '../kube/faults';
import { JsonObject, isObject } from '../kube/json';
import { describe } from '../kube/kinds';
import { Manifest } from '../kube/pod-spec';
import { Content, Contents } from './contents';
import { ResourceQuotaOptions } from './resource-quota-options';

/** How many pods a workload has at most at the same time. */
export interface PodCount {
  readonly pods: number;
  /** At most so many that are there to stay: each has its volumes. */
  readonly replicas: number;
  /** How it comes to that, for people. */
  readonly why: string;
}

/**
 * The most pods of a workload at the same time.
 *
 * A quota counts a pod until it has ended, and its successor may be made before: of a Deployment there are up to two
 * pods a replica while it is updated, whatever `maxSurge` says, since that does not count those that are ending. A
 * StatefulSet and a DaemonSet without surge wait for the end.
 *
 * @throws a fault where it cannot be known.
 */
export function mostPods(content: Content, contents: Contents, options: ResourceQuotaOptions): PodCount {
  const { manifest } = content;
  const spec = manifest.spec ?? {};
  switch (manifest.kind) {
    case 'Deployment': return replicated(manifest, contents, strategyOf(spec) !== 'Recreate');
    case 'ReplicaSet':
    case 'ReplicationController': return replicated(manifest, contents, true);
    case 'StatefulSet': return replicated(manifest, contents, false);
    case 'DaemonSet': return onEveryNode(content, spec, options.nodes);
    case 'Job': return ofJob(spec, 1, '');
    case 'CronJob': return ofCronJob(content, spec, options.jobsPerCronJob);
    default: return { pods: 1, replicas: 1, why: '1 pod' };
  }
}

function strategyOf(spec: JsonObject): unknown {
  return isObject(spec.strategy) ? spec.strategy.type : undefined;
}

function replicated(manifest: Manifest, contents: Contents, overlap: boolean): PodCount {
  const scaled = autoscaled(manifest, contents);
  const replicas = Math.max(whole(manifest.spec?.replicas, scaled === undefined ? 1 : 0), scaled ?? 0);
  const what = `${replicas} replica${replicas === 1 ? '' : 's'}${scaled === undefined ? '' : ' at the maximum of its autoscaler'}`;
  return overlap
    ? { pods: 2 * replicas, replicas, why: `${2 * replicas} pods: ${what}, and as many that are ending while they are replaced` }
    : { pods: replicas, replicas, why: `${replicas} pods: ${what}` };
}

/** The maximum of the autoscaler of a workload: Kubernetes' own, or KEDA's, whose default is 100. */
function autoscaled({ kind, metadata }: Manifest, contents: Contents): number | undefined {
  const maxima = contents.ofKind('HorizontalPodAutoscaler', 'ScaledObject').flatMap(({ kind: scaler, spec = {} }) => {
    const target = isObject(spec.scaleTargetRef) ? spec.scaleTargetRef : {};
    if (target.name !== metadata.name || (target.kind ?? 'Deployment') !== kind) return [];
    return [scaler === 'ScaledObject' ? whole(spec.maxReplicaCount, 100) : whole(spec.maxReplicas, 1)];
  });
  return maxima.length ? Math.max(...maxima) : undefined;
}

function onEveryNode(content: Content, spec: JsonObject, nodes: number | undefined): PodCount {
  if (nodes === undefined) {
    throw unknown(content, 'it has a pod on every node, and how many nodes there are is not known here', 'Say resourceQuota: { nodes: … } with the most nodes that there will be');
  }
  const update = isObject(spec.updateStrategy) && isObject(spec.updateStrategy.rollingUpdate) ? spec.updateStrategy.rollingUpdate : {};
  const surge = Math.min(nodes, part(update.maxSurge, nodes));
  return { pods: nodes + surge, replicas: nodes, why: `${nodes + surge} pods: one on each of ${nodes} nodes${surge ? `, and ${surge} that are made before the old ones end` : ''}` };
}

/** A number, or a percentage of the whole, rounded up as Kubernetes does. */
function part(value: unknown, all: number): number {
  const percent = /^(\d+)%$/.exec(String(value))?.[1];
  return percent === undefined ? whole(value, 0) : Math.ceil(Number(percent) * all / 100);
}

function ofCronJob(content: Content, spec: JsonObject, jobs: number | undefined): PodCount {
  const template = isObject(spec.jobTemplate) && isObject(spec.jobTemplate.spec) ? spec.jobTemplate.spec : {};
  switch (spec.concurrencyPolicy) {
    case 'Forbid': return ofJob(template, 1, '');
    case 'Replace': return ofJob(template, 2, ' of the Job that runs and of the one that it replaces');
    default:
      if (jobs !== undefined) return ofJob(template, jobs, ` of ${jobs} Jobs`);
      throw unknown(content, 'its Jobs may run at the same time, and how many is not known here', "Say concurrencyPolicy: 'Forbid' or 'Replace' on it, or resourceQuota: { jobsPerCronJob: … }");
  }
}

/** A pod of a Job that is ending may have its successor beside it, unless the Job waits for it. */
function ofJob(spec: JsonObject, jobs: number, suffix: string): PodCount {
  const parallel = Math.min(whole(spec.parallelism, 1), whole(spec.completions, Infinity));
  const pods = parallel * jobs * (spec.podReplacementPolicy === 'Failed' ? 1 : 2);
  return { pods, replicas: pods, why: `${pods} pods: ${parallel} at the same time${suffix}${pods > parallel * jobs ? ', and as many that are ending while they are replaced' : ''}` };
}

function whole(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : otherwise;
}

function unknown({ where, manifest }: Content, what: string, advice: string): Fault {
  return new Fault({
    where,
    what: `the ResourceQuota of its namespace cannot be worked out for ${describe(manifest)}: ${what}`,
    id: 'quota-unknown',
    advice: `${advice}, or put it into another namespace, or do without a quota.`,
  });
}
