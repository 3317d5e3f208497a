import { Problem } from '../kube/reading/problem';
import { Path } from '../reach/paths';
import { PortTable } from '../reach/port-set';
import { describeVerdict } from '../reach/port-words';
import { plain, plainJson } from './plain';
import { shownConnections } from './reach-connection';

/** The ways that were asked for. */
export interface PathsAnswer {
  readonly problems: readonly Problem[];
  readonly paths: readonly Path[];
  /** There are more. */
  readonly isCut: boolean;
  readonly table: PortTable;
}

/** Ways for people, one a paragraph: each connection of it a line. */
export function* pathsText({ paths, isCut, table }: PathsAnswer): Iterable<string> {
  for (const path of paths) {
    yield `${plain(path[0].from)}\n`;
    for (const { to, verdict } of path) yield `  => ${plain(to)} : ${describeVerdict(verdict, table)}\n`;
  }
  yield `${paths.length} way${paths.length === 1 ? '' : 's'}${isCut ? ', and more that were not looked for' : ''}\n`;
}

/** Ways as JSON, by schemas/reach-paths.json: a way a line. */
export function* pathsJson({ problems, paths, isCut, table }: PathsAnswer): Iterable<string> {
  yield `{"version":1,\n "problems":${plainJson(problems.map(({ file, line, message }) => ({ file, line, message })))},\n "complete":${!isCut},\n "paths":[`;
  for (const [i, path] of paths.entries()) {
    const connections = path.flatMap(({ from, to, verdict }) => [...shownConnections({ from: { id: from }, to: { id: to }, verdict }, table)]);
    yield `${i ? ',' : ''}\n  ${plainJson({ peers: [path[0].from, ...path.map(({ to }) => to)], connections })}`;
  }
  yield paths.length ? '\n ]}\n' : ']}\n';
}
