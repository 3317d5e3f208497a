import { NAMESPACE_NAME_LABEL } from '../kube/peers';
import { PortSet } from '../reach/port-set';
import { Reach } from '../reach/reach';
import { Requirement } from '../reach/selector';
import { Side } from '../reach/sides';
import { Unit } from '../reach/unit';
import { Verdict } from '../reach/verdict';
import { Breach, BreachEnd } from './breach';
import { Party, podsParts, rangesOf } from './party';
import { podsOf, stretches } from './places';

/** Finds each connection that a statement wants and that the policies deny, or may deny. */
export function missing(reach: Reach, from: Party, to: Party, asked: PortSet | undefined): { breaches: Breach[]; count: number } {
  const { sides, world: { verdicts } } = reach;
  const breaches: Breach[] = [];
  let count = 0;
  const judge = (source: BreachEnd, target: BreachEnd, verdict: Verdict, its: readonly Side[]) => {
    count++;
    const lacks = asked ? verdicts.ports.rest(asked, verdict.sure) : verdict.sure.isEmpty ? verdicts.ports.all : verdicts.ports.none;
    if (!lacks.isEmpty) breaches.push({ from: source, to: target, verdict, ports: lacks, sides: its });
  };
  const [sources, targets] = [podsOf(reach, from), podsOf(reach, to)];
  for (const target of targets) {
    const side = sides.side(target.unit, 'ingress');
    for (const source of sources) {
      if (source.workload !== target.workload) judge(source, target, sides.between(source.unit, target.unit), [sides.side(source.unit, 'egress'), side]);
    }
    for (const [verdict, ranges] of stretches(reach, target.workload, 'ingress', rangesOf(from))) judge({ type: 'addresses', ranges }, target, verdict, [side]);
    for (const unit of outsidersOf(from, reach)) judge({ type: 'outsider', unit }, target, sides.allows(side, unit), [side]);
  }
  for (const source of sources) {
    const side = sides.side(source.unit, 'egress');
    for (const [verdict, ranges] of stretches(reach, source.workload, 'egress', rangesOf(to))) judge(source, { type: 'addresses', ranges }, verdict, [side]);
    for (const unit of outsidersOf(to, reach)) judge(source, { type: 'outsider', unit }, sides.allows(side, unit), [side]);
  }
  return { breaches, count };
}

/** Pods that only a statement speaks of: they have the labels that it names, and no others are known. */
function outsidersOf(party: Party, reach: Reach): Unit[] {
  return podsParts(party).flatMap(({ namespaces, pods }) => {
    const labels = exact(pods.requirements);
    const space = exact(namespaces.requirements);
    const name = space[NAMESPACE_NAME_LABEL] ?? '';
    if (reach.world.knownNamespaces.includes(name)) return [];
    return [{ namespace: { name, labels: space, isKnown: false }, labels, ports: new Map(), isOnHost: false, addresses: [] }];
  });
}

/** What a statement says exactly. */
function exact(requirements: readonly Requirement[]): { [key: string]: string } {
  return Object.fromEntries(requirements.flatMap(({ key, operator, values }) => operator === 'In' ? [[key, values[0]]] : []));
}
