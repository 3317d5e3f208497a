import { edit } from '../kube/edit';
import { Json, JsonObject, isObject } from '../kube/json';
import { partsOf } from '../kube/reading/documents';
import { STANDARD_INPUT } from '../kube/reading/files';
import { ReadDocument, ReadObject, Reading } from '../kube/reading/read';
import { Piece } from '../report/diff';
import { overlay } from '../rules/mend/overlay';

/** A file that is written again, in pieces: documents, and what stands between them. */
export interface FixedFile {
  readonly file: string;
  readonly pieces: readonly Piece[];
}

/** The texts of everything that was read, with what the objects are to become; `wanted` holds those that change. */
export function fixedFiles(reading: Reading, wanted: ReadonlyMap<ReadObject, Json>): FixedFile[] {
  const objects = grouped(reading.objects, ({ source }) => source.file);
  const documents = grouped(reading.documents, ({ file }) => file);
  const flawed = new Set(reading.problems.map(({ file }) => file));
  return reading.texts
    // A file that certainly is no manifest is left out, like one that is not read; a stream is passed on whole.
    .filter(({ file }) => file === STANDARD_INPUT || objects.has(file) || flawed.has(file))
    .map(({ file, text }) => ({ file, pieces: pieces(text, documents.get(file) ?? [], objects.get(file) ?? [], wanted) }));
}

/** Files one behind the other, as one stream of documents. */
export function joined(files: readonly FixedFile[]): string {
  return files.map(({ pieces: its }) => its.map(({ after }) => after).join('')).reduce((all, text) => {
    if (all === '' || text === '') return all + text;
    const ended = /[\r\n]$/.test(all) ? all : `${all}\n`;
    return ended + (/^(---|%)/.test(text) || /(^|\n)---\s*$/.test(all) ? text : `---\n${text}`);
  }, '');
}

function pieces(text: string, documents: readonly ReadDocument[], objects: readonly ReadObject[], wanted: ReadonlyMap<ReadObject, Json>): Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const [start, its] of grouped(documents, document => document.start)) {
    const before = its[0].text;
    let after = before;
    its.forEach((document, i) => {
      const changed = objects.filter(object => object.source.document === document.document && wanted.has(object));
      if (!changed.length) return;
      const value = changed.reduce((whole, object) => placed(whole, steps(object.source.path), wanted.get(object)!), document.value);
      // Several documents share a text where `...` ends one; those that are empty do not count here, but there.
      after = edit(after, value, its.length === 1 ? 0 : partsOf({ text: after, start: 0 })[i].index);
    });
    if (start > at) result.push({ before: text.slice(at, start), after: text.slice(at, start) });
    result.push({ before, after });
    at = start + before.length;
  }
  if (at < text.length) result.push({ before: text.slice(at), after: text.slice(at) });
  return atLineEnds(result);
}

/** In a stream of JSON a document may end within a line; a comparison of lines needs whole ones. */
function atLineEnds(parts: readonly Piece[]): Piece[] {
  return parts.reduce<Piece[]>((done, piece) => {
    const last = done[done.length - 1];
    if (!last || (last.before.endsWith('\n') && last.after.endsWith('\n'))) return [...done, piece];
    return [...done.slice(0, -1), { before: last.before + piece.before, after: last.after + piece.after }];
  }, []);
}

/** The value of an object within that of its document; what mending has not changed stays as it is written there. */
function placed(whole: Json, [step, ...rest]: readonly (string | number)[], value: Json): Json {
  if (step === undefined) return overlaid(whole, value);
  if (Array.isArray(whole)) return whole.map((item, i) => i === step ? placed(item, rest, value) : item);
  const holder = whole as JsonObject;
  return { ...holder, [step]: placed(holder[step] ?? null, rest, value) };
}

/** What an item of a typed list may leave out, reading has filled in; it is not written. */
function overlaid(whole: Json, value: Json): Json {
  if (!isObject(whole) || !isObject(value)) return value;
  const filledIn = { ...whole, apiVersion: value.apiVersion, kind: value.kind, metadata: whole.metadata ?? {} };
  return overlay(whole, filledIn, value) ?? value;
}

/** `items[2].items[0]` as keys and places. */
function steps(path: string): (string | number)[] {
  return [...path.matchAll(/(\w+)|\[(\d+)\]/g)].map(([, key, place]) => place === undefined ? key : Number(place));
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item); else groups.set(keyOf(item), [item]);
  }
  return groups;
}
