import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsBy } from '../report/schemas';
import { call } from './called';

const workload = (kind: string, name: string) => ({
  apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'shop' }, spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'i' }] } } },
});
const policy = (app: string, spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: app, namespace: 'shop' }, spec });
const MANIFESTS = [
  workload('Deployment', 'web-front'), workload('StatefulSet', 'db'), workload('Job', 'closed'),
  policy('db', { podSelector: { matchLabels: { app: 'db' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web-front' } } }], ports: [{ port: 5432 }, { port: 9187 }] }] }),
  policy('all', { podSelector: {}, policyTypes: ['Egress'], egress: [{}] }),
];

function files(log: string): { manifests: string; log: string } {
  const folder = mkdtempSync(join(tmpdir(), 'observed-'));
  writeFileSync(join(folder, 'all.json'), MANIFESTS.map(its => JSON.stringify(its)).join('\n---\n'));
  writeFileSync(join(folder, 'log'), log);
  return { manifests: join(folder, 'all.json'), log: join(folder, 'log') };
}

function observed(log: string, ...options: string[]) {
  const { manifests, log: file } = files(log);
  const { status, stdout, stderr } = call(['reach', manifests, '--observed', file, ...options]);
  return { status, stdout: stdout.split(manifests).join('ALL'), stderr: stderr.split(file).join('LOG') };
}

const HEAD = 'from,to,port,protocol,count,first,last,action';
const DENIED = `${HEAD}
shop/web-front,shop/db,5432,TCP,7,2024-01-01T00:00:00Z,2024-01-02T00:00:00Z,
shop/web-front,shop/db,22,,,,,deny
shop/web-front,shop/db,53,UDP,,,,
203.0.113.9,shop/db,5432,,,,,deny
shop/web-front,1.1.1.1,443,,,,,
`;

describe('reach --observed', () => {
  test('says what is denied, and what to write for it, in code and in YAML; and what nobody uses', () => {
    expect(observed(DENIED)).toEqual({
      status: 1,
      stderr: '',
      stdout: `denied: 0.0.0.0-255.255.255.255 => shop/db[StatefulSet] (203.0.113.9) : TCP 5432, 1 record, dropped by the cluster
  in code: db.acceptFrom(Peer.cidr('203.0.113.9/32'), { ports: [5432] });
  in YAML, add to spec.ingress of NetworkPolicy shop/db (ALL:7):
    - from:
        - ipBlock:
            cidr: "203.0.113.9/32"
      ports:
        - protocol: TCP
          port: 5432
denied: shop/web-front[Deployment] => shop/db[StatefulSet] : TCP 22, 1 record, dropped by the cluster
denied: shop/web-front[Deployment] => shop/db[StatefulSet] : UDP 53, 1 record
  in code: webFront.connectTo(db, { ports: [22] });
  in code: webFront.connectTo(db, { ports: [53], protocol: NetworkProtocol.UDP });
  in YAML, add to spec.ingress of NetworkPolicy shop/db (ALL:7):
    - from:
        - podSelector:
            matchLabels:
              app: web-front
      ports:
        - protocol: TCP
          port: 22
        - protocol: UDP
          port: 53
never seen: shop/closed[Job] => 0.0.0.0-255.255.255.255 : all
never seen: shop/closed[Job] => shop/web-front[Deployment] : all
never seen: shop/db[StatefulSet] => 0.0.0.0-255.255.255.255 : all
never seen: shop/db[StatefulSet] => shop/closed[Job] : all
never seen: shop/db[StatefulSet] => shop/web-front[Deployment] : all
never seen: shop/web-front[Deployment] => shop/closed[Job] : all
never seen: shop/web-front[Deployment] => shop/db[StatefulSet] : TCP 9187
5 records, 5 connections: 2 allowed, 3 denied, 0 depend; 7 allowed but never seen
`,
    });
  });

  test('says the same as JSON', () => {
    const { status, stdout } = observed(DENIED, '--format', 'json');
    const answer = JSON.parse(stdout);
    expect(faultsBy('observed', answer)).toEqual([]);
    const { records, connections, unused: { length: unused } } = answer;
    expect({ status, records, connections, unused }).toEqual({ status: 1, records: 5, connections: 5, unused: 7 });
    expect(answer.denied.map(({ from, port, code, rules }: any) => [from, port, code, rules.length])).toEqual([
      ['0.0.0.0-255.255.255.255', 5432, ["db.acceptFrom(Peer.cidr('203.0.113.9/32'), { ports: [5432] });"], 1],
      ['shop/web-front[Deployment]', 22, ['webFront.connectTo(db, { ports: [22] });'], 1],
      ['shop/web-front[Deployment]', 53, ['webFront.connectTo(db, { ports: [53], protocol: NetworkProtocol.UDP });'], 1],
    ]);
  });

  test('what it proposes allows what was denied', () => {
    const { manifests, log } = files(DENIED);
    const { denied } = JSON.parse(call(['reach', manifests, '--observed', log, '--format', 'json']).stdout);
    const rules = denied.flatMap((its: any) => its.rules.map(({ rule }: any) => rule));
    const mended = MANIFESTS.map((its: any) => {
      if (its.metadata.name !== 'db' || its.kind !== 'NetworkPolicy') return its;
      return { ...its, spec: { ...its.spec, ingress: [...its.spec.ingress, ...rules] } };
    });
    writeFileSync(manifests, mended.map(its => JSON.stringify(its)).join('\n---\n'));
    expect(call(['reach', manifests, '--observed', log])).toMatchObject({ status: 0, stdout: expect.stringContaining('5 allowed, 0 denied, 0 depend') });
  });

  test('writes a policy where all that isolate are about everybody', () => {
    const { manifests, log } = files(`${HEAD}\nshop/web-front,shop/closed,80,,,,,\n`);
    writeFileSync(manifests, [...MANIFESTS, policy('none', { podSelector: {} })].map(its => JSON.stringify(its)).join('\n---\n'));
    expect(call(['reach', manifests, '--observed', log]).stdout).toContain(`  in YAML, write a NetworkPolicy in namespace shop with this spec:
    podSelector:
      matchLabels:
        app: closed
    policyTypes:
      - Ingress
    ingress:
      - from:
          - podSelector:
              matchLabels:
                app: web-front
        ports:
          - protocol: TCP
            port: 80
`);
  });

  test('ends with 2 where lines cannot be read, and says which; the others are answered', () => {
    const { status, stdout, stderr } = observed(`${HEAD}\nshop/web-front,shop/db,5432,,,,,\n\nwrong\nwrong again\n`);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^LOG:4: this is no record of Hubble.*; so it is with 2 of 3 records\.\n$/) });
    expect(stdout).toContain('1 record, 1 connection: 1 allowed');
    expect(observed('').stderr).toContain('LOG: there is no record in it');
    expect(observed('x').stderr).toContain('LOG:1: the only line is no record');
    expect(call(['reach', files('').manifests, '--observed', '/nowhere/at/all'])).toMatchObject({ status: 2, stderr: expect.stringContaining('/nowhere/at/all: there is no such file') });
  });

  test('reads several logs, and one from standard input', () => {
    const { manifests, log } = files(DENIED);
    const { status, stdout } = call(['reach', manifests, '--observed', log, '--observed', '-'], { stdin: `${HEAD}\nshop/web-front,shop/db,9187,,,,,` });
    expect(status).toBe(1);
    expect(stdout).toContain('6 records, 6 connections: 3 allowed, 3 denied, 0 depend; 6 allowed but never seen');
    expect(call(['reach', '-', '--observed', '-'], { stdin: '' }).stderr).toContain('standard input is named twice');
  });

  test('refuses what it does not go with', () => {
    for (const options of [['--from', 'shop/'], ['--explain'], ['--grouped'], ['--format', 'csv']]) {
      expect(observed(DENIED, ...options)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('[option-invalid]') });
    }
  });

  test('holds no more of a line than can be a record, and lets no name steer a terminal', () => {
    const { status, stderr } = observed(`${HEAD}\n${'x'.repeat(5_000_000)}\nshop/web-front,shop/db,5432,,,,,\n`);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(/^LOG:2: /) });
    const line = JSON.stringify({ pktType: 'HOST', proto: 'tcp', port: 1, namespace: 'shop', pod: 'db-0', remoteKind: 'pod', remoteNamespace: 'x\u001b[2J', remoteName: 'y', remoteLabels: { "a'b\u202e": 'c\n' } });
    const { stdout } = observed(line);
    // eslint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(stdout).toContain("denied: pods a'b\\u202e=c\\u000a in namespace x\\u001b[2J => shop/db[StatefulSet] : TCP 1");
  });
});
