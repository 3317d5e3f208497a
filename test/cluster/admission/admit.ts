import { podPart } from '../../../src/kube/kinds';
import { Audit } from '../../../src/rules/manifest-audit';
import { Pack } from '../../../src/rules/pack';
import { makePods, startJob } from './pods';
import { Reply, Server } from './server';

/** What became of an app. */
export interface Admission {
  /** The objects as the server has them. */
  readonly objects: readonly any[];
  readonly pods: readonly any[];
  /** What the cluster has against it: the object, what our own rules say of it, the server's own words. */
  readonly complaints: readonly string[];
  /** What it only warns of, in the same form. */
  readonly warnings: readonly string[];
}

/** Applies an app, object by object as it is written, and waits until each workload has its pods. */
export async function admit(server: Server, manifests: readonly any[], seconds = 60): Promise<Admission> {
  const complaints: string[] = [];
  const warnings: string[] = [];
  const objects: any[] = [];
  for (const manifest of manifests) {
    const { status, body, warnings: words } = await server.apply(manifest);
    warnings.push(...words.map(word => complaint(manifest, word)));
    if (status < 300) objects.push(body);
    else complaints.push(complaint(manifest, refusal({ status, body, warnings: words })));
  }
  const workloads = [...objects.filter(object => podPart(object) && object.kind !== 'CronJob')];
  for (const cron of objects.filter(({ kind }) => kind === 'CronJob')) workloads.push(await startJob(server, cron));
  const { pods, refused } = await makePods(server, workloads, seconds);
  const incomplete = workloads.filter(({ metadata }) => refused.has(metadata.uid));
  complaints.push(...incomplete.map(workload => complaint(workload, refused.get(workload.metadata.uid)!)));
  return { objects, pods, complaints, warnings };
}

/** What a request was refused with, as the server says it. */
export function refusal({ status, body }: Reply): string {
  return `${status} ${body.reason}: ${body.message}`;
}

/** The object, what our own rules have against it, and the server's words. */
function complaint(manifest: any, words: string): string {
  return `${title(manifest)} [${rulesAgainst(manifest).join(', ') || 'no rule of ours'}]: ${words}`;
}

export function title({ kind, metadata: { namespace, name } }: any): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The rules of Pod Security, and those that say what the API server refuses, that find something in a manifest. */
export function rulesAgainst(manifest: any): string[] {
  const { status, ...written } = manifest;
  return [...new Set(Audit.of([written], { pack: Pack.pssRestricted(), today: '2026-01-01' }).findings.map(({ rule }) => rule))].sort();
}
