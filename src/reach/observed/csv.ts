import { portOf, protocolOf, Read, SeenEnd, timeOf } from './seen';

/** The columns that it may have, in any order; the first three have to be there. `action` is allow or deny. */
const COLUMNS = ['from', 'to', 'port', 'protocol', 'count', 'first', 'last', 'action'];
const NEEDED = COLUMNS.slice(0, 3);

/** Plain CSV (RFC 4180, one record a line) with a line of names first. */
export class Csv {
  /** Reads the names of columns; undefined where they are none of ours. */
  public static of(header: string): Csv | undefined {
    const names = cells(header.replace(/^\ufeff/, ''))?.map(name => name.trim().toLowerCase());
    return names && NEEDED.every(name => names.includes(name)) && names.every(name => COLUMNS.includes(name)) ? new Csv(names) : undefined;
  }

  private constructor(private readonly names: readonly string[]) {}

  public read(line: string): Read {
    const values = cells(line);
    if (values?.length !== this.names.length) return undefined;
    const get = (name: string) => values[this.names.indexOf(name)] || undefined;
    const [from, to] = [endOf(get('from')), endOf(get('to'))];
    const protocol = protocolOf(get('protocol') ?? 'TCP');
    const port = protocol === 'ICMP' ? 0 : portOf(get('port'));
    const count = Number(get('count') ?? 1);
    const action = get('action') ?? 'allow';
    if (!from || !to || !protocol || port === undefined || !Number.isSafeInteger(count) || count < 1 || !['allow', 'deny'].includes(action)) return undefined;
    const [first, last] = [timeOf(get('first')), timeOf(get('last'))];
    return { from, to, protocol, port, first: first ?? last, last: last ?? first, isDropped: action === 'deny', count };
  }
}

/** `namespace/name`, with `[Kind]` where it is to be told from others, or an address. */
function endOf(text: string | undefined): SeenEnd | undefined {
  if (text === undefined) return undefined;
  const match = /^([^/[\]]+)\/([^/[\]]+)(?:\[([^[\]]+)\])?$/.exec(text);
  if (!match) return /^[0-9a-fA-F:.]+$/.test(text) ? { type: 'address', address: text } : text === 'node' ? { type: 'node' } : undefined;
  const [, namespace, name, kind] = match;
  return { type: 'pod', namespace, name, workload: { name, kind } };
}

function cells(line: string): string[] | undefined {
  if (!line.includes('"')) return line.split(',');
  const result: string[] = [];
  for (let rest: string | undefined = line; rest !== undefined;) {
    const match: RegExpExecArray | null = /^(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/.exec(rest);
    if (!match) return undefined;
    result.push(match[1]?.replace(/""/g, '"') ?? match[2]);
    rest = match[3] === ',' ? rest.slice(match[0].length) : undefined;
  }
  return result;
}
