import { plainJson } from './plain';
import { connectionsOf, groupMembers, ReachAnswer } from './reach-answer';

/** How many connections a part has: all of a cluster's as one text would take more memory than all else. */
const IN_A_PART = 2000;

/** The answer as JSON, by schemas/reach.json: a connection a line. */
export function* reachJson(answer: ReachAnswer): Iterable<string> {
  yield '{"version":1,\n "problems":';
  yield* list(answer.problems, ({ file, line, message }) => ({ file, line, message }));
  yield ',\n "peers":';
  yield* list(answer.listing.allPeers, ({ id, kind }) => ({ id, kind }));
  if (answer.groups) {
    yield ',\n "groups":';
    yield* list(groupMembers(answer, connectionsOf(answer)), group => group);
  }
  yield ',\n "connections":';
  yield* list(connectionsOf(answer), ({ from, to, verdict, all, allowed, others, reason }) => ({ from, to, verdict, all, allowed, others, reason }));
  yield '}\n';
}

/** A list, an item a line, in parts. */
export function* list<T>(items: Iterable<T>, show: (item: T) => object): Iterable<string> {
  yield '[';
  let lines: string[] = [];
  let isFirst = true;
  for (const item of items) {
    lines.push(plainJson(show(item)));
    if (lines.length < IN_A_PART) continue;
    yield `${isFirst ? '' : ','}\n  ${lines.join(',\n  ')}`;
    lines = [];
    isFirst = false;
  }
  if (lines.length) yield `${isFirst ? '' : ','}\n  ${lines.join(',\n  ')}`;
  yield isFirst && !lines.length ? ']' : '\n ]';
}
