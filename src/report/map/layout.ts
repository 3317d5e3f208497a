import { sizes } from './place';
import type { MapLink, MapNode, MapSpace } from './reach-map';
import { Sketch } from './sketch';

/* eslint-disable @typescript-eslint/no-require-imports */
interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is used of the library; its own types are for modules of another kind than ours. */
interface Layered {
  setGraph(options: { rankdir: 'LR'; nodesep: number; edgesep?: number; ranksep: number }): void;
  setNode(id: string, size: { width: number; height: number }): void;
  setEdge(from: string, to: string, label: { width?: number; height?: number; labelpos?: 'c'; weight?: number }): void;
  hasEdge(from: string, to: string): boolean;
  graph(): { readonly width: number; readonly height: number };
  node(id: string): Point;
  edge(from: string, to: string): Point & { readonly points: readonly Point[] };
}
interface Library {
  readonly Graph: new () => Layered;
  layout(graph: Layered): void;
}

/** Where things stand: what a sketch lacks of a map. */
export interface Layout {
  readonly spaces: readonly Pick<MapSpace, 'column' | 'row' | 'width' | 'height'>[];
  readonly nodes: readonly Pick<MapNode, 'x' | 'y'>[];
  readonly links: readonly Pick<MapLink, 'bends' | 'at'>[];
}

/** More than that in one picture is no longer laid out by its lines: they would be a tangle, and it would take long. */
const MOST_NODES = 150;
const MOST_LINES = 400;
/** Lines for each space, beyond which spaces stand by their names. */
const DENSE = 4;
const FEW_SPACES = 12;
const LABEL = { letter: 6.6, most: 130, height: 16 };

interface Room {
  readonly width: number;
  readonly height: number;
}

/** Lays out nodes in each space by the links between them, and spaces by the links between those. */
export function layOut({ spaces, nodes, links }: Sketch, wordOf: (link: number) => string): Layout {
  const { Graph, layout } = require('@dagrejs/dagre') as Library;
  const at: Point[] = [];
  const bends: Pick<MapLink, 'bends' | 'at'>[] = links.map(() => ({}));
  const inner = spaces.map((): number[] => []);
  if (nodes.length) links.forEach(({ from, to }, i) => nodes[from].space === nodes[to].space && from !== to && inner[nodes[from].space].push(i));
  const rooms = spaces.map((space, i) => arrange(space.nodes, inner[i]));
  const columns = columnsOf();
  return { spaces: spaces.map((_, i) => ({ ...columns[i], ...rooms[i] })), nodes: nodes.map((_, i) => at[i]), links: bends };

  function arrange(its: readonly number[], lines: readonly number[]): Room {
    const linked = new Set(lines.flatMap(i => [links[i].from, links[i].to]));
    const isTangle = linked.size > MOST_NODES || lines.length > MOST_LINES;
    const layered = isTangle ? { width: 0, height: 0 } : layer([...linked].sort((a, b) => a - b), lines);
    return inRows(its.filter(node => isTangle || !linked.has(node)), layered);
  }

  /** By their lines, from left to right. */
  function layer(its: readonly number[], lines: readonly number[]): Room {
    if (!its.length) return { width: 0, height: 0 };
    const graph = graphOf({ nodesep: 22, edgesep: 14, ranksep: 64 });
    for (const node of its) graph.setNode(String(node), { width: nodes[node].width, height: sizes().node });
    for (const i of lines) {
      graph.setEdge(String(links[i].from), String(links[i].to), { width: labelWidth(i), height: LABEL.height, labelpos: 'c' });
    }
    layout(graph);
    for (const node of its) at[node] = positionOf(graph.node(String(node)));
    for (const i of lines) {
      const { from, to } = links[i];
      const { points, x, y } = graph.edge(String(from), String(to));
      // From side to side, where the library would aim at the middle.
      const isRight = at[from].x < at[to].x;
      const [first, last] = [side(from, isRight), side(to, !isRight)];
      // Level at its label.
      const label = [-1, 1].map(way => ({ x: x + (isRight ? way : -way) * labelWidth(i) / 2, y }));
      const middle = points.slice(1, -1).flatMap(point => Math.abs(point.x - x) < 1 ? label : [point]);
      bends[i] = { bends: [first, ...middle, last].flatMap(point => [round(point.x), round(point.y)]), at: [round(x), round(y)] };
    }
    const { width, height } = graph.graph();
    return { width: Math.ceil(width), height: Math.ceil(height) };
  }

  function labelWidth(link: number): number {
    return Math.min(LABEL.most, wordOf(link).length * LABEL.letter);
  }

  function side(node: number, isRight: boolean): Point {
    return { x: at[node].x + (isRight ? 1 : -1) * nodes[node].width / 2, y: at[node].y };
  }

  /** Those without lines stand below, in rows about as wide as they are high all together. */
  function inRows(its: readonly number[], above: Room): Room {
    if (!its.length) return above;
    const { node: height } = sizes();
    const gap = 22;
    const widest = Math.max(...its.map(node => nodes[node].width));
    const most = Math.max(1, Math.round(Math.sqrt(its.length / 2)), Math.floor((above.width + gap) / (widest + gap)));
    const top = above.height ? above.height + gap : 0;
    its.forEach((node, i) => {
      at[node] = { x: (i % most) * (widest + gap) + widest / 2, y: top + Math.floor(i / most) * (height + gap) + height / 2 };
    });
    const inARow = Math.min(most, its.length);
    return { width: Math.max(above.width, inARow * (widest + gap) - gap), height: top + Math.ceil(its.length / most) * (height + gap) - gap };
  }

  /** Layers become columns; where there are too many lines for layers to say anything, spaces stand by name. */
  function columnsOf(): Pick<MapSpace, 'column' | 'row'>[] {
    const spaceOf = (end: number) => nodes.length ? nodes[end].space : end;
    const lines = new Map(links.map(({ from, to }) => [`${spaceOf(from)} ${spaceOf(to)}`, [spaceOf(from), spaceOf(to)] as const]));
    const between = [...lines.values()].filter(([from, to]) => from !== to);
    const inside = spaces.flatMap(({ kind }, i) => kind === 'namespace' ? [i] : []);
    if (spaces.length > MOST_NODES || (spaces.length > FEW_SPACES && between.length > DENSE * spaces.length)) return byName(inside);
    const graph = graphOf({ nodesep: 30, ranksep: 60 });
    spaces.forEach((_, i) => graph.setNode(String(i), { width: 160, height: sizes().folded }));
    for (const [from, to] of between) graph.setEdge(String(from), String(to), {});
    // What lies outside stands at the sides, whether or not anything leads there.
    const outside = (kind: MapSpace['kind']) => spaces.findIndex(its => its.kind === kind);
    const [source, target] = [outside('source'), outside('target')];
    for (const i of inside) {
      for (const [from, to] of [[source, i], [i, target]]) {
        if (from >= 0 && to >= 0 && !graph.hasEdge(String(from), String(to))) graph.setEdge(String(from), String(to), { weight: 0 });
      }
    }
    layout(graph);
    const layers = [...new Set(spaces.map((_, i) => round(graph.node(String(i)).x)))].sort((a, b) => a - b);
    return spaces.map((_, i) => {
      const { x, y } = positionOf(graph.node(String(i)));
      return { column: layers.indexOf(round(x)), row: round(y) };
    });
  }

  function byName(inside: readonly number[]): Pick<MapSpace, 'column' | 'row'>[] {
    const wide = Math.max(1, Math.round(Math.sqrt(inside.length * 0.45)));
    const sorted = [...inside].sort((a, b) => spaces[a].name < spaces[b].name ? -1 : 1);
    const places = new Map(sorted.map((space, i) => [space, { column: 1 + i % wide, row: Math.floor(i / wide) }]));
    return spaces.map(({ kind }, i) => places.get(i) ?? { column: kind === 'source' ? 0 : 1 + wide, row: 0 });
  }

  function graphOf(gaps: { nodesep: number; edgesep?: number; ranksep: number }): Layered {
    const graph = new Graph();
    graph.setGraph({ rankdir: 'LR', ...gaps });
    return graph;
  }
}

function positionOf({ x, y }: Point): Point {
  return { x: round(x), y: round(y) };
}

/** As fine as a picture is. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
