import { Sketch, SketchedLink } from './map/sketch';
import { MapQuestion, survey } from './map/survey';
import { shown } from './map/words';
import { isDoubtful, linkWords } from './reach-dot';

/** Mermaid draws no more, unless whoever shows the page allows it: code hosts do not. */
const MOST_EDGES = 500;
const MOST_CHARACTERS = 50_000;
/** A longer label is cut. */
const LONGEST = 120;

/**
 * Who reaches whom as a flowchart for Mermaid, within what code hosts draw: 500 lines and 50,000 characters. What is more is
 * put together, by groups first, then by namespaces, and the flowchart says so.
 */
export function reachMermaid(question: MapQuestion, most = MOST_CHARACTERS): string {
  let text = '';
  for (let edges = MOST_EDGES; edges > 0; edges = Math.floor(edges / 2)) {
    const sketch = survey(question, edges);
    text = flowchart(sketch, sketch.links);
    if (text.length <= most) return text;
  }
  const sketch = survey(question, 1);
  for (let left = sketch.links.length; left > 0; left = Math.floor(left / 2)) {
    text = flowchart(sketch, sketch.links.slice(0, left), 'Only a part of the connections has room here.');
    if (text.length <= most) return text;
  }
  return 'flowchart LR\n  note["There is more than a flowchart can show: ask with --from and --to."]\n';
}

/** A part of the lines leaves out what has none. */
function flowchart(sketch: Sketch, links: readonly SketchedLink[], ...more: readonly string[]): string {
  const isCoarse = !sketch.nodes.length;
  const named = new Set(links.flatMap(({ from, to }) => [from, to]));
  const isShown = (place: number) => !more.length || named.has(place);
  const lines = ['flowchart LR'];
  sketch.spaces.forEach(({ name, nodes }, i) => {
    if (isCoarse) {
      if (isShown(i)) lines.push(`  s${i}[${quoted(name)}]`);
      return;
    }
    const its = nodes.filter(isShown);
    if (!its.length) return;
    lines.push(`  subgraph s${i}[${quoted(name)}]`, ...its.map(place => `    n${place}[${quoted(`${sketch.nodes[place].label} · ${sketch.nodes[place].kind}`)}]`), '  end');
  });
  const kind = isCoarse ? 's' : 'n';
  for (const link of links) lines.push(`  ${kind}${link.from} ${isDoubtful(link) ? '-.->' : '-->'}|${quoted(linkWords(link))}| ${kind}${link.to}`);
  const notes = [...sketch.notes, ...more];
  if (notes.length) lines.push(`  note[${quoted(notes.join(' '), Infinity)}]`, '  style note stroke-dasharray: 4');
  return `${lines.join('\n')}\n`;
}

/** A text between quotes: whatever Mermaid, Markdown or HTML could take for more is written as its number. */
function quoted(text: string, longest = LONGEST): string {
  const all = [...shown(text)];
  const its = all.length > longest ? [...all.slice(0, longest - 1), '…'] : all;
  return `"${its.map(character => /^[\p{L}\p{N} .,:/()+=·…-]$/u.test(character) ? character : `#${character.codePointAt(0)};`).join('')}"`;
}
