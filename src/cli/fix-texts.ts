import { edit } from '../kube/edit';
import { Json } from '../kube/json';
import { STANDARD_INPUT } from '../kube/reading/files';
import { ReadDocument, ReadObject, Reading } from '../kube/reading/read';
import { encode, Encoding } from '../kube/reading/text';
import { Piece, unifiedDiff } from '../report/diff';
import { withObjects } from '../rules/mend/with-objects';

/** A file that is written again, in pieces: documents, and what stands between them. */
export interface FixedFile {
  readonly file: string;
  readonly encoding: Encoding;
  readonly pieces: readonly Piece[];
}

/** The texts of everything that was read, with what the objects are to become; `wanted` holds those that change. */
export function fixedFiles(reading: Reading, wanted: ReadonlyMap<ReadObject, Json>): FixedFile[] {
  const objects = grouped(reading.objects, ({ source }) => source.file);
  const changed = grouped([...wanted.keys()], ({ source }) => source.file);
  const documents = grouped(reading.documents, ({ file }) => file);
  const flawed = new Set(reading.problems.map(({ file }) => file));
  return reading.texts
    // A file that certainly is no manifest is left out, like one that is not read; a stream is passed on whole.
    .filter(({ file }) => file === STANDARD_INPUT || objects.has(file) || flawed.has(file))
    .map(({ file, text, encoding }) => ({ file, encoding, pieces: pieces(text, documents.get(file) ?? [], changed.get(file) ?? [], wanted) }));
}

/** What changes in the files, as a unified diff; a mark belongs to the first line, so that the diff applies. */
export function diffOf(files: readonly FixedFile[]): string {
  return files.map(({ file, encoding, pieces: [first, ...rest] }) => {
    const mark = encoding === 'utf-8 with mark' ? '\ufeff' : '';
    return unifiedDiff(file, first ? [{ before: mark + first.before, after: mark + first.after }, ...rest] : []);
  }).join('');
}

/** Files one behind the other, as one stream of documents, in the encoding that all of them have, or in UTF-8. */
export function joined(files: readonly FixedFile[]): Buffer {
  const text = files.map(({ pieces: its }) => its.map(({ after }) => after).join('')).reduce((all, next) => {
    if (all === '' || next === '') return all + next;
    const ended = /[\r\n]$/.test(all) ? all : `${all}\n`;
    return ended + (/^(---|%)/.test(next) || /(^|\n)---\s*$/.test(all) ? next : `---\n${next}`);
  }, '');
  const encodings = new Set(files.map(({ encoding }) => encoding));
  const [encoding] = encodings.size === 1 ? encodings : ['utf-8' as const];
  return encode({ text, encoding });
}

function pieces(text: string, documents: readonly ReadDocument[], changed: readonly ReadObject[], wanted: ReadonlyMap<ReadObject, Json>): Piece[] {
  const objects = grouped(changed, ({ source }) => source.document);
  const result: Piece[] = [];
  let at = 0;
  for (const [start, its] of grouped(documents, document => document.start)) {
    const before = its[0].text;
    let after = before;
    for (const { document, value, index } of its) {
      const byPath = new Map((objects.get(document) ?? []).map(object => [object.source.path, wanted.get(object)!]));
      if (byPath.size) after = edit(after, withObjects(value, byPath), index);
    }
    if (start > at) result.push({ before: text.slice(at, start), after: text.slice(at, start) });
    result.push({ before, after });
    at = start + before.length;
  }
  if (at < text.length) result.push({ before: text.slice(at), after: text.slice(at) });
  return atLineEnds(result);
}

/** In a stream of JSON a document may end within a line; a comparison of lines needs whole ones. */
function atLineEnds(parts: readonly Piece[]): Piece[] {
  const done: Piece[] = [];
  for (const piece of parts) {
    const last = done.pop();
    if (!last) done.push(piece);
    else if (last.before.endsWith('\n') && last.after.endsWith('\n')) done.push(last, piece);
    else done.push({ before: last.before + piece.before, after: last.after + piece.after });
  }
  return done;
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item); else groups.set(keyOf(item), [item]);
  }
  return groups;
}
