import { CONTROLLERS } from '../reach/entrances';
import { PortSet } from '../reach/port-set';
import { Reach } from '../reach/reach';
import { Match } from '../reach/selector';
import { Side } from '../reach/sides';
import { Verdict } from '../reach/verdict';
import { Breach, BreachEnd } from './breach';
import { Outsiders, withNamedPorts } from './outsiders';
import { names, Party, podsParts, rangesOf } from './party';
import { oneEach, Pods, podsOf, stretches } from './places';

/** Who must not connect to whom. */
export interface Restriction {
  readonly from: Party;
  /** Those of them who may. */
  readonly except: readonly Party[];
  readonly to: Party;
  readonly asked: PortSet;
}

/** Finds every connection that a restriction forbids and that the policies allow, or may allow. */
export class Restricted {
  public readonly sources: readonly Pods[];
  public readonly targets: readonly Pods[];
  private readonly found: Breach[] = [];

  constructor(private readonly reach: Reach, private readonly outsiders: Outsiders, private readonly restriction: Restriction) {
    const { from, except, to } = restriction;
    this.targets = podsOf(reach, to);
    this.sources = podsOf(reach, from).filter(({ workload, unit }) => !except.some(party => names(party, workload, unit) === Match.YES));
  }

  /** The connections, by target and source. */
  public breaches(): readonly Breach[] {
    for (const target of this.targets) {
      for (const source of this.sources) if (source.workload !== target.workload) this.betweenPods(source, target);
      this.fromOutsiders(target);
    }
    for (const target of oneEach(this.targets)) {
      this.fromAddresses(target);
      this.fromControllers(target);
    }
    for (const source of this.sources) this.toOutsiders(source);
    for (const source of oneEach(this.sources)) this.toAddresses(source);
    return this.found;
  }

  private betweenPods(from: Pods, to: Pods): void {
    const { sides } = this.reach;
    const verdict = sides.between(from.unit, to.unit);
    this.judge(from, to, verdict, [sides.side(from.unit, 'egress'), sides.side(to.unit, 'ingress')]);
  }

  private fromAddresses(to: Pods): void {
    const ranges = rangesOf(this.restriction.from, this.restriction.except);
    for (const [verdict, list] of stretches(this.reach, to.workload, 'ingress', ranges)) {
      this.judge({ type: 'addresses', ranges: list }, to, verdict, [this.reach.sides.side(to.unit, 'ingress')]);
    }
  }

  private toAddresses(from: Pods): void {
    const ranges = rangesOf(this.restriction.to);
    for (const [verdict, list] of stretches(this.reach, from.workload, 'egress', ranges)) {
      this.judge(from, { type: 'addresses', ranges: list }, verdict, [this.reach.sides.side(from.unit, 'egress')]);
    }
  }

  private fromControllers(to: Pods): void {
    if (!this.restriction.from.parts.some(({ type }) => type === 'controllers')) return;
    for (const id of CONTROLLERS) {
      this.judge({ type: 'controller', id }, to, this.reach.boundary.fromController(id, to.workload), [this.reach.sides.side(to.unit, 'ingress')]);
    }
  }

  private fromOutsiders(to: Pods): void {
    const { sides } = this.reach;
    const side = sides.side(to.unit, 'ingress');
    const except = this.restriction.except.flatMap(podsParts);
    for (const unit of this.outsiders.of(podsParts(this.restriction.from), except, side)) this.judge({ type: 'outsider', unit }, to, sides.allows(side, unit), [side]);
  }

  private toOutsiders(from: Pods): void {
    const { sides } = this.reach;
    const side = sides.side(from.unit, 'egress');
    const port = firstPort(this.restriction.asked);
    const rules = side.policies.flatMap(policy => policy.egress!);
    for (const outsider of this.outsiders.of(podsParts(this.restriction.to), [], side)) {
      const unit = withNamedPorts(outsider, rules, port);
      this.judge(from, { type: 'outsider', unit }, sides.allows(side, unit), [side]);
    }
  }

  private judge(from: BreachEnd, to: BreachEnd, verdict: Verdict, sides: readonly Side[]): void {
    const ports = this.reach.world.verdicts.ports.meet(verdict.maybe, this.restriction.asked);
    if (!ports.isEmpty) this.found.push({ from, to, verdict, ports, sides });
  }
}

/** Some port that is asked about. */
function firstPort({ spans }: PortSet): number {
  return spans.find(list => list.length)?.[0].first ?? 1;
}
