import { JsonObject } from '../../kube/json';
import { Format, portOf, Read, SeenEnd, textOf, timeOf } from './seen';

/** The names that Istio gives to what its text says behind the user agent, in its order. */
const LAST_FIELDS = ['upstream_host', 'upstream_cluster', 'upstream_local_address', 'downstream_local_address', 'downstream_remote_address'];
/** `[time] "GET / HTTP/1.1" …`; whatever may hold quotes stands in front of the last fields. */
const TEXT = /^\[(?<start_time>\d{4}-\d\d-\d\dT[^\]]+)\] ".*" "(?<upstream_host>[^"]*)" (?<upstream_cluster>\S+) (?<upstream_local_address>\S+) (?<downstream_local_address>\S+) (?<downstream_remote_address>\S+)(?: \S+){1,2}\s*$/s;

/** Access logs of Istio's proxies in its default format: a JSON object a record. */
export const istio: Format = {
  name: 'Istio',
  has: record => LAST_FIELDS.filter(name => name in record).length >= 3,
  read(record) {
    const cluster = textOf(record.upstream_cluster) ?? '';
    const time = timeOf(record.start_time);
    const base = { protocol: 'TCP' as const, first: time, last: time, isDropped: false, count: 1 };
    if (cluster.startsWith('inbound|') || cluster.startsWith('InboundPassthrough')) {
      const [from, to] = [placeOf(record.downstream_remote_address), placeOf(record.downstream_local_address)];
      if (!from || !to) return undefined;
      return { ...base, from: from.end, to: to.end, port: to.port };
    }
    // Nobody was connected to: no healthy host, no route, or the answer is the proxy's own.
    if (textOf(record.upstream_host) === undefined) return { skipped: 'that led nowhere' };
    const [from, to] = [placeOf(record.downstream_remote_address), placeOf(record.upstream_host)];
    return from && to ? { ...base, from: from.end, to: to.end, port: to.port } : undefined;
  },
};

/** Longer lines are none: a proxy cuts what it is asked for. */
const LONGEST = 100_000;

/** The same as text; undefined where a line is none. */
export function istioText(line: string): Read {
  const groups = line.length <= LONGEST ? TEXT.exec(line)?.groups : undefined;
  return groups && istio.read(groups as JsonObject);
}

/** `10.1.2.3:8080`, `[fd00::1]:8080`. */
function placeOf(value: JsonObject[string]): { readonly end: SeenEnd; readonly port: number } | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+)):(\d{1,5})$/.exec(textOf(value) ?? '');
  const port = portOf(match?.[3]);
  return match && port !== undefined ? { end: { type: 'address', address: match[1] ?? match[2] }, port } : undefined;
}
