import { NODE } from '../reach/network-peer';
import { describeShown } from '../reach/port-words';
import { plain } from './plain';
import { connectionsOf, groupMembers, ReachAnswer } from './reach-answer';

/** The connections for people, one a line: `shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432`. What is not listed is denied. */
export function* reachText(answer: ReachAnswer): Iterable<string> {
  let isNodeSaid = false;
  for (const connection of connectionsOf(answer)) {
    const { from, to, verdict, reason } = connection;
    if (from === NODE.id && answer.isWhole) {
      if (!isNodeSaid) yield 'node => its own pods : all\n';
      isNodeSaid = true;
      continue;
    }
    const doubt = verdict === 'depends' ? ` (depends: ${reason})` : '';
    yield plainLine(`${from} => ${to} : ${describeShown(connection)}${doubt}`);
  }
  if (!answer.groups) return;
  for (const { id, members } of groupMembers(answer, [])) {
    yield plainLine(`${id}:`);
    for (const member of members) yield `  ${plainLine(member)}`;
  }
}

/** However long: a list of ranges is no attack, but what would steer a terminal is written out. */
function plainLine(text: string): string {
  let line = '';
  for (let i = 0; i < text.length; i += 900) line += plain(text.slice(i, i + 900));
  return `${line}\n`;
}
