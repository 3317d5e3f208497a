import { Json } from '../kube/json';
import { ReadObject } from '../kube/reading/read';
import { Change, Explanation, SideEffect } from './explain';
import { Policy } from './policy';
import { PortTable } from './port-set';
import { describeVerdict } from './port-words';

/** Where an object, or a field of it, is to be found, in words: `db.yaml:12`; empty where nobody knows. */
export type Where = (object: ReadObject, field: string) => string;

/** An explanation for people, line by line: what each side says and where, and what would allow what is denied. */
export function explainedLines(explanation: Explanation, table: PortTable, where: Where): string[] {
  const { from, to, verdict, egress, ingress, changes } = explanation;
  return [
    `${from} => ${to} : ${describeVerdict(verdict, table)}`,
    ...sideLines(egress, explanation, table, where),
    ...sideLines(ingress, explanation, table, where),
    ...changes.flatMap(change => changeLines(change, where)),
  ];
}

function sideLines({ direction, id, policies, isOutside, verdict }: SideEffect, { from }: Explanation, table: PortTable, where: Where): string[] {
  const head = `  ${direction === 'egress' ? 'out of' : 'into'} ${id}:`;
  if (isOutside) return [`${head} no policy counts for it`];
  if (direction === 'ingress' && from === 'node') return [`${head} the node that a pod runs on always reaches it, whatever policies say`];
  if (!policies.length) return [`${head} no policy isolates it, so everything is let through`];
  return [`${head} ${describeVerdict(verdict, table)}`, ...policies.flatMap(({ policy, rules }) => [
    `    ${nameOf(policy, where)} isolates it${policy.isFlawed ? ' (not all of it could be read)' : ''}${rules.length ? '' : ', and none of its rules is about this'}`,
    ...rules.map(({ rule: { field }, verdict: its }) => `      ${field}${inBrackets(where(policy.source, field))} lets through ${describeVerdict(its, table)}`),
  ])];
}

function changeLines({ direction, policy, namespace, podSelector, rule }: Change, where: Where): string[] {
  if (policy) return [`  to allow it, add to spec.${direction} of ${nameOf(policy, where)}:`, ...yamlLines([rule], 4)];
  const spec = { podSelector, policyTypes: [direction === 'egress' ? 'Egress' : 'Ingress'], [direction]: [rule] };
  return [`  to allow it, write a NetworkPolicy in namespace ${namespace} with this spec:`, ...yamlLines(spec, 4)];
}

function nameOf({ namespace, name, source }: Policy, where: Where): string {
  return `NetworkPolicy ${namespace}/${name}${inBrackets(where(source, ''))}`;
}

function inBrackets(text: string): string {
  return text && ` (${text})`;
}

/** Small values as YAML: mappings and lists of plain words, quoted as JSON where need be. */
export function yamlLines(value: Json, indent: number): string[] {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap(item => {
      if (typeof item !== 'object' || item === null) return [`${pad}- ${scalar(item)}`];
      const [first, ...rest] = yamlLines(item, indent + 2);
      return [`${pad}- ${first.trimStart()}`, ...rest];
    });
  }
  if (typeof value !== 'object' || value === null) return [`${pad}${scalar(value)}`];
  const lines = Object.entries(value).flatMap(([key, item]) => {
    if (typeof item !== 'object' || item === null) return [`${pad}${scalar(key)}: ${scalar(item ?? null)}`];
    return Object.keys(item).length ? [`${pad}${scalar(key)}:`, ...yamlLines(item, indent + 2)] : [`${pad}${scalar(key)}: ${Array.isArray(item) ? '[]' : '{}'}`];
  });
  return lines.length ? lines : [`${pad}{}`];
}

function scalar(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain = /^[A-Za-z][A-Za-z0-9_./-]*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}
