import { isObject, Json, JsonObject } from '../kube/json';
import { ReadObject } from '../kube/reading/read';
import { readPeer, RulePeer } from './peer';
import { PortTable } from './port-set';
import { readPorts, RulePorts } from './rule-ports';
import { Report, Selector } from './selector';

/** The two directions of a connection, as a policy names them. */
export type Direction = 'ingress' | 'egress';
/** Both. */
export const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

/** A rule of a policy: whom it lets in or out, on which ports. */
export interface Rule {
  /** `spec.ingress[0]` */
  readonly field: string;
  /** Absent: anybody, inside the cluster or outside. */
  readonly peers: readonly RulePeer[] | undefined;
  readonly ports: RulePorts;
}

/** A NetworkPolicy that was read once. */
export interface Policy {
  readonly namespace: string;
  readonly name: string;
  readonly source: ReadObject;
  readonly pods: Selector;
  /** The rules of a direction; absent where the policy does not isolate in it. */
  readonly ingress: readonly Rule[] | undefined;
  readonly egress: readonly Rule[] | undefined;
  /** Not all of it could be read: what it allows besides is unknown. */
  readonly isFlawed: boolean;
}

/** Reads a NetworkPolicy. What the API server would refuse is reported; the rest counts. */
export function readPolicy(object: ReadObject, namespace: string, table: PortTable, report: Report): Policy {
  const { manifest } = object;
  let isFlawed = false;
  const refuse: Report = (field, message) => {
    isFlawed = true;
    report(field, message);
  };
  const spec = specOf(manifest.spec, refuse);
  // It selects every pod where it says nothing; where what it says cannot be read, it may be about any.
  const pods = spec.podSelector === undefined || spec.podSelector === null ? Selector.EVERYTHING : Selector.read(spec.podSelector, 'spec.podSelector', refuse) ?? Selector.EVERYTHING;
  const types = typesOf(spec, refuse);
  const rules = (direction: Direction, peers: 'from' | 'to') => {
    const its = readRules(spec[direction], `spec.${direction}`, peers, table, refuse);
    return types.has(direction) ? its : undefined;
  };
  const [ingress, egress] = [rules('ingress', 'from'), rules('egress', 'to')];
  return { namespace, name: String(manifest.metadata.name ?? manifest.metadata.generateName ?? '?'), source: object, pods, ingress, egress, isFlawed };
}

function specOf(spec: Json | undefined, report: Report): JsonObject {
  if (isObject(spec)) return spec;
  if (spec !== undefined && spec !== null) report('spec', 'the spec is no mapping');
  return {};
}

/** Without policyTypes: ingress, and egress where there are rules for it. */
function typesOf({ policyTypes, egress }: JsonObject, report: Report): Set<Direction> {
  const defaults: Direction[] = Array.isArray(egress) && egress.length ? ['ingress', 'egress'] : ['ingress'];
  if (policyTypes === undefined || policyTypes === null) return new Set(defaults);
  if (!Array.isArray(policyTypes)) {
    report('spec.policyTypes', 'policyTypes is a list of Ingress and Egress');
    return new Set(DIRECTIONS);
  }
  if (!policyTypes.length) return new Set(defaults);
  const types = new Set<Direction>();
  policyTypes.forEach((type, i) => {
    if (type === 'Ingress' || type === 'Egress') types.add(type.toLowerCase() as Direction);
    else report(`spec.policyTypes[${i}]`, `the type ${JSON.stringify(type)} is neither Ingress nor Egress`);
  });
  return types;
}

function readRules(value: Json | undefined, field: string, peers: 'from' | 'to', table: PortTable, report: Report): Rule[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    report(field, 'the rules are no list');
    return [];
  }
  return value.flatMap((item, i) => {
    const where = `${field}[${i}]`;
    // A null in a list is an empty mapping to the API server: it allows everything.
    if (item !== null && !isObject(item)) {
      report(where, 'a rule is a mapping');
      return [];
    }
    const rule = item ?? {};
    const unknown = Object.keys(rule).find(key => key !== peers && key !== 'ports');
    if (unknown !== undefined) {
      report(where, `a rule has no field '${unknown}', only ${peers} and ports`);
      return [];
    }
    const whom = readPeers(rule[peers], `${where}.${peers}`, report);
    const ports = readPorts(rule.ports, `${where}.ports`, table, report);
    return whom === 'none' ? [] : [{ field: where, peers: whom, ports }];
  });
}

/** `none` where nobody is left: without peers the rule would be about everybody. */
function readPeers(value: Json | undefined, field: string, report: Report): RulePeer[] | undefined | 'none' {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) {
    report(field, 'the peers are no list');
    return 'none';
  }
  if (!value.length) return undefined;
  const peers = value.flatMap((item, i) => readPeer(item, `${field}[${i}]`, report) ?? []);
  return peers.length ? peers : 'none';
}
