import { join } from 'node:path';
import { judgedIn } from '../scripts/demo/judged';
import { read } from '../scripts/demo/manifests';
import { page } from '../scripts/demo/page';
import { call } from './cli/called';
import { ROOT } from './house/files';

const EXAMPLE = join(ROOT, 'examples/01-production-namespace');
/** What `check` says of an example. */
const check = (example: string, ...options: string[]) => call(['check', '--pack', 'hardened', join(example, 'expected.yaml'), ...options]).stdout;
const context = (example: string) => ({ title: 'main.ts: 1 line in', findings: [], judged: judgedIn(check(example, '--format', 'json'), 'hardened'), folder: 'dist/01', readme: 'README.md' });
const CONTEXT = context(EXAMPLE);

/** What the demo says of the first example, after somebody has changed what was written. */
function said(change: (objects: any[]) => void = () => {}): string[] {
  const { files, objects } = read(EXAMPLE);
  change([...objects]);
  return page({ files: files.map(file => ({ ...file, path: 'dist/01/app.k8s.yaml' })), objects }, CONTEXT);
}

const row = (lines: readonly string[], title: string) => lines.find(line => line.startsWith(`  ${title} `))?.trim().split(/ {2,}/);
const find = (objects: any[], kind: string, name: string) => objects.find(object => object.kind === kind && object.metadata.name === name);

describe('the demo', () => {
  test('fits on a page', () => {
    const lines = said();
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.filter(line => line.length > 100)).toEqual([]);
  });

  test('says who may talk to whom', () => {
    const lines = said();
    const start = lines.findIndex(line => line.includes('from ╲ to'));
    expect(lines.slice(start, start + 7).map(line => line.trim().split(/ {2,}/))).toEqual([
      ['from ╲ to', 'traefik', 'web-console', 'mongodb', 'nosqlclient', 'kube-dns', 'anyone else'],
      ['traefik (kube-system)', '─', 'TCP 80', 'shut', 'TCP 3000', '·', '·'],
      ['prometheus (monitoring)', 'every port', 'TCP 80', 'TCP 27017', 'TCP 3000', '·', '·'],
      ['web-console', 'shut', '─', 'shut', 'shut', 'TCP+UDP 53', 'shut'],
      ['mongodb', 'shut', 'shut', '─', 'shut', 'TCP+UDP 53', 'shut'],
      ['nosqlclient', 'shut', 'shut', 'TCP 27017', '─', 'TCP+UDP 53', 'shut'],
      ['anyone else', 'every port', 'shut', 'shut', 'shut', '·', '·'],
    ]);
  });

  test.each([EXAMPLE, join(ROOT, 'examples/02-microservices')])('says what check says of the same files: %s', example => {
    const { files, objects } = read(example);
    const lines = page({ files, objects }, context(example));
    const summary = /: (\d+) errors?, (\d+) warnings?, /.exec(check(example).trimEnd().split('\n').pop()!)!;
    const start = lines.findIndex(line => line.includes('by cdk8s-hardened check --pack hardened'));
    expect(lines[start]).toBe(`  ${summary[1] === '0' ? 'no errors' : `${summary[1]} errors`}, ${summary[2]} warnings, no waivers, by cdk8s-hardened check --pack hardened`);
    const told = lines.slice(start + 1, lines.findIndex(line => line.startsWith('  expects'))).join(' ').split(',').map(name => name.trim());
    const found = [...check(example).matchAll(/(?:error|warning) .* \[([a-z-]+)\]\. /g)].map(([, rule]) => rule);
    expect(told).toEqual([...new Set(found)].sort().map(rule => [rule, found.filter(each => each === rule).length]).map(([rule, times]) => times === 1 ? rule : `${rule} × ${times}`));
  });

  test('says what the files expect to be there', () => {
    expect(said()).toContain('  expects the Secret production/mongodb-login');
  });

  test('claims nothing that is not in the files', () => {
    const lines = said(objects => {
      const { spec } = find(objects, 'Deployment', 'web-console').spec.template;
      spec.automountServiceAccountToken = true;
      delete spec.securityContext.seccompProfile;
      delete spec.containers[0].resources.limits;
      Object.assign(spec.containers[0].securityContext, { readOnlyRootFilesystem: false, runAsUser: 0, capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } });
      find(objects, 'PodDisruptionBudget', 'deployment-web-console').metadata.namespace = 'elsewhere';
      find(objects, 'StatefulSet', 'mongodb').metadata.annotations = { 'cdk8s-hardened/waive.pod-host-path': '{}' };
      find(objects, 'NetworkPolicy', 'default-deny').spec.podSelector = { matchLabels: { none: 'such' } };
    });
    expect(row(lines, 'user')?.[1]).toBe('may be root');
    expect(row(lines, 'root filesystem')?.[1]).toBe('writable');
    expect(row(lines, 'capabilities')?.[1]).toBe('some are left');
    expect(row(lines, 'seccomp')?.[1]).toBe('none');
    expect(row(lines, 'API token')?.[1]).toBe('mounted, of the account web-console');
    expect(row(lines, 'memory')?.[1]).toBe('without limit');
    expect(row(lines, 'drained nodes')?.[1]).toBe('without budget');
    expect(lines.find(line => line.includes('by cdk8s-hardened check --pack hardened'))).toContain(', 1 waiver, ');
  });

  test('sees a policy that is gone', () => {
    const lines = said(objects => delete find(objects, 'NetworkPolicy', 'statefulset-mongodb-ingress').spec.ingress);
    expect(row(lines, 'nosqlclient')?.[3]).toBe('shut');
  });
});

describe('the demo of many workloads', () => {
  const { files, objects } = read(join(ROOT, 'examples/02-microservices'));
  const lines = page({ files, objects }, context(join(ROOT, 'examples/02-microservices')));

  test('fits on a screen, too', () => {
    expect(lines.length).toBeLessThanOrEqual(80);
    expect(lines.filter(line => line.length > 160)).toEqual([]);
  });

  test('says once what is the same for all, and of each what is not', () => {
    expect(lines).toContain('  all 12');
    expect(row(lines, 'root filesystem')).toEqual(['root filesystem', 'read-only']);
    expect(row(lines, 'redis-cart, Deployment × 1')).toEqual(expect.arrayContaining(['999:1000, never root', '/data 256Mi']));
  });

  test('lists what is open', () => {
    const start = lines.findIndex(line => line.startsWith('  checkoutservice  '));
    expect(lines.slice(start, start + 7).map(line => line.trim().replace(/ {2,}/g, ' '))).toEqual([
      'checkoutservice cartservice TCP 7070', 'currencyservice TCP 7000', 'emailservice TCP 8080', 'paymentservice TCP 50051',
      'productcatalogservice TCP 3550', 'shippingservice TCP 50051', 'kube-dns TCP+UDP 53',
    ]);
    expect(row(lines, 'anyone else')).toEqual(['anyone else', 'nobody']);
  });
});
