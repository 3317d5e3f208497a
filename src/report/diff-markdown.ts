import { holdsInternet } from '../kube/internet';
import { ChangedLink, isWider } from '../reach/diff';
import { NetworkPeer } from '../reach/network-peer';
import { describeVerdict } from '../reach/port-words';
import { World } from '../reach/world';
import { Page } from './markdown-page';
import { code, prose, row } from './markdown-text';
import { peerName } from './reach-connection';
import { DiffAnswer } from './reach-diff';
import { place } from './text';

/** Rows that stand open; the others are folded. */
const OPEN = 30;

/**
 * What a change opens and closes, as Markdown for a comment on it: what is opened stands first, and what is open to or from
 * the internet first among it; what is closed is folded. It fits into a comment, and what has no room is counted.
 */
export function diffMarkdown(answer: DiffAnswer, world: World): string {
  const { added, removed, changed, problems } = answer;
  const links = [...added, ...changed, ...removed];
  const opened = inOrder(links.filter(link => isWider(link, world)));
  const closed = inOrder(links.filter(link => !isWider(link, world)));
  const page = new Page();
  page.add(`### Connections: ${opened.length} opened or widened, ${closed.length} closed or narrowed\n\n`);
  if (!links.length) page.add(problems.length ? 'Of what could be read, no connection changes.\n\n' : 'No connection changes.\n\n');
  page.table(['Could not be read', 'Why'], problems.map(({ file, line, message }) => row([code(place(file, line)), prose(message)])));
  const rows = opened.map(link => rowOf(link, world));
  page.table(COLUMNS, rows.slice(0, OPEN));
  page.table(COLUMNS, rows.slice(OPEN), `${rows.length - OPEN} more that are opened or widened`);
  page.table(COLUMNS, closed.map(link => rowOf(link, world)), `${closed.length} closed or narrowed`);
  if (page.missing) page.add(`${page.missing} more rows have no room here: \`--format json\` has all of them.\n`);
  return `${page.text.trimEnd()}\n`;
}

const COLUMNS = ['', 'From', 'To', 'Before', 'Now'];

function rowOf({ from, to, before, after }: ChangedLink, { verdicts: { ports } }: World): string {
  const kind = before.maybe.isEmpty ? 'new' : after.maybe.isEmpty ? 'gone' : 'changed';
  const [old, now] = [before, after].map(verdict => prose(describeVerdict(verdict, ports)));
  return row([isOnInternet(from) || isOnInternet(to) ? `${kind}, internet` : kind, code(peerName(from)), code(peerName(to)), old, now]);
}

function inOrder(links: readonly ChangedLink[]): ChangedLink[] {
  const rank = ({ from, to }: ChangedLink) => isOnInternet(from) ? 0 : isOnInternet(to) ? 1 : 2;
  return [...links].sort((a, b) => rank(a) - rank(b));
}

function isOnInternet(peer: NetworkPeer): boolean {
  return peer.kind === 'external' || (peer.kind === 'ip' && peer.ranges.some(holdsInternet));
}
