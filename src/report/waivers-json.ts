import { CheckAnswer, PlacedWaiver } from './answer';
import { plainJson } from './plain';
import { waiverSummary, waiversByEnd } from './waiver-list';

/** The waivers as JSON, by schemas/waivers.json: a waiver a line. */
export function waiversJson(answer: CheckAnswer): string {
  const { kubernetes, problems } = answer;
  const head = plainJson({ version: 1, kubernetes, summary: waiverSummary(answer) }).slice(0, -1);
  const unread = problems.map(({ file, line, message }) => plainJson({ file, line, message }));
  return `${head},\n "problems":${list(unread)},\n "waivers":${list(waiversByEnd(answer).map(shown).map(one => plainJson(one)))}}\n`;
}

function shown({ waiver, expired, object, field, source: { file, document, line, column, construct }, allows }: PlacedWaiver): object {
  const { rule, reason, owner, container = null, until = null, ticket = null } = waiver;
  return {
    rule, reason, owner, container, until, ticket, expired, object, field, source: { file, document, line, column, construct },
    allows: allows.map(found => {
      const { severity, message, fingerprint } = found;
      return { rule: found.rule, severity, field: found.field, container: found.container, message, fingerprint };
    }),
  };
}

function list(lines: readonly string[]): string {
  return lines.length ? `[\n  ${lines.join(',\n  ')}\n ]` : '[]';
}
