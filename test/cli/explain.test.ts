import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsBy } from '../report/schemas';
import { call } from './called';

const pod = (app: string) => `---
apiVersion: v1
kind: Pod
metadata: {name: ${app}, namespace: shop, labels: {app: ${app}}}
spec: {containers: [{name: c, image: i, ports: [{containerPort: 5432}]}]}
`;
const POLICY = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Ingress]
  ingress:
  - from: [{podSelector: {matchLabels: {app: web}}}]
    ports: [{port: 5432}]
  - from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]
`;
const SHOP = [pod('web'), pod('api'), pod('db'), POLICY].join('');

describe('explain', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'explain-')); });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('names the construct of a policy, where a record beside the manifests says it, and the smallest change', () => {
    const file = join(folder, 'shop.yaml');
    writeFileSync(file, SHOP);
    const record = { chart: 'shop', apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace: 'shop', name: 'db', construct: 'app/shop/db/Policy' };
    writeFileSync(join(folder, 'construct-paths.jsonl'), `{"constructPaths":1}\n${JSON.stringify(record)}\n`);
    expect(call(['explain', 'shop/api', 'shop/db', file])).toEqual({
      status: 0,
      stderr: '',
      stdout: `shop/api[Pod] => shop/db[Pod] : denied
  out of shop/api[Pod]: no policy isolates it, so everything is let through
  into shop/db[Pod]: denied
    NetworkPolicy shop/db (${file}:17, app/shop/db/Policy) isolates it, and none of its rules is about this
  to allow it, add to spec.ingress of NetworkPolicy shop/db (${file}:17, app/shop/db/Policy):
    - from:
        - podSelector:
            matchLabels:
              app: api
      ports:
        - protocol: TCP
          port: 5432
`,
    });
    const json = JSON.parse(call(['explain', 'shop/web', 'shop/db', file, '--format', 'json']).stdout);
    expect(faultsBy('explain', json)).toEqual([]);
    expect(json.explanations[0].ingress.policies[0]).toEqual({
      namespace: 'shop', policy: 'db', source: { file, line: 17, construct: 'app/shop/db/Policy' },
      rules: [{ field: 'spec.ingress[0]', line: 24, lets: [{ verdict: 'allowed', all: false, allowed: [{ protocol: 'TCP', port: 5432, endPort: 5432 }] }] }],
    });
  });

  test('says the same as reach --explain', () => {
    const lines = call(['explain', 'shop/web', 'shop/db', '-'], { stdin: SHOP }).stdout;
    expect(lines).toBe(call(['reach', '-', '--explain', '--from', 'shop/web', '--to', 'shop/db'], { stdin: SHOP }).stdout);
  });

  test('takes a range apart where something else holds of a part, and knows the node', () => {
    const first = (from: string) => call(['explain', from, 'shop/db', '-'], { stdin: SHOP }).stdout.split('\n').filter(line => line.includes('=>'));
    expect(first('10.0.0.0/8')).toEqual([
      '10.0.0.0-10.0.255.255 => shop/db[Pod] : all', '10.1.0.0-10.1.255.255 => shop/db[Pod] : denied', '10.2.0.0-10.255.255.255 => shop/db[Pod] : all',
    ]);
    expect(call(['explain', 'node', 'shop/db', '-'], { stdin: SHOP }).stdout).toContain('  into shop/db[Pod]: the node that a pod runs on always reaches it, whatever policies say\n');
  });

  test.each([
    [['shop/web', 'shop/db'], '2 arguments are named'],
    [['shop/wep', 'shop/db', '-'], "cdk8s-hardened explain FROM: 'shop/wep' names no workload of the input and no address [peer-absent]. Did you mean 'shop/web'?"],
    [['8.8.8.8', '9.9.9.9', '-'], "policies say nothing of '8.8.8.8' and '9.9.9.9'"],
    [['shop/web', 'shop/db', '-', '--constructs', '/nowhere'], "--constructs '/nowhere'"],
  ])('refuses %j in one line', (args, message) => {
    const { status, stdout, stderr } = call(['explain', ...args], { stdin: SHOP });
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2]);
    expect(stderr).toContain(message);
  });
});
