import { call } from '../cli/called';
import { faultsBy } from './schemas';

/** As much of a result as is looked at here. */
export interface SarifResult {
  readonly ruleId: string;
  readonly message: { readonly text: string };
  readonly suppressions: object[];
  readonly fixes?: { artifactChanges: { replacements: SarifReplacement[] }[] }[];
}

interface SarifReplacement {
  readonly deletedRegion: { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number };
  readonly insertedContent?: { readonly text: string };
}

/** What `check` has to say of a text. */
export function resultsOf(text: string): SarifResult[] {
  return logOf(text).runs[0].results;
}

/** What the standard's schema has against it. */
export function schemaFaultsOf(text: string): string[] {
  return faultsBy('sarif', logOf(text));
}

function logOf(text: string): { readonly runs: { readonly results: SarifResult[] }[] } {
  return JSON.parse(call(['check', '-', '--format', 'sarif'], { stdin: text }).stdout);
}

/** The rule, the object and what is said of it: the same for the same finding before and after. */
export function aboutOf({ ruleId, message: { text } }: SarifResult): string {
  const [subject] = text.split(' · ');
  return `${ruleId} ${subject} ${/container '[^']*'/.exec(text)?.[0] ?? ''}`;
}

/** The text with a fix made, as the standard wants it: each region in the text as it was, none over another. */
export function applied(text: string, { fixes: [{ artifactChanges: [{ replacements }] }] }: Required<SarifResult>): string {
  const starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map(({ index, 0: end }) => index + end.length)];
  const offsetOf = (line: number, column: number) => {
    const offset = starts[line - 1] + column - 1;
    // An offset in another line, or behind the end, would be none.
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(starts[line] ?? text.length);
    return offset;
  };
  const edits = replacements.map(({ deletedRegion: { startLine, startColumn, endLine, endColumn }, insertedContent }) => (
    { start: offsetOf(startLine, startColumn), end: offsetOf(endLine, endColumn), text: insertedContent?.text ?? '' }
  )).sort((a, b) => a.start - b.start);
  edits.forEach(({ start, end }, i) => {
    expect(end).toBeGreaterThanOrEqual(start);
    if (i > 0) expect(start).toBeGreaterThan(edits[i - 1].end);
  });
  return edits.reduceRight((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}

/** The text with the first fix made, again and again, until none is left. */
export function appliedAll(text: string): string {
  let result = text;
  for (let round = 0; round < 100; round++) {
    const fixable = resultsOf(result).find(({ fixes }) => fixes);
    if (!fixable) return result;
    result = applied(result, fixable as Required<SarifResult>);
  }
  throw new Error('fixes have no end');
}
