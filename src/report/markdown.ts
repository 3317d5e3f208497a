import { CheckAnswer, PlacedFinding, State, stateOf, subjectOf } from './answer';
import { Page } from './markdown-page';
import { code, prose, row } from './markdown-text';
import { goneText, place, verdict } from './text';

/** Rows that stand open; the others are folded. */
const OPEN = 20;

const COLUMNS = ['Rule', 'Object', 'Place', 'What is'];

/** The answer as Markdown for a comment on a change: what fails stands open, the rest is folded, and it always fits in. */
export function markdown(answer: CheckAnswer): string {
  const { summary: { errors, warnings, waived, known }, problems, findings, gone = [] } = answer;
  const page = new Page();
  const clean = !errors && !warnings && !problems.length;
  page.add(`### cdk8s-hardened: ${clean ? 'clean' : counts([[errors, 'error'], [warnings, 'warning'], [problems.length, 'input', 'that could not be read']])}\n\n`);
  page.add(`${prose(verdict(answer))}.\n\n`);
  page.table(['Could not be read', 'Why'], problems.map(({ file, line, message }) => row([code(place(file, line)), prose(message)])));
  const of = (state: State) => findings.filter(finding => stateOf(finding) === state);
  const open = of('error').map(rowOf);
  page.table(COLUMNS, open.slice(0, OPEN));
  page.table(['Rule', 'What to do'], advices([...of('error'), ...of('warning')]), 'What to do');
  page.table(COLUMNS, open.slice(OPEN), counts([[open.length - OPEN, 'more error']]));
  page.table(COLUMNS, of('warning').map(rowOf), counts([[warnings, 'warning']]));
  page.table([...COLUMNS.slice(0, 3), 'Who', 'Until', 'Why'], of('waived').map(waivedRow), `${waived} waived`);
  page.table(COLUMNS, of('known').map(rowOf), `${known} known to the baseline`);
  page.table(['Gone since the baseline'], gone.map(accepted => row([prose(goneText(accepted))])), `${gone.length} gone since the baseline`);
  if (page.missing) page.add(`${page.missing} more rows have no room here: \`--format html\` or \`json\` has all of them.\n`);
  return `${page.text.trimEnd()}\n`;
}

function counts(numbers: readonly (readonly [number: number, noun: string, rest?: string])[]): string {
  return numbers.filter(([number]) => number).map(([number, noun, rest]) => `${number} ${noun}${number === 1 ? '' : 's'}${rest ? ` ${rest}` : ''}`).join(', ');
}

function rowOf(finding: PlacedFinding): string {
  return row([...whereOf(finding), prose(finding.message)]);
}

function waivedRow(finding: PlacedFinding): string {
  const { owner, until, ticket, reason } = finding.waiver!;
  return row([...whereOf(finding), prose(owner), until ?? '', prose(ticket ? `${reason} (${ticket})` : reason)]);
}

function whereOf({ rule, object, source: { file, line, construct } }: PlacedFinding): string[] {
  return [code(rule), code(subjectOf(object)), `${code(place(file, line))}${construct ? ` ${code(construct)}` : ''}`];
}

/** Each advice once, in the order of the findings. */
function advices(findings: readonly PlacedFinding[]): string[] {
  return [...new Set(findings.map(({ rule, advice }) => row([code(rule), prose(advice)])))];
}
