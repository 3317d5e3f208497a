import { Json } from '../json';
import { Manifest } from '../pod-spec';
import { Chunk, Part, partsOf, split } from './documents';
import { readBytes, refusal, STANDARD_INPUT, Walk } from './files';
import { Located, Positions } from './locate';
import { renderFirst, skippedFile, skippedKind, Skipped, templateMark } from './not-manifests';
import { objectsOf, Versions } from './objects';
import { oneLine, Problem, Unreadable } from './problem';
import { decode, Decoded, Lines } from './text';
import { withTimeLimit } from './time-limit';

/** How to read. */
export interface ReadOptions {
  /** The seconds that one file may take. @default 20 */
  readonly seconds?: number;
  /** The bytes that one file may have. @default 400 MB */
  readonly bytes?: number;
  /** What stands on standard input, for who has read it already. @default - it is read */
  readonly standardInput?: Buffer;
  /** Told again and again how many files of how many are read, the share of the one that is being read included. @default - nobody */
  readonly onProgress?: (done: number, all: number) => void;
  /** What the apiVersion of a kind is where an object says none, as in what others dump. @default - an object needs one */
  readonly versions?: Versions;
}

/** Where an object was read. */
export interface Provenance {
  /** The file as it was named, or `-`. */
  readonly file: string;
  /** Which document of the file, counted from 0; empty ones do not count. */
  readonly document: number;
  /** The way to it within a List: `items[2]`. Empty where the object is the document. */
  readonly path: string;
  /** The text of the object, where it is all of a document: equal texts are equal objects. */
  readonly text?: string;
  /** Line and column of a field of the object, such as `spec.containers[0].image`; of its nearest parent where it is not there. */
  locate(field?: string): Located;
}

/** An object and where it was read. */
export interface ReadObject {
  readonly manifest: Manifest;
  readonly source: Provenance;
}

/** A document as text and as value, to be edited. */
export interface ReadDocument {
  readonly file: string;
  readonly document: number;
  /** Its text, marker included. */
  readonly text: string;
  /** Where the text starts in that of the file. */
  readonly start: number;
  /** Which document of the text it is, empty ones counted: several share a text where `...` ends one. */
  readonly index: number;
  readonly value: Json;
}

/** What was read. */
export interface Reading {
  readonly objects: ReadObject[];
  readonly problems: Problem[];
  /** What is certainly no manifest, and was left out. */
  readonly skipped: Skipped[];
  readonly documents: ReadDocument[];
  /** What could be read as text, in the order in which it was read, for who writes it again. */
  readonly texts: (Decoded & { readonly file: string })[];
}

/** Reads files, folders and standard input (`-`) as Kubernetes would. It never throws: what cannot be read is a problem. */
export function readInputs(paths: readonly string[], options: ReadOptions = {}): Reading {
  const reading: Reading = { objects: [], problems: [], skipped: [], documents: [], texts: [] };
  const walk = new Walk();
  const positions = new Positions();
  const walked = paths.map(path => ({ path, found: walk.find(path) }));
  const all = walked.reduce((sum, { found: { files } }) => sum + files.length, 0);
  let done = 0;
  for (const { path, found } of walked) {
    const before = reading.objects.length + reading.problems.length;
    reading.problems.push(...found.problems);
    reading.skipped.push(...found.skipped);
    for (const file of found.files) {
      const first = done++;
      new FileReader(file, reading, options, positions, share => options.onProgress?.(first + share, all)).read();
    }
    if (reading.objects.length + reading.problems.length === before && !found.repeated) {
      reading.problems.push({ file: path, line: 0, message: NOTHING });
    }
  }
  return reading;
}

const NOTHING = 'there is no manifest in it, so there is nothing to say about it. Check the name, or what should have written it.';

class FileReader {
  private lines = new Lines('');
  private document = 0;
  private unrendered = false;

  constructor(
    private readonly file: string,
    private readonly reading: Reading,
    private readonly options: ReadOptions,
    private readonly positions: Positions,
    private readonly tell: (share: number) => void,
  ) {}

  public read(): void {
    const { seconds = 20, bytes = 400_000_000, standardInput } = this.options;
    try {
      // Standard input may be slow to come; only what is done with it counts.
      const content = this.file === STANDARD_INPUT && standardInput ? standardInput : readBytes(this.file, bytes);
      withTimeLimit(seconds * 1000, () => {
        const { text, encoding } = decode(content);
        this.lines = new Lines(text);
        this.reading.texts.push({ file: this.file, text, encoding });
        for (const chunk of split(text)) {
          this.tell(chunk.start / text.length);
          this.chunk(chunk);
        }
      });
    } catch (error) {
      this.problem(0, error instanceof Unreadable ? error.message : refusal(error));
    }
  }

  private chunk(chunk: Chunk): void {
    try {
      const mark = templateMark(this.file, chunk.text, false);
      if (mark >= 0) this.template(chunk, mark);
      else for (const part of partsOf(chunk)) this.part(part);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const mark = templateMark(this.file, chunk.text, true);
      if (mark >= 0) this.template(chunk, mark);
      // What lacks its end is shown where the text ends, not in the document behind.
      else this.problem(this.lines.at(chunk.start + Math.min(error.offset, chunk.text.trimEnd().length)).line, error.message);
    }
  }

  /** Every document of a template has its braces: one line for the file is enough. */
  private template(chunk: Chunk, mark: number): void {
    if (!this.unrendered) this.problem(this.lines.at(chunk.start + mark).line, renderFirst(this.file));
    this.unrendered = true;
  }

  private part(part: Part): void {
    const { file, lines, positions } = this;
    const document = this.document++;
    this.reading.documents.push({ file, document, text: part.text, start: part.start, index: part.index, value: part.value });
    const { items, flaws } = objectsOf(part.value, this.options.versions);
    for (const { manifest, path } of items) {
      const reason = skippedKind(manifest.apiVersion);
      if (reason) {
        this.reading.skipped.push({ file, reason });
        continue;
      }
      const locate = (field = '') => positions.locate(part, lines, path, field);
      this.reading.objects.push({ manifest, source: { file, document, path, text: path === '' ? part.text : undefined, locate } });
    }
    for (const { path, message } of flaws) {
      const reason = path === '' ? skippedFile(file, part.value) : undefined;
      if (reason) this.reading.skipped.push({ file, reason });
      else this.problem(positions.locate(part, lines, path, '').line, message);
    }
  }

  private problem(line: number, message: string): void {
    this.reading.problems.push({ file: this.file, line, message: oneLine(message) });
  }
}
