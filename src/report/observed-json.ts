import { ObservedFlow } from '../reach/observed/ledger';
import { codeFor, missingRules } from '../reach/observed/remedies';
import { shownPorts } from '../reach/port-words';
import { reasonsOf } from '../reach/verdict';
import { ObservedAnswer, shownTime } from './observed-answer';
import { list } from './reach-json';

/** What was observed against what was declared, by schemas/reach-observed.json: a connection a line. */
export function* observedJson({ problems, reach, ledger, flows, denied, depends, unused }: ObservedAnswer): Iterable<string> {
  yield `{"version":1,\n "records":${ledger.records},\n "connections":${flows.length},\n "problems":`;
  yield* list(problems, ({ file, line, message }) => ({ file, line, message }));
  yield ',\n "denied":';
  yield* list(denied.flatMap(pair => pair.flows.map(flow => ({ flow, pair }))), ({ flow, pair }) => ({
    ...shown(flow),
    code: flow.protocol === 'ICMP' ? [] : codeFor({ ...pair, flows: [flow] }),
    rules: missingRules(reach, { ...pair, flows: [flow] }).map(({ direction, namespace, policy, podSelector, rule }) => ({
      field: `spec.${direction}`, namespace, policy: policy?.name ?? null, podSelector, rule,
    })),
  }));
  yield ',\n "depends":';
  yield* list(depends, flow => ({ ...shown(flow), reason: reasonsOf(flow.verdict.doubts) }));
  yield ',\n "unused":';
  yield* list(unused, ({ from, to, ports }) => ({ from: from.id, to: to.id, ...shownPorts(ports) }));
  yield ',\n "skipped":';
  yield* list(ledger.skipped, its => its);
  yield ',\n "unknown":';
  yield* list(ledger.unknowns, its => its);
  yield '}\n';
}

function shown({ from, to, protocol, port, count, dropped, first, last, addresses }: ObservedFlow): object {
  return {
    from: from.id, to: to.id, protocol, port: protocol === 'ICMP' ? null : port, count, dropped,
    first: shownTime(first) ?? null, last: shownTime(last) ?? null, addresses,
  };
}
