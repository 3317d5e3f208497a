import { SCALAR_STYLE, ScalarStyle } from 'js-yaml';
import { EMPTY, Listener, readBlocks } from './block-reader';
import { skipBlank } from './nodes';
import { Kind, Places } from './places';

const [QUOTE, APOSTROPHE, POINT, BRACKET] = [..."\"'.["].map(character => character.charCodeAt(0));

/** The places of a text by the plain reader; undefined where it leaves the text to the parser. */
export function blockPlaces(text: string): Places | undefined {
  const places = new BlockPlaces(text);
  return readBlocks(text, places) ? places : undefined;
}

/** Places noted while the text is read: nodes would cost as much as reading it does. */
class BlockPlaces extends Places implements Listener {
  private readonly open: number[] = [];
  /** Where the last node ended. */
  private at = 0;

  constructor(text: string) {
    super(text);
  }

  public document(): void {
    // Its places are those of what stands in it.
  }

  public begin(start: number, isList: boolean, inBrackets: boolean): void {
    this.open.push(this.add(isList ? Kind.LIST : inBrackets ? Kind.BRACES : Kind.MAPPING, start, start));
    this.at = inBrackets ? start + 2 : start;
  }

  public scalar(start: number, end: number, style: ScalarStyle, _chomping: unknown, indent: number): void {
    const { text } = this;
    let from = start;
    if (start === EMPTY) {
      // It stands right behind the `:` or `-` that announces it.
      this.at = from = skipBlank(text, this.at) + 1;
    } else if (indent !== EMPTY) {
      // The `|` or `>` of a block of text stands at the end of the line before, or a sign behind it.
      from -= '|>'.includes(text[start - 2]) ? 2 : 3;
      this.at = text[end - 1] === '\n' ? end - 1 : end;
    } else if (style === SCALAR_STYLE.PLAIN) {
      this.at = end;
    } else {
      from--;
      this.at = end + 1;
    }
    this.add(Kind.SCALAR, from, this.at);
  }

  public end(): void {
    const place = this.open.pop();
    if (place !== undefined) this.close(place, this.at);
  }

  protected keyOf(key: number): string {
    const { start, end } = this.region(key);
    return this.isQuoted(start) ? this.text.slice(start + 1, end - 1) : this.text.slice(start, end);
  }

  protected mayBegin(key: number, character: number): boolean {
    const { start } = this.region(key);
    return character === BRACKET || character === POINT || this.isQuoted(start) || this.text.charCodeAt(start) === character;
  }

  protected target(): undefined {
    // The plain reader reads no aliases.
    return undefined;
  }

  private isQuoted(start: number): boolean {
    const first = this.text.charCodeAt(start);
    return first === QUOTE || first === APOSTROPHE;
  }
}
