import { Problem } from '../kube/reading/problem';
import { ChangedLink, linkOf } from '../reach/diff';
import { PortTable } from '../reach/port-set';
import { describeShown } from '../reach/port-words';
import { Verdict } from '../reach/verdict';
import { plain } from './plain';
import { ShownConnection, shownConnections } from './reach-connection';
import { list } from './reach-json';

/** Everything that `diff` has to say. */
export interface DiffAnswer {
  readonly problems: readonly Problem[];
  readonly added: readonly ChangedLink[];
  readonly removed: readonly ChangedLink[];
  readonly changed: readonly ChangedLink[];
  readonly table: PortTable;
}

/** Sorts changes by what they are. */
export function diffAnswer(links: readonly ChangedLink[], problems: readonly Problem[], table: PortTable): DiffAnswer {
  return {
    problems,
    table,
    added: links.filter(({ before }) => before.maybe.isEmpty),
    removed: links.filter(({ after }) => after.maybe.isEmpty),
    changed: links.filter(({ before, after }) => !before.maybe.isEmpty && !after.maybe.isEmpty),
  };
}

/** The answer as JSON, by schemas/diff.json: a connection a line. */
export function* diffJson({ problems, added, removed, changed, table }: DiffAnswer): Iterable<string> {
  yield '{"version":1,\n "problems":';
  yield* list(problems, ({ file, line, message }) => ({ file, line, message }));
  yield ',\n "added":';
  yield* list(added.flatMap(link => [...shownConnections(linkOf(link, link.after), table)]), its => its);
  yield ',\n "removed":';
  yield* list(removed.flatMap(link => [...shownConnections(linkOf(link, link.before), table)]), its => its);
  yield ',\n "changed":';
  yield* list(changed, link => ({ from: link.from.id, to: link.to.id, old: parts(link, link.before, table), new: parts(link, link.after, table) }));
  yield '}\n';
}

/** The answer for people: `+` opens, `-` closes, `~` is both before and after, but not the same. */
export function* diffText(answer: DiffAnswer): Iterable<string> {
  const { added, removed, changed, table } = answer;
  for (const link of added) for (const its of shownConnections(linkOf(link, link.after), table)) yield `+ ${inWords(its)}\n`;
  for (const link of removed) for (const its of shownConnections(linkOf(link, link.before), table)) yield `- ${inWords(its)}\n`;
  for (const link of changed) yield `~ ${ends(link)} : ${portsOf(link, link.before, table)} -> ${portsOf(link, link.after, table)}\n`;
  yield `${added.length} added, ${removed.length} removed, ${changed.length} changed\n`;
}

/** The changes as CSV (RFC 4180), one a row. */
export function* diffCsv({ added, removed, changed, table }: DiffAnswer): Iterable<string> {
  yield 'change,from,to,old,new\r\n';
  for (const [name, links] of [['added', added], ['removed', removed], ['changed', changed]] as const) {
    for (const link of links) {
      const cells = [name, link.from.id, link.to.id, portsOf(link, link.before, table), portsOf(link, link.after, table)];
      yield `${cells.map(quoted).join()}\r\n`;
    }
  }
}

function parts(link: ChangedLink, verdict: Verdict, table: PortTable): object[] {
  return [...shownConnections(linkOf(link, verdict), table)].map(({ from, to, ...rest }) => rest);
}

function inWords(its: ShownConnection): string {
  return `${plain(its.from)} => ${plain(its.to)} : ${portsInWords(its)}`;
}

function portsInWords(its: ShownConnection): string {
  return `${describeShown(its)}${its.reason ? ` (depends: ${its.reason})` : ''}`;
}

function portsOf(link: ChangedLink, verdict: Verdict, table: PortTable): string {
  return [...shownConnections(linkOf(link, verdict), table)].map(portsInWords).join('; ') || 'denied';
}

function ends({ from, to }: ChangedLink): string {
  return `${plain(from.id)} => ${plain(to.id)}`;
}

/** Names are anybody's: none is a formula to a spreadsheet. */
function quoted(text: string): string {
  return `"${`${/^[=+\-@]/.test(text) ? "'" : ''}${plain(text)}`.replace(/"/g, '""')}"`;
}
