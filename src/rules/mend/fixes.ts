import { Editor } from '../../kube/edit';
import { Splice, joinedSplices } from '../../kube/edit-splices';
import { copy } from '../../kube/json';
import { Manifest } from '../../kube/pod-spec';
import { ReadDocument, ReadObject, Reading } from '../../kube/reading/read';
import { Lines } from '../../kube/reading/text';
import { sound } from '../../kube/sound';
import { OLDEST_KUBERNETES, minorOf } from '../../kube/versions';
import { AuditFinding, Yardstick } from '../audit';
import { podDrafts } from '../draft';
import { POD_RULES } from '../pod';
import { defaultAccountsGranted } from './default-accounts';
import { mended } from './mend';
import { togetherWith } from './plan';
import { MendOptions } from './remedy';
import { withObjects } from './with-objects';

/** What to write in the place of what; lines and columns counted from 1, the end is the first column behind it. */
export interface Replacement {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** How `fix` would mend what a finding is about: the rules whose remedies are laid on, and what changes in the file. */
export interface Fix {
  readonly rules: readonly string[];
  readonly replacements: readonly Replacement[];
}

/** The remedies of some rules, laid on all objects of one document. */
interface Laid {
  readonly mended: ReadonlyMap<string, Manifest>;
  /** By the way to the object. */
  readonly splices: ReadonlyMap<string, readonly Splice[]>;
}

/** So many findings of a rule in one object carry its fix; who has more has seen it by then. */
const MOST_IN_AN_OBJECT = 20;

/**
 * How findings can be mended in the text, by what `fix` does without being asked. A fix is the part of one rule in one
 * object, and stands for itself: two of them may want the same line. It is there only where it ends the finding.
 */
export class Fixes {
  private readonly objects = new Map<string, ReadObject[]>();
  private readonly documents: ReadonlyMap<string, ReadDocument>;
  private readonly isGranted: (namespace: string | undefined) => boolean;
  private readonly texts: ReadonlyMap<string, string>;
  private readonly lines = new Map<string, Lines>();
  /** Of the document that was asked for last: findings come in its order. */
  private current?: { readonly key: string; readonly editor: Editor; readonly laid: Map<string, Laid>; readonly given: Map<string, number> };

  constructor(reading: Reading, private readonly yardstick: Yardstick) {
    for (const object of reading.objects) {
      const key = keyOf(object.source);
      const its = this.objects.get(key);
      if (its) its.push(object); else this.objects.set(key, [object]);
    }
    this.documents = new Map(reading.documents.map(document => [keyOf(document), document]));
    this.texts = new Map(reading.texts.map(({ file, text }) => [file, text]));
    this.isGranted = defaultAccountsGranted(reading.objects.map(({ manifest }) => manifest));
  }

  /** The fix of a finding, where there is one. */
  public of(object: ReadObject, finding: AuditFinding): Fix | undefined {
    if (this.yardstick.minor < minorOf(OLDEST_KUBERNETES)! || (finding.waiver && !finding.waiver.expired)) return undefined;
    const rules = togetherWith(finding.rule);
    if (!POD_RULES.some(({ id, mend }) => mend && rules.includes(id))) return undefined;
    const { path } = object.source;
    const document = this.documents.get(keyOf(object.source))!;
    const { laid, given } = this.at(document);
    const { mended: results, splices } = laid.get(rules[0]) ?? this.lay(rules, document);
    const [result, its] = [results.get(path), splices.get(path)];
    const count = (given.get(`${path} ${finding.rule}`) ?? 0) + 1;
    given.set(`${path} ${finding.rule}`, count);
    if (!result || !its || count > MOST_IN_AN_OBJECT || this.isLeft(result, finding)) return undefined;
    return { rules, replacements: joinedSplices(its).map(splice => this.placed(splice, document)) };
  }

  private at(document: ReadDocument): NonNullable<Fixes['current']> {
    const key = keyOf(document);
    if (this.current?.key !== key) this.current = { key, editor: new Editor(document.text, document.index), laid: new Map(), given: new Map() };
    return this.current;
  }

  private lay(rules: readonly string[], document: ReadDocument): Laid {
    const { editor, laid } = this.at(document);
    const { minor, today } = this.yardstick;
    const asked = POD_RULES.filter(({ id }) => rules.includes(id));
    const results = new Map<string, Manifest>();
    for (const { manifest, source } of this.objects.get(keyOf(document))!) {
      const defaultAccountIsGranted = this.isGranted(manifest.metadata.namespace);
      const options: MendOptions = { minor, today, assume: new Set(), rules: asked, defaultAccountIsGranted };
      const result = mended(manifest, options);
      if (result) results.set(source.path, result);
    }
    const splices = results.size ? editor.splices(withObjects(document.value, results)) : [];
    const outcome = { mended: results, splices: results.has('') ? new Map([['', splices]]) : byObject(splices, results, editor) };
    laid.set(rules[0], outcome);
    return outcome;
  }

  /** Whether the rule still has the same to say: of another container it may be mended, of this one not. */
  private isLeft(manifest: Manifest, { rule, container, field }: AuditFinding): boolean {
    const { minor, pack: { exact } } = this.yardstick;
    const rules = POD_RULES.filter(({ id }) => id === rule);
    return podDrafts(sound(copy(manifest)), { rules, exact }, minor)
      .some(left => container === null ? left.field === field : left.container === container);
  }

  private placed({ start, end, text }: Splice, document: ReadDocument): Replacement {
    const lines = this.linesOf(document.file);
    const from = lines.at(document.start + start);
    const to = lines.at(document.start + end);
    return { ...from, endLine: to.line, endColumn: to.column, text };
  }

  private linesOf(file: string): Lines {
    const known = this.lines.get(file);
    if (known) return known;
    const lines = new Lines(this.texts.get(file)!);
    this.lines.set(file, lines);
    return lines;
  }
}

function keyOf({ file, document }: { readonly file: string; readonly document: number }): string {
  return `${document} ${file}`;
}

/** The changes of each object of a List; none where an alias could carry one into another object. */
function byObject(splices: readonly Splice[], objects: ReadonlyMap<string, Manifest>, editor: Editor): Map<string, Splice[]> {
  const found = new Map<string, Splice[]>();
  if (editor.sharesBetweenItems) return found;
  for (const splice of splices) {
    const way = wayTo(splice, objects);
    // What is written anew as a whole is nobody's alone.
    if (way === undefined) return new Map();
    const its = found.get(way);
    if (its) its.push(splice); else found.set(way, [splice]);
  }
  return found;
}

/** The way to the object that a change lies in: `items[2].items[0]`. */
function wayTo({ path = [] }: Splice, objects: ReadonlyMap<string, Manifest>): string | undefined {
  let way = '';
  for (let i = 0; path[i] === 'items' && i + 1 < path.length; i += 2) {
    way += `${way && '.'}items[${path[i + 1]}]`;
    if (objects.has(way)) return way;
  }
  return undefined;
}
