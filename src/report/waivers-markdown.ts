import { CheckAnswer, PlacedWaiver } from './answer';
import { Page } from './markdown-page';
import { code, prose, row } from './markdown-text';
import { place } from './text';
import { endOf, forWhom, waiversByEnd, waiversCounted } from './waiver-list';

/** The waivers as Markdown: a table, and what would fail without them folded under it. */
export function waiversMarkdown(answer: CheckAnswer): string {
  const page = new Page();
  const waivers = waiversByEnd(answer);
  page.add(`### cdk8s-hardened: ${waiversCounted(answer)}\n\n`);
  page.table(['Until', 'Rule', 'For', 'Who', 'Why', 'Place'], waivers.map(rowOf));
  page.table(['Rule', 'For', 'What it allows'], waivers.flatMap(allowed), 'What would fail without them');
  if (page.missing) page.add(`${page.missing} more rows have no room here: \`--format json\` has all of them.\n`);
  return `${page.text.trimEnd()}\n`;
}

function rowOf(one: PlacedWaiver): string {
  const { waiver: { rule, owner, reason, ticket }, source: { file, line } } = one;
  return row([endOf(one).replace(/^until /, ''), code(rule), code(forWhom(one)), prose(owner), prose(ticket ? `${reason} (${ticket})` : reason), code(place(file, line))]);
}

function allowed(one: PlacedWaiver): string[] {
  const { waiver: { rule }, allows } = one;
  return allows.map(({ field, message }) => row([code(rule), code(forWhom(one)), `${code(field)} ${prose(message)}`.trim()]));
}
