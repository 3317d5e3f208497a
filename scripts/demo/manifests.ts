import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object as it was read. */
export type Manifest = any;

/** What was written to a folder. */
export interface Written {
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  readonly objects: readonly Manifest[];
}

/** Reads every manifest of a folder. */
export function read(folder: string): Written {
  const paths = readdirSync(folder).filter(path => path.endsWith('.yaml')).sort().map(path => join(folder, path));
  return {
    files: paths.map(path => ({ path, bytes: statSync(path).size })),
    objects: paths.flatMap(path => parseAllDocuments(readFileSync(path, 'utf8'))).map(document => document.toJS()).filter(object => object),
  };
}

/** An object that runs pods, and its pod. */
export interface Workload {
  readonly object: Manifest;
  readonly name: string;
  readonly namespace: string;
  readonly labels: { readonly [key: string]: string };
  readonly spec: Manifest;
}

/** The workloads among objects, in their order. */
export function workloadsOf(objects: readonly Manifest[]): Workload[] {
  return objects.flatMap(object => {
    const pod = object.kind === 'Pod' ? object : object.spec?.jobTemplate?.spec.template ?? object.spec?.template;
    if (!pod?.spec?.containers) return [];
    const { name, namespace = 'default' } = object.metadata;
    return [{ object, name, namespace, labels: pod.metadata?.labels ?? {}, spec: pod.spec }];
  });
}

/** Tells whether labels satisfy a selector. */
export function matches(selector: Manifest, labels: { readonly [key: string]: string }): boolean {
  if (selector?.matchExpressions) throw new Error('the demo does not read matchExpressions');
  return Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}
