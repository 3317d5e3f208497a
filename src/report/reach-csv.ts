import { plain } from './plain';
import { connectionsOf, ReachAnswer } from './reach-answer';

const COLUMNS = ['from', 'to', 'verdict', 'protocol', 'port', 'endPort', 'reason'];

/** The connections as CSV (RFC 4180): a range of ports a row; `all` where every protocol and port is open. */
export function* reachCsv(answer: ReachAnswer): Iterable<string> {
  yield `${COLUMNS.join()}\r\n`;
  for (const { from, to, verdict, all, allowed, others, reason = '' } of connectionsOf(answer)) {
    const spans = [
      ...all ? [['all', '', '']] : allowed.map(({ protocol, port, endPort }) => [protocol, String(port), String(endPort)]),
      ...others ? [['other', '', '']] : [],
    ];
    yield spans.map(span => `${[from, to, verdict, ...span, reason].map(cell).join()}\r\n`).join('');
  }
}

/** Names are anybody's: none is a formula to a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${plain(text)}` : plain(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
