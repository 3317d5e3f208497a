import { ChompingMode, COLLECTION_STYLE, Event, EVENT_ID, ScalarEvent, ScalarStyle } from 'js-yaml';
import { EMPTY, Listener, readBlocks } from './block-reader';

/** One for all: nothing in it tells them apart. */
const POP: Event = { type: EVENT_ID.POP };

/** The events of a text, as the parser would tell them; undefined where it has to be asked. */
export function blockEvents(text: string): Event[] | undefined {
  const events = new Events();
  return readBlocks(text, events) ? events.list : undefined;
}

class Events implements Listener {
  public readonly list: Event[] = [];

  public document(explicitStart: boolean): void {
    this.list.push({ type: EVENT_ID.DOCUMENT, explicitStart, explicitEnd: false, directives: [] });
  }

  public begin(start: number, isList: boolean, inBrackets: boolean): void {
    const type = isList ? EVENT_ID.SEQUENCE : EVENT_ID.MAPPING;
    const style = inBrackets ? COLLECTION_STYLE.FLOW : COLLECTION_STYLE.BLOCK;
    this.list.push({ type, start, anchorStart: EMPTY, anchorEnd: EMPTY, tagStart: EMPTY, tagEnd: EMPTY, style });
  }

  public scalar(valueStart: number, valueEnd: number, style: ScalarStyle, chomping: ChompingMode, indent: number): void {
    this.list.push(scalarEvent(valueStart, valueEnd, style, chomping, indent));
  }

  public end(): void {
    this.list.push(POP);
  }
}

/** The event of a scalar without anchor and tag. */
export function scalarEvent(valueStart: number, valueEnd: number, style: ScalarStyle, chomping: ChompingMode, indent: number): ScalarEvent {
  return {
    type: EVENT_ID.SCALAR, valueStart, valueEnd, anchorStart: EMPTY, anchorEnd: EMPTY, tagStart: EMPTY, tagEnd: EMPTY,
    style, chomping, indent, fast: valueStart !== EMPTY && indent === EMPTY,
  };
}
