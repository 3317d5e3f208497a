import { coloursOf } from './colours';
import { draw, escaped, Geometry } from './draw';
import * as edges from './edges';
import { fileOfPage } from './files';
import { legendOf } from './legend';
import * as place from './place';
import type { ReachMap } from './reach-map';

/** What is drawn, where it stands and how its lines run. */
export const GEOMETRY: Geometry = { ...place, ...edges };

const LINE = 20;
const MARGIN = 24;
/** Room for a note in one line. */
const NARROWEST = 760;
const LETTERS_IN_LINE = 124;

/** The map as a picture that stands alone: light or dark, as the reader's system is. */
export function* mapSvg(map: ReachMap): Iterable<string> {
  const picture = draw(map, map.spaces.map(({ isOpen }) => isOpen), GEOMETRY, false);
  const folded = map.spaces.filter(({ isOpen, nodes, kind }) => !isOpen && nodes.length && kind === 'namespace').length;
  const notes = [...map.notes, ...folded ? [`Namespaces are folded: ${folded}. The page (--format html) unfolds them.`] : []];
  const lines = notes.flatMap(inLines);
  const legend = legendOf(map);
  const width = Math.max(picture.width, NARROWEST);
  const height = picture.height + (legend.length + lines.length) * LINE + MARGIN;
  yield `<svg xmlns="http://www.w3.org/2000/svg" class="map${map.isDiff ? ' diff' : ''}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title notes">\n`;
  yield `<title id="title">${escaped(map.title)}</title>\n<desc id="notes">${escaped(notes.join(' '))}</desc>\n`;
  yield `<style>${escapedStyle(`${coloursOf('svg.map')}${fileOfPage('picture.css')}`)}</style>\n${picture.content}\n<g class="legend">`;
  let y = picture.height + 8;
  for (const [looks, meaning] of legend) {
    const sign = looks === 'several'
      ? `<g class="node several"><rect class="behind" x="${MARGIN + 9}" y="${y - 7}" width="26" height="12" rx="3"/><rect class="room" x="${MARGIN + 6}" y="${y - 10}" width="26" height="12" rx="3"/></g>`
      : `<g class="edge ${looks}"><path class="line" stroke-width="2" d="M${MARGIN} ${y - 4}h38" marker-end="url(#arrow${looks && looks !== 'doubtful' ? `-${looks}` : ''})"/></g>`;
    yield `${sign}<text x="${MARGIN + 50}" y="${y}">${escaped(meaning)}</text>`;
    y += LINE;
  }
  for (const line of lines) {
    yield `<text class="kind" x="${MARGIN}" y="${y}">${escaped(line)}</text>`;
    y += LINE;
  }
  yield '</g>\n</svg>\n';
}

function inLines(note: string): string[] {
  return note.match(new RegExp(`.{1,${LETTERS_IN_LINE}}(?:\\s|$)`, 'gu'))?.map(line => line.trim()) ?? [note];
}

/** In XML, a style sheet is text. */
function escapedStyle(style: string): string {
  return style.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
