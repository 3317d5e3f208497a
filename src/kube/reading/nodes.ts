import { COLLECTION_STYLE, Event, EVENT_ID, getScalarValue, MappingEvent, ScalarEvent, SCALAR_STYLE, SequenceEvent } from 'js-yaml';
import { events } from './events';

// A document as a tree of ranges in its text: for positions, and for edits that leave the rest alone.

interface Range {
  /** Where the node starts, its anchor and tag included. */
  readonly start: number;
  /** Where its content starts. */
  readonly content: number;
  /** Where it ends; the line end of a block of text is not part of it. */
  readonly end: number;
  readonly anchor?: string;
  readonly tag?: string;
}

export interface ScalarNode extends Range {
  readonly kind: 'scalar';
  readonly event: ScalarEvent;
}
export interface AliasNode extends Range {
  readonly kind: 'alias';
  readonly name: string;
}
export interface SequenceNode extends Range {
  readonly kind: 'sequence';
  readonly flow: boolean;
  readonly items: Node[];
}
export interface MappingNode extends Range {
  readonly kind: 'mapping';
  readonly flow: boolean;
  readonly entries: Entry[];
}
export interface Entry {
  readonly key: Node;
  readonly value: Node;
}
export type Node = ScalarNode | AliasNode | SequenceNode | MappingNode;

/** The documents of a text as trees. */
export function nodesOf(text: string): Node[] {
  return new Builder(text, events(text)).documents();
}

class Builder {
  private index = 0;
  /** Where the last node ended. */
  private at = 0;

  constructor(private readonly text: string, private readonly stream: readonly Event[]) {}

  public documents(): Node[] {
    const documents: Node[] = [];
    while (this.index < this.stream.length) {
      this.index++;
      documents.push(this.node());
      this.index++;
    }
    return documents;
  }

  private node(): Node {
    const event = this.stream[this.index++];
    switch (event.type) {
      case EVENT_ID.SCALAR: return this.scalar(event);
      case EVENT_ID.SEQUENCE: return this.sequence(event);
      case EVENT_ID.MAPPING: return this.mapping(event);
      case EVENT_ID.ALIAS: {
        this.at = event.anchorEnd;
        const start = event.anchorStart - 1;
        return { kind: 'alias', start, content: start, end: this.at, name: this.text.slice(event.anchorStart, event.anchorEnd) };
      }
      default: throw new Error('a node was expected');
    }
  }

  private scalar(event: ScalarEvent): ScalarNode {
    const { content, end } = this.span(event);
    this.at = end;
    return event.anchorStart < 0 && event.tagStart < 0
      ? { kind: 'scalar', start: content, content, end, event }
      : { kind: 'scalar', ...this.properties(event, content), content, end, event };
  }

  private span(event: ScalarEvent): { content: number; end: number } {
    const { valueStart, valueEnd, style } = event;
    const behind = Math.max(this.at, event.anchorEnd, event.tagEnd);
    if (valueStart < 0) {
      const empty = event.anchorStart >= 0 || event.tagStart >= 0 ? behind : this.afterIndicator(behind);
      return { content: empty, end: empty };
    }
    if (style === SCALAR_STYLE.PLAIN) return { content: valueStart, end: valueEnd };
    if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return { content: valueStart - 1, end: valueEnd + 1 };
    // The event of a block begins behind the line of its `|` or `>`.
    const header = this.text.slice(behind, valueStart).search(/[|>]/) + behind;
    const block = this.text.slice(valueStart, valueEnd);
    return { content: header, end: valueStart + (valueEnd > valueStart ? block.replace(/(?:\r\n?|\n)$/, '').length : -lineEndBefore(this.text, valueStart)) };
  }

  /** Nothing stands right behind the `:` or `-` that announces it. */
  private afterIndicator(from: number): number {
    const next = skipBlank(this.text, from);
    return /[:?-]/.test(this.text[next] ?? '') ? next + 1 : from;
  }

  private sequence(event: SequenceEvent): SequenceNode {
    const items: Node[] = [];
    const flow = event.style === COLLECTION_STYLE.FLOW;
    this.at = event.start + (flow ? 1 : 0);
    while (this.stream[this.index].type !== EVENT_ID.POP) {
      items.push(this.node());
      if (flow) this.passComma();
    }
    return { kind: 'sequence', ...this.properties(event, event.start), content: event.start, end: this.close(flow), flow, items };
  }

  private mapping(event: MappingEvent): MappingNode {
    const entries: Entry[] = [];
    // A pair within a list, `[a: b]`, is a mapping without braces.
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const braces = this.text[event.start] === '{' && flow;
    this.at = event.start + (braces ? 1 : 0);
    while (this.stream[this.index].type !== EVENT_ID.POP) {
      const key = this.node();
      entries.push({ key, value: this.node() });
      if (braces) this.passComma();
    }
    return { kind: 'mapping', ...this.properties(event, event.start), content: event.start, end: this.close(braces), flow, entries };
  }

  private passComma(): void {
    const next = skipBlank(this.text, this.at);
    if (this.text[next] === ',') this.at = next + 1;
  }

  private close(bracket: boolean): number {
    this.index++;
    if (bracket) this.at = skipBlank(this.text, this.at) + 1;
    return this.at;
  }

  private properties(event: ScalarEvent | SequenceEvent | MappingEvent, content: number): { start: number; anchor?: string; tag?: string } {
    const { anchorStart, anchorEnd, tagStart, tagEnd } = event;
    const starts = [content, ...anchorStart >= 0 ? [anchorStart - 1] : [], ...tagStart >= 0 ? [tagStart] : []];
    return {
      start: Math.min(...starts),
      ...anchorStart >= 0 && { anchor: this.text.slice(anchorStart, anchorEnd) },
      ...tagStart >= 0 && { tag: this.text.slice(tagStart, tagEnd) },
    };
  }
}

function lineEndBefore(text: string, at: number): number {
  return text.slice(at - 2, at) === '\r\n' ? 2 : /[\r\n]/.test(text[at - 1]) ? 1 : 0;
}

/** The next offset that is neither space nor comment. */
export function skipBlank(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && ' \t\r\n\ufeff'.includes(text[at])) at++;
    if (text[at] !== '#' || (at > 0 && !/[\s,[\]{}]/.test(text[at - 1]))) return at;
    while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  }
}

/** The text that a scalar stands for, before its type is looked at. */
export function scalarValue(text: string, node: ScalarNode): string {
  return getScalarValue(text, node.event);
}
