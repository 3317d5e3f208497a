import { faultsBy } from '../report/schemas';
import { call } from './called';

const CLUSTER = `apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: nginx}]}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: postgres, ports: [{containerPort: 5432}]}]}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Ingress, Egress]
  ingress:
  - from: [{podSelector: {matchLabels: {app: web}}}]
    ports: [{port: 5432}]
  egress:
  - to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]
    ports: [{port: 443}]
`;
const WEB = 'shop/web[Deployment]';
const DB = 'shop/db[StatefulSet]';
const reach = (...options: string[]) => call(['reach', '-', ...options], { stdin: CLUSTER });

describe('reach', () => {
  test('lists connections, one a line, and merges addresses', () => {
    expect(reach()).toEqual({
      status: 0,
      stderr: '',
      stdout: `0.0.0.0-255.255.255.255 => ${WEB} : all
node => its own pods : all
${DB} => 0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255 : TCP 443
${WEB} => 0.0.0.0-255.255.255.255 : all
${WEB} => ${DB} : TCP 5432
`,
    });
  });

  test('writes JSON by its schema, with disjoint ranges that cover the whole space', () => {
    const { stdout, status } = reach('--format', 'json');
    const answer = JSON.parse(stdout);
    expect(faultsBy('reach', answer)).toEqual([]);
    expect(status).toBe(0);
    expect(answer.peers).toEqual([
      { id: '0.0.0.0-9.255.255.255', kind: 'ip' }, { id: '10.0.0.0-10.255.255.255', kind: 'ip' }, { id: '11.0.0.0-255.255.255.255', kind: 'ip' },
      { id: 'node', kind: 'node' }, { id: DB, kind: 'workload' }, { id: WEB, kind: 'workload' },
    ]);
    expect(answer.connections).toContainEqual({
      from: WEB, to: DB, verdict: 'allowed', all: false, allowed: [{ protocol: 'TCP', port: 5432, endPort: 5432 }],
    });
    expect(answer.connections).toContainEqual({ from: 'node', to: DB, verdict: 'allowed', all: true, allowed: [] });
  });

  test('puts workloads together that are the same to all others', () => {
    const copies = ['a', 'b', 'c'].map(name => CLUSTER.split('---\n')[1].replace('name: web', `name: ${name}`));
    const { stdout } = call(['reach', '-', '--grouped', '--format', 'json'], { stdin: [CLUSTER, ...copies].join('---\n') });
    const answer = JSON.parse(stdout);
    expect(faultsBy('reach', answer)).toEqual([]);
    expect(answer.groups).toContainEqual({ id: 'shop/a[Deployment] +3', members: ['a', 'b', 'c', 'web'].map(name => `shop/${name}[Deployment]`) });
    expect(answer.connections).toContainEqual(expect.objectContaining({ from: 'shop/a[Deployment] +3', to: DB }));
    expect(answer.connections).toContainEqual(expect.objectContaining({ from: 'shop/a[Deployment] +3', to: 'shop/a[Deployment] +3', all: true }));
  });

  test.each([
    [['--from', 'shop/web', '--to', 'shop/'], [`${WEB} => ${DB} : TCP 5432`]],
    [['--from', 'shop/app=db'], [`${DB} => 0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255 : TCP 443`]],
    [['--from', 'shop/db', '--to', '10.0.0.0/8'], []],
    [['--from', 'shop/db', '--to', '8.8.8.8'], [`${DB} => 8.8.8.8-8.8.8.8 : TCP 443`]],
    [['--from', 'node', '--to', 'shop/db'], [`node => ${DB} : all`]],
    [['--to', 'elsewhere/'], []],
  ])('answers %j', (options, expected) => {
    expect(reach(...options).stdout.split('\n').filter(Boolean)).toEqual(expected);
  });

  test('writes CSV that no spreadsheet takes for a formula', () => {
    expect(reach('--format', 'csv', '--to', 'shop/db').stdout).toBe([
      'from,to,verdict,protocol,port,endPort,reason', `node,${DB},allowed,all,,,`, `${WEB},${DB},allowed,TCP,5432,5432,`, '',
    ].join('\r\n'));
  });

  test('explains by policy, rule and line, and says what would allow it', () => {
    expect(reach('--explain', '--from', 'shop/web', '--to', 'shop/db').stdout).toBe(`${WEB} => ${DB} : TCP 5432
  out of ${WEB}: no policy isolates it, so everything is let through
  into ${DB}: TCP 5432
    NetworkPolicy shop/db (standard input:15) isolates it
      spec.ingress[0] (standard input:22) lets through TCP 5432
`);
    expect(reach('--explain', '--from', 'shop/db', '--to', 'shop/web').stdout).toBe(`${DB} => ${WEB} : denied
  out of ${DB}: denied
    NetworkPolicy shop/db (standard input:15) isolates it, and none of its rules is about this
  into ${WEB}: no policy isolates it, so everything is let through
  to allow it, add to spec.egress of NetworkPolicy shop/db (standard input:15):
    - to:
        - podSelector:
            matchLabels:
              app: web
`);
    const json = JSON.parse(reach('--explain', '--from', '1.2.3.4', '--to', 'shop/db', '--format', 'json').stdout);
    expect(faultsBy('explain', json)).toEqual([]);
    expect(json.explanations[0].changes[0].rule).toEqual({ from: [{ ipBlock: { cidr: '1.2.3.4/32' } }], ports: [{ protocol: 'TCP', port: 5432 }] });
  });

  test('finds the ways over others, the shortest first, and the shortest to everybody', () => {
    const inbound = ['a', 'b', 'c'].map(name => CLUSTER.split('---\n')[1].replace('name: web', `name: ${name}`).replace('app: web', `app: ${name}`));
    const open = (to: string, from: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${to}, namespace: shop}
spec: {podSelector: {matchLabels: {app: ${to}}}, ingress: [{from: [{podSelector: {matchLabels: {app: ${from}}}}], ports: [{port: 80}]}]}
`;
    const stdin = [...inbound, open('a', 'none'), open('b', 'a'), open('c', 'b')].join('---\n');
    expect(call(['reach', '-', '--paths', '3', '--from', 'shop/a', '--to', 'shop/c'], { stdin })).toEqual({
      status: 0, stderr: '', stdout: 'shop/a[Deployment]\n  => shop/b[Deployment] : TCP 80\n  => shop/c[Deployment] : TCP 80\n1 way\n',
    });
    expect(call(['reach', '-', '--paths', '1', '--from', 'shop/a', '--to', 'shop/c'], { stdin }).stdout).toBe('0 ways\n');
    const json = JSON.parse(call(['reach', '-', '--paths', '3', '--from', 'shop/a', '--format', 'json'], { stdin }).stdout);
    expect(faultsBy('paths', json)).toEqual([]);
    expect(json.paths.map(({ peers }: { peers: string[] }) => peers.length)).toEqual([2, 3]);
    expect(call(['reach', '-', '--paths', '0', '--from', 'shop/a'], { stdin }).stderr).toContain("--paths '0': 0 is no number of connections [hops-invalid]");
  });

  test.each([
    [['reach', '-', '--paths', '2'], '--paths needs --from'],
    [['reach'], 'there is nothing to look at'],
    [['reach', '-', '--from', 'web'], "'web' names no peer [peer-unknown]"],
    [['reach', '-', '--explain', '--from', 'shop/web'], '--explain needs --to'],
    [['reach', '-', '--explain', '--from', 'shop/wep', '--to', 'shop/db'], "Did you mean 'shop/web'?"],
    [['diff', '-'], '1 inputs are named'],
  ])('refuses %j in one line', (args, message) => {
    const { status, stdout, stderr } = call(args, { stdin: CLUSTER });
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2]);
    expect(stderr).toContain(message);
  });

  test('tells what it could not understand, answers the rest, and ends with 2', () => {
    const { status, stdout, stderr } = call(['reach', '-'], { stdin: CLUSTER.replace('10.0.0.0/8', '10.0.0.0/88') });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^standard input:25: NetworkPolicy shop\/db · spec\.egress\[0\]\.to\[0\]\.ipBlock\.except\[0\]: "10\.0\.0\.0\/88" is no CIDR/);
    expect(stdout).toContain(`${WEB} => ${DB} : TCP 5432\n`);
    expect(stdout).toContain('(depends: a policy that counts here could not be read whole (see problems))');
  });
});
