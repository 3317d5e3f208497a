import { ChompingMode, getScalarValue, SCALAR_STYLE, ScalarStyle } from 'js-yaml';
import { Json, JsonObject } from '../json';
import { scalarEvent } from './block-events';
import { EMPTY, Listener, readBlocks } from './block-reader';
import { resolvePlain, Scalar } from './scalar';

/** The value of a text, as it is composed of the parser's events; undefined where it has to be, mistakes included. */
export function blockValue(text: string): Json | undefined {
  const builder = new Builder(text);
  return readBlocks(text, builder) && builder.isClear ? builder.value : undefined;
}

/** Builds the value while the text is read: what stands between the two would cost as much as both. */
class Builder implements Listener {
  /** Undefined until it begins. */
  public value: Json | undefined;
  /** False once there was a merge, a key that is no text or stands twice, or a number that JSON cannot hold. */
  public isClear = true;
  /** The mappings and lists that have not ended. */
  private readonly open: (JsonObject | Json[])[] = [];
  /** The one that is being filled: a list, or else a mapping, and its key that waits for a value. */
  private list: Json[] | undefined;
  private mapping: JsonObject = {};
  private key: string | undefined;

  constructor(private readonly text: string) {}

  public document(): void {
    // It has the value that begins in it.
  }

  public begin(_start: number, isList: boolean): void {
    const inner = isList ? [] : {};
    if (this.value === undefined) this.value = inner;
    else this.put(inner);
    this.open.push(inner);
    this.fill(inner);
  }

  public scalar(start: number, end: number, style: ScalarStyle, chomping: ChompingMode, indent: number): void {
    const value = this.resolve(start, end, style, chomping, indent);
    if (this.list === undefined && this.key === undefined) this.name(value);
    else if (typeof value === 'number' && !Number.isFinite(value)) this.isClear = false;
    else this.put(value);
  }

  public end(): void {
    this.open.pop();
    const { open } = this;
    if (open.length) this.fill(open[open.length - 1]);
  }

  private resolve(start: number, end: number, style: ScalarStyle, chomping: ChompingMode, indent: number): Scalar {
    if (start === EMPTY) return null;
    if (indent !== EMPTY) return getScalarValue(this.text, scalarEvent(start, end, style, chomping, indent));
    const text = this.text.slice(start, end);
    return style === SCALAR_STYLE.PLAIN ? resolvePlain(text) : text;
  }

  private name(key: Scalar): void {
    const { mapping } = this;
    const isName = typeof key === 'string' && key !== '<<' && key !== '__proto__';
    if (!isName || (mapping[key] !== undefined && Object.hasOwn(mapping, key))) this.isClear = false;
    this.key = String(key);
  }

  private put(value: Json): void {
    if (this.list) {
      this.list.push(value);
    } else {
      this.mapping[this.key!] = value;
      this.key = undefined;
    }
  }

  private fill(collection: JsonObject | Json[]): void {
    if (Array.isArray(collection)) {
      this.list = collection;
    } else {
      this.list = undefined;
      this.mapping = collection;
    }
  }
}
