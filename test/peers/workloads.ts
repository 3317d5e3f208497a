import { ApiObject, App, Chart, Cron, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  HardenedCronJob, HardenedDaemonSet, HardenedDeployment, HardenedJob, HardenedOptions, HardenedPod, HardenedStatefulSet, IHardenedWorkload,
} from '../../src';

export type AnyWorkload = kplus.AbstractPod & IHardenedWorkload;
/** Properties that all kinds take. */
export type CommonProps = kplus.AbstractPodProps & HardenedOptions;

/** Makes a workload of each kind from the properties that all kinds take. */
export const MAKE = {
  Deployment: (scope: Construct, id: string, props: CommonProps) => new HardenedDeployment(scope, id, props),
  StatefulSet: (scope: Construct, id: string, props: CommonProps) => new HardenedStatefulSet(scope, id, { service: headless(scope, id), ...props }),
  DaemonSet: (scope: Construct, id: string, props: CommonProps) => new HardenedDaemonSet(scope, id, props),
  Job: (scope: Construct, id: string, props: CommonProps) => new HardenedJob(scope, id, props),
  CronJob: (scope: Construct, id: string, props: CommonProps) => new HardenedCronJob(scope, id, { schedule: Cron.daily(), ...props }),
  Pod: (scope: Construct, id: string, props: CommonProps) => new HardenedPod(scope, id, props),
} satisfies { [kind: string]: (scope: Construct, id: string, props: CommonProps) => AnyWorkload };

export type Kind = keyof typeof MAKE;
export const KINDS = Object.keys(MAKE) as Kind[];

/** A container that leaves nothing to be said by findings. */
export const WEB: kplus.ContainerProps = { image: 'ghcr.io/acme/web:1.4.0', portNumber: 8080, securityContext: { user: 10001, group: 10001 } };

export function chart(namespace?: string, id = 'shop'): Chart {
  return new Chart(Testing.app(), id, { namespace });
}

function headless(scope: Construct, id: string): kplus.Service {
  return new kplus.Service(scope, `${id}-headless`, { clusterIP: 'None', ports: [{ port: 1 }] });
}

/** Everything that an app writes, chart after chart. */
export function synthAll(scope: Construct): any[] {
  return (scope.node.root as App).charts.flatMap(part => Testing.synth(part));
}

/** The sole object of a kind. */
export function only(objects: any[], kind: string): any {
  const found = objects.filter(object => object.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} objects of kind ${kind}, not one`);
  return found[0];
}

/** The manifest of a workload, as its chart writes it. */
export function written(workload: AnyWorkload): any {
  const { kind, name } = workload;
  return Testing.synth(Chart.of(workload)).find(object => object.kind === kind && object.metadata.name === name);
}

/** The metadata and spec of the pods of a manifest. */
export function podTemplate(manifest: any): any {
  if (manifest.kind === 'Pod') return manifest;
  return (manifest.kind === 'CronJob' ? manifest.spec.jobTemplate : manifest).spec.template;
}

/** The spec of the pods of a workload, as its chart writes it. */
export function podOf(workload: AnyWorkload): any {
  return podTemplate(written(workload)).spec;
}

/** The path of the pod's spec for JSON patches. */
export function podPointer(kind: Kind): string {
  return kind === 'Pod' ? '/spec' : `${kind === 'CronJob' ? '/spec/jobTemplate' : ''}/spec/template/spec`;
}

export function apiObject(workload: AnyWorkload): ApiObject {
  return ApiObject.of(workload);
}
