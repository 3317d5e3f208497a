import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { apply, removeApplied } from './kubectl';
import { agreementOn } from './sets/agreement';
import { Port } from './sets/cells';

/** What an example opens, told from its README alone: `who > whom:port`. */
interface Story {
  readonly example: string;
  readonly namespace: string;
  /** Everybody who runs beside it; the image does not matter, since the lab listens on the ports. */
  readonly neighbours: { readonly [pod: string]: { readonly labels: { [label: string]: string }; readonly port: number } };
  readonly open: readonly string[];
}

const PROMETHEUS = { labels: { 'app.kubernetes.io/name': 'prometheus' }, port: 9090 };
const STRANGERS = { 'default/stranger': { labels: {}, port: 8080 }, 'monitoring/prometheus': PROMETHEUS, 'monitoring/grafana': { labels: {}, port: 3000 } };

const STORIES: readonly Story[] = [
  {
    example: '01-production-namespace',
    namespace: 'production',
    neighbours: { ...STRANGERS, 'kube-system/traefik': { labels: { 'app.kubernetes.io/name': 'traefik' }, port: 8000 }, 'production/neighbour': { labels: {}, port: 8080 } },
    open: [
      'kube-system/traefik > web-console:80', 'kube-system/traefik > nosqlclient:3000', 'nosqlclient > mongodb:27017',
      'monitoring/prometheus > web-console:80', 'monitoring/prometheus > nosqlclient:3000', 'monitoring/prometheus > mongodb:27017',
    ],
  },
  {
    example: '02-microservices',
    namespace: 'shop',
    neighbours: {
      ...STRANGERS,
      'ingress-nginx/controller': { labels: { 'app.kubernetes.io/component': 'controller' }, port: 8000 },
      'ingress-nginx/other': { labels: {}, port: 8080 },
      'shop/neighbour': { labels: {}, port: 8080 },
    },
    open: [
      'ingress-nginx/controller > frontend:8080', 'loadgenerator > frontend:8080', 'frontend > adservice:9555', 'frontend > checkoutservice:5050',
      'frontend > recommendationservice:8080', 'cartservice > redis-cart:6379', 'checkoutservice > emailservice:8080', 'checkoutservice > paymentservice:50051',
      'recommendationservice > productcatalogservice:3550',
      ...['frontend', 'checkoutservice'].flatMap(who => ['cartservice:7070', 'currencyservice:7000', 'productcatalogservice:3550', 'shippingservice:50051']
        .map(whom => `${who} > ${whom}`)),
    ],
  },
];

/** Where nobody here may go: a host on the internet, and the address from which clouds give away credentials. */
const OUTSIDE = [['203.0.113.10', 443], ['169.254.169.254', 80]] as const;
/** What is asked of `reach` and the lab besides: a port where nobody listens, and the same addresses. */
const SILENT: Port = { port: 4444, protocol: 'TCP' };
const QUESTION = {
  ports: [SILENT, { ...SILENT, protocol: 'UDP' as const }],
  portsOfSix: [SILENT],
  outside: [OUTSIDE[0][0]],
  beyond: [OUTSIDE[1][0]],
  portsOutside: [...OUTSIDE.map(([, port]): Port => ({ port, protocol: 'TCP' })), { port: 53, protocol: 'UDP' as const }],
};
const DNS = 'kube-system/k8s-app=kube-dns';

describe.each(STORIES)('the example $example', ({ example, namespace, neighbours, open }) => {
  const folder = mkdtempSync(join(tmpdir(), 'flows-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
    removeApplied();
  }, 120_000);

  test('opens what its README says, nothing else, and all that reach computes', async () => {
    const manifests = parseAllDocuments(readFileSync(join('examples', example, 'expected.yaml'), 'utf8')).map(document => document.toJS());
    const namespaces = [...new Set(Object.keys(neighbours).map(pod => pod.split('/')[0]))].filter(name => name !== namespace);
    const others = namespaces.map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
    const standIns = Object.entries(neighbours).map(([pod, { labels, port }]) => standIn(pod, labels, port));
    apply([...others, ...manifests.filter(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace)]);
    apply(manifests);
    apply(standIns);
    spawnSync(process.env.CLUSTER!, ['wait']);

    const own = new Map(manifests.filter(({ spec }) => spec?.template).map(({ metadata, spec }) => (
      [`${namespace}/${metadata.name}`, spec.template.spec.containers.flatMap(({ ports = [] }: any) => ports.map(({ containerPort }: any) => containerPort))]
    )));
    const listening = new Map([...own, ...Object.entries(neighbours).map(([pod, { port }]): [string, number[]] => [pod, [port]])]);
    const declared = new Set(open.map(flow => flow.split(' > ').map(end => end.includes('/') ? end : `${namespace}/${end}`).join(' > ')));
    const isClosed = (pod: string) => pod.startsWith(`${namespace}/`);
    const rows = [...listening.keys()].flatMap(from => [
      ...[...listening].filter(([to]) => to !== from && (isClosed(from) || isClosed(to)))
        .flatMap(([to, ports]) => ports.map((port: number) => ({ from, to, port, expect: declared.has(`${from} > ${to}:${port}`) ? 'open' : 'timeout' }))),
      ...isClosed(from) ? OUTSIDE.map(([address, port]) => ({ from, to: `external:${address}`, port, expect: 'timeout' })) : [],
      ...isClosed(from) ? ['tcp', 'udp'].map(protocol => ({ from, to: DNS, port: 53, protocol, expect: 'open' })) : [],
    ]);
    expect([...declared].filter(flow => !rows.some(({ from, to, port }) => flow === `${from} > ${to}:${port}`))).toEqual([]);

    const input = join(folder, 'matrix.json');
    writeFileSync(input, JSON.stringify(rows));
    const { stdout } = spawnSync(process.env.CLUSTER!, ['matrix', input, '--retry', '30'], { encoding: 'utf8', maxBuffer: 1e8 });
    const results = JSON.parse(stdout.slice(stdout.indexOf('['))) as (typeof rows[number] & { result: string })[];
    const count = (wanted: string) => results.filter(row => row.expect === wanted && row.result === wanted).length;
    console.log(`${example}: ${count('open')} connections open, ${count('timeout')} shut, of ${rows.length}`);
    expect(results).toHaveLength(rows.length);
    expect(results.filter(({ expect: wanted, result }) => result !== wanted)).toEqual([]);

    const { disagreements, summary } = await agreementOn([...others, ...manifests, ...standIns], QUESTION);
    console.log(`${example}, measured and computed: ${summary}`);
    expect(disagreements).toEqual([]);
  }, 300_000);
});

/** A pod that listens; as restricted as a closed namespace wants it. */
function standIn(pod: string, labels: { [label: string]: string }, containerPort: number): object {
  const [namespace, name] = pod.split('/');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { ...labels, app: name } },
    spec: {
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'main', image: 'x:1', ports: [{ containerPort }],
        resources: { requests: { cpu: '1m', memory: '1Mi' }, limits: { memory: '1Mi' } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      }],
    },
  };
}
