import { Json } from '../kube/json';
import { Change, Explanation, PolicyEffect, SideEffect } from '../reach/explain';
import { Policy } from '../reach/policy';
import { PortTable } from '../reach/port-set';
import { reasonsOf, Verdict } from '../reach/verdict';
import { plain, plainJson } from './plain';
import { describeShown, shownPorts } from './reach-connection';
import { place } from './text';

/** Explanations for people: what each side says and where, and what would allow what is denied. */
export function* explainedText(explanations: readonly Explanation[], table: PortTable): Iterable<string> {
  for (const [i, { from, to, verdict, egress, ingress, changes }] of explanations.entries()) {
    yield `${i ? '\n' : ''}${plain(from)} => ${plain(to)} : ${inWords(verdict, table)}\n`;
    yield sideText(egress, table);
    yield sideText(ingress, table);
    for (const change of changes) yield changeText(change);
  }
}

/** Explanations as JSON, by schemas/reach.json. */
export function explainedJson(explanations: readonly Explanation[], problems: readonly object[], table: PortTable): string {
  const shown = explanations.map(({ from, to, verdict, egress, ingress, changes }) => ({
    from,
    to,
    connections: verdictJson(verdict, table),
    egress: sideJson(egress, table),
    ingress: sideJson(ingress, table),
    changes: changes.map(({ direction, policy, namespace, podSelector, rule }) => ({
      ...policy ? policyJson(policy) : { namespace, policy: null, podSelector }, field: `spec.${direction}`, rule,
    })),
  }));
  return `${plainJson({ version: 1, problems, explanations: shown }, 1)}\n`;
}

function inWords({ sure, maybe, doubts }: Verdict, table: PortTable): string {
  if (maybe.isEmpty) return 'denied';
  const rest = `${describeShown(shownPorts(table.rest(maybe, sure)))} (depends: ${reasonsOf(doubts)})`;
  if (sure.isEmpty) return rest;
  return `${describeShown(shownPorts(sure))}${doubts ? `; ${rest}` : ''}`;
}

function sideText({ direction, id, policies, isOutside, verdict }: SideEffect, table: PortTable): string {
  const way = direction === 'egress' ? 'out of' : 'into';
  if (isOutside) return `  ${way} ${plain(id)}: no policy counts for it\n`;
  if (!policies.length) return `  ${way} ${plain(id)}: no policy isolates it, so everything is let through\n`;
  const lines = policies.map(({ policy, rules }) => {
    const flawed = policy.isFlawed ? ' (not all of it could be read)' : '';
    const effects = rules.map(({ rule, verdict: its }) => `      ${rule.field} (${placeOf(policy, rule.field)}) lets through ${inWords(its, table)}\n`);
    return `    ${nameOf(policy)} isolates it${flawed}${rules.length ? '' : ', and none of its rules is about this'}\n${effects.join('')}`;
  });
  return `  ${way} ${plain(id)}: ${inWords(verdict, table)}\n${lines.join('')}`;
}

function changeText({ direction, policy, namespace, podSelector, rule }: Change): string {
  if (!policy) {
    const spec = { podSelector, policyTypes: [direction === 'egress' ? 'Egress' : 'Ingress'], [direction]: [rule] };
    return `  to allow it, write a NetworkPolicy in namespace ${plain(namespace)} with this spec:\n${yaml(spec as Json, 4)}`;
  }
  return `  to allow it, add to spec.${direction} of ${nameOf(policy)}:\n${yaml([rule as Json], 4)}`;
}

function sideJson({ policies, isOutside, verdict }: SideEffect, table: PortTable): object {
  return {
    isolated: policies.length > 0,
    counts: !isOutside,
    lets: verdictJson(verdict, table),
    policies: policies.map(({ policy, rules }: PolicyEffect) => ({
      ...policyJson(policy),
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

function policyJson(policy: Policy): object {
  const { namespace, name, source: { source: { file } } } = policy;
  return { namespace, policy: name, source: { file, line: lineOf(policy, '') } };
}

function nameOf(policy: Policy): string {
  return `NetworkPolicy ${plain(`${policy.namespace}/${policy.name}`)} (${placeOf(policy, '')})`;
}

function placeOf(policy: Policy, field: string): string {
  const { file } = policy.source.source;
  return place(file, lineOf(policy, field));
}

function lineOf({ source: { source } }: Policy, field: string): number {
  return source.locate(field).line;
}

/** Small values as YAML: mappings and lists of plain words, quoted as JSON where need be. */
function yaml(value: Json, indent: number): string {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.map(item => `${pad}- ${typeof item === 'object' && item !== null ? yaml(item, indent + 2).trimStart() : `${scalar(item)}\n`}`).join('');
  }
  if (typeof value !== 'object' || value === null) return `${pad}${scalar(value)}\n`;
  return Object.entries(value).map(([key, item]) => {
    if (typeof item !== 'object' || item === null) return `${pad}${scalar(key)}: ${scalar(item ?? null)}\n`;
    return Object.keys(item).length ? `${pad}${scalar(key)}:\n${yaml(item, indent + 2)}` : `${pad}${scalar(key)}: {}\n`;
  }).join('');
}

function scalar(value: Json): string {
  if (typeof value !== 'string') return plain(JSON.stringify(value));
  const isPlain = /^[A-Za-z][A-Za-z0-9_./-]*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return isPlain ? value : plain(JSON.stringify(value));
}
