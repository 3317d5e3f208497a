import { isDnsLabel } from '../kube/names';
import { NAMESPACE_NAME_LABEL } from '../kube/peers';
import { Labels } from '../kube/selectors';
import { PodsPeer } from '../reach/peer';
import { Rule } from '../reach/policy';
import { Match, Requirement } from '../reach/selector';
import { Side } from '../reach/sides';
import { Unit } from '../reach/unit';
import { World } from '../reach/world';
import { inNamespace, PodsPart, selects } from './party';

/** What is asked of labels of a pod, and of those of its namespace. */
interface Wanted {
  readonly namespaces: readonly Requirement[];
  readonly pods: readonly Requirement[];
}

/** The search gives up behind that; it then names somebody who may be excepted, which errs on the safe side. */
const MOST_STEPS = 20_000;
/** What a label is called of which only is known that it is there. */
const ANY_VALUE = 'any';
const NOTHING: Wanted = { namespaces: [], pods: [] };

/**
 * Pods of namespaces that the manifests have nothing of: nobody knows which are there, so that any are thought of.
 * Whatever selectors could tell such pods apart by comes from the statement and from the rules of policies, so one pod for
 * each combination stands for all of them.
 */
export class Outsiders {
  /** What the namespace of each fulfils. */
  private readonly elsewhere: readonly Requirement[];

  constructor(world: World) {
    const key = NAMESPACE_NAME_LABEL;
    this.elsewhere = [{ key, operator: 'Exists', values: [] }, { key, operator: 'NotIn', values: world.knownNamespaces }];
  }

  /** Whether there could be any, apart from the others. */
  public exist(party: readonly PodsPart[], others: readonly PodsPart[] = []): boolean {
    return party.some(part => this.find(wantedBy(part), others) !== undefined);
  }

  /** Those of a party, but not of the others, to whom one side of a pod may let something through: one for each rule, and one of whom no rule speaks. */
  public of(party: readonly PodsPart[], others: readonly PodsPart[], side: Side): Unit[] {
    const rules: Wanted[] = side.policies.flatMap(policy => policy[side.direction]!.flatMap(({ peers }) => (
      (peers ?? []).filter(peer => peer.type === 'pods').map(peer => wantedByRule(peer, policy.namespace))
    )));
    const found = party.map(wantedBy).flatMap(asked => [NOTHING, ...rules].flatMap(rule => (
      this.find({ namespaces: [...asked.namespaces, ...rule.namespaces], pods: [...asked.pods, ...rule.pods] }, others) ?? []
    )));
    return [...new Map(found.map(unit => [JSON.stringify([unit.namespace.labels, unit.labels]), unit])).values()];
  }

  private find({ namespaces, pods }: Wanted, others: readonly PodsPart[]): Unit | undefined {
    return search({ namespaces: [...this.elsewhere, ...namespaces], pods }, others, { left: MOST_STEPS });
  }
}

/** A pod with the ports that a rule calls by name: nobody knows which numbers they have there. */
export function withNamedPorts(unit: Unit, rules: readonly Rule[], port: number): Unit {
  const keys = rules.flatMap(({ ports }) => ports.names);
  return keys.length ? { ...unit, ports: new Map(keys.map(key => [key, [port]])) } : unit;
}

function wantedBy({ namespaces, pods }: PodsPart): Wanted {
  return { namespaces: namespaces.requirements, pods: pods.requirements };
}

function wantedByRule({ namespaces, pods }: PodsPeer, own: string): Wanted {
  return { namespaces: (namespaces ?? inNamespace(own)).requirements, pods: pods.requirements };
}

/** Labels that fulfil what is wanted, of a pod that none of the others select: each that does has one requirement that can be turned round. */
function search(wanted: Wanted, others: readonly PodsPart[], steps: { left: number }): Unit | undefined {
  const [namespace, labels] = [fulfil(wanted.namespaces), fulfil(wanted.pods)];
  if (!namespace || !labels) return undefined;
  const unit: Unit = {
    namespace: { name: namespace[NAMESPACE_NAME_LABEL], labels: namespace, isKnown: true },
    labels, ports: new Map(), isOnHost: false, addresses: [],
  };
  const other = others.find(part => selects(part, unit) === Match.YES);
  if (!other || steps.left-- <= 0) return unit;
  for (const requirement of other.pods.requirements) {
    const found = search({ ...wanted, pods: [...wanted.pods, opposite(requirement)] }, others, steps);
    if (found) return found;
  }
  for (const requirement of other.namespaces.requirements) {
    const found = search({ ...wanted, namespaces: [...wanted.namespaces, opposite(requirement)] }, others, steps);
    if (found) return found;
  }
  return undefined;
}

const OPPOSITES = { In: 'NotIn', NotIn: 'In', Exists: 'DoesNotExist', DoesNotExist: 'Exists' } as const;

/** What holds exactly where a requirement does not: `NotIn` holds for what lacks the label, too. */
function opposite({ key, operator, values }: Requirement): Requirement {
  return { key, operator: OPPOSITES[operator], values };
}

/** The fewest labels that fulfil all requirements; undefined where none do. */
function fulfil(requirements: readonly Requirement[]): Labels | undefined {
  const labels = new Map<string, string>();
  for (const key of new Set(requirements.map(its => its.key))) {
    const about = requirements.filter(its => its.key === key);
    const denied = new Set(about.flatMap(({ operator, values }) => operator === 'NotIn' ? values : []));
    const lists = about.flatMap(({ operator, values }) => operator === 'In' ? [values] : []);
    const isWanted = lists.length > 0 || about.some(({ operator }) => operator === 'Exists');
    if (!isWanted) continue;
    if (about.some(({ operator }) => operator === 'DoesNotExist')) return undefined;
    const isLawful = (value: string) => key !== NAMESPACE_NAME_LABEL || isDnsLabel(value);
    const value = lists.length ? lists[0].find(one => !denied.has(one) && lists.every(list => list.includes(one)) && isLawful(one)) : fresh(denied);
    if (value === undefined) return undefined;
    labels.set(key, value);
  }
  return Object.fromEntries(labels);
}

function fresh(denied: ReadonlySet<string>): string {
  let value = ANY_VALUE;
  for (let i = 2; denied.has(value); i++) value = `${ANY_VALUE}-${i}`;
  return value;
}
