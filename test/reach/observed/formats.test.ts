import { Reader } from '../../../src/reach/observed/formats';
import { Read, Seen, SeenEnd } from '../../../src/reach/observed/seen';

/** What a file says, a record a line: `from -> to : TCP 80`, why one was left out, or `?`. */
function read(...lines: (string | object)[]): string[] {
  const reader = new Reader();
  return lines.flatMap(line => reader.line(typeof line === 'string' ? line : JSON.stringify(line))).map(shown);
}

function shown(record: Read): string {
  if (!record) return '?';
  if ('skipped' in record) return `left out: ${record.skipped}`;
  const { from, to, protocol, port, isDropped, count, first } = record as Seen;
  const when = first === undefined ? '' : ` at ${new Date(first).toISOString()}`;
  return `${end(from)} -> ${end(to)} : ${protocol} ${port}${isDropped ? ' dropped' : ''}${count > 1 ? ` x${count}` : ''}${when}`;
}

function end(its: SeenEnd): string {
  switch (its.type) {
    case 'node': return 'node';
    case 'address': return its.address;
    case 'service': return `svc ${its.namespace}/${its.name}`;
    case 'pod': return `${its.namespace}/${its.name ?? '?'}${its.workload ? `<${its.workload.name}` : ''}${Object.entries(its.labels ?? {}).map(pair => ` ${pair.join('=')}`).join('')}`;
  }
}

describe('Hubble', () => {
  const web = { namespace: 'shop', pod_name: 'web-1', labels: ['k8s:app=web', 'k8s:io.cilium.k8s.policy.cluster=default'], workloads: [{ name: 'web', kind: 'Deployment' }] };
  const db = { namespace: 'shop', pod_name: 'db-0', labels: ['k8s:app=db', 'k8s:io.kubernetes.pod.namespace=shop'] };
  const IP = { source: '10.0.0.1', destination: '10.0.0.2', ipVersion: 'IPv4' };
  const TCP = { source_port: 40000, destination_port: 5432 };
  const flow = (more: object = {}) => ({ time: '2024-05-01T10:00:00.123456789Z', verdict: 'FORWARDED', IP, l4: { TCP }, source: web, destination: db, is_reply: false, ...more });
  const ASKED = 'shop/web-1<web app=web -> shop/db-0 app=db : TCP 5432';

  test('flows are read bare and in an envelope', () => {
    expect(read(flow(), { flow: flow(), node_name: 'n', time: 'x' })).toEqual(Array(2).fill(`${ASKED} at 2024-05-01T10:00:00.123Z`));
  });

  test('an answer is its question, the other way round', () => {
    const back = { time: undefined, source: db, destination: web, IP: { source: '10.0.0.2', destination: '10.0.0.1' }, l4: { TCP: { source_port: 5432, destination_port: 40000 } } };
    expect(read(flow({ ...back, is_reply: true }), flow({ ...back, is_reply: null, reply: true }), flow({ ...back, is_reply: undefined, Type: 'L7', l7: { type: 'RESPONSE' } })))
      .toEqual(Array(3).fill(ASKED));
  });

  test('absent is not false: who asked is taken from the first packet, else from ports, else unknown', () => {
    const unknown = { time: undefined, is_reply: undefined };
    const answer = { ...unknown, source: db, destination: web, IP: { source: '10.0.0.2', destination: '10.0.0.1' } };
    expect(read(
      flow({ ...unknown, l4: { TCP: { ...TCP, flags: { SYN: true } } } }),
      flow({ ...answer, l4: { TCP: { source_port: 5432, destination_port: 40000, flags: { SYN: true, ACK: true } } } }),
      flow(unknown),
      flow({ ...answer, l4: { TCP: { source_port: 5432, destination_port: 40000 } } }),
    )).toEqual([ASKED, ASKED, ASKED, 'left out: that do not tell who asked and who answered']);
  });

  test('verdicts', () => {
    const with_ = (more: object) => flow({ time: undefined, ...more });
    expect(read(
      with_({ verdict: 'DROPPED', drop_reason_desc: 'POLICY_DENIED' }), with_({ verdict: 'DROPPED' }),
      with_({ verdict: 'DROPPED', drop_reason_desc: 'STALE_OR_UNROUTABLE_IP' }),
      with_({ verdict: 'AUDIT' }), with_({ verdict: 'REDIRECTED' }), with_({ verdict: 'TRACED' }), with_({ verdict: 'TRANSLATED' }), with_({ verdict: 'ERROR' }),
    )).toEqual([
      `${ASKED} dropped`, `${ASKED} dropped`, 'left out: dropped for other reasons than policies', ASKED, ASKED,
      ...Array(3).fill('left out: without a verdict'),
    ]);
  });

  test('who is no pod', () => {
    const from = (label: string) => flow({ time: undefined, source: { identity: 1, labels: [label] } });
    expect(read(...['world', 'remote-node', 'kube-apiserver', 'unmanaged'].map(name => from(`reserved:${name}`)))).toEqual(Array(4).fill('10.0.0.1 -> shop/db-0 app=db : TCP 5432'));
    expect(read(from('reserved:host'), from('reserved:health'))).toEqual(Array(2).fill('node -> shop/db-0 app=db : TCP 5432'));
  });

  test('protocols', () => {
    const over = (l4: object) => flow({ time: undefined, l4 });
    const UDP = { source_port: 1, destination_port: 53 };
    const all = [{ UDP }, { SCTP: TCP }, { ICMPv4: { type: 8 } }, { IGMP: {} }, { TCP: { destination_port: 99999 } }];
    expect(read(...all.map(over))).toEqual([
      ASKED.replace('TCP 5432', 'UDP 53'), ASKED.replace('TCP', 'SCTP'), ASKED.replace('TCP 5432', 'ICMP 0'), 'left out: of protocols that policies do not know', '?',
    ]);
  });

  test('what the agent tells between flows', () => {
    expect(read({ lost_events: { source: 'HUBBLE_RING_BUFFER', num_events_lost: 3 } }, { node_status: {} })).toEqual(Array(2).fill('left out: that tell of the tool itself'));
  });
});

describe('Calico', () => {
  const log = (more: object = {}) => ({
    start_time: 1659621542, end_time: 1659621842, source_ip: '10.48.116.157', source_name: 'tool', source_name_aggr: 'tool', source_namespace: 'shop', source_type: 'wep',
    source_labels: { labels: ['run=tool'] }, dest_ip: null, dest_name: '-', dest_name_aggr: 'cart-598d5b586d-*', dest_namespace: 'shop', dest_port: 5050, dest_type: 'wep',
    dest_labels: { labels: ['app=cart'] }, proto: 'tcp', action: 'allow', reporter: 'dst', num_flows: 3, ...more,
  });

  test('flow logs', () => {
    expect(read(log(), log({ action: 'deny', num_flows: 1 }))).toEqual([
      'shop/tool run=tool -> shop/cart-598d5b586d-* app=cart : TCP 5050 x3 at 2022-08-04T13:59:02.000Z',
      'shop/tool run=tool -> shop/cart-598d5b586d-* app=cart : TCP 5050 dropped at 2022-08-04T13:59:02.000Z',
    ]);
    const outside = { start_time: null, end_time: null, num_flows: 1, source_namespace: '-', source_labels: null };
    expect(read(
      log({ ...outside, source_type: 'net', source_ip: '35.32.82.134', source_name_aggr: 'pub' }), log({ ...outside, source_type: 'net', source_ip: null, source_name_aggr: 'pub' }),
      log({ ...outside, source_type: 'hep', source_name_aggr: 'node' }), log({ proto: 'vrrp' }), log({ dest_port: null }), log({ ...outside, dest_port: 0, proto: 1, source_type: 'hep' }),
    )).toEqual([
      '35.32.82.134 -> shop/cart-598d5b586d-* app=cart : TCP 5050', 'left out: of addresses that the log has put together',
      'node -> shop/cart-598d5b586d-* app=cart : TCP 5050', 'left out: of protocols that policies do not know', 'left out: without addresses or ports',
      'node -> shop/cart-598d5b586d-* app=cart : ICMP 0',
    ]);
  });
});

describe('Inspektor Gadget', () => {
  test('the monitor of advise networkpolicy, and of trace network', () => {
    const line = { type: 'normal', node: 'n', namespace: 'shop', pod: 'web', pktType: 'OUTGOING', proto: 'tcp', port: 80 };
    expect(read(
      { ...line, proto: 'udp', port: 53, remoteKind: 'svc', remoteAddr: '10.96.0.10', remoteNamespace: 'kube-system', remoteName: 'kube-dns', remoteLabels: { 'k8s-app': 'kube-dns' } },
      { ...line, pktType: 'HOST', podLabels: { app: 'web' }, remoteKind: 'pod', remoteNamespace: 'shop', remoteName: 'cron', remoteLabels: { app: 'cron' } },
      { ...line, remoteKind: 'other', remoteAddr: '1.2.3.4' },
      { ...line, podOwner: 'web', dst: { kind: 'pod', addr: '10.0.0.9', namespace: 'shop', podname: 'db-0', podlabels: { app: 'db' } } },
      { ...line, remoteKind: 'svc', remoteServiceNamespace: 'shop', remoteServiceName: 'db', remoteServiceLabelSelector: { app: 'db' } },
      { ...line, type: 'debug' }, { ...line, pktType: 'BROADCAST', remoteKind: 'other', remoteAddr: '1.2.3.4' },
    )).toEqual([
      'shop/web -> svc kube-system/kube-dns : UDP 53', 'shop/cron app=cron -> shop/web app=web : TCP 80', 'shop/web -> 1.2.3.4 : TCP 80',
      'shop/web<web -> shop/db-0 app=db : TCP 80', 'shop/web -> svc shop/db : TCP 80',
      'left out: that tell of the tool itself', 'left out: that were neither sent nor received',
    ]);
  });

  test('events of the gadgets in images, many in a line too', () => {
    const k8s = { namespace: 'shop', podName: 'web-1', podLabels: 'app=web,tier=front', owner: { kind: 'Deployment', name: 'web' } };
    const endpoint = { addr: '10.0.0.2', port: 5432, proto: 'TCP', version: 4, k8s: { kind: 'pod', name: 'db-0', namespace: 'shop', labels: 'app=db' } };
    const src = { addr: '10.0.0.1', port: 40000, k8s: { kind: 'pod', name: 'web-1', namespace: 'shop', labels: '' } };
    expect(read(JSON.stringify([{ k8s, endpoint, egress: 1 }, { k8s, endpoint, egress: 0 }]), { type: 'connect', src, dst: endpoint }, { type: 'accept', src: endpoint, dst: src }, { type: 'close', src, dst: endpoint })).toEqual([
      'shop/web-1<web app=web tier=front -> shop/db-0 app=db : TCP 5432', 'shop/db-0 app=db -> shop/web-1<web app=web tier=front : TCP 5432',
      'shop/web-1 -> shop/db-0 app=db : TCP 5432', 'shop/web-1 -> shop/db-0 app=db : TCP 5432', 'left out: that close connections',
    ]);
  });
});

describe('Istio', () => {
  const inbound = '[2021-08-09T08:01:04.049Z] "GET /reviews/0 HTTP/1.1" 429 - local_rate_limited - "-" 0 18 0 - "-" "Mozilla/5.0 (X11; \\"q\\") AppleWebKit" "id" "reviews:9080" "-" inbound|9080|| - 172.17.0.11:9080 172.17.0.16:41342 outbound_.9080_._.reviews.default.svc.cluster.local -';
  const outbound = '[2020-11-25T21:26:18.409Z] "GET /status/418 HTTP/1.1" 418 - via_upstream - "-" 0 135 4 4 "-" "curl/7.73.0-DEV" "id" "httpbin:8000" "127.0.0.1:80" inbound|80|| 127.0.0.1:41854 [fd00::2]:80 [fd00::1]:53502 outbound_.8000_._.httpbin.foo.svc.cluster.local default';

  test('text, of who is called and of who calls', () => {
    expect(read(inbound, outbound, outbound.replace('"127.0.0.1:80" inbound|80||', '"172.17.0.13:80" outbound|8000||httpbin.foo.svc.cluster.local'))).toEqual([
      '172.17.0.16 -> 172.17.0.11 : TCP 9080 at 2021-08-09T08:01:04.049Z', 'fd00::1 -> fd00::2 : TCP 80 at 2020-11-25T21:26:18.409Z', 'fd00::1 -> 172.17.0.13 : TCP 80 at 2020-11-25T21:26:18.409Z',
    ]);
  });

  test('JSON, and what led nowhere', () => {
    const record = { start_time: '2024-12-24T10:15:30.123Z', upstream_host: '10.1.2.3:9080', upstream_cluster: 'outbound|9080||reviews.default.svc.cluster.local', upstream_local_address: '10.1.2.4:1', downstream_local_address: '10.96.0.7:9080', downstream_remote_address: '10.1.2.4:12345', response_code: 200 };
    expect(read(record, { ...record, upstream_host: null }, { ...record, upstream_host: '-' }, { ...record, upstream_host: 'envoy' }))
      .toEqual(['10.1.2.4 -> 10.1.2.3 : TCP 9080 at 2024-12-24T10:15:30.123Z', 'left out: that led nowhere', 'left out: that led nowhere', '?']);
  });
});

describe('CSV', () => {
  test('columns in any order, quoted cells', () => {
    expect(read('\ufeffTo,"from",port,protocol,count,first,action', 'shop/db[StatefulSet],shop/web,5432,,12,2024-01-01T00:00:00Z,allow', '"1.2.3.4","shop/web","53","udp","1","","deny"', '10.0.0.1,node,0,icmp,,,')).toEqual([
      'shop/web<web -> shop/db<db : TCP 5432 x12 at 2024-01-01T00:00:00.000Z', 'shop/web<web -> 1.2.3.4 : UDP 53 dropped', 'node -> 10.0.0.1 : ICMP 0',
    ]);
  });

  test.each(['a/b,c/d', 'a/b,c/d,80,x', 'a/b,c/d,http', 'a/b,,80', '"a/b,c/d,80', 'web,a/b,80', 'a/b,c/d,0', 'a/b,c/d,65536'])('is refused: %s', line => {
    expect(read('from,to,port', line)).toEqual(['?']);
  });

  test('needs its columns, and no others', () => {
    expect(read('from,to,prot', 'a/b,c/d,80')).toEqual(['?', '?']);
    expect(read('from,to')).toEqual(['?']);
  });
});

describe('hostile lines', () => {
  test.each(['{', '{"flow":', '[1,null,"x",[]]', 'null', '\u0000', '{"__proto__":{"flow":{}}}', '{"flow":{"IP":[],"l4":5}}', '{"IP":{"source":{}},"verdict":{}}',
    '{"flow":{"verdict":"FORWARDED","IP":{"source":1,"destination":[]},"l4":{"TCP":{}},"source":7,"destination":{"labels":"x","workloads":5}}}',
    '{"source_name_aggr":{},"dest_name_aggr":[]}', '{"pktType":{}}', '{"k8s":{},"endpoint":{}}', '{"src":{"addr":"","port":{}},"dst":{"addr":"x","port":-1}}', '[2020] "'.repeat(3000)])('nothing is made of %p', line => {
    for (const record of read(line)) expect(record).toMatch(/^(?:\?|left out: .*)$/);
  });

  test('keys of prototypes are labels as any others', () => {
    const [record] = new Reader().line('{"pktType":"OUTGOING","namespace":"constructor","pod":"__proto__","proto":"tcp","port":1,"podLabels":{"__proto__":"x","constructor":"y"},"remoteKind":"other","remoteAddr":"1.1.1.1"}');
    const { from } = record as Seen;
    expect(from.type === 'pod' && Object.entries(from.labels!)).toEqual([['__proto__', 'x'], ['constructor', 'y']]);
  });
});
