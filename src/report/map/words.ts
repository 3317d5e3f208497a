import { wellFormed } from '../markup';
import { plain } from '../plain';

/** A text that anybody may have written, in one line, of characters that every document may hold. */
export function shown(text: string): string {
  return wellFormed(plain(text));
}

/** Values that are kept once and named by their places. */
export class Kept<T> {
  public readonly all: T[] = [];
  private readonly places = new Map<string, number>();

  constructor(private readonly keyOf: (value: T) => string = value => JSON.stringify(value)) {}

  /** The place of a value, or of one that is equal. */
  public placeOf(value: T): number {
    const key = this.keyOf(value);
    let place = this.places.get(key);
    if (place === undefined) this.places.set(key, place = this.all.push(value) - 1);
    return place;
  }
}

/** Texts that anybody may have written, each once, and safe to be shown. */
export class Words {
  private readonly kept = new Kept<string>(text => text);

  public get all(): readonly string[] {
    return this.kept.all;
  }

  public placeOf(text: string): number {
    return this.kept.placeOf(shown(text));
  }
}
