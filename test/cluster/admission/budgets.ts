import { setTimeout as after } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ON_LAB } from './nodes';
import { Server } from './server';

/** What the quotas, ranges and budgets of an app do, once its pods run; nothing where they do what they should. */
export async function faultsOfBounds(server: Server, objects: readonly any[]): Promise<string[]> {
  const of = (wanted: string) => objects.filter(({ kind }) => kind === wanted);
  const faults = await Promise.all([
    ...of('ResourceQuota').map(quota => eventually(() => quotaFault(server, quota))),
    ...of('LimitRange').map(range => rangeFault(server, range)),
    ...of('PodDisruptionBudget').map(budget => eventually(() => budgetFault(server, budget))),
  ]);
  return faults.filter(fault => fault !== undefined) as string[];
}

/** A quota counts the namespace's pods, and holds what was written. */
async function quotaFault(server: Server, { metadata, spec }: any): Promise<string | undefined> {
  const { status } = await only(server, 'v1', 'ResourceQuota', metadata);
  const count = (await server.list('v1', 'Pod', [metadata.namespace])).length;
  if (!isDeepStrictEqual(status.hard, spec.hard)) return `ResourceQuota ${metadata.namespace}/${metadata.name} holds ${JSON.stringify(status.hard)}, not ${JSON.stringify(spec.hard)}`;
  return Number(status.used?.pods) === count ? undefined : `ResourceQuota ${metadata.namespace}/${metadata.name} counts ${status.used?.pods} pods of ${count}`;
}

/** A container that says nothing gets the requests of the range, and no limit on its CPU. */
async function rangeFault(server: Server, { metadata, spec }: any): Promise<string | undefined> {
  const securityContext = { runAsNonRoot: true, runAsUser: 1000, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'says-nothing', namespace: metadata.namespace }, spec: { containers: [{ name: 'a', image: 'x', securityContext, resources: { limits: { memory: '1Mi' } } }] } };
  const { body } = await server.create(pod, 'dryRun=All');
  const { resources } = body.spec?.containers[0] ?? {};
  const range = spec.limits.find(({ type }: any) => type === 'Container');
  const wanted = { limits: { ...range.default, memory: '1Mi' }, requests: { ...range.defaultRequest, memory: '1Mi' } };
  return isDeepStrictEqual(resources, wanted) ? undefined
    : `LimitRange ${metadata.namespace}/${metadata.name} gives a container ${JSON.stringify(resources) ?? body.message}, not ${JSON.stringify(wanted)}`;
}

/** A budget is that of one workload's pods, and lets some of them go once all run. */
async function budgetFault(server: Server, { metadata, spec }: any): Promise<string | undefined> {
  const { status } = await only(server, 'policy/v1', 'PodDisruptionBudget', metadata);
  const pods = await server.list('v1', 'Pod', [metadata.namespace]);
  const chosen = pods.filter(pod => Object.entries(spec.selector.matchLabels).every(([key, value]) => pod.metadata.labels?.[key] === value));
  const owners = new Set(chosen.map(pod => pod.metadata.ownerReferences[0].uid));
  const what = `PodDisruptionBudget ${metadata.namespace}/${metadata.name}`;
  if (owners.size !== 1) return `${what} is for the pods of ${owners.size} workloads`;
  // Where no kubelet is of ours, some pods may never be made, since those before them are not ready.
  if (ON_LAB && status.expectedPods !== chosen.length) return `${what} expects ${status.expectedPods} pods of ${chosen.length}`;
  return !ON_LAB || status.disruptionsAllowed > 0 ? undefined : `${what} lets none of ${status.currentHealthy} pods go, so that nodes cannot be drained`;
}

async function only(server: Server, apiVersion: string, kind: string, { name, namespace }: any): Promise<any> {
  const found = await server.list(apiVersion, kind, [namespace]);
  return found.find(({ metadata }) => metadata.name === name);
}

/** Controllers count behind the events: what is not right at first is asked again. */
async function eventually(ask: () => Promise<string | undefined>): Promise<string | undefined> {
  let fault = await ask();
  for (let tries = 0; fault !== undefined && tries < 60; tries++) {
    await after(500);
    fault = await ask();
  }
  return fault;
}
