import { describeShown, shownPorts } from '../reach/port-words';
import { Sketch, SketchedLink } from './map/sketch';
import { MapQuestion, survey } from './map/survey';
import { shown } from './map/words';

/** Who reaches whom as a graph for Graphviz (DOT): namespaces are boxes, what depends is dashed. */
export function* reachDot(question: MapQuestion): Iterable<string> {
  const sketch = survey(question);
  yield 'digraph reach {\n  rankdir=LR;\n  node [shape=box];\n';
  if (sketch.notes.length) yield `  label=${quoted(sketch.notes.join(' '))};\n`;
  const isCoarse = !sketch.nodes.length;
  for (const [i, { name, nodes }] of sketch.spaces.entries()) {
    if (isCoarse) {
      yield `  s${i} [label=${quoted(name)}];\n`;
      continue;
    }
    yield `  subgraph cluster_${i} {\n    label=${quoted(name)};\n`;
    for (const place of nodes) yield `    n${place} [label=${quoted(sketch.nodes[place].label, sketch.nodes[place].kind)}];\n`;
    yield '  }\n';
  }
  const kind = isCoarse ? 's' : 'n';
  for (const link of sketch.links) {
    const style = isDoubtful(link) ? ', style=dashed' : '';
    yield `  ${kind}${link.from} -> ${kind}${link.to} [label=${quoted(linkWords(link))}${style}];\n`;
  }
  yield '}\n';
}

/** What a line of a graph says: how many connections it stands for, where they are several, and on which ports. */
export function linkWords({ verdict, count = 1 }: SketchedLink): string {
  const ports = describeShown(shownPorts(verdict.maybe));
  return count > 1 ? `${count} connections: ${ports}` : ports;
}

/** Kubernetes leaves all of it to the network plugin. */
export function isDoubtful({ verdict }: Sketch['links'][number]): boolean {
  return verdict.sure.isEmpty;
}

/** Lines of text between quotes: a backslash would begin an escape of Graphviz's own. */
function quoted(...lines: readonly string[]): string {
  return `"${lines.map(line => shown(line).replace(/[\\"]/g, character => `\\${character}`)).join('\\n')}"`;
}
