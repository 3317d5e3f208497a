import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { faultsBy } from '../report/schemas';
import { call } from './called';

const pod = (app: string) => `---
apiVersion: v1
kind: Pod
metadata: {name: ${app}, namespace: shop, labels: {app: ${app}}}
spec: {containers: [{name: c, image: i}]}
`;
const policy = (ingress: string) => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: ${ingress}}
`;
const from = (app: string, port: number) => `{from: [{podSelector: {matchLabels: {app: ${app}}}}], ports: [{port: ${port}}]}`;

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'diff-')); });
afterEach(() => rmSync(folder, { recursive: true }));

function diff(old: string, its: string, ...options: string[]) {
  const files = [['old.yaml', old], ['new.yaml', its]].map(([name, ingress]) => {
    writeFileSync(join(folder, name), [pod('web'), pod('api'), pod('db'), policy(ingress)].join(''));
    return join(folder, name);
  });
  return call(['diff', ...files, ...options]);
}

describe('diff', () => {
  test.each([
    ['the same', `[${from('web', 1)}]`, `[${from('web', 1)}]`, 0, '0 added, 0 removed, 0 changed\n'],
    ['more', '[]', `[${from('web', 1)}]`, 1, '+ shop/web[Pod] => shop/db[Pod] : TCP 1\n1 added, 0 removed, 0 changed\n'],
    ['less', `[${from('web', 1)}]`, '[]', 0, '- shop/web[Pod] => shop/db[Pod] : TCP 1\n0 added, 1 removed, 0 changed\n'],
    ['a narrower one', '[{ports: [{port: 1, endPort: 9}], from: [{podSelector: {}}]}]', '[{ports: [{port: 1, endPort: 8}], from: [{podSelector: {}}]}]', 0, null],
    ['a wider one', '[{ports: [{port: 1, endPort: 8}], from: [{podSelector: {}}]}]', '[{ports: [{port: 1, endPort: 9}], from: [{podSelector: {}}]}]', 1, null],
    ['another port', `[${from('web', 1)}]`, `[${from('web', 2)}]`, 1, '~ shop/web[Pod] => shop/db[Pod] : TCP 1 -> TCP 2\n0 added, 0 removed, 1 changed\n'],
    ['a world', '[]', '[{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]', 1, '+ 0.0.0.0-9.255.255.255, 11.0.0.0-255.255.255.255 => shop/db[Pod] : all\n1 added, 0 removed, 0 changed\n'],
  ])('of %s', (_, old, its, status, stdout) => {
    const called = diff(old, its);
    expect([called.status, called.stderr]).toEqual([status, '']);
    if (stdout !== null) expect(called.stdout).toBe(stdout);
  });

  test('fails on what it is told to fail on', () => {
    expect(diff(`[${from('web', 1)}]`, '[]', '--fail-on', 'any').status).toBe(1);
    expect(diff('[]', `[${from('web', 1)}]`, '--fail-on', 'never').status).toBe(0);
    expect(diff('[]', '[{from: [{}]}]', '--fail-on', 'never').status).toBe(2);
  });

  test('writes JSON by its schema', () => {
    const answer = JSON.parse(diff(`[${from('web', 1)}, ${from('api', 1)}]`, `[${from('web', 2)}]`, '--format', 'json').stdout);
    expect(faultsBy('diff', answer)).toEqual([]);
    const ports = (port: number) => ({ verdict: 'allowed', all: false, allowed: [{ protocol: 'TCP', port, endPort: port }] });
    expect(answer).toEqual({
      version: 1,
      problems: [],
      added: [],
      removed: [{ from: 'shop/api[Pod]', to: 'shop/db[Pod]', ...ports(1) }],
      changed: [{ from: 'shop/web[Pod]', to: 'shop/db[Pod]', old: [ports(1)], new: [ports(2)] }],
    });
  });

  test('writes CSV', () => {
    expect(diff('[]', `[${from('web', 1)}]`, '--format', 'csv').stdout).toBe('change,from,to,old,new\r\n"added","shop/web[Pod]","shop/db[Pod]","denied","TCP 1"\r\n');
  });

  test('writes Markdown for a comment: what opens first, and the internet before all, what closes folded', () => {
    const { status, stdout } = diff(`[${from('web', 1)}]`, `[${from('api', 2)}, {from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}], ports: [{port: 3}]}]`, '--format', 'markdown');
    expect(status).toBe(1);
    expect(stdout).toBe(`### Connections: 2 opened or widened, 1 closed or narrowed

|  | From | To | Before | Now |
| --- | --- | --- | --- | --- |
| new, internet | \`any but 10.0.0.0/8\` | \`shop/db[Pod]\` | denied | TCP 3 |
| new | \`shop/api[Pod]\` | \`shop/db[Pod]\` | denied | TCP 2 |

<details><summary>1 closed or narrowed</summary>

|  | From | To | Before | Now |
| --- | --- | --- | --- | --- |
| gone | \`shop/web[Pod]\` | \`shop/db[Pod]\` | TCP 1 | denied |

</details>
`);
    expect(diff('[]', '[]', '--format', 'markdown').stdout).toBe('### Connections: 0 opened or widened, 0 closed or narrowed\n\nNo connection changes.\n');
  });

  test('takes an export of a cluster, in which kubectl puts everything into one List', () => {
    const objects = [pod('web'), pod('api'), pod('db'), policy(`[${from('web', 1)}]`)].map(text => parse(text.slice('---'.length)));
    const items = objects.map(({ metadata, ...object }) => ({
      ...object, metadata: { ...metadata, uid: 'b0a1', resourceVersion: '7', managedFields: [{ manager: 'kubectl' }] }, ...object.kind === 'Pod' && { status: { podIP: '10.0.0.9', phase: 'Running' } },
    }));
    writeFileSync(join(folder, 'export.yaml'), JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items }));
    writeFileSync(join(folder, 'dist.yaml'), [pod('web'), pod('api'), pod('db'), policy(`[${from('web', 1)}, ${from('api', 1)}]`)].join(''));
    expect(call(['diff', join(folder, 'export.yaml'), join(folder, 'dist.yaml')])).toEqual({
      status: 1, stderr: '', stdout: '+ shop/api[Pod] => shop/db[Pod] : TCP 1\n1 added, 0 removed, 0 changed\n',
    });
  });
});
