import { CheckAnswer, PlacedFinding } from './answer';
import { plainJson } from './plain';

/** The answer as JSON, by schemas/check.json: a finding a line, so that two answers can be compared line by line. */
export function json({ kubernetes, summary, problems, findings }: CheckAnswer): string {
  const head = plainJson({ version: 1, kubernetes, summary }).slice(0, -1);
  return `${head},\n "problems":${list(problems.map(({ file, line, message }) => ({ file, line, message })))},\n "findings":${list(findings.map(shown))}}\n`;
}

function list(items: readonly object[]): string {
  return items.length ? `[\n  ${items.map(item => plainJson(item)).join(',\n  ')}\n ]` : '[]';
}

/** Key by key: what a finding or a source may have besides is not in the contract. */
function shown({ rule, severity, object, field, container, message, advice, fingerprint, source, controls, waiver }: PlacedFinding): object {
  const { file, document, line, column, construct } = source;
  const its = { file, document, line, column, construct };
  return { rule, severity, object, field, container, message, advice, fingerprint, source: its, controls, waiver };
}
