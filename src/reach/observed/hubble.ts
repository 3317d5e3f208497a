import { isObject, Json, JsonObject } from '../../kube/json';
import { labelsOf, Format, portOf, SeenEnd, textOf, timeOf } from './seen';

const PROTOCOLS = ['TCP', 'UDP', 'SCTP', 'ICMPv4', 'ICMPv6'];
/** The reasons of drops that are about policies; others (no route, bad packets) say nothing of them. */
const BY_POLICY = ['POLICY_DENIED', 'POLICY_DENY', 'AUTH_REQUIRED', undefined];
/** Of these the packet went on; AUDIT would not have without its mode. */
const PASSED = ['FORWARDED', 'REDIRECTED', 'AUDIT'];
/** The first port that Linux gives to clients. */
const FIRST_EPHEMERAL = 32768;

/** Flows of Cilium, as `hubble observe -o json` and its exporter write them: bare, or in `flow`. By api/v1/flow/flow.proto. */
export const hubble: Format = {
  name: 'Hubble',
  has: record => isObject(record.flow) || (isObject(record.IP) && 'verdict' in record),
  read(record) {
    const flow = isObject(record.flow) ? record.flow : record;
    const { verdict, IP: ip, l4, source, destination, drop_reason_desc: reason } = flow;
    if (!isObject(ip) || !isObject(l4)) return { skipped: 'without addresses or ports' };
    if (verdict === 'DROPPED' && !BY_POLICY.includes(reason as string | undefined)) return { skipped: 'dropped for other reasons than policies' };
    // Traced and translated ones still name the Service, and are followed by what comes of it.
    if (verdict !== 'DROPPED' && !PASSED.includes(verdict as string)) return { skipped: 'without a verdict' };
    const name = PROTOCOLS.find(key => isObject(l4[key]));
    if (name === undefined) return { skipped: 'of protocols that policies do not know' };
    const ports = l4[name] as JsonObject;
    const direction = directionOf(flow, ports);
    if (direction === 'unknown') return { skipped: 'that do not tell who asked and who answered' };
    const isReply = direction === 'reply';
    const ends = [endOf(source, ip.source), endOf(destination, ip.destination)];
    const port = name.startsWith('ICMP') ? 0 : portOf(isReply ? ports.source_port : ports.destination_port);
    const [from, to] = isReply ? ends.reverse() : ends;
    if (!from || !to || port === undefined) return undefined;
    const time = timeOf(flow.time ?? record.time);
    return {
      from, to, protocol: name.startsWith('ICMP') ? 'ICMP' : name as 'TCP', port, first: time, last: time, isDropped: verdict === 'DROPPED', count: 1,
    };
  },
};

/** Absent is not false: then nobody knows, but for the first packet of TCP and for what comes from a lower port to one of clients. */
function directionOf({ is_reply: isReply = null, reply, l7, verdict }: JsonObject, { flags, source_port: source, destination_port: target }: JsonObject): 'asked' | 'reply' | 'unknown' {
  if (isReply !== null) return isReply === true ? 'reply' : 'asked';
  if (reply === true || (isObject(l7) && l7.type === 'RESPONSE')) return 'reply';
  if (isObject(flags) && flags.SYN === true) return flags.ACK === true ? 'reply' : 'asked';
  const isBack = Number(target) >= FIRST_EPHEMERAL && Number(source) < FIRST_EPHEMERAL;
  return isBack && verdict !== 'DROPPED' ? 'unknown' : 'asked';
}

function endOf(value: Json | undefined, address: Json | undefined): SeenEnd | undefined {
  const ip = textOf(address);
  const endpoint = isObject(value) ? value : {};
  const texts = Array.isArray(endpoint.labels) ? endpoint.labels.filter(text => typeof text === 'string') : [];
  const reserved = texts.find(text => text.startsWith('reserved:'))?.slice('reserved:'.length);
  // The node itself, and its probes of health; other nodes have an address as anybody else.
  if (reserved === 'host' || reserved === 'health') return { type: 'node' };
  const namespace = textOf(endpoint.namespace);
  if (namespace === undefined) return ip === undefined ? undefined : { type: 'address', address: ip };
  const [workload] = Array.isArray(endpoint.workloads) ? endpoint.workloads.filter(isObject) : [];
  const labels = texts.filter(text => text.startsWith('k8s:') && !text.startsWith('k8s:io.cilium.k8s.') && !text.startsWith('k8s:io.kubernetes.pod.namespace'));
  return {
    type: 'pod', namespace, name: textOf(endpoint.pod_name), address: ip,
    ...typeof workload?.name === 'string' && { workload: { name: workload.name, kind: textOf(workload.kind) } },
    labels: labelsOf(labels.map(text => text.slice('k8s:'.length))),
  };
}
