import { Patch } from './edit-patch';
import { difference, Splice, spliced } from './edit-splices';
import { blockText, flowText, isNested, Layout, layoutOf } from './edit-write';
import { equal, Json } from './json';
import { partsOf } from './reading/documents';
import { Node, nodesOf } from './reading/nodes';
import { Unreadable } from './reading/problem';
import { sharesBetweenItems } from './reading/shared-items';

/**
 * The text of a document with another value in it: only what differs is written anew. Comments, quotes, the order of
 * keys, indentation and anchors stay as they are; new keys stand behind those of their mapping.
 *
 * `text` is a document as it was read; what it was read as need not be told. Reading the result gives `wanted`,
 * and a text that says so already comes back as it is. `index` tells which document is meant where a text holds several.
 */
export function edit(text: string, wanted: Json, index = 0): string {
  return spliced(text, new Editor(text, index).splices(wanted));
}

/** Edits one document, for several wishes that have nothing to do with each other; it is read once. */
export class Editor {
  private readonly was: Json;
  private written?: { readonly root: Node; readonly layout: Layout };

  constructor(private readonly text: string, private readonly index = 0) {
    this.was = valueIn(text, index);
  }

  /** What has to change in the text so that the document says `wanted`. */
  public splices(wanted: Json): Splice[] {
    const { text, was } = this;
    if (equal(was, wanted)) return [];
    // Whatever splicing may miss, what is read in the end decides.
    return this.checked(() => this.byParts(wanted), wanted)
      ?? this.checked(() => difference(text, this.byWhole(wanted)), wanted)
      ?? difference(text, anew(text, wanted));
  }

  /** Whether an item of a List shares a part with another one by an alias, so that a change of one changes both. */
  public get sharesBetweenItems(): boolean {
    try {
      return sharesBetweenItems(this.text, this.layout.root);
    } catch (error) {
      // JSON may hold what YAML does not; it has no aliases.
      if (error instanceof Unreadable) return false;
      throw error;
    }
  }

  private byParts(wanted: Json): Splice[] {
    const { root, layout } = this.layout;
    const patch = new Patch(this.text, layout);
    patch.root(root, this.was, wanted);
    return patch.splices;
  }

  /** Writes the whole document anew; comments around it stay, those within go. */
  private byWhole(wanted: Json): string {
    const { text } = this;
    const { root: { start, end }, layout } = this.layout;
    const block = isNested(wanted) && !layout.json;
    return text.slice(0, start) + (block ? `${start > 0 ? layout.eol : ''}${blockText(wanted, 0, layout)}` : flowText(wanted, layout)) + text.slice(end);
  }

  private checked(write: () => Splice[], wanted: Json): Splice[] | undefined {
    try {
      const splices = write();
      return equal(valueIn(spliced(this.text, splices), this.index), wanted) ? splices : undefined;
    } catch {
      return undefined;
    }
  }

  private get layout(): { readonly root: Node; readonly layout: Layout } {
    const root = this.written?.root ?? nodesOf(this.text)[this.index];
    return this.written ??= { root, layout: layoutOf(this.text, root) };
  }
}

/** For what only JSON can say. */
function anew(text: string, wanted: Json): string {
  return JSON.stringify(wanted, undefined, 2) + (text.endsWith('\n') ? '\n' : '');
}

function valueIn(text: string, index: number): Json {
  return partsOf({ text, start: 0 }).find(part => part.index === index)?.value ?? null;
}
