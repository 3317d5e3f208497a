import { linksOf, reachOf } from './clusters';

/** The pods that Kubernetes' own tests of network policies start, each listening on 80 and 81 by every protocol. */
const NAMESPACES = ['x', 'y', 'z'];
const PODS = ['a', 'b', 'c'];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

/** What a scenario changes in it. */
export interface Scenario {
  readonly policies: readonly object[];
  readonly podLabels?: { readonly [pod: string]: object };
  readonly namespaceLabels?: { readonly [name: string]: object };
}

/** The address of a pod. */
export function ipOf(pod: string): string {
  const [namespace, name] = pod.split('/');
  return `10.0.${NAMESPACES.indexOf(namespace)}.${1 + PODS.indexOf(name)}`;
}

/** A policy of namespace x, unless another is named. */
export function policy(spec: object, name = 'p', namespace = 'x'): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/** The pairs of different pods that cannot speak on a port, as `x/a -> y/b`; what depends on the plugin counts as open here, as it is in most. */
export function blocked({ policies, podLabels = {}, namespaceLabels = {} }: Scenario, protocol: 'TCP' | 'UDP' | 'SCTP' = 'TCP', port = 80): string[] {
  const reach = reachOf(
    ...NAMESPACES.map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { ns: name, ...namespaceLabels[name] } } })),
    ...allPods().map(pod => podManifest(pod, podLabels[pod])),
    ...policies,
  );
  expect(reach.world.problems).toEqual([]);
  const open = new Set(linksOf(reach).filter(({ verdict }) => verdict.maybe.has(protocol, port)).map(({ from, to }) => `${from.id} -> ${to.id}`.replace(/\[Pod\]/g, '')));
  return pairs().filter(pair => !open.has(pair)).sort();
}

/** Every pair whose ends fulfil both conditions. */
export function pairs(from: (pod: string) => boolean = () => true, to: (pod: string) => boolean = () => true): string[] {
  return allPods().filter(from).flatMap(source => allPods().filter(to).flatMap(target => source === target ? [] : [`${source} -> ${target}`]));
}

/** A condition: one of these pods, or of these namespaces (`x/`). */
export function among(...names: string[]): (pod: string) => boolean {
  return pod => names.some(name => name.endsWith('/') ? pod.startsWith(name) : pod === name);
}

/** The opposite of a condition. */
export function not(condition: (pod: string) => boolean): (pod: string) => boolean {
  return pod => !condition(pod);
}

function allPods(): string[] {
  return NAMESPACES.flatMap(namespace => PODS.map(name => `${namespace}/${name}`));
}

function podManifest(pod: string, labels: object = {}): object {
  const [namespace, name] = pod.split('/');
  const ports = [80, 81].flatMap(containerPort => PROTOCOLS.map(protocol => (
    { containerPort, protocol, name: `serve-${containerPort}-${protocol.toLowerCase()}` }
  )));
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels: { pod: name, ...labels } },
    spec: { containers: [{ name: 'c', image: 'agnhost', ports }] }, status: { podIP: ipOf(pod) },
  };
}
