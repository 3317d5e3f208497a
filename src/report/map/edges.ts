import type { Box, Places } from './place';
import type { ChangeState, MapLink, ReachMap } from './reach-map';

// These functions run in the page as well, where their text is put: they may name each other and nothing else outside.

/** A line of the picture: all links between two things that can be seen. */
export interface Edge {
  /** `n3` is a node, `s1` a space. */
  readonly from: string;
  readonly to: string;
  readonly links: readonly number[];
}

/** The lines between what can be seen; what stays within a folded space is not. */
export function edgesOf(map: ReachMap, open: readonly boolean[]): Edge[] {
  const edges = new Map<string, { from: string; to: string; links: number[] }>();
  map.links.forEach((link, i) => {
    const [from, to] = [seenAs(map, open, link.from), seenAs(map, open, link.to)];
    if (from === to && from.startsWith('s') && map.nodes.length) return;
    const key = `${from} ${to}`;
    const edge = edges.get(key);
    if (edge) edge.links.push(i); else edges.set(key, { from, to, links: [i] });
  });
  return [...edges.values()];
}

/** A node, or its space where that is folded. */
export function seenAs(map: ReachMap, open: readonly boolean[], end: number): string {
  if (!map.nodes.length) return `s${end}`;
  const { space } = map.nodes[end];
  return open[space] ? `n${end}` : `s${space}`;
}

/** What a line tells by its looks. */
export function looksOf(links: readonly MapLink[]): string {
  const states = new Set(links.flatMap(({ state }) => state ?? []));
  const state: ChangeState | undefined = states.size > 1 ? 'changed' : [...states][0];
  const side = links.find(link => link.side)?.side;
  return [state, side, links.every(({ isDoubtful }) => isDoubtful) && 'doubtful'].filter(Boolean).join(' ');
}

/** How many connections lines stand for. */
export function countOf(links: readonly MapLink[]): number {
  return links.reduce((sum, { count = 1 }) => sum + count, 0);
}

/** What is written at a line. */
export function labelOf(map: ReachMap, links: readonly MapLink[]): string {
  const [{ label }] = links;
  const changed = ['added', 'removed', 'changed'].flatMap(state => {
    const its = links.filter(link => link.state === state);
    return its.length ? [`${countOf(its)} ${state}`] : [];
  });
  if (links.length > 1 && changed.length) return changed.join(', ');
  return links.every(link => link.label === label) ? map.words[label] : `${countOf(links)} connections`;
}

/** The course of a line, and where its label stands. */
export interface Course {
  readonly path: string;
  readonly x: number;
  readonly y: number;
}

/** The course of a line between two things. */
export function courseOf(map: ReachMap, places: Places, { from, to, links }: Edge, padding: number, title: number): Course {
  const boxOf = (end: string) => (end.startsWith('n') ? places.nodes : places.spaces)[Number(end.slice(1))]!;
  const { bends, at } = map.links[links[0]];
  if (bends && from.startsWith('n') && to.startsWith('n')) {
    const { space } = map.nodes[Number(from.slice(1))];
    const box = places.spaces[space];
    const x = box.x + padding + (box.width - 2 * padding - map.spaces[space].width) / 2;
    const y = box.y + title;
    return { path: smooth(bends.map((value, i) => value + (i % 2 ? y : x))), x: x + at![0], y: y + at![1] };
  }
  return from === to ? loop(boxOf(from)) : curve(boxOf(from), boxOf(to));
}

/** From side to side; where one stands above the other, around on the right or, upwards, on the left. */
export function curve(a: Box, b: Box): Course {
  const [middleA, middleB] = [a.y + a.height / 2, b.y + b.height / 2];
  const isRight = b.x > a.x + a.width;
  const isLeft = b.x + b.width < a.x;
  const isDown = middleB > middleA;
  // There and back are two lines.
  const shift = isRight || (!isLeft && isDown) ? -5 : 5;
  const leavesRight = isRight || (!isLeft && isDown);
  const entersRight = isLeft || (!isRight && isDown);
  const [x1, y1, x2, y2] = [leavesRight ? a.x + a.width : a.x, middleA + shift, entersRight ? b.x + b.width : b.x, middleB + shift];
  const reach = isRight || isLeft ? Math.max(50, Math.abs(x2 - x1) / 2) : 70;
  const [c1, c2] = [x1 + (leavesRight ? reach : -reach), x2 + (entersRight ? reach : -reach)];
  return { path: `M${x1} ${y1}C${c1} ${y1} ${c2} ${y2} ${x2} ${y2}`, x: (x1 + 3 * c1 + 3 * c2 + x2) / 8, y: (y1 + y2) / 2 };
}

/** To itself, above. */
export function loop({ x, y, width }: Box): Course {
  const middle = x + width * 0.75;
  return { path: `M${middle - 14} ${y}C${middle - 24} ${y - 30} ${middle + 24} ${y - 30} ${middle + 14} ${y}`, x: middle, y: y - 26 };
}

/** Through the bends, level at each. */
export function smooth(bends: readonly number[]): string {
  let path = `M${bends[0]} ${bends[1]}`;
  for (let i = 2; i < bends.length; i += 2) {
    const middle = (bends[i - 2] + bends[i]) / 2;
    path += `C${middle} ${bends[i - 1]} ${middle} ${bends[i + 1]} ${bends[i]} ${bends[i + 1]}`;
  }
  return path;
}
