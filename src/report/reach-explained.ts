import { Constructs } from '../kube/reading/constructs';
import { Explanation, PolicyEffect, SideEffect } from '../reach/explain';
import { explainedLines, Where } from '../reach/explained-lines';
import { Policy } from '../reach/policy';
import { PortTable } from '../reach/port-set';
import { shownPorts } from '../reach/port-words';
import { reasonsOf, Verdict } from '../reach/verdict';
import { plain, plainJson } from './plain';

/** Explanations for people: what each side says and where, and what would allow what is denied. */
export function* explainedText(explanations: readonly Explanation[], table: PortTable, where: Where): Iterable<string> {
  for (const [i, explanation] of explanations.entries()) {
    if (i) yield '\n';
    for (const line of explainedLines(explanation, table, where)) yield `${plain(line)}\n`;
  }
}

/** Explanations as JSON, by schemas/reach.json. */
export function explainedJson(explanations: readonly Explanation[], problems: readonly object[], table: PortTable, constructs: Constructs): string {
  const shown = explanations.map(({ from, to, verdict, egress, ingress, changes }) => ({
    from,
    to,
    connections: verdictJson(verdict, table),
    egress: sideJson(egress, table, constructs),
    ingress: sideJson(ingress, table, constructs),
    changes: changes.map(({ direction, policy, namespace, podSelector, rule }) => ({
      ...policy ? policyJson(policy, constructs) : { namespace, policy: null, podSelector }, field: `spec.${direction}`, rule,
    })),
  }));
  return `${plainJson({ version: 1, problems, explanations: shown }, 1)}\n`;
}

function sideJson({ policies, isOutside, verdict }: SideEffect, table: PortTable, constructs: Constructs): object {
  return {
    isolated: policies.length > 0,
    counts: !isOutside,
    lets: verdictJson(verdict, table),
    policies: policies.map(({ policy, rules }: PolicyEffect) => ({
      ...policyJson(policy, constructs),
      rules: rules.map(({ rule: { field }, verdict: its }) => ({ field, line: lineOf(policy, field), lets: verdictJson(its, table) })),
    })),
  };
}

function verdictJson({ sure, maybe, doubts }: Verdict, table: PortTable): object[] {
  return [
    ...sure.isEmpty ? [] : [{ verdict: 'allowed', ...shownPorts(sure) }],
    ...doubts ? [{ verdict: 'depends', ...shownPorts(table.rest(maybe, sure)), reason: reasonsOf(doubts) }] : [],
  ];
}

function policyJson(policy: Policy, constructs: Constructs): object {
  const { namespace, name, source } = policy;
  const construct = constructs.of(source);
  return { namespace, policy: name, source: { file: source.source.file, line: lineOf(policy, ''), ...construct !== undefined && { construct } } };
}

function lineOf({ source: { source } }: Policy, field: string): number {
  return source.locate(field).line;
}
