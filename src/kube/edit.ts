import { Patch } from './edit-patch';
import { spliced } from './edit-splices';
import { blockText, flowText, isNested, layoutOf } from './edit-write';
import { equal, isObject, Json } from './json';
import { partsOf } from './reading/documents';
import { nodesOf } from './reading/nodes';

/**
 * The text of a document with another value in it: only what differs is written anew. Comments, quotes, the order of
 * keys, indentation and anchors stay as they are; new keys stand behind those of their mapping.
 *
 * `text` is a document as it was read; what it was read as need not be told. Reading the result gives `wanted`,
 * and a text that says so already comes back as it is. `index` tells which document is meant where a text holds several.
 */
export function edit(text: string, wanted: Json, index = 0): string {
  const was = valueIn(text, index);
  if (equal(was, wanted)) return text;
  // Whatever splicing may miss, what is read in the end decides.
  return checked(() => byParts(text, was, wanted, index), wanted, index)
    ?? checked(() => byWhole(text, wanted, index), wanted, index)
    ?? anew(text, wanted);
}

function byParts(text: string, was: Json, wanted: Json, index: number): string {
  const root = nodesOf(text)[index];
  const patch = new Patch(text, layoutOf(text, root));
  patch.root(root, was, wanted);
  return spliced(text, patch.splices);
}

/** Writes the whole document anew; comments around it stay, those within go. */
function byWhole(text: string, wanted: Json, index: number): string {
  const root = nodesOf(text)[index];
  const layout = layoutOf(text, root);
  const { start, end } = root;
  const block = isNested(wanted) && !layout.json;
  return text.slice(0, start) + (block ? `${start > 0 ? layout.eol : ''}${blockText(wanted, 0, layout)}` : flowText(wanted, layout)) + text.slice(end);
}

/** For what only JSON can say. */
function anew(text: string, wanted: Json): string {
  return JSON.stringify(wanted, undefined, 2) + (text.endsWith('\n') ? '\n' : '');
}

function checked(write: () => string, wanted: Json, index: number): string | undefined {
  try {
    const text = write();
    return equal(valueIn(text, index), wanted) ? text : undefined;
  } catch {
    return undefined;
  }
}

function valueIn(text: string, index: number): Json {
  return partsOf({ text, start: 0 }).find(part => part.index === index)?.value ?? null;
}

/** The value of a document with another object in the place that `path` leads to: `''`, or `items[2].items[0]` in a List. */
export function withItem(document: Json, path: string, object: Json): Json {
  const match = /^items\[(\d+)\]\.?/.exec(path);
  if (!match || !isObject(document) || !Array.isArray(document.items)) return object;
  const rest = path.slice(match[0].length);
  return { ...document, items: document.items.map((item, index) => index === Number(match[1]) ? withItem(item, rest, object) : item) };
}
