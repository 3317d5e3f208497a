import { join } from 'node:path';
import { ROOT } from '../house/files';
import { call } from './called';

const pod = (name: string, namespace = 'shop', rest: object = {}) => (
  { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'i' }], ...rest } }
);
const policy = (name: string, spec: object, namespace = 'shop') => (
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec: { policyTypes: ['Ingress', 'Egress'], ...spec } }
);
const from = (app: string, port: number) => ({ from: [{ podSelector: { matchLabels: { app } } }], ports: [{ port }] });
const to = (app: string, port: number) => ({ to: [{ podSelector: { matchLabels: { app } } }], ports: [{ port }] });
const SHOP = [
  pod('web'), pod('db'),
  policy('web', { podSelector: { matchLabels: { app: 'web' } }, egress: [to('db', 5432)] }),
  policy('db', {
    podSelector: { matchLabels: { app: 'db' } }, ingress: [from('web', 5432)], egress: [{ to: [{ ipBlock: { cidr: '8.8.8.8/32' } }], ports: [{ port: 443 }] }],
  }),
];
const HOSTILE = '"]--><script>alert(1)</script>`|\\N#end;\u202e';

function reach(manifests: readonly object[], ...options: string[]): string {
  const { status, stdout, stderr } = call(['reach', '-', ...options], { stdin: manifests.map(manifest => JSON.stringify(manifest)).join('\n---\n') });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

test('a graph for Graphviz has namespaces as boxes and ports at its lines', () => {
  expect(reach(SHOP, '--format', 'dot')).toBe(`digraph reach {
  rankdir=LR;
  node [shape=box];
  subgraph cluster_0 {
    label="shop";
    n0 [label="db\\nPod"];
    n1 [label="web\\nPod"];
  }
  subgraph cluster_1 {
    label="to outside";
    n2 [label="8.8.8.8\\ninternet"];
  }
  n0 -> n2 [label="TCP 443"];
  n1 -> n0 [label="TCP 5432"];
}
`);
});

test('a flowchart for Mermaid has the same', () => {
  expect(reach(SHOP, '--format', 'mermaid')).toBe(`flowchart LR
  subgraph s0["shop"]
    n0["db · Pod"]
    n1["web · Pod"]
  end
  subgraph s1["to outside"]
    n2["8.8.8.8 · internet"]
  end
  n0 -->|"TCP 443"| n2
  n1 -->|"TCP 5432"| n0
`);
});

test('a page has a table, and a drawing where it is small', () => {
  const page = reach(SHOP, '--format', 'markdown');
  expect(page).toMatch(/^### Who reaches whom: 2 connections\n\nWhat is not listed is denied\.\n\n```mermaid\nflowchart LR\n/);
  expect(page).toContain('| `shop/web[Pod]` | `shop/db[Pod]` | `TCP 5432` |  |\n');
});

test('what depends is dashed', () => {
  const manifests = [pod('agent', 'shop', { hostNetwork: true }), ...SHOP];
  expect(reach(manifests, '--format', 'dot', '--from', 'shop/agent', '--to', 'shop/db')).toContain('[label="all", style=dashed];');
  expect(reach(manifests, '--format', 'mermaid', '--from', 'shop/agent', '--to', 'shop/db')).toContain(' -.->|"all"| ');
});

test('names are names in every drawing', () => {
  const manifests = [pod(HOSTILE), pod('db', HOSTILE)];
  const mermaid = reach(manifests, '--format', 'mermaid');
  for (const line of mermaid.trimEnd().split('\n')) {
    expect(line).toMatch(/^(?:flowchart LR| *end| *(?:subgraph )?[ns]\d+(?: -->\|"[^"<>`|\\[\]{}&]*"\| n\d+|\["[^"<>`|\\[\]{}&]*"\]))$/);
  }
  const dot = reach(manifests, '--format', 'dot');
  for (const line of dot.trimEnd().split('\n').slice(3, -1)) {
    expect(line).toMatch(/^ *(?:\}|subgraph cluster_\d+ \{|(?:n\d+ (?:-> n\d+ )?\[)?label="(?:[^"\\]|\\["\\n])*"\]?;)$/);
  }
  const markdown = reach(manifests, '--format', 'markdown').replace(/```mermaid[^]*?```/, '').replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
  expect(markdown).not.toMatch(/<script|\u202e/);
});

describe('what is too much', () => {
  const namespaces = Array.from({ length: 30 }, (_, i) => `team-${i}`);
  const many = namespaces.flatMap(namespace => Array.from({ length: 10 }, (_, i) => pod(`w${i}`, namespace)));
  const own = (i: number) => ({ matchLabels: { app: `w${i}` } });
  const single = namespaces.flatMap(namespace => Array.from({ length: 10 }, (_, i) => policy(`p${i}`, {
    podSelector: own(i),
    ingress: [from(`w${(i + 1) % 10}`, 1000 + i), from(`w${(i + 2) % 10}`, 2000 + i)],
    egress: [to(`w${(i + 9) % 10}`, 1000 + (i + 9) % 10), to(`w${(i + 8) % 10}`, 2000 + (i + 8) % 10)],
  }, namespace)));
  const limits = (text: string) => [text.match(/-->|-\.->/g)!.length <= 500, text.length <= 50_000];

  test('is put together for Mermaid, which draws 500 lines and 50,000 characters, and that is said', () => {
    const open = reach(many, '--format', 'mermaid');
    expect(limits(open)).toEqual([true, true]);
    expect(open).toMatch(/note\["Workloads that are the same to all others stand together, also across namespaces\./);
    const each = reach([...many, ...single], '--format', 'mermaid');
    expect(limits(each)).toEqual([true, true]);
    expect(each).toContain('note["There is too much to draw each workload');
  });

  test('is counted in a page, which a comment can hold', () => {
    const page = reach(many, '--format', 'markdown');
    expect(page.length).toBeLessThan(65_536);
    expect(page).toMatch(/\n\d+ more rows have no room here: `--grouped` is shorter, `--format json` has all of them\.\n$/);
    const shown = page.match(/^\| `/gm)!.length;
    const [all, missing] = [/: (\d+) connections/, /\n(\d+) more rows/].map(pattern => Number(pattern.exec(page)![1]));
    expect(shown + missing).toBe(all);
    expect(reach(many, '--format', 'markdown', '--grouped').length).toBeLessThan(65_536);
  });
});

test.each(['01-production-namespace', '02-microservices'])('the example %s can be drawn', name => {
  const file = join(ROOT, 'examples', name, 'expected.yaml');
  for (const format of ['dot', 'mermaid', 'markdown']) expect(call(['reach', file, '--format', format]).status).toBe(0);
});
