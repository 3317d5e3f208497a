import { arePortsWithin, isPeerWithin, isWithin } from '../implication';
import { keyOf } from '../peer';
import { Direction, DIRECTIONS, Policy, Rule } from '../policy';
import { PortTable, Protocol } from '../port-set';
import { Reach } from '../reach';
import { SelectorIndex } from '../selector-index';
import { Namespace } from '../unit';
import { Knowledge } from './knowledge';
import { Lint } from './lint';

/** A rule and where it stands. */
export interface Placed {
  readonly policy: Policy;
  readonly rule: Rule;
  /** Its place among all of its namespace. */
  readonly place: number;
}

/** What the DNS is asked on: OpenShift's pods listen on the second. */
const DNS_PORTS: readonly (readonly [Protocol, number])[] = [['UDP', 53], ['TCP', 53], ['UDP', 5353], ['TCP', 5353]];
/** More rules for the same pods, and only those are compared that are for anybody or share a peer. */
const MOST_COMPARED = 300;

/**
 * Rules of which another rule says all already: for the same pods or more, for the same peers or more, on the same ports or
 * more. It is told from what they say, not from which pods there are now. Of two that say the same, the later one is told of.
 * The way to the DNS is often said with each policy that needs it, besides one for all pods: that is no slip.
 */
export function shadowed(knowledge: Knowledge): Lint[] {
  const { ports } = knowledge.reach.world.verdicts;
  const isAboutDns = ({ ports: { numbers, names } }: Rule) => !names.length && DNS_PORTS.reduce((rest, [protocol, port]) => (
    ports.rest(rest, ports.span(protocol, port, port))
  ), numbers).isEmpty;
  return [...shadows(knowledge)].filter(([rule]) => !isAboutDns(rule)).map(([rule, { policy, by }]) => {
    const owner = by.policy === policy ? 'the same policy' : `NetworkPolicy ${by.policy.namespace}/${by.policy.name}`;
    return {
      id: 'network-rule-shadowed',
      policy,
      field: rule.field,
      what: `${by.rule.field} of ${owner} already lets through all that the rule lets through`,
      advice: 'Remove it, or narrow the other one.',
      besides: { policy: by.policy, field: by.rule.field },
    };
  });
}

/** Each shadowed rule, with the one that shadows it. */
function shadows({ reach, byNamespace }: Knowledge): Map<Rule, { readonly policy: Policy; readonly by: Placed }> {
  const found = new Map<Rule, { policy: Policy; by: Placed }>();
  for (const [name, policies] of byNamespace) {
    for (const direction of DIRECTIONS) {
      const rules = new Rules(reach, name, policies, direction);
      for (const placed of rules.all) {
        const by = rules.holderOf(placed, other => other.place < placed.place || !rules.isHeld(other, placed));
        if (by) found.set(placed.rule, { policy: placed.policy, by });
      }
    }
  }
  return found;
}

/** The rules of a namespace in one direction, so that only those are compared of which one may hold the other. */
export class Rules {
  public readonly all: Placed[] = [];
  private readonly index = new SelectorIndex<Placed>();
  private readonly wider = new Map<string, ReturnType<SelectorIndex<Placed>['around']>>();
  private readonly byPeer = new Map<readonly Placed[], Map<string, Placed[]>>();
  private readonly namespace: Namespace;
  private readonly ports: PortTable;

  constructor({ world }: Reach, namespace: string, policies: readonly Policy[], direction: Direction) {
    this.namespace = world.namespace(namespace);
    this.ports = world.verdicts.ports;
    for (const policy of policies) {
      for (const rule of policy[direction] ?? []) {
        const placed = { policy, rule, place: this.all.length };
        this.all.push(placed);
        this.index.add(policy.pods, placed);
      }
    }
  }

  /** A rule that says all that another one says, if one of those that are accepted does. */
  public holderOf(placed: Placed, isAccepted: (other: Placed) => boolean): Placed | undefined {
    const { policy: { pods }, rule } = placed;
    let wider = this.wider.get(pods.key);
    if (!wider) this.wider.set(pods.key, wider = this.index.around(pods));
    for (const { items } of wider) {
      for (const other of this.comparable(items, rule)) if (other !== placed && this.holds(other.rule, rule) && isAccepted(other)) return other;
    }
    return undefined;
  }

  /** Tells whether one rule says no more than another. */
  public isHeld(inner: Placed, outer: Placed): boolean {
    return isWithin(inner.policy.pods, outer.policy.pods) && this.holds(outer.rule, inner.rule);
  }

  private comparable(rules: readonly Placed[], { peers }: Rule): readonly Placed[] {
    if (rules.length <= MOST_COMPARED) return rules;
    let byPeer = this.byPeer.get(rules);
    if (!byPeer) {
      this.byPeer.set(rules, byPeer = new Map<string, Placed[]>());
      for (const placed of rules) {
        for (const key of placed.rule.peers?.map(peer => keyOf(peer, '')) ?? ['']) {
          const list = byPeer.get(key);
          if (list) list.push(placed); else byPeer.set(key, [placed]);
        }
      }
    }
    const same = peers?.length ? byPeer.get(keyOf(peers[0], '')) ?? [] : [];
    return [...byPeer.get('') ?? [], ...same].slice(0, MOST_COMPARED);
  }

  private holds(outer: Rule, inner: Rule): boolean {
    if (!arePortsWithin(inner.ports, outer.ports, this.ports)) return false;
    if (!outer.peers) return true;
    return inner.peers?.every(peer => outer.peers!.some(its => isPeerWithin(peer, its, this.namespace))) ?? false;
  }
}
