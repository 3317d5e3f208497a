import { CheckAnswer } from './answer';
import { acceptedJson } from './baseline';
import { FindingJson } from './finding-json';
import { plainJson } from './plain';

/** How many findings a part has: a cluster's answer as one text would take more memory than all else. */
const IN_A_PART = 1000;

/** The answer as JSON, by schemas/check.json: a finding a line, so that two answers can be compared line by line. */
export function* json({ kubernetes, summary, problems, findings, gone }: CheckAnswer): Iterable<string> {
  yield `${plainJson({ version: 1, kubernetes, summary }).slice(0, -1)},\n "problems":`;
  yield* list(problems, ({ file, line, message }) => plainJson({ file, line, message }));
  yield ',\n "findings":';
  const writer = new FindingJson();
  yield* list(findings, finding => writer.write(finding));
  if (gone) {
    yield ',\n "gone":';
    yield* list(gone, one => plainJson(acceptedJson(one)));
  }
  yield '}\n';
}

function* list<T>(items: readonly T[], show: (item: T) => string): Iterable<string> {
  yield '[';
  for (let i = 0; i < items.length; i += IN_A_PART) {
    const lines = items.slice(i, i + IN_A_PART).map(show);
    yield `${i ? ',' : ''}\n  ${lines.join(',\n  ')}`;
  }
  yield items.length ? '\n ]' : ']';
}
