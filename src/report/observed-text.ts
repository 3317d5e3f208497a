import { yamlLines } from '../reach/explained-lines';
import { ObservedFlow } from '../reach/observed/ledger';
import { codeFor, missingRules, MissingRule } from '../reach/observed/remedies';
import { describeShown, shownPorts } from '../reach/port-words';
import { reasonsOf } from '../reach/verdict';
import { ObservedAnswer, shownTime } from './observed-answer';
import { plain } from './plain';
import { place } from './text';

/** What was observed against what was declared, for people. */
export function* observedText(answer: ObservedAnswer): Iterable<string> {
  const { reach, denied, depends, unused } = answer;
  for (const pair of denied) {
    for (const flow of pair.flows) yield `denied: ${flowText(flow)}\n`;
    for (const line of codeFor(pair)) yield `  in code: ${plain(line)}\n`;
    for (const rule of missingRules(reach, pair)) yield* ruleText(rule);
    if (pair.flows.every(({ protocol }) => protocol === 'ICMP')) yield '  only a rule without ports lets it through\n';
  }
  for (const flow of depends) yield `depends: ${flowText(flow)} (${reasonsOf(flow.verdict.doubts)})\n`;
  for (const { from, to, ports } of unused) yield `never seen: ${plain(from.id)} => ${plain(to.id)} : ${describeShown(shownPorts(ports))}\n`;
  yield* summary(answer);
}

function flowText({ from, to, protocol, port, count, dropped, first, last, addresses }: ObservedFlow): string {
  const [start, end] = [shownTime(first), shownTime(last)];
  const when = start === undefined ? '' : start === end || end === undefined ? `, at ${start}` : `, from ${start} to ${end}`;
  const drops = dropped === 0 ? '' : dropped === count ? ', dropped by the cluster' : `, ${dropped} of them dropped by the cluster`;
  const which = addresses.length ? ` (${addresses.join(', ')})` : '';
  return `${plain(from.id)} => ${plain(to.id)}${which} : ${protocol}${protocol === 'ICMP' ? '' : ` ${port}`}, ${many(count, 'record')}${when}${drops}`;
}

function* ruleText({ direction, namespace, policy, podSelector, rule }: MissingRule): Iterable<string> {
  if (policy) {
    const { file, locate } = policy.source.source;
    yield `  in YAML, add to spec.${direction} of NetworkPolicy ${plain(`${policy.namespace}/${policy.name}`)} (${place(file, locate('').line)}):\n`;
    yield* written(yamlLines([rule], 4));
  } else {
    const spec = { podSelector, policyTypes: [direction === 'egress' ? 'Egress' : 'Ingress'], [direction]: [rule] };
    yield `  in YAML, write a NetworkPolicy in namespace ${plain(namespace)} with this spec:\n`;
    yield* written(yamlLines(spec, 4));
  }
}

function* written(lines: readonly string[]): Iterable<string> {
  for (const line of lines) yield `${plain(line)}\n`;
}

function* summary({ ledger, flows, denied, depends, unused }: ObservedAnswer): Iterable<string> {
  const count = denied.reduce((sum, pair) => sum + pair.flows.length, 0);
  yield `${many(ledger.records, 'record')}, ${many(flows.length, 'connection')}: ${flows.length - count - depends.length} allowed, ${count} denied, ${depends.length} depend; ${unused.length} allowed but never seen\n`;
  for (const { reason, count: left } of ledger.skipped) yield `left out: ${many(left, 'record')} ${reason}\n`;
  const { unknowns } = ledger;
  if (unknowns.length) yield `not in the manifests: ${unknowns.slice(0, 10).map(({ name }) => plain(name)).join(', ')}${unknowns.length > 10 ? ` and ${unknowns.length - 10} more` : ''}\n`;
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
