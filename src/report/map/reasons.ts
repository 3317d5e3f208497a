import { End } from '../../reach/ends';
import { Explainer, SideEffect } from '../../reach/explain';
import { NetworkPeer, NODE } from '../../reach/network-peer';
import { Policy, Rule } from '../../reach/policy';
import { describeVerdict } from '../../reach/port-words';
import { Reach } from '../../reach/reach';
import { place } from '../text';
import type { MapReasons, MapSide } from './reach-map';
import { Kept, shown, Words } from './words';

const NODE_REACHES = 'The node that a pod runs on always reaches it, whatever policies say.';

/** Ranges of one peer that are looked at, of those that are let through alike. */
const MOST_RANGES = 8;

/** Gathers why connections are allowed; policies, rules and sides that occur again are kept once. */
export class Reasons {
  private readonly policyPlaces = new Map<Policy, number>();
  private readonly rulePlaces = new Map<Rule, number>();
  private readonly texts: MapReasons['policies'][number][] = [];
  private readonly rules: MapReasons['rules'][number][] = [];
  private readonly sides = new Kept<MapSide>();

  constructor(private readonly words: Words) {}

  public get all(): MapReasons {
    return { policies: this.texts, rules: this.rules, sides: this.sides.all };
  }

  /** Why one peer may speak to another: what lets it out, and what lets it in. */
  public of(reach: Reach, explainer: Explainer, from: NetworkPeer, to: NetworkPeer): [number, number] | undefined {
    const explanations = endsOf(from, reach).flatMap(source => endsOf(to, reach).flatMap(target => explainer.explain(source, target)));
    const allowed = explanations.filter(({ verdict }) => !verdict.maybe.isEmpty);
    if (!explanations.length) return undefined;
    const said = allowed.length ? allowed : explanations;
    const ingress = from.kind === 'node' ? this.sides.placeOf({ text: NODE_REACHES }) : this.sideOf(said.map(its => its.ingress), reach);
    return [this.sideOf(said.map(its => its.egress), reach), ingress];
  }

  /** What pods of an end, or parts of it, say together. */
  private sideOf(effects: readonly SideEffect[], { world: { verdicts: { ports } } }: Reach): number {
    if (effects.every(({ isOutside }) => isOutside)) return this.sides.placeOf({ text: 'No policy counts for it.' });
    if (effects.some(({ policies, isOutside }) => !policies.length && !isOutside)) {
      return this.sides.placeOf({ text: 'No policy isolates it, so everything is let through.' });
    }
    const policies = new Set<number>();
    const rules = new Map<string, readonly [number, number]>();
    for (const { policy, rules: its } of effects.flatMap(effect => effect.policies)) {
      policies.add(this.policyOf(policy));
      for (const { rule, verdict } of its) {
        const entry = [this.ruleOf(rule, policy), this.words.placeOf(describeVerdict(verdict, ports))] as const;
        rules.set(entry.join(), entry);
      }
    }
    const [{ verdict }] = effects;
    // What could not be read, and the network of a node, let through what no rule says.
    const text = rules.size || verdict.maybe.isEmpty ? undefined : describeVerdict(verdict, ports);
    return this.sides.placeOf({ policies: [...policies], rules: [...rules.values()], ...text !== undefined && { text } });
  }

  private policyOf(policy: Policy): number {
    let known = this.policyPlaces.get(policy);
    if (known === undefined) {
      known = this.texts.push({ name: shown(`${policy.namespace}/${policy.name}`), place: placeOf(policy, '') }) - 1;
      this.policyPlaces.set(policy, known);
    }
    return known;
  }

  private ruleOf(rule: Rule, policy: Policy): number {
    let known = this.rulePlaces.get(rule);
    if (known === undefined) {
      known = this.rules.push({ policy: this.policyOf(policy), field: rule.field, place: placeOf(policy, rule.field) }) - 1;
      this.rulePlaces.set(rule, known);
    }
    return known;
  }
}

/** An end as this input has it: that of another one has other policies. */
function endsOf(peer: NetworkPeer, { world }: Reach): End[] {
  if (peer.kind === 'ip') return peer.ranges.slice(0, MOST_RANGES).map(range => ({ range }));
  if (peer.kind !== 'workload') return [{ name: peer.kind === 'external' ? peer.id : NODE.id }];
  const workload = world.workload(peer.workload.id);
  return workload ? [{ workload }] : [];
}

function placeOf({ source: { source } }: Policy, field: string): string {
  return shown(place(source.file, source.locate(field).line));
}
