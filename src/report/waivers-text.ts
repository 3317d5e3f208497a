import { CheckAnswer, PlacedWaiver } from './answer';
import { plain } from './plain';
import { place } from './text';
import { endOf, forWhom, waiversByEnd, waiversCounted } from './waiver-list';

/** The waivers for people: until when, what, for whom, who answers for it and why, and what would fail without it. */
export function waiversText(answer: CheckAnswer): string {
  return [...waiversByEnd(answer).map(block), `${waiversCounted(answer)}\n`].join('\n');
}

function block(one: PlacedWaiver): string {
  const { waiver: { rule, owner, reason, ticket }, source: { file, line, construct }, allows, expired } = one;
  const head = `${endOf(one)} · ${rule} · ${forWhom(one)} · ${owner}${ticket ? `, ${ticket}` : ''}: ${reason}`;
  const fails = allows.map(({ severity, field, message }) => `  ${expired ? 'fails already' : 'without it'}: ${severity} · ${field}: ${message}`);
  const lines = [head, `  ${place(file, line)}${construct ? ` · ${construct}` : ''}`, ...fails.length ? fails : ['  without it: nothing that is asked here']];
  return lines.map(text => `${plain(text)}\n`).join('');
}
