import type { MapSpace, ReachMap } from './reach-map';

// These functions run in the page as well, where their text is put: they may name each other and nothing else outside.

/** A rectangle by its top left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything stands. */
export interface Places {
  readonly width: number;
  readonly height: number;
  readonly spaces: readonly Box[];
  /** Those of spaces that are unfolded. */
  readonly nodes: readonly (Box | undefined)[];
}

/** What takes how much room, in the units of the picture. */
export function sizes() {
  return { node: 42, title: 36, padding: 18, folded: 58, narrowest: 150, widest: 280, letter: 7.6, columnGap: 130, rowGap: 34, margin: 24 };
}

/** A name as there is room for it. */
export function shortened(text: string, most: number): string {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}

/** How much room a space takes by itself. */
export function sizeOf(space: MapSpace, isOpen: boolean): { readonly width: number; readonly height: number } {
  const { narrowest, widest, letter, padding, title, folded } = sizes();
  const width = Math.min(widest, Math.max(narrowest, [...space.name].length * letter + 2 * padding + 16));
  if (!isOpen) return { width, height: folded };
  return { width: Math.max(width, space.width + 2 * padding), height: title + space.height + padding };
}

/** Stands spaces in their columns, each as large as it is now. */
export function placed(map: ReachMap, open: readonly boolean[]): Places {
  const { columnGap, rowGap, margin, padding, title, node: nodeHeight } = sizes();
  const columns: number[][] = [];
  map.spaces.forEach(({ column }, i) => (columns[column] ??= []).push(i));
  const own = map.spaces.map((space, i) => sizeOf(space, open[i]));
  const filled = columns.filter(column => column !== undefined);
  const heights = filled.map(column => column.reduce((sum, i) => sum + own[i].height + rowGap, -rowGap));
  const height = Math.max(0, ...heights);
  const spaces: Box[] = [];
  let x = margin;
  filled.forEach((column, place) => {
    const width = Math.max(...column.map(i => own[i].width));
    let y = margin + (height - heights[place]) / 2;
    for (const i of column.sort((a, b) => map.spaces[a].row - map.spaces[b].row)) {
      spaces[i] = { x: x + (width - own[i].width) / 2, y, ...own[i] };
      y += own[i].height + rowGap;
    }
    x += width + columnGap;
  });
  const nodes = map.nodes.map(({ space, x: left, y: top, width }) => {
    if (!open[space]) return undefined;
    const box = spaces[space];
    const spare = (box.width - 2 * padding - map.spaces[space].width) / 2;
    return { x: box.x + padding + spare + left - width / 2, y: box.y + title + top - nodeHeight / 2, width, height: nodeHeight };
  });
  return { width: x - columnGap + margin, height: height + 2 * margin, spaces, nodes };
}
