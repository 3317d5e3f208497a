import { Problem } from '../kube/reading/problem';

/** Characters that are written at once. */
const PART = 1 << 16;

/** By place, each once. */
export function sortedProblems(problems: readonly Problem[]): Problem[] {
  const text = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
  return [...problems].sort((a, b) => text(a.file, b.file) || a.line - b.line || text(a.message, b.message));
}

/** Lines in parts: to write each by itself would take longer than to find it. */
export function* inParts(lines: Iterable<string>): Iterable<string> {
  let part = '';
  for (const line of lines) {
    part += line;
    if (part.length < PART) continue;
    yield part;
    part = '';
  }
  if (part) yield part;
}
