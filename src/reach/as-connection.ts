import { copy } from '../kube/json';
import { Connection, ConnectionVerdict } from './connection';
import { ConnectivityDiff } from './connectivity-diff';
import type { ChangedLink } from './diff';
import { Explanation, SideEffect } from './explain';
import { explainedLines, Where } from './explained-lines';
import { ConnectionExplanation, ExplainedSide } from './explanation';
import type { Path } from './paths';
import { PortSet, PortTable, PROTOCOLS } from './port-set';
import { describeVerdict } from './port-words';
import { ReachPath } from './reach-path';
import { reasonsOf, Verdict, VerdictTable } from './verdict';

/** Who connects to whom. */
interface Ends {
  readonly from: string;
  readonly to: string;
}

/** A verdict as connections: what is sure, and what depends; nothing where it is denied. */
export function connectionsIn({ from, to }: Ends, { sure, maybe, doubts }: Verdict, table: PortTable): Connection[] {
  const ends = { source: from, target: to };
  const rest = table.rest(maybe, sure);
  return [
    ...sure.isEmpty ? [] : [{ ...ends, verdict: ConnectionVerdict.ALLOWED, ...portsOf(sure) }],
    ...rest.isEmpty ? [] : [{ ...ends, verdict: ConnectionVerdict.DEPENDS, ...portsOf(rest), reason: reasonsOf(doubts) }],
  ];
}

/** What is open on the one side and not on the other. */
export function gained(before: Verdict, after: Verdict, verdicts: VerdictTable): Verdict {
  const { ports } = verdicts;
  const sure = ports.rest(after.sure, before.sure);
  const maybe = ports.union(sure, ports.rest(after.maybe, before.maybe));
  return verdicts.of(sure, maybe, after.doubts);
}

/** Changes by what they are. */
export function asDiff(changes: readonly ChangedLink[], verdicts: VerdictTable): ConnectivityDiff {
  const { ports } = verdicts;
  const all = changes.map(({ from, to, before, after }) => {
    const ends = { from: from.id, to: to.id };
    const told = (verdict: Verdict) => connectionsIn(ends, verdict, ports);
    return {
      source: from.id,
      target: to.id,
      before: told(before),
      after: told(after),
      opened: told(gained(before, after, verdicts)),
      closed: told(gained(after, before, verdicts)),
    };
  });
  const changed = all.filter(({ before, after }) => before.length && after.length);
  return {
    added: all.flatMap(({ before, after }) => before.length ? [] : after),
    removed: all.flatMap(({ before, after }) => after.length ? [] : before),
    widened: changed.filter(({ opened }) => opened.length),
    narrowed: changed.filter(({ closed }) => closed.length),
  };
}

/** A way as every language can carry it. */
export function asPath(path: Path, table: PortTable): ReachPath {
  return {
    peers: [path[0].from, ...path.map(({ to }) => to)],
    verdict: path.every(({ verdict: { sure } }) => !sure.isEmpty) ? ConnectionVerdict.ALLOWED : ConnectionVerdict.DEPENDS,
    connections: path.flatMap(step => connectionsIn(step, step.verdict, table)),
  };
}

/** An explanation as every language can carry it. */
export function asExplanation(explanation: Explanation, table: PortTable, where: Where): ConnectionExplanation {
  const { from, to, verdict, egress, ingress, changes } = explanation;
  return {
    source: from,
    target: to,
    connections: connectionsIn(explanation, verdict, table),
    egress: sideIn(egress, table),
    ingress: sideIn(ingress, table),
    suggestions: changes.map(({ direction, policy, namespace, podSelector, rule }) => ({
      field: `spec.${direction}`, namespaceName: namespace, ...policy && { policy: policy.name }, podSelector: copy(podSelector), rule: copy(rule),
    })),
    lines: explainedLines(explanation, table, where),
  };
}

function sideIn({ policies, isOutside, verdict }: SideEffect, table: PortTable): ExplainedSide {
  return {
    isolated: policies.length > 0,
    policed: !isOutside,
    lets: describeVerdict(verdict, table),
    policies: policies.map(({ policy: { namespace, name }, rules }) => ({
      namespaceName: namespace, name, rules: rules.map(({ rule: { field }, verdict: its }) => ({ field, lets: describeVerdict(its, table) })),
    })),
  };
}

/** Ports as every language can carry them. */
export function portsOf(ports: PortSet): Pick<Connection, 'all' | 'ports'> {
  if (ports.isAll) return { all: true, ports: [] };
  const spans = ports.spans.flatMap((list, i) => list.map(({ first, last }) => ({ protocol: PROTOCOLS[i], port: first, endPort: last })));
  return { all: false, ports: spans };
}
