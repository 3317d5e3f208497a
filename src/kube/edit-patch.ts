import { SCALAR_STYLE } from 'js-yaml';
import { cutFlow, cutLines } from './edit-cut';
import { align } from './edit-lists';
import { alike, ownColumn, Place, replaced } from './edit-replace';
import { beginsLine, columnOf, dashesOf, lineEnd, lineStart, nextLine, Splice } from './edit-splices';
import { behindDash, blockText, entriesOf, Layout, scalarText } from './edit-write';
import { equal, isObject, Json, JsonObject } from './json';
import { Entry, MappingNode, Node, scalarValue, SequenceNode, skipBlank } from './reading/nodes';
import { keyText, resolvePlain } from './reading/scalar';

/** Walks a document beside the value that is wanted, and notes what has to change in its text. */
export class Patch {
  public readonly splices: Splice[] = [];
  /** The way to the node that is visited. */
  private readonly path: (string | number)[] = [];
  /** What anchors that change will stand for; undefined for those that go. */
  private readonly anchors = new Map<string, Json | undefined>();

  constructor(private readonly text: string, private readonly layout: Layout) {}

  public root(node: Node, was: Json, want: Json): void {
    this.visit(node, was, want, { sort: 'root', behind: -1, column: -1 });
  }

  private visit(node: Node, was: Json, want: Json, place: Place): void {
    const same = equal(was, want);
    // As long as no anchor has changed, nothing can change behind its back.
    if (same && this.anchors.size === 0) return;
    if (node.kind === 'alias') {
      const stands = this.anchors.has(node.name) ? this.anchors.get(node.name) : was;
      if (stands === undefined || !equal(stands, want)) this.replace(node, want, place);
      return;
    }
    if (node.anchor !== undefined && !same) this.anchors.set(node.anchor, want);
    if (node.kind === 'mapping' && isObject(was) && isObject(want)) this.mapping(node, was, want, place);
    else if (node.kind === 'sequence' && Array.isArray(was) && Array.isArray(want)) this.sequence(node, was, want, place);
    else if (!same) this.replace(node, want, place);
  }

  private below(step: string | number, visit: () => void): void {
    this.path.push(step);
    visit();
    this.path.pop();
  }

  private note(...splices: readonly Splice[]): void {
    const path = [...this.path];
    this.splices.push(...splices.map(splice => ({ ...splice, path })));
  }

  private mapping(node: MappingNode, was: JsonObject, want: JsonObject, place: Place): void {
    const own = node.entries.map(entry => ({ entry, key: this.keyOf(entry.key) }));
    const named = own.filter((item): item is { entry: Entry; key: string } => item.key !== undefined);
    const keys = new Set(named.map(({ key }) => key));
    const kept = named.filter(({ key }) => want[key] !== undefined);
    // What a merge brings is changed nowhere but here, and what it hides might come to light.
    const merged = Object.keys(was).filter(key => !keys.has(key));
    const merges = named.length < own.length;
    const mendable = !merges || (this.anchors.size === 0 && kept.length === named.length && merged.every(key => equal(was[key], want[key])));
    if (!mendable || !kept.length || !this.isRegular(node)) return this.replace(node, want, place);
    for (const { entry, key } of named) {
      const value = want[key];
      if (value === undefined) this.forget(entry.value);
      else this.below(key, () => this.visit(entry.value, was[key]!, value, this.placeOf(entry, node)));
    }
    const pieces = own.map(({ entry, key }) => ({ start: entry.key.start, end: endOf(entry), stays: key === undefined || want[key] !== undefined }));
    this.note(...node.flow ? cutFlow(pieces) : cutLines(this.text, pieces));
    this.addEntries(node, kept[kept.length - 1].entry, entriesOf(want).filter(([key]) => !keys.has(key) && !merged.includes(key)));
    return undefined;
  }

  private addEntries(node: MappingNode, after: Entry, added: [string, Json][]): void {
    const { text, layout } = this;
    if (!added.length) return;
    const last = node.entries[node.entries.length - 1];
    if (!node.flow) return this.addLines(blockText(Object.fromEntries(added), columnOf(text, node.content), layout), after.value);
    const column = ownColumn(text, last.key.start);
    const tight = layout.json && /\S/.test(text[skipBlank(text, last.key.end) + 1] ?? ' ');
    this.addFlow(added.map(([key, value]) => `${scalarText(key, layout, true)}:${tight ? '' : ' '}${alike(text, undefined, value, layout, column)}`), column, endOf(last));
  }

  /** The key of an entry as Kubernetes reads it; undefined for what is none of its own: a merge. */
  private keyOf(node: Node): string | undefined {
    if (node.kind !== 'scalar') return undefined;
    const text = scalarValue(this.text, node);
    if (node.event.style !== SCALAR_STYLE.PLAIN || node.tag !== undefined) return text;
    return text === '<<' ? undefined : keyText(resolvePlain(text), text, 0);
  }

  /** Tells whether each key begins its line, or at least the first follows a dash, so that lines can be cut and added. */
  private isRegular({ flow, content, entries }: MappingNode): boolean {
    if (flow) return this.text[content] === '{';
    const column = columnOf(this.text, content);
    return entries.every(({ key }, index) => columnOf(this.text, key.start) === column && (index === 0 || beginsLine(this.text, key.start)));
  }

  private placeOf({ key }: Entry, mapping: MappingNode): Place {
    const colon = skipBlank(this.text, key.end);
    const behind = this.text[colon] === ':' ? colon + 1 : key.end;
    const column = mapping.flow ? ownColumn(this.text, key.start) : columnOf(this.text, mapping.content);
    return { sort: mapping.flow ? 'flow' : 'key', behind, column };
  }

  private sequence(node: SequenceNode, was: Json[], want: Json[], place: Place): void {
    const { text, layout } = this;
    const { flow, items, content } = node;
    if (!was.length || !want.length) {
      if (!equal(was, want)) this.replace(node, want, place);
      return;
    }
    const column = columnOf(text, content);
    const dashes = flow ? items.map(({ start }) => start) : dashesOf(text, content, items);
    const stays = items.map(() => false);
    // Additions wait until it is known behind which item that stays they stand.
    let kept = -1;
    for (const step of align(was, want)) {
      if (step.kind === 'keep') {
        kept = step.from;
        stays[kept] = true;
        const at = flow ? { sort: 'flow' as const, behind: items[kept].start, column: ownColumn(text, items[kept].start) } : { sort: 'dash' as const, behind: dashes[kept] + 1, column };
        this.below(kept, () => this.visit(items[step.from], was[step.from], want[step.to], at));
      } else if (step.kind === 'delete') {
        this.forget(items[step.from]);
      } else if (flow) {
        const own = ownColumn(text, items[Math.max(kept, 0)].start);
        const piece = alike(text, undefined, want[step.to], layout, own);
        if (kept >= 0) this.addFlow([piece], own, items[kept].end);
        else this.note({ start: items[0].start, end: items[0].start, text: `${piece},${own < 0 ? ' ' : layout.eol + ' '.repeat(own)}` });
      } else {
        const line = `-${behindDash(want[step.to], column, layout)}`;
        if (kept >= 0) this.addLines(' '.repeat(column) + line, items[kept]);
        else this.addAbove(line, dashes[0], column);
      }
    }
    const pieces = items.map(({ end }, index) => ({ start: dashes[index], end, stays: stays[index] }));
    this.note(...flow ? cutFlow(pieces) : cutLines(text, pieces));
  }

  private addFlow(pieces: string[], column: number, end: number): void {
    const gap = column < 0 ? ' ' : this.layout.eol + ' '.repeat(column);
    this.note({ start: end, end, text: pieces.map(piece => `,${gap}${piece}`).join('') });
  }

  private addAbove(line: string, dash: number, column: number): void {
    const start = beginsLine(this.text, dash) ? lineStart(this.text, dash) : dash;
    const pad = ' '.repeat(column);
    this.note({ start, end: start, text: start === dash ? `${line}${this.layout.eol}${pad}` : `${pad}${line}${this.layout.eol}` });
  }

  private addLines(lines: string, after: Node): void {
    const { text, layout: { eol } } = this;
    const start = nextLine(text, after.end);
    const ended = start > lineEnd(text, after.end);
    if (!ended) this.endBlock(after);
    this.note({ start, end: start, text: ended ? lines + eol : eol + lines });
  }

  /** A block of text that ends with the file has no line end, and must not get one from what is added. */
  private endBlock(node: Node): void {
    const last = node.kind === 'mapping' ? node.entries.at(-1)?.value : node.kind === 'sequence' ? node.items.at(-1) : undefined;
    if (last) return this.endBlock(last);
    const chomping = /^[|>]\d?([+-]?)/.exec(this.text.slice(node.content, lineEnd(this.text, node.content)));
    if (node.kind !== 'scalar' || !chomping || chomping[1] === '-') return;
    const end = node.content + chomping[0].length;
    const start = end - chomping[1].length;
    if (!this.splices.some(splice => splice.start <= start && start <= splice.end)) this.note({ start, end, text: '-' });
  }

  private replace(node: Node, want: Json, place: Place): void {
    this.forget(node);
    if (node.kind !== 'alias' && node.anchor !== undefined) this.anchors.set(node.anchor, want);
    this.note(...replaced(this.text, node, want, place, this.layout));
  }

  /** Anchors in what goes are gone, and whoever names them must do without. */
  private forget(node: Node): void {
    if (node.kind !== 'alias' && node.anchor !== undefined) this.anchors.set(node.anchor, undefined);
    if (node.kind === 'sequence') node.items.forEach(item => this.forget(item));
    if (node.kind === 'mapping') node.entries.forEach(({ value }) => this.forget(value));
  }
}

function endOf({ key, value }: Entry): number {
  return Math.max(key.end, value.end);
}
