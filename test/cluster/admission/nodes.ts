import { Server } from './server';

/** Whether the cluster is the lab's, all of which is ours; else it is somebody's, who has named it by KUBECONFIG. */
export const ON_LAB = process.env.CLUSTER_MODE !== 'foreign';

/** Nodes without a kubelet: pods are put on them, and what the kubelet would say of those is said by `run`. */
export async function fakeNodes(server: Server): Promise<void> {
  for (const os of ['linux', 'windows']) {
    const name = `${os}-1`;
    const size = { 'cpu': '64', 'memory': '256Gi', 'pods': '1000', 'ephemeral-storage': '1000Gi' };
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': os, 'topology.kubernetes.io/zone': 'a' } } };
    await server.apply(node);
    await server.patchStatus(node, { capacity: size, allocatable: size, conditions: [{ type: 'Ready', status: 'True', reason: 'x', message: 'x', lastHeartbeatTime: new Date().toISOString() }] });
  }
}

/** Says of pods that they run, as a kubelet would. */
export async function run(server: Server, pods: readonly any[]): Promise<void> {
  const now = new Date().toISOString();
  const conditions = ['Ready', 'ContainersReady', 'Initialized', 'PodScheduled'].map(type => ({ type, status: 'True', lastTransitionTime: now }));
  await Promise.all(pods.filter(pod => !isReady(pod)).map(pod => server.patchStatus(pod, { phase: 'Running', startTime: now, conditions })));
}

function isReady({ status }: any): boolean {
  return status.conditions?.some(({ type, status: is }: any) => type === 'Ready' && is === 'True') ?? false;
}
