import { isObject, Json, JsonObject } from '../../kube/json';
import { calico } from './calico';
import { Csv } from './csv';
import { hubble } from './hubble';
import { inspektorGadget } from './inspektor-gadget';
import { istio, istioText } from './istio';
import { Format, Read } from './seen';

/** Formats whose records are JSON objects. */
const IN_JSON: readonly Format[] = [hubble, calico, inspektorGadget, istio];

/** What is told of lines that are no record of any format. */
export const UNREADABLE = 'is no record of Hubble, Calico, Inspektor Gadget or Istio, and the file does not start with the names of columns of a CSV (from,to,port)';

/** Reads a file line by line, each in the format that its content shows. */
export class Reader {
  private last: Format | undefined;
  private csv: Csv | undefined;
  private isFirst = true;

  /** What a line says: the records in it, `undefined` for each that cannot be read. Nothing for a line that says nothing. */
  public line(text: string): Read[] {
    if (text.trim() === '') return [];
    const isFirst = this.isFirst;
    this.isFirst = false;
    if (isFirst && (this.csv = Csv.of(text))) return [];
    const start = text.trimStart()[0];
    if (start === '{' || (start === '[' && !/^\s*\[\d{4}-/.test(text))) return this.json(text);
    return [this.csv ? this.csv.read(text) : istioText(text)];
  }

  private json(text: string): Read[] {
    let value: Json;
    try {
      value = JSON.parse(text) as Json;
    } catch {
      return [undefined];
    }
    const records = Array.isArray(value) ? value : [value];
    return records.map(record => isObject(record) ? this.record(record) : undefined);
  }

  private record(record: JsonObject): Read {
    // Those of one file are mostly of one format.
    const format = this.last?.has(record) ? this.last : this.last = IN_JSON.find(one => one.has(record));
    if (format) return format.read(record);
    // What agents tell between flows: that they lost some, that a node joined.
    return ['lost_events', 'node_status', 'agent_event', 'debug_event'].some(key => key in record) ? { skipped: 'that tell of the tool itself' } : undefined;
  }
}
