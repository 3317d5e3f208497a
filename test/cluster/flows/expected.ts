import type { Edit } from './torture';

/** One connection that the lab tries, and what it is to come to. */
export interface Row {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly family?: 'ipv6';
  readonly expect: 'open' | 'timeout';
}

/** Where somebody listens in the cluster. */
const LISTENS: { readonly [pod: string]: readonly string[] } = {
  'shop/web': ['8080', '9102'],
  'shop/api': ['5000u', '5001u', '9000'],
  'shop/lonely': ['8080'],
  // One replica to another, since each reaches itself.
  'data/db-0': ['5432', '7000', '9187'],
  'data/db-1': ['5432', '7000', '9187'],
  'data/wide': ['7999', '8000', '8005', '8010', '8011'],
  'data/hook': ['8443', '8081'],
  'agents/agent': ['8080', '8081'],
  'edge/controller': ['8080', '8443'],
  'monitoring/prometheus': ['9090'],
  'monitoring/grafana': ['8080'],
  'guests/guest': ['8080'],
  'guests/stranger': ['8080', '8443'],
  'kube-system/coredns': ['53', '53u'],
};
const CLOSED = Object.keys(LISTENS).filter(pod => ['shop/', 'data/', 'agents/'].some(closed => pod.startsWith(closed)));

/** Who connects from outside, to whatever is closed. */
const OUTSIDE = ['203.0.113.10', '203.0.113.200', '198.51.100.7', '192.0.2.4', '192.0.2.5', '2001:db8:100::7', '2001:db8:200::7'];
/** Where the closed ones connect to outside. */
const TARGETS = [
  '93.184.216.34:443', '93.184.216.34:80', '10.9.9.9:443', '169.254.169.254:443', '192.0.2.9:443', '192.0.2.4:6443', '192.0.2.4:443', '192.0.2.5:6443', '10.66.0.1:443',
  '10.20.1.1:25', '10.20.30.1:25', '10.66.7.7:8080', '192.0.2.9:8080', '169.254.170.23:80', '169.254.170.23:443',
  '169.254.20.10:53', '169.254.20.10:53u', '10.66.0.10:53u', '10.66.0.11:53u',
  '[2600::1]:443', '[fd00::9]:443', '[64:ff9b::808:808]:443', '[fd00:ec2::23]:80', '[2600::1]:80',
];

/** What is declared to be open, told from the story of the torture alone. */
function open(edit: Edit): Set<string> {
  const from = (source: string, ...targets: string[]) => both(source).flatMap(one => targets.flatMap(both).map(target => `${one} > ${target}`));
  return new Set([
    ...CLOSED.flatMap(pod => from(pod, 'kube-system/coredns:53', 'kube-system/coredns:53u', '169.254.20.10:53', '169.254.20.10:53u', '10.66.0.10:53u')),
    ...from('shop/web', 'shop/api:9000', 'shop/api:5000u', '93.184.216.34:443', '[2600::1]:443', 'edge/controller:8443'),
    ...from('shop/api', 'data/db:5432', 'data/wide:8000', 'data/wide:8005', ...edit === 'narrow' ? [] : ['data/wide:8010'], '10.20.1.1:25'),
    ...from('shop/lonely', '10.66.0.1:443', '192.0.2.4:6443'),
    ...from('data/db', 'data/db:7000', '10.66.0.1:443', '192.0.2.4:6443'),
    ...from('data/wide', 'edge/controller:8080', 'monitoring/grafana:8080', 'guests/guest:8080', 'guests/stranger:8080', '10.66.7.7:8080', '192.0.2.9:8080'),
    ...from('data/hook', '169.254.170.23:80', '[fd00:ec2::23]:80'),
    // Every pod, node and Service of the cluster that lets it in, and nothing outside.
    ...Object.entries(LISTENS).filter(([pod]) => !CLOSED.includes(pod)).flatMap(([pod, ports]) => ports.flatMap(port => from('agents/agent', `${pod}:${port}`))),
    ...from('agents/agent', 'shop/api:5001u', ...TARGETS.filter(target => /^(10\.66|192\.0\.2)\./.test(target))),
    ...from('192.0.2.4', 'agents/agent:8081'),
    ...from('edge/controller', 'shop/web:8080'),
    ...from('monitoring/prometheus', 'agents/agent:8080', 'shop/web:9102', 'data/db:9187'),
    ...from('monitoring/grafana', 'data/wide:7999'),
    ...from('guests/guest', 'data/wide:8011', 'data/hook:8081'),
    ...from('guests/stranger', 'data/hook:8081'),
    ...from('kube-system/coredns'),
    ...from('192.0.2.4', 'data/hook:8443'),
    ...['198.51.100.7', '2001:db8:100::7'].flatMap(balancer => from(balancer, 'shop/api:9000')),
    ...edit === 'narrow' ? [] : from('203.0.113.10', 'data/db:5432'),
    ...edit === 'widen' ? from('shop/web', 'data/db:5432') : [],
    // From anyone to this port; of those in the closed namespaces nobody may send it.
    ...[...Object.keys(LISTENS).filter(pod => !CLOSED.includes(pod)), ...OUTSIDE].flatMap(source => from(source, 'shop/api:5001u')),
  ]);
}

/** Every connection from or to a closed workload, and a sample of those that are nobody's business here. */
export function expected(edit: Edit): Row[] {
  const declared = open(edit);
  const rows: Row[] = [];
  const add = (from: string, to: string, port: string, family?: 'ipv6') => {
    const isOpen = declared.has(`${from} > ${to}:${port}`) || (!CLOSED.includes(from) && !CLOSED.includes(to));
    const bare = to.replace(/^\[(.*)\]$/, '$1');
    rows.push({
      from: end(from), to: end(bare), port: parseInt(port, 10), protocol: port.endsWith('u') ? 'udp' : 'tcp', ...(family && { family }), expect: isOpen ? 'open' : 'timeout',
    });
  };
  for (const [to, ports] of Object.entries(LISTENS)) {
    for (const port of ports) {
      for (const from of Object.keys(LISTENS)) {
        if (from === to) continue;
        add(from, to, port);
        add(from, to, port, 'ipv6');
      }
      if (CLOSED.includes(to)) for (const from of OUTSIDE) add(from, to, port, from.includes(':') ? 'ipv6' : undefined);
    }
  }
  for (const from of CLOSED) {
    for (const target of TARGETS) {
      const [, address, port] = /^(.*):(\d+u?)$/.exec(target)!;
      add(from, address, port);
    }
  }
  return rows;
}

function end(who: string): string {
  return who.includes('/') ? who.replace('kube-system/coredns', 'kube-system/k8s-app=kube-dns') : `external:${who}`;
}

/** The database stands for two of its replicas. */
function both(who: string): string[] {
  return who.startsWith('data/db') && !who.startsWith('data/db-') ? ['db-0', 'db-1'].map(name => who.replace('db', name)) : [who];
}
