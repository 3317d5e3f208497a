import { mapOf } from '../../../src/report/map/make';
import type { ReachMap } from '../../../src/report/map/reach-map';
import { MapQuestion } from '../../../src/report/map/survey';
import { reachOf } from '../../reach/clusters';

/** Manifests of namespaces with some Deployments each, that no policy isolates. */
export function openNamespaces(namespaces: number, each: number): object[] {
  return Array.from({ length: namespaces }, (_, i) => Array.from({ length: each }, (__, j) => deployment(`web-${j}`, `team-${i}`))).flat();
}

/** A Deployment. */
export function deployment(name: string, namespace: string): object {
  return {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace },
    spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'x' }] } } },
  };
}

/** A policy that lets one app be reached by others of its namespace, and by nobody else. */
export function onlyFrom(namespace: string, app: string, callers: readonly string[], port = 80): object {
  return {
    apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: app, namespace },
    spec: {
      podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'],
      ingress: callers.map(caller => ({ from: [{ podSelector: { matchLabels: { app: caller } } }], ports: [{ port }] })),
    },
  };
}

/** The map of some manifests. */
export function mapOfManifests(manifests: readonly (object | string)[], question: Omit<MapQuestion, 'reach'> = {}): ReachMap {
  return mapOf({ reach: reachOf(...manifests), ...question });
}

/** Its connections in lines: `from => to : ports`. */
export function linesOf({ links, nodes, words }: ReachMap): string[] {
  return links.map(({ from, to, ports }) => `${nodes[from].id} => ${nodes[to].id} : ${words[ports]}`).sort();
}
