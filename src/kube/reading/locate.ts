import { blockPlaces } from './block-places';
import { holdsMore, Part } from './documents';
import { nodePlaces } from './node-places';
import { Places } from './places';
import { Lines } from './text';

/** A place in a file, lines and columns counted from 1; the end is the first column behind it. */
export interface Located {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A document of more values is shown by its beginning: all of its places would take gigabytes. JSON may hold as many as there are. */
const MOST_VALUES = 1_500_000;

/** Finds fields in texts. Only what is asked for is looked at, and what was looked at last is kept. */
export class Positions {
  private text?: string;
  private documents: readonly Places[] = [];

  /** Where a field of an item of a document stands; where its nearest parent does, if it is not there. */
  public locate(part: Part, lines: Lines, ...fields: string[]): Located {
    const places = this.placesOf(part.text)[part.index] as Places | undefined;
    const found = places?.find(fields.filter(field => field !== '').join('.')) ?? { start: 0, end: 0 };
    const [start, end] = [lines.at(part.start + found.start), lines.at(part.start + found.end)];
    return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  private placesOf(text: string): readonly Places[] {
    if (this.text !== text) {
      this.text = text;
      this.documents = read(text);
    }
    return this.documents;
  }
}

/** The places of the documents of a text: of what is written plainly at a fraction of what all of YAML costs. */
function read(text: string): readonly Places[] {
  try {
    if (holdsMore(text, MOST_VALUES)) return [];
    const plain = blockPlaces(text);
    return plain ? [plain] : nodePlaces(text);
  } catch {
    // What only JSON allows has no place in YAML; its beginning must do.
    return [];
  }
}
