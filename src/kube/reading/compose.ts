import { COLLECTION_STYLE, Event, EVENT_ID, getScalarValue, MappingEvent, ScalarEvent, SCALAR_STYLE, SequenceEvent } from 'js-yaml';
import { copy, isObject, Json, JsonObject } from '../json';
import { blockValue } from './block-value';
import { events } from './events';
import { Unreadable } from './problem';
import { keyText, resolvePlain, resolveTagged, Scalar } from './scalar';

/** What aliases may expand to, in nodes; Kubernetes' reader stops there, too. */
const MOST_ALIASED = 400_000;

/** The documents of a text as plain JSON, read as Kubernetes reads. Nothing in it is shared: each alias is a copy. */
export function compose(text: string): Json[] {
  const value = blockValue(text);
  return value === undefined ? composed(text, events(text)) : [value];
}

/** The documents that events tell of. */
export function composed(text: string, from: readonly Event[]): Json[] {
  return new Composer(text, from).documents();
}

/** What an anchor names, and how many nodes it holds: -1 while it is being read. */
interface Anchored {
  readonly value: Json;
  readonly size: number;
}

class Composer {
  private index = 0;
  private nodes = 0;
  private aliased = 0;
  private readonly anchors = new Map<string, Anchored>();

  constructor(private readonly text: string, private readonly stream: readonly Event[]) {}

  public documents(): Json[] {
    const documents: Json[] = [];
    while (this.index < this.stream.length) {
      const start = this.stream[this.index++];
      if (start.type !== EVENT_ID.DOCUMENT) throw new Error('a document was expected');
      if (start.directives.some(({ kind }) => kind === 'tag')) throw new Unreadable('%TAG is not read by Kubernetes either. Remove it.');
      this.anchors.clear();
      this.aliased = 0;
      documents.push(this.node());
      this.index++;
    }
    return documents;
  }

  private node(): Json {
    const event = this.stream[this.index++];
    switch (event.type) {
      case EVENT_ID.SCALAR: return this.scalar(event);
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: return event.anchorStart < 0 ? this.collection(event) : this.anchored(event);
      case EVENT_ID.ALIAS: return this.alias(event.anchorStart, event.anchorEnd);
      default: throw new Error('a node was expected');
    }
  }

  private scalar(event: ScalarEvent): Json {
    this.nodes++;
    const value = this.resolve(event);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw new Unreadable(`'${getScalarValue(this.text, event)}' is a number that JSON cannot hold, so Kubernetes refuses it. Quote it if it is meant as text.`, event.valueStart);
    }
    if (event.anchorStart >= 0) this.anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), { value, size: 1 });
    return value;
  }

  private resolve(event: ScalarEvent): Scalar {
    const text = event.fast ? this.text.slice(event.valueStart, event.valueEnd) : scalarText(this.text, event);
    if (event.tagStart >= 0) return resolveTagged(this.text.slice(event.tagStart, event.tagEnd), text, event.tagStart);
    return event.style === SCALAR_STYLE.PLAIN ? resolvePlain(text) : text;
  }

  private collection(event: MappingEvent | SequenceEvent): Json {
    this.nodes++;
    return event.type === EVENT_ID.MAPPING ? this.mapping(event) : this.sequence(event);
  }

  private anchored(event: MappingEvent | SequenceEvent): Json {
    const before = this.nodes;
    const name = this.text.slice(event.anchorStart, event.anchorEnd);
    const open: Anchored = { value: null, size: -1 };
    this.anchors.set(name, open);
    const value = this.collection(event);
    // One of the same name within begins later, and so it stays.
    if (this.anchors.get(name) === open) this.anchors.set(name, { value, size: this.nodes - before });
    return value;
  }

  private sequence({ style }: SequenceEvent): Json[] {
    const list: Json[] = [];
    for (let event = this.stream[this.index]; event.type !== EVENT_ID.POP; event = this.stream[this.index]) {
      if (style === COLLECTION_STYLE.FLOW) refuseUnclear(this.text, event);
      list.push(this.node());
    }
    this.index++;
    return list;
  }

  private mapping(event: MappingEvent): JsonObject {
    const result: JsonObject = {};
    // Keys that a merge brought; a key of the mapping's own may stand beside them. Whichever comes last wins, as in Kubernetes' reader.
    let merged: Set<string> | undefined;
    while (this.stream[this.index].type !== EVENT_ID.POP) {
      const at = this.stream[this.index];
      if (event.style === COLLECTION_STYLE.FLOW) refuseUnclear(this.text, at);
      if (at.type === EVENT_ID.SCALAR && this.isMerge(at)) {
        this.index++;
        merged ??= new Set();
        for (const source of this.mergeSources()) {
          for (const key of Object.keys(source)) {
            result[key] = source[key];
            merged.add(key);
          }
        }
        continue;
      }
      const key = this.key(event);
      if (result[key] !== undefined && Object.hasOwn(result, key) && !merged?.delete(key)) {
        throw new Unreadable(`the key '${key}' stands twice in one mapping. Keep the one that is meant.`, position(at, event));
      }
      if (key === '__proto__') throw new Unreadable("a key is '__proto__', which no manifest has. Remove it.", position(at, event));
      result[key] = this.node();
    }
    this.index++;
    return result;
  }

  private key(mapping: MappingEvent): string {
    const event = this.stream[this.index++];
    if (event.type === EVENT_ID.SCALAR) {
      this.nodes++;
      const value = this.resolve(event);
      if (event.anchorStart >= 0) this.anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), { value, size: 1 });
      return typeof value === 'string' ? value : keyText(value, scalarText(this.text, event), position(event, mapping));
    }
    if (event.type === EVENT_ID.ALIAS) {
      const value = this.alias(event.anchorStart, event.anchorEnd);
      if (typeof value !== 'object' || value === null) return keyText(value, String(value), event.anchorStart);
    }
    const braces = mapping.style === COLLECTION_STYLE.FLOW && event.type === EVENT_ID.MAPPING ? ' {{ … }} is no template here: quote it.' : '';
    throw new Unreadable(`a key is a list or a mapping. Keys are text.${braces}`, position(event, mapping));
  }

  private isMerge(event: ScalarEvent): boolean {
    if (event.valueEnd - event.valueStart < 2 || getScalarValue(this.text, event) !== '<<') return false;
    const tag = event.tagStart < 0 ? '' : this.text.slice(event.tagStart, event.tagEnd);
    return tag === '' ? event.style === SCALAR_STYLE.PLAIN : ['!!merge', '!<tag:yaml.org,2002:merge>'].includes(tag);
  }

  /** The mappings that a merge brings, the weakest first. */
  private mergeSources(): JsonObject[] {
    const start = this.stream[this.index];
    const direct = start.type === EVENT_ID.SEQUENCE;
    const value = this.node();
    const sources = direct ? (value as Json[]).reverse() : [value];
    if (sources.every(isObject)) return sources;
    throw new Unreadable('<< merges what is no mapping. Merge a mapping, or a list of mappings.', position(start));
  }

  private alias(start: number, end: number): Json {
    const name = this.text.slice(start, end);
    const target = this.anchors.get(name);
    if (target === undefined) throw new Unreadable(`*${name} names an anchor that is not there. Write &${name} before it.`, start - 1);
    if (target.size < 0) throw new Unreadable(`&${name} contains itself. Write out what is meant.`, start - 1);
    this.aliased += target.size;
    this.nodes += target.size;
    if (this.aliased > MOST_ALIASED) {
      throw new Unreadable(`its aliases expand to more than ${MOST_ALIASED} values, so Kubernetes refuses it. Write out what is meant.`, start - 1);
    }
    return copy(target.value);
  }
}

/** Where an event stands in the text; what is empty stands where its holder does. */
function position(event: Event, holder?: Event): number {
  const at = event.type === EVENT_ID.SCALAR ? event.valueStart
    : event.type === EVENT_ID.ALIAS ? event.anchorStart - 1
      : event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE ? event.start : -1;
  if (at >= 0) return at;
  return holder ? position(holder) : 0;
}

/** The text that a scalar stands for. At the very end of a file, a block gets no line end that is not there. */
function scalarText(text: string, event: ScalarEvent): string {
  const value = getScalarValue(text, event);
  const block = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
  return block && event.valueEnd >= text.length && value.endsWith('\n') && !/[\r\n]$/.test(text) ? value.slice(0, -1) : value;
}

/** Within brackets YAML 1.1, which Kubernetes reads, and 1.2 see `?a` and `a:]` differently. */
function refuseUnclear(text: string, event: Event): void {
  if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.PLAIN || event.valueStart < 0) return;
  if (text[event.valueStart] === '?' || (text[event.valueEnd] === ':' && ',[]{}'.includes(text[event.valueEnd + 1]))) {
    const what = text.slice(event.valueStart, event.valueEnd + 1).slice(0, 40);
    throw new Unreadable(`'${what}' within brackets means one thing to Kubernetes and another to others. Put spaces around '?' and behind ':', or quote it.`, event.valueStart);
  }
}
