import { CheckAnswer, PlacedFinding } from './answer';
import { acceptedJson } from './baseline';
import { plainJson } from './plain';

/** How many findings a part has: a cluster's answer as one text would take more memory than all else. */
const IN_A_PART = 1000;

/** The answer as JSON, by schemas/check.json: a finding a line, so that two answers can be compared line by line. */
export function* json({ kubernetes, summary, problems, findings, gone }: CheckAnswer): Iterable<string> {
  yield `${plainJson({ version: 1, kubernetes, summary }).slice(0, -1)},\n "problems":`;
  yield* list(problems, ({ file, line, message }) => ({ file, line, message }));
  yield ',\n "findings":';
  yield* list(findings, shown);
  if (gone) {
    yield ',\n "gone":';
    yield* list(gone, acceptedJson);
  }
  yield '}\n';
}

function* list<T>(items: readonly T[], show: (item: T) => object): Iterable<string> {
  yield '[';
  for (let i = 0; i < items.length; i += IN_A_PART) {
    const lines = items.slice(i, i + IN_A_PART).map(item => plainJson(show(item)));
    yield `${i ? ',' : ''}\n  ${lines.join(',\n  ')}`;
  }
  yield items.length ? '\n ]' : ']';
}

/** Key by key: what a finding or a source may have besides is not in the contract. */
function shown(finding: PlacedFinding): object {
  const { rule, severity, object, field, container, message, advice, fingerprint, source, controls, waiver, isKnown } = finding;
  const { file, document, line, column, construct } = source;
  const its = { file, document, line, column, construct };
  const known = isKnown === undefined ? {} : { known: isKnown };
  return { rule, severity, object, field, container, message, advice, fingerprint, source: its, controls, waiver, ...known };
}
