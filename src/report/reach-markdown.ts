import { NODE } from '../reach/network-peer';
import { describeShown } from '../reach/port-words';
import { Page } from './markdown-page';
import { code, prose, row } from './markdown-text';
import { connectionsOf, groupMembers, ReachAnswer } from './reach-answer';
import { peerName } from './reach-connection';
import { place } from './text';

/** More rows than that no page has room for. */
const MOST_ROWS = 2000;

/** Who reaches whom as Markdown: a table, and a drawing where there is one. What has no room is counted. */
export function reachMarkdown(answer: ReachAnswer, drawing?: string): string {
  const page = new Page();
  const { problems, groups } = answer;
  const rows: string[] = [];
  let count = 0;
  for (const { from, to, reason, link, ...ports } of connectionsOf(answer)) {
    // Nodes reach their own pods whatever policies say.
    if (from === NODE.id && answer.isWhole) continue;
    if (++count > MOST_ROWS) continue;
    rows.push(row([code(peerName(link.from)), code(peerName(link.to)), code(describeShown(ports)), reason ? prose(reason) : '']));
  }
  page.add(`### Who reaches whom: ${count} connection${count === 1 ? '' : 's'}\n\nWhat is not listed is denied.\n\n`);
  page.table(['Could not be read', 'Why'], problems.map(({ file, line, message }) => row([code(place(file, line)), prose(message)])));
  if (drawing) page.add(`\`\`\`mermaid\n${drawing}\`\`\`\n\n`);
  page.table(['From', 'To', 'Ports', 'Depends on'], rows);
  page.missing += Math.max(0, count - rows.length);
  if (groups) {
    const named = groupMembers(answer, []).map(({ id, members }) => row([code(id), members.map(code).join(', ')]));
    page.table(['Stands for', 'Workloads'], named, `${named.length} groups`);
  }
  if (page.missing) page.add(`${page.missing} more rows have no room here: \`--grouped\` is shorter, \`--format json\` has all of them.\n`);
  return `${page.text.trimEnd()}\n`;
}
