import { isObject, Json, JsonObject } from '../../kube/json';
import { Format, labelsOf, portOf, protocolOf, SeenEnd, textOf, timeOf } from './seen';

/** Flow logs of Calico, by its reference of flow log data types. */
export const calico: Format = {
  name: 'Calico',
  has: record => 'source_name_aggr' in record && 'dest_name_aggr' in record,
  read(record) {
    const protocol = protocolOf(record.proto);
    if (!protocol) return { skipped: 'of protocols that policies do not know' };
    const port = protocol === 'ICMP' ? 0 : portOf(record.dest_port);
    if (port === undefined) return { skipped: 'without addresses or ports' };
    const [from, to] = [endOf(record, 'source'), endOf(record, 'dest')];
    if (from === 'aggregated' || to === 'aggregated') return { skipped: 'of addresses that the log has put together' };
    if (!from || !to) return undefined;
    const count = Number(record.num_flows);
    return {
      from, to, protocol, port,
      first: timeOf(record.start_time ?? record.startTime), last: timeOf(record.end_time ?? record.endTime),
      isDropped: record.action === 'deny', count: Number.isSafeInteger(count) && count > 0 ? count : 1,
    };
  },
};

/** wep: a pod; net and ns: addresses and sets of them; hep: a node. */
function endOf(record: JsonObject, side: 'source' | 'dest'): SeenEnd | 'aggregated' | undefined {
  const get = (name: string): Json | undefined => record[`${side}_${name}`];
  const address = textOf(get('ip'));
  const type = get('type');
  if (type === 'hep') return { type: 'node' };
  const namespace = textOf(get('namespace'));
  if (type === 'wep' && namespace !== undefined) {
    const labels = get('labels');
    return { type: 'pod', namespace, address, name: textOf(get('name')) ?? textOf(get('name_aggr')), labels: labelsOf(isObject(labels) ? labels.labels : labels ?? undefined) };
  }
  if (address !== undefined) return { type: 'address', address };
  return type === 'net' || type === 'ns' ? 'aggregated' : undefined;
}
