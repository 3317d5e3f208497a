import { setTimeout as after } from 'node:timers/promises';
import { ON_LAB, run } from './nodes';
import { Server } from './server';

/** Pods that controllers have made, and what they could not make. */
export interface Made {
  readonly pods: readonly any[];
  /** Why a workload has not all of its pods, in the cluster's own words, by the workload's uid. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Waits until each workload (as the server has it) has its pods, or the cluster has said why not. */
export async function makePods(server: Server, workloads: readonly any[], seconds: number): Promise<Made> {
  const namespaces = [...new Set(workloads.map(({ metadata }) => metadata.namespace))];
  const list = (apiVersion: string, kind: string) => server.list(apiVersion, kind, namespaces);
  const refused = new Map<string, string>();
  let pods: any[] = [];
  let missing = workloads;
  for (const end = Date.now() + seconds * 1000; missing.length > 0 && Date.now() < end; await after(300)) {
    const sets = await list('apps/v1', 'ReplicaSet');
    // A Deployment's pods are those of its ReplicaSets.
    const workloadOf = new Map<string, string>([...workloads.map(({ metadata }) => metadata), ...sets.map(({ metadata }) => metadata)]
      .map(({ uid, ownerReferences: [owner] = [] }) => [uid, owner?.kind === 'Deployment' ? owner.uid : uid]));
    pods = (await list('v1', 'Pod')).filter(({ metadata: { uid, ownerReferences: [owner] = [] } }) => workloadOf.has(owner?.uid ?? uid));
    if (ON_LAB) await run(server, pods);
    for (const { involvedObject, reason, message } of await list('v1', 'Event')) {
      const whose = workloadOf.get(involvedObject.uid);
      if (reason === 'FailedCreate' && whose) refused.set(whose, message);
    }
    const found = pods.map(({ metadata: { uid, ownerReferences: [owner] = [] } }) => workloadOf.get(owner?.uid ?? uid));
    const has = ({ metadata: { uid } }: any) => found.filter(one => one === uid).length;
    missing = workloads.filter(workload => !refused.has(workload.metadata.uid) && has(workload) < wanted(workload));
  }
  for (const { metadata } of missing) refused.set(metadata.uid, `no pods after ${seconds} s, and no event that says why`);
  return { pods, refused };
}

/** Starts the Job of a CronJob now, as `kubectl create job --from` does; gives it as the server has it. */
export async function startJob(server: Server, { metadata, spec }: any): Promise<any> {
  const { labels, annotations } = spec.jobTemplate.metadata ?? {};
  const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: metadata.name, uid: metadata.uid, controller: true };
  const job = {
    apiVersion: 'batch/v1', kind: 'Job', spec: spec.jobTemplate.spec,
    metadata: { name: `${metadata.name.slice(0, 50)}-now`, namespace: metadata.namespace, labels, annotations: { ...annotations, 'cronjob.kubernetes.io/instantiate': 'manual' }, ownerReferences: [owner] },
  };
  const { status, body } = await server.create(job);
  if (status !== 201) throw new Error(`Job of CronJob ${metadata.namespace}/${metadata.name}: ${body.message}`);
  return body;
}

/** How many pods a workload is to have at once. */
function wanted({ kind, spec }: any): number {
  if (kind === 'Job') return spec.suspend ? 0 : Math.min(spec.parallelism, spec.completions ?? Infinity);
  // Elsewhere nobody says that the first is ready, and a DaemonSet's nodes are not known.
  if (kind === 'StatefulSet' && !ON_LAB && spec.podManagementPolicy === 'OrderedReady') return 1;
  if (kind === 'DaemonSet') return ON_LAB ? 1 : 0;
  return kind === 'Pod' ? 1 : spec.replicas;
}
