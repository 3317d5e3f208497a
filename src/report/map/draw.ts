import type * as edges from './edges';
import type * as place from './place';
import type { MapLink, MapNode, MapSpace, ReachMap } from './reach-map';

// These functions run in the page as well, where their text is put: they may name each other and nothing else outside.

/** Where things stand and how lines run. */
export type Geometry = typeof place & typeof edges;

/** A picture, and how large it is. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** What stands within `<svg>`. */
  readonly content: string;
}

/** Draws a map with some of its spaces unfolded; in a page, spaces are buttons. */
export function draw(map: ReachMap, open: readonly boolean[], geometry: Geometry, isPage: boolean): Picture {
  const places = geometry.placed(map, open);
  const { width, height } = places;
  const spaces = map.spaces.map((space, i) => drawSpace(map, space, i, places.spaces[i], open[i], geometry, isPage));
  const nodes = map.nodes.map((node, i) => drawNode(map, node, i, places.nodes[i], geometry));
  // Lines run over what is unfolded, and behind everything else.
  const [below, above] = [true, false].map(isBelow => spaces.filter((_, i) => open[i] === isBelow).join(''));
  const content = `${arrows()}<g class="spaces">${below}</g>${drawEdges(map, open, places, geometry)}<g class="nodes">${above}${nodes.join('')}</g>`;
  return { width: Math.ceil(width), height: Math.ceil(height), content };
}

/** Text between tags and in attributes, in the page as well. */
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}

function arrows(): string {
  const marker = (name: string) => `<marker id="arrow${name && `-${name}`}" class="arrow ${name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z"/></marker>`;
  return `<defs>${['', 'entry', 'exit', 'added', 'removed', 'changed'].map(marker).join('')}</defs>`;
}

function drawSpace(
  map: ReachMap, space: MapSpace, i: number, box: place.Box, isOpen: boolean, { shortened, sizes }: Geometry, isPage: boolean,
): string {
  const { title, letter, padding } = sizes();
  const { nodes, name, kind, count } = space;
  const folds = nodes.length > 0;
  const what = kind === 'namespace' ? `${count} workload${count === 1 ? '' : 's'}` : `${count} peer${count === 1 ? '' : 's'}`;
  const about = kind === 'namespace' ? `namespace ${name}` : name;
  const states = new Set(nodes.flatMap(node => map.nodes[node].state ?? []));
  const button = isPage && folds ? ` role="button" tabindex="0" aria-expanded="${isOpen}" aria-label="${escaped(`${about}, ${what}, ${isOpen ? 'fold' : 'unfold'}`)}"` : '';
  const label = shortened(name, Math.floor((box.width - 2 * padding - 16) / letter) + 1);
  const sign = folds && isPage ? `<path class="sign" d="${isOpen ? `M${box.x + padding - 5} ${box.y + 15}h10l-5 7z` : `M${box.x + padding - 3} ${box.y + 16}v10l7 -5z`}"/>` : '';
  const left = box.x + padding + (sign ? 12 : 0);
  const bar = isOpen ? `<rect class="bar" x="${box.x}" y="${box.y}" width="${box.width}" height="${title - 6}" rx="8"/>` : '';
  return `<g class="${['space', kind, isOpen ? 'open' : 'folded', states.size === 1 && [...states][0]].filter(Boolean).join(' ')}" data-space="${i}"${button}>`
    + `<title>${escaped(`${about}: ${what}`)}</title>`
    + `<rect class="room" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="8"/>${bar}${sign}`
    + `<text class="name" x="${left}" y="${box.y + (isOpen ? 20 : 25)}">${escaped(label)}</text>`
    + `${isOpen ? '' : `<text class="kind" x="${left}" y="${box.y + 43}">${what}</text>`}</g>`;
}

function drawNode(map: ReachMap, node: MapNode, i: number, box: place.Box | undefined, { shortened, sizes }: Geometry): string {
  if (!box) return '';
  const { id, label, kind, members, state, space } = node;
  const { letter } = sizes();
  const name = shortened(label, Math.floor((box.width - 20) / letter) + 1);
  const isOutside = map.spaces[space].kind !== 'namespace';
  const middle = box.x + box.width / 2;
  return `<g class="${['node', isOutside && 'outside', members && 'several', state].filter(Boolean).join(' ')}" data-node="${i}"><title>${escaped(id)}</title>`
    + `${members ? `<rect class="behind" x="${box.x + 4}" y="${box.y + 4}" width="${box.width}" height="${box.height}" rx="6"/>` : ''}`
    + `<rect class="room" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="6"/>`
    + `<text class="name" x="${middle}" y="${box.y + 18}">${escaped(name)}</text>`
    + `<text class="kind" x="${middle}" y="${box.y + 33}">${escaped(shortened(kind, 30))}</text></g>`;
}

function drawEdges(map: ReachMap, open: readonly boolean[], places: place.Places, geometry: Geometry): string {
  const { padding, title } = geometry.sizes();
  // What a change does lies over what is as before.
  const isChange = ({ links }: edges.Edge) => links.some(i => map.links[i].state);
  const all = geometry.edgesOf(map, open).sort((a, b) => Number(isChange(a)) - Number(isChange(b)));
  const isDense = all.length > 150;
  const isLabelled = (edge: edges.Edge) => all.length <= 60 || (isChange(edge) && all.filter(isChange).length <= 60);
  const labels: string[] = [];
  const lines = all.map(edge => {
    const links: MapLink[] = edge.links.map(i => map.links[i]);
    const looks = geometry.looksOf(links);
    const { path, x, y } = geometry.courseOf(map, places, edge, padding, title);
    const colour = looks.split(' ')[0].replace('doubtful', '');
    const isInner = links[0].bends !== undefined && edge.from.startsWith('n') && edge.to.startsWith('n');
    const label = geometry.labelOf(map, links);
    const ends = [edge.from, edge.to].map(end => end.startsWith('n') ? map.nodes[Number(end.slice(1))].id : map.spaces[Number(end.slice(1))].name);
    const weight = Math.min(4, (isChange(edge) ? 2 : 1.4) + Math.log2(links.length) * 0.5).toFixed(1);
    const name = `data-edge="${edge.from} ${edge.to}"`;
    if (isLabelled(edge)) labels.push(`<text class="${looks}" ${name} x="${x}" y="${y + 4}">${escaped(geometry.shortened(label, 26))}</text>`);
    return `<g class="${['edge', isInner && 'inner', looks].filter(Boolean).join(' ')}" ${name}><title>${escaped(`${ends[0]} → ${ends[1]}: ${label}`)}</title>`
      + `<path class="hit" d="${path}"/><path class="line" d="${path}" stroke-width="${weight}" marker-end="url(#arrow${colour && `-${colour}`})"/></g>`;
  });
  return `<g class="edges${isDense ? ' dense' : ''}">${lines.join('')}</g><g class="labels">${labels.join('')}</g>`;
}

/** What a page needs beside the geometry to draw by itself. */
export const DRAWING = [draw, escaped, arrows, drawSpace, drawNode, drawEdges];
