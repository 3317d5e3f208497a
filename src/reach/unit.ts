import { Address, parseAddress } from '../kube/addresses';
import { isObject, Json, JsonObject } from '../kube/json';
import { Labels } from '../kube/selectors';
import { Protocol, PROTOCOLS } from './port-set';

/** A namespace, or what is known of it. */
export interface Namespace {
  readonly name: string;
  /** With the label that the API server lays on each. */
  readonly labels: Labels;
  /** It is in the input: it has no other labels. */
  readonly isKnown: boolean;
}

/** The ports of a pod that have names: numbers by `TCP/http`. */
export type NamedPorts = ReadonlyMap<string, readonly number[]>;

/** Pods that are the same to every policy: same namespace, labels and ports. A workload has one, mostly. */
export interface Unit {
  readonly namespace: Namespace;
  readonly labels: Labels;
  readonly ports: NamedPorts;
  /** In the network of its node: outside of every policy. */
  readonly isOnHost: boolean;
  /** Where the input says them. */
  readonly addresses: readonly Address[];
}

const NO_PORTS: NamedPorts = new Map();
const NO_ADDRESSES: readonly Address[] = [];

/** What policies see of the pods of a template; what is wrong in it counts as absent. */
export function unitOf(namespace: Namespace, labels: JsonObject, spec: JsonObject, status?: Json): Unit {
  return {
    namespace,
    labels: textsOf(labels),
    ports: namedPorts(spec),
    isOnHost: spec.hostNetwork === true,
    addresses: isObject(status) ? addressesOf(status) : NO_ADDRESSES,
  };
}

/** Tells whether both are the same to every policy, addresses aside. */
export function isAlike(a: Unit, b: Unit): boolean {
  return a.isOnHost === b.isOnHost && signature(a) === signature(b);
}

/** The entries of a mapping as text. What is none is taken for what it reads as; whoever wrote it is told. */
export function textsOf(labels: JsonObject): Labels {
  if (Object.keys(labels).every(key => typeof labels[key] === 'string')) return labels as Labels;
  return Object.fromEntries(Object.entries(labels).flatMap(([key, value]) => typeof value === 'object' && value !== null ? [] : [[key, textOf(value)]]));
}

/** A scalar where a text belongs; a null is the empty text to the API server. */
export function textOf(value: Json | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** The labels that the API server would refuse for their type. */
export function wrongLabels(labels: JsonObject): string[] {
  return Object.keys(labels).filter(key => typeof labels[key] !== 'string' && labels[key] !== null);
}

function signature({ labels, ports }: Unit): string {
  return JSON.stringify([Object.entries(labels).sort(([a], [b]) => a < b ? -1 : 1), [...ports].sort(([a], [b]) => a < b ? -1 : 1)]);
}

function namedPorts(spec: JsonObject): NamedPorts {
  let result: Map<string, number[]> | undefined;
  for (const container of [...listOf(spec.containers), ...listOf(spec.initContainers).filter(isSidecar)]) {
    for (const port of listOf(container.ports)) {
      const { name, containerPort } = port;
      const protocol = port.protocol ?? 'TCP';
      if (typeof name !== 'string' || typeof containerPort !== 'number' || !PROTOCOLS.includes(protocol as Protocol)) continue;
      const key = `${protocol as string}/${name}`;
      result ??= new Map();
      const numbers = result.get(key);
      if (!numbers) result.set(key, [containerPort]);
      else if (!numbers.includes(containerPort)) numbers.push(containerPort);
    }
  }
  return result ?? NO_PORTS;
}

/** The other init containers are gone before anybody can connect. */
function isSidecar(container: JsonObject): boolean {
  return container.restartPolicy === 'Always';
}

function addressesOf(status: JsonObject): readonly Address[] {
  // A pod that has ended has given its address back.
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return NO_ADDRESSES;
  const texts = [...listOf(status.podIPs).map(({ ip }) => ip), status.podIP].filter(text => typeof text === 'string');
  return texts.length ? [...new Set(texts)].flatMap(text => parseAddress(text) ?? []) : NO_ADDRESSES;
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
