import { Json, JsonObject, isObject } from '../../kube/json';
import { LabelSelector, selectsEverything } from '../../kube/selectors';
import { selectorOf } from '../manifest-set';

/** The two directions of a NetworkPolicy, as its fields are called. */
export const DIRECTIONS = ['ingress', 'egress'] as const;

export type Direction = (typeof DIRECTIONS)[number];

/** An entry of `ingress` or `egress`. */
export interface PolicyRule {
  /** Its path: `spec.egress[0]`. */
  readonly field: string;
  /** Who may connect, or be connected to; undefined: everybody. */
  readonly peers?: readonly JsonObject[];
  /** Undefined: every port. */
  readonly ports?: readonly JsonObject[];
}

/** A NetworkPolicy as it works, whatever else stands in the manifest. */
export interface PolicyShape {
  /** Undefined where it is none: the schema speaks of it. */
  readonly selector?: LabelSelector;
  /** The directions in which the pods that it selects are closed but for its rules. */
  readonly closes: readonly Direction[];
  /** What is written for each direction, whether it is closed or not. */
  readonly rules: Readonly<Record<Direction, readonly PolicyRule[]>>;
}

const APIS = ['networking.k8s.io/v1', 'extensions/v1beta1'];

/** Reads a NetworkPolicy of Kubernetes' own; undefined where it is none. */
export function policyShape({ apiVersion, kind, spec }: JsonObject): PolicyShape | undefined {
  if (kind !== 'NetworkPolicy' || !APIS.includes(apiVersion as string) || !isObject(spec)) return undefined;
  const rules = { ingress: rulesOf(spec.ingress, 'spec.ingress', 'from'), egress: rulesOf(spec.egress, 'spec.egress', 'to') };
  return { selector: selectorOf(spec.podSelector ?? {}), closes: closed(spec.policyTypes, rules.egress.length > 0), rules };
}

/** What the API server fills in where no types are named: ingress, and egress where there are rules for it. */
function closed(types: Json | undefined, hasEgress: boolean): Direction[] {
  if (Array.isArray(types) && types.length) return DIRECTIONS.filter(direction => types.includes(direction === 'ingress' ? 'Ingress' : 'Egress'));
  return hasEgress ? ['ingress', 'egress'] : ['ingress'];
}

function rulesOf(rules: Json | undefined, field: string, peers: 'from' | 'to'): PolicyRule[] {
  return (Array.isArray(rules) ? rules : []).flatMap((rule, i): PolicyRule[] => (
    isObject(rule) ? [{ field: `${field}[${i}]`, peers: entries(rule[peers]), ports: entries(rule.ports) }] : []
  ));
}

/** An empty list says the same as none: everything. */
function entries(list: Json | undefined): JsonObject[] | undefined {
  return Array.isArray(list) && list.length ? list.map(entry => isObject(entry) ? entry : {}) : undefined;
}

/** Tells whether a policy is about every pod of its namespace. */
export function isForEveryPod({ selector }: PolicyShape): boolean {
  return selector !== undefined && selectsEverything(selector);
}

/** Tells whether the ports of a rule let one of these numbers through; a port by name may be any. */
export function letsThrough({ ports }: PolicyRule, protocol: string, numbers: readonly number[]): boolean {
  if (!ports) return true;
  return ports.some(({ protocol: its, port, endPort }) => (typeof its === 'string' ? its : 'TCP') === protocol
    && (typeof port !== 'number' || numbers.some(number => number >= port && number <= (typeof endPort === 'number' ? endPort : port))));
}

/** The ports of a rule as messages name them: ` on TCP 80, UDP 53`; nothing where it has none. */
export function onPorts({ ports }: PolicyRule): string {
  if (!ports) return '';
  return ` on ${ports.map(({ protocol, port, endPort }) => (
    `${String(protocol ?? 'TCP')} ${port === undefined ? '(all)' : `${String(port)}${endPort === undefined ? '' : `-${String(endPort)}`}`}`
  )).join(', ')}`;
}
