import { readFileSync } from 'node:fs';
import { Testing } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { everything } from '../../workload/everything';
import { torture as flows } from '../flows/torture';

/** The apps that are applied, each as it is written. */
export const APPS: { readonly [title: string]: () => any[] } = {
  'the example 01-production-namespace': () => example('01-production-namespace'),
  'the example 02-microservices': () => example('02-microservices'),
  'the app with every kind': () => Testing.synth(everything()),
  'the app with every peer': () => flows('none'),
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
