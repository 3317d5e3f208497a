import { readFileSync } from 'node:fs';
import { Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { torture } from '../../torture/torture';
import { everything } from '../../workload/everything';
import { torture as peers } from '../flows/torture';

/** An app, as it is written, and each object of which the cluster warns, with the rules of ours that say why; they were waived. */
export interface TestedApp {
  readonly write: () => any[];
  readonly warned: readonly string[];
}

const WAIVED = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Pod'].map(kind => (
  `${kind} torture-waived/${kind.toLowerCase()} [pod-host-network, pod-host-ports, pod-run-as-non-root, pod-run-as-root]`
));

/** The apps that are applied. */
export const APPS: { readonly [title: string]: TestedApp } = {
  'the example 01-production-namespace': { write: () => example('01-production-namespace'), warned: [] },
  'the example 02-microservices': { write: () => example('02-microservices'), warned: [] },
  'the app with every kind': { write: () => Testing.synth(everything()), warned: [] },
  'the app with every peer': { write: () => peers('none'), warned: [] },
  'the app with every property': { write: torture, warned: WAIVED },
};

/** What an example is to write. */
export function example(name: string): any[] {
  return parseAllDocuments(readFileSync(`examples/${name}/expected.yaml`, 'utf8')).map(document => document.toJS());
}

/** What the apps name, and an administrator gives. */
export const GIVEN = [
  { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'high' }, value: 1000 },
  { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'gvisor' }, handler: 'runsc' },
  { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'nobody.example/fast' },
];
