import { copy } from '../kube/json';
import { Connection, ConnectionVerdict } from './connection';
import { Explanation, SideEffect } from './explain';
import { explainedLines, Where } from './explained-lines';
import { ConnectionExplanation, ExplainedSide } from './explanation';
import { PortSet, PortTable, PROTOCOLS } from './port-set';
import { describeVerdict } from './port-words';
import { reasonsOf, Verdict } from './verdict';

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

function portsOf(ports: PortSet): Pick<Connection, 'all' | 'ports'> {
  if (ports.isAll) return { all: true, ports: [] };
  const spans = ports.spans.flatMap((list, i) => list.map(({ first, last }) => ({ protocol: PROTOCOLS[i], port: first, endPort: last })));
  return { all: false, ports: spans };
}
