import { isObject, Json, JsonObject } from '../../kube/json';
import { Labels } from '../../kube/selectors';
import { Protocol, PROTOCOLS } from '../port-set';

/** One end of a connection, as a log names it. */
export type SeenEnd =
  | { readonly type: 'pod'; readonly namespace: string; readonly name?: string; readonly workload?: SeenWorkload; readonly labels?: Labels; readonly address?: string }
  | { readonly type: 'service'; readonly namespace: string; readonly name: string; readonly labels?: Labels; readonly address?: string }
  | { readonly type: 'address'; readonly address: string }
  /** The node of the other end: no policy binds it. */
  | { readonly type: 'node' };

/** What a pod belongs to. */
export interface SeenWorkload {
  readonly name: string;
  readonly kind?: string;
}

/** A record of a log: somebody connected, or tried to. */
export interface Seen {
  readonly from: SeenEnd;
  readonly to: SeenEnd;
  /** ICMP and others have no ports. */
  readonly protocol: Protocol | 'ICMP';
  readonly port: number;
  /** In ms since 1970, where the record says it. */
  readonly first?: number;
  readonly last?: number;
  /** The cluster let it not through. */
  readonly isDropped: boolean;
  readonly count: number;
}

/** What a reader makes of a record: a connection, or why it is none, or undefined where it cannot be read. */
export type Read = Seen | { readonly skipped: string } | undefined;

/** A format of logs: whether a record is one, and what it says. */
export interface Format {
  readonly name: string;
  has(record: JsonObject): boolean;
  read(record: JsonObject): Read;
}

/** A protocol by its name or its number; undefined where policies do not speak of it. */
export function protocolOf(value: Json | undefined): Protocol | 'ICMP' | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).toUpperCase() : '';
  const name = ({ 6: 'TCP', 17: 'UDP', 132: 'SCTP', 1: 'ICMP', 58: 'ICMP', ICMPV4: 'ICMP', ICMPV6: 'ICMP', ICMP6: 'ICMP' } as { [text: string]: string | undefined })[text] ?? text;
  return (PROTOCOLS as readonly string[]).includes(name) || name === 'ICMP' ? name as Protocol | 'ICMP' : undefined;
}

/** A port, from a number or a text of digits. */
export function portOf(value: Json | undefined): number | undefined {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value;
  return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65535 ? port : undefined;
}

/** A text that says something. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && value !== '-' ? value : undefined;
}

/** Labels from `key=value` texts, from a mapping, or from one text with commas. */
export function labelsOf(value: Json | undefined): Labels | undefined {
  if (typeof value === 'string') return labelsOf(value.split(','));
  if (Array.isArray(value)) {
    return Object.fromEntries(value.filter(text => typeof text === 'string').flatMap(text => {
      const equals = text.indexOf('=');
      return equals > 0 ? [[text.slice(0, equals), text.slice(equals + 1)]] : [];
    }));
  }
  return isObject(value) ? Object.fromEntries(Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) : undefined;
}

/** A time: a text that says the zone, or seconds, ms or ns since 1970. */
export function timeOf(value: Json | undefined): number | undefined {
  if (typeof value === 'string') {
    const ms = /^\d+$/.test(value) ? timeOf(Number(value)) : Date.parse(value);
    return ms === undefined || Number.isNaN(ms) ? undefined : ms;
  }
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return undefined;
  return Math.floor(value > 1e16 ? value / 1e6 : value > 1e11 ? value : value * 1000);
}
