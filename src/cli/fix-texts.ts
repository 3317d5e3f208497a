import { edit } from '../kube/edit';
import { Json } from '../kube/json';
import { STANDARD_INPUT } from '../kube/reading/files';
import { ReadDocument, ReadObject, Reading } from '../kube/reading/read';
import { Piece } from '../report/diff';
import { withObjects } from '../rules/mend/with-objects';

/** A file that is written again, in pieces: documents, and what stands between them. */
export interface FixedFile {
  readonly file: string;
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
    .map(({ file, text }) => ({ file, pieces: pieces(text, documents.get(file) ?? [], changed.get(file) ?? [], wanted) }));
}

/** Files one behind the other, as one stream of documents. */
export function joined(files: readonly FixedFile[]): string {
  return files.map(({ pieces: its }) => its.map(({ after }) => after).join('')).reduce((all, text) => {
    if (all === '' || text === '') return all + text;
    const ended = /[\r\n]$/.test(all) ? all : `${all}\n`;
    return ended + (/^(---|%)/.test(text) || /(^|\n)---\s*$/.test(all) ? text : `---\n${text}`);
  }, '');
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
