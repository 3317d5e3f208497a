import { App, Chart, Testing } from 'cdk8s';
import { SecureNamespace } from '../../../src';
import { Subject } from './subject';

/** What a subject is written as, in a namespace of its own that is closed and has the labels of `restricted`. */
export function written(subject: Subject, name: string): any[] {
  const chart = new Chart(new App(), name, { disableResourceNameHashes: true });
  subject.write(new SecureNamespace(chart, name));
  return Testing.synth(chart);
}

/** The subject's workload among what was written for it. */
export function workloadOf({ name }: Subject, manifests: readonly any[]): any {
  return manifests.find(({ spec, metadata }) => spec && templateOf({ spec }) && metadata.name.endsWith(name));
}

/** By which labels the workload's pods are known; those of a CronJob once a Job of the same name was made from it. */
export function selectorOf({ kind, metadata, spec }: any): string {
  if (kind === 'Job' || kind === 'CronJob') return `batch.kubernetes.io/job-name=${metadata.name}`;
  return Object.entries(spec.selector.matchLabels).map(([key, value]) => `${key}=${value}`).join(',');
}

function templateOf({ spec }: any): any {
  return spec.template ?? spec.jobTemplate?.spec.template;
}

/** The folders that its container can write to: those that outlive the pod, and those that do not. */
export function writableFolders(workload: any): string[] {
  const { containers: [container], volumes = [] } = templateOf(workload).spec;
  const given = volumes.filter(({ configMap, secret, projected }: any) => configMap ?? secret ?? projected).map(({ name }: any) => name);
  return (container.volumeMounts ?? []).filter(({ name }: any) => !given.includes(name)).map(({ mountPath }: any) => mountPath);
}

/** Takes a mount away from a workload's container, and nothing else. */
export function takeAway(workload: any, path: string): void {
  const [container] = templateOf(workload).spec.containers;
  const before = container.volumeMounts.length;
  container.volumeMounts = container.volumeMounts.filter(({ mountPath }: any) => mountPath !== path);
  if (container.volumeMounts.length !== before - 1) throw new Error(`there is no mount at ${path}`);
}
