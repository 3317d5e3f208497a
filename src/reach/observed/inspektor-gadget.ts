import { isObject, Json, JsonObject } from '../../kube/json';
import { Labels } from '../../kube/selectors';
import { Format, labelsOf, portOf, protocolOf, Read, SeenEnd, textOf, timeOf } from './seen';

/** What Inspektor Gadget saw: `advise networkpolicy monitor`, `trace network`, and the events of its gadgets in images. */
export const inspektorGadget: Format = {
  name: 'Inspektor Gadget',
  has: record => 'pktType' in record || (isObject(record.k8s) && isObject(record.endpoint)) || (isEndpoint(record.src) && isEndpoint(record.dst)),
  read(record) {
    if ('pktType' in record) return packet(record);
    return isObject(record.endpoint) ? advised(record, record.endpoint) : traced(record);
  },
};

/** A line of `advise networkpolicy monitor` and of `trace network`: a pod, which way, and the other end. */
function packet(record: JsonObject): Read {
  if (record.type !== undefined && record.type !== 'normal') return { skipped: 'that tell of the tool itself' };
  const { namespace, pod, podLabels, podOwner, podIP, pktType } = record;
  const own = podEnd({ namespace, name: pod, labels: podLabels, owner: podOwner, address: podIP });
  const { dst } = record;
  const other = isObject(dst)
    ? remote({ kind: dst.kind, address: dst.addr, namespace: dst.namespace, name: dst.podname ?? dst.name, labels: dst.podlabels ?? dst.podLabels })
    : remote({
      kind: record.remoteKind,
      address: record.remoteAddr ?? record.ip ?? record.remoteOther,
      namespace: record.remoteNamespace ?? record.remotePodNamespace ?? record.remoteServiceNamespace,
      name: record.remoteName ?? record.remotePodName ?? record.remoteServiceName,
      labels: record.remoteLabels ?? record.remotePodLabels ?? record.remoteServiceLabelSelector,
    });
  if (pktType !== 'OUTGOING' && pktType !== 'HOST') return { skipped: 'that were neither sent nor received' };
  return seen(pktType === 'OUTGOING', own, other, record.proto, record.port, record.timestamp);
}

/** An event of the gadget `advise_networkpolicy`: a pod, which way, and the other end. */
function advised({ k8s, egress, timestamp, timestamp_raw: raw }: JsonObject, endpoint: JsonObject): Read {
  if (!isObject(k8s)) return undefined;
  if (k8s.hostnetwork === true || k8s.hostNetwork === true) return { skipped: 'of pods in the network of their node' };
  const { namespace, podName: name, podLabels: labels, podIP: address, owner: above } = k8s;
  const own = podEnd({ namespace, name, labels, address, owner: isObject(above) ? above.name : undefined });
  return seen(egress === 1 || egress === true, own, endpointEnd(endpoint), endpoint.proto, endpoint.port, timestamp ?? raw);
}

/** An event of `trace_tcp` and its kin: who connected to whom. */
function traced(record: JsonObject): Read {
  const [src, dst] = [record.src as JsonObject, record.dst as JsonObject];
  if (record.type !== undefined && record.type !== 'connect' && record.type !== 'accept') return { skipped: 'that close connections' };
  if (typeof record.error_raw === 'number' && record.error_raw !== 0) return { skipped: 'that failed' };
  // To who accepts, the source is itself.
  const isOut = record.type !== 'accept';
  const [from, to] = isOut ? [src, dst] : [dst, src];
  return seen(true, endpointEnd(from), endpointEnd(to), to.proto ?? to.proto_raw ?? 'TCP', to.port, record.timestamp ?? record.timestamp_raw);
}

type Field = Json | undefined;

function seen(isOut: boolean, own: SeenEnd | undefined, other: SeenEnd | undefined, proto: Field, asked: Field, time: Field): Read {
  const protocol = protocolOf(proto);
  if (!protocol) return { skipped: 'of protocols that policies do not know' };
  const port = protocol === 'ICMP' ? 0 : portOf(asked);
  if (!own || !other || port === undefined) return undefined;
  const [first, last] = [timeOf(time), timeOf(time)];
  return { from: isOut ? own : other, to: isOut ? other : own, protocol, port, first, last, isDropped: false, count: 1 };
}

function isEndpoint(value: Json | undefined): boolean {
  return isObject(value) && typeof value.addr === 'string' && 'port' in value;
}

function endpointEnd({ addr, k8s }: JsonObject): SeenEnd | undefined {
  return isObject(k8s) ? remote({ kind: k8s.kind, address: addr, namespace: k8s.namespace, name: k8s.name, labels: k8s.labels })
    : remote({ kind: 'raw', address: addr, namespace: undefined, name: undefined, labels: undefined });
}

interface Remote {
  readonly kind: Field;
  readonly address: Field;
  readonly namespace: Field;
  readonly name: Field;
  readonly labels: Field;
}

function remote({ kind, address, namespace, name, labels }: Remote): SeenEnd | undefined {
  const [space, its, ip] = [textOf(namespace), textOf(name), textOf(address)];
  if (kind === 'svc' && space !== undefined && its !== undefined) return { type: 'service', namespace: space, name: its, labels: some(labelsOf(labels)), address: ip };
  if (kind === 'pod' && space !== undefined) return { type: 'pod', namespace: space, name: its, labels: some(labelsOf(labels)), address: ip };
  return ip === undefined ? undefined : { type: 'address', address: ip };
}

function podEnd({ namespace, name, labels, owner, address }: Omit<Remote, 'kind'> & { readonly owner: Json | undefined }): SeenEnd | undefined {
  const [space, its, above] = [textOf(namespace), textOf(name), textOf(owner)];
  if (space === undefined) return undefined;
  return { type: 'pod', namespace: space, name: its, labels: some(labelsOf(labels)), address: textOf(address), ...above !== undefined && { workload: { name: above } } };
}

/** No labels are none that the tool knows of. */
function some(labels: Labels | undefined): Labels | undefined {
  return labels && Object.keys(labels).length ? labels : undefined;
}
