import { PodClass } from '../matrix';
import { PodsPeer } from '../peer';
import { Direction, DIRECTIONS, Policy, Rule } from '../policy';
import { PortSet } from '../port-set';
import { describeShown, shownPorts } from '../port-words';
import { resolvePorts } from '../rule-ports';
import { describeSelector } from '../selector-words';
import { Knowledge, peerField } from './knowledge';
import { Lint } from './lint';

/**
 * Flows that one end declares and the other lets nothing of through: an egress rule whose targets let none of its sources in
 * on any of its ports, or an ingress rule whose sources let none of it out. A classic: the port of the Service on the one
 * side, that of the container on the other. Only what names pods is a declaration, and only where all of them are in the
 * input.
 */
export function endsDisagree(knowledge: Knowledge): Lint[] {
  return knowledge.policies.flatMap(policy => {
    const own = knowledge.selectedBy(policy);
    if (!own.length) return [];
    return DIRECTIONS.flatMap(direction => (policy[direction] ?? []).flatMap(rule => (rule.peers ?? []).flatMap((peer, place) => {
      if (peer.type === 'block' || !knowledge.isWhole(peer, policy)) return [];
      const others = knowledge.meantBy(peer, policy).filter(unit => !knowledge.units[unit].isOnHost);
      const [sources, targets] = direction === 'egress' ? [own, others] : [others, own];
      const pair = new Pairs(knowledge, sources, targets, rule).closedPair();
      return pair ? [lint(knowledge, policy, direction, rule, peer, place, pair)] : [];
    })));
  });
}

/** The pairs that a rule is about. */
class Pairs {
  constructor(
    private readonly knowledge: Knowledge,
    private readonly sources: readonly number[],
    private readonly targets: readonly number[],
    private readonly rule: Rule,
  ) {}

  /** One of them, if something could be spoken between them if the other end allowed it, and nothing is open between any. */
  public closedPair(): readonly [number, number] | undefined {
    const { reach: { matrix, world: { verdicts } } } = this.knowledge;
    const isOpen = (source: number, target: number) => !verdicts.ports.meet(this.portsAt(target), matrix.at(source, target).maybe).isEmpty;
    // What is said of classes holds for their pods at least, and single pairs only get more. The numbers of named ports are the pod's own.
    const targets = this.rule.ports.names.length ? this.targets : oneOfEach(this.targets, matrix.targetOf);
    for (const source of oneOfEach(this.sources, matrix.sourceOf)) if (targets.some(target => isOpen(source, target))) return undefined;
    const among = new Set(this.targets);
    for (const source of this.sources) {
      for (const target of matrix.singles[source]?.keys() ?? []) if (among.has(target) && isOpen(source, target)) return undefined;
    }
    const target = this.targets.find(unit => !this.portsAt(unit).isEmpty && this.sources.some(source => source !== unit));
    return target === undefined ? undefined : [this.sources.find(source => source !== target)!, target];
  }

  private portsAt(target: number): PortSet {
    const { reach: { world: { verdicts: { ports } } }, units } = this.knowledge;
    return resolvePorts(this.rule.ports, units[target].ports, ports);
  }
}

/** One pod of each class. */
function oneOfEach(units: readonly number[], classOf: readonly PodClass[]): readonly number[] {
  const found = new Map<PodClass, number>();
  for (const unit of units) if (!found.has(classOf[unit])) found.set(classOf[unit], unit);
  return [...found.values()];
}

function lint(
  knowledge: Knowledge, policy: Policy, direction: Direction, rule: Rule, peer: PodsPeer, place: number, [source, target]: readonly [number, number],
): Lint {
  const { reach: { sides, world: { verdicts: { ports } } }, units } = knowledge;
  const [from, to] = [units[source], units[target]];
  const declared = describeShown(shownPorts(resolvePorts(rule.ports, to.ports, ports)));
  const other = direction === 'egress' ? sides.allows(sides.side(to, 'ingress'), from) : sides.allows(sides.side(from, 'egress'), to);
  const lets = other.maybe.isEmpty ? 'nothing' : `only ${describeShown(shownPorts(other.maybe))}`;
  const whom = `${peer.pods.selectsEverything ? 'the pods' : `pods with ${describeSelector(peer.pods)}`}${peer.namespaces ? ` in namespaces with ${describeSelector(peer.namespaces)}` : ''}`;
  const what = direction === 'egress'
    ? `the rule lets out ${declared} to ${whom}, but they let in ${lets} from here`
    : `the rule lets in ${declared} from ${whom}, but they let out ${lets} to here`;
  const advice = `Say the same ports on both sides: those of the containers, not of a Service. The ${direction === 'egress' ? 'ingress' : 'egress'} policies of the other end are to be mended, or this rule is to go.`;
  return { id: 'network-ends-disagree', policy, field: peerField(rule, direction, place), what, advice };
}
