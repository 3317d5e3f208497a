import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { faultsBy } from '../report/schemas';
import { call } from './called';

const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels: { app: name } }, spec: { containers: [{ name: 'c', image: 'i' }] } });
const policy = (app: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: app, namespace: 'shop' }, spec: { podSelector: { matchLabels: { app } }, ...spec },
});
const MANIFESTS = [
  pod('web'), pod('cron'), pod('db'), policy('web', { policyTypes: ['Ingress', 'Egress'], egress: [{ to: [{ podSelector: { matchLabels: { app: 'db' } } }] }] }),
  policy('db', { ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] }] }),
].map(manifest => JSON.stringify(manifest)).join('\n---\n');

/** Calls a command on the manifests, in a folder that has decided so. */
function decided(command: string, config: string, ...options: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'invariants-'));
  writeFileSync(join(folder, 'all.yaml'), MANIFESTS);
  writeFileSync(join(folder, '.hardened.yaml'), config);
  const { status, stdout, stderr } = call([command, folder, ...options]);
  return { status, stdout, stderr: stderr.split(folder).join('') };
}

/** `check` of one manifest beside a statement that holds. */
function checkedWith(manifest: object) {
  const folder = mkdtempSync(join(tmpdir(), 'invariants-'));
  writeFileSync(join(folder, 'a.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'b.json'), JSON.stringify(pod('db')));
  writeFileSync(join(folder, '.hardened.yaml'), 'invariants: [{ none: { to: shop/db, port: 22 } }]');
  return call(['check', folder, '--pack', 'pss-baseline', '--format', 'json']);
}

const HOLD = `invariants:
  - only: { to: shop/db, from: [shop/web], port: 5432 }
  - noPath: { from: internet, to: shop/db }
  - none: { to: shop/web }
  - allowed: { from: shop/app=web, to: 'shop/db[Pod]', port: 5432 }
`;

describe('what a repository states of who reaches whom', () => {
  test('changes nothing where it holds', () => {
    expect(decided('reach', HOLD)).toMatchObject({ status: 0, stderr: '' });
    expect(decided('check', HOLD, '--pack', 'pss-baseline')).toMatchObject({ status: 0, stderr: '' });
  });

  test('fails reach where it does not hold, with the line that states it and the line that breaks it', () => {
    const { status, stderr } = decided('reach', `# what we promise
invariants:
  - none: { to: 169.254.169.254, port: 80, why: it hands out credentials }
  - allowed: { from: shop/cron, to: shop/db, port: 5432 }
`);
    expect(status).toBe(1);
    expect(stderr).toBe(`/.hardened.yaml:3: 169.254.169.254 must be reached by nobody on port 80 (it hands out credentials), but
  shop/cron[Pod] reaches 169.254.169.254 on TCP 80, UDP 80, SCTP 80: out of shop/cron[Pod] no policy stands in the way
  shop/db[Pod] reaches 169.254.169.254 on TCP 80, UDP 80, SCTP 80: out of shop/db[Pod] no policy stands in the way [invariant-broken]. Write a NetworkPolicy that isolates one of both.
/.hardened.yaml:4: shop/cron must reach shop/db on TCP 5432, but
  shop/cron[Pod] does not reach shop/db[Pod] on TCP 5432: NetworkPolicy shop/db (/all.yaml:9) isolates it for ingress, and no rule surely lets all of this through [invariant-broken]. Add the rules that \`cdk8s-hardened reach --explain\` shows for the two.
`);
  });

  describe('is a finding of check, at its line', () => {
    const PROMISES = `# what we promise
invariants:
  - none: { to: 169.254.169.254, port: 80, why: it hands out credentials }
  - allowed: { from: shop/cron, to: shop/db, port: 5432 }
  - none: { to: shop/nobody }
`;
    const found = (format: string, config = PROMISES, ...options: string[]) => decided('check', config, '--pack', 'pss-baseline', '--format', format, ...options);

    test('in JSON, by its schema', () => {
      const { status, stdout, stderr } = found('json');
      expect([status, stderr]).toEqual([1, '']);
      const answer = JSON.parse(stdout);
      expect(faultsBy('check', answer)).toEqual([]);
      expect(answer.summary).toMatchObject({ errors: 3 });
      expect(answer.findings.map(({ rule, field, source: { file, line } }: any) => [rule, field, basename(file), line])).toEqual([
        ['invariant-broken', 'invariants[0]', '.hardened.yaml', 3],
        ['invariant-broken', 'invariants[1]', '.hardened.yaml', 4],
        ['invariant-names-nobody', 'invariants[2]', '.hardened.yaml', 5],
      ]);
      expect(answer.findings[0]).toMatchObject({
        severity: 'error', object: { apiVersion: 'cdk8s-hardened/v1', kind: 'Invariants', namespace: null, name: '.hardened.yaml' }, container: null, waiver: null, controls: {},
        message: '169.254.169.254 must be reached by nobody on port 80 (it hands out credentials), but '
          + 'shop/cron[Pod] reaches 169.254.169.254 on TCP 80, UDP 80, SCTP 80: out of shop/cron[Pod] no policy stands in the way; '
          + 'shop/db[Pod] reaches 169.254.169.254 on TCP 80, UDP 80, SCTP 80: out of shop/db[Pod] no policy stands in the way',
        advice: 'Write a NetworkPolicy that isolates one of both.',
      });
    });

    test('in SARIF, JUnit, Markdown, HTML and text', () => {
      const sarif = JSON.parse(found('sarif').stdout);
      expect(faultsBy('sarif', sarif)).toEqual([]);
      const [{ tool, results }] = sarif.runs;
      const told = results.map(({ ruleId, ruleIndex, locations: [{ physicalLocation: { region } }] }: any) => (
        [ruleId, tool.driver.rules[ruleIndex].id, region.startLine]
      ));
      expect(told)
        .toEqual([['invariant-broken', 'invariant-broken', 3], ['invariant-broken', 'invariant-broken', 4], ['invariant-names-nobody', 'invariant-names-nobody', 5]]);
      for (const format of ['junit', 'markdown', 'html', 'text']) {
        const { status, stdout, stderr } = found(format);
        expect([format, status, stderr]).toEqual([format, 1, '']);
        expect(stdout).toContain('invariant-broken');
        expect(stdout).toMatch(/must be reached by nobody on port 80/);
      }
    });

    test('as grave as the repository says, and off where it says so', () => {
      const decisions = 'rules: { invariant-broken: warning, invariant-names-nobody: off }\n';
      expect(found('json', PROMISES + decisions)).toMatchObject({ status: 0, stdout: expect.stringContaining('"errors":0,"warnings":2,') });
      expect(found('json', PROMISES, '--fail-on', 'never').status).toBe(0);
    });

    test('that a baseline knows, as long as the same break it', () => {
      const folder = mkdtempSync(join(tmpdir(), 'invariants-'));
      const baseline = join(folder, 'known.json');
      expect(found('text', PROMISES, '--write-baseline', baseline).status).toBe(0);
      expect(found('text', PROMISES.replace('# what we promise', '# a line\n# more'), '--baseline', baseline).status).toBe(0);
      expect(found('text', PROMISES.replace('port: 80', 'port: 81'), '--baseline', baseline).status).toBe(1);
      const settings = JSON.parse(readFileSync(baseline, 'utf8')).findings[0].source.file;
      writeFileSync(settings, 'invariants: []');
      expect(call(['check', dirname(settings), '--pack', 'pss-baseline', '--baseline', baseline]).stdout).toContain('3 gone since the baseline');
    });

    test('where what decides over it is not understood', () => {
      const { status, stdout } = checkedWith({ ...policy('db', { ingress: [{ from: 'everybody' }] }) });
      expect(status).toBe(1);
      expect(JSON.parse(stdout).findings).toContainEqual(expect.objectContaining({ rule: 'invariant-unproven', source: expect.objectContaining({ line: 1 }) }));
    });
  });

  test('does not count where nothing is to fail', () => {
    expect(decided('check', 'invariants: [{ none: { to: shop/cron } }]', '--pack', 'pss-baseline', '--fail-on', 'never').status).toBe(0);
  });

  test.each([
    ['invariants: {}', 'invariants: it is no list'],
    ['invariants: [none]', 'invariants[0]: a statement is a mapping with one key, its kind'],
    ['invariants: [{ none: { to: a/b }, only: {} }]', 'a mapping with one key'],
    ['invariants: [{ nopath: { from: a/b, to: c/d } }]', "there is no statement 'nopath' [invariant-invalid]. Did you mean 'noPath'?"],
    ['invariants: [{ constructor: { to: a/b } }]', "there is no statement 'constructor'"],
    ['invariants: [{ none: shop/db }]', 'invariants[0].none: it is no mapping'],
    ['invariants: [{ none: { ot: shop/db } }]', "invariants[0].none: it has no field 'ot' [invariant-invalid]. Did you mean 'to'?"],
    ['invariants: [{ none: {} }]', 'invariants[0].none.to: it is missing'],
    ['invariants: [{ none: { to: shop } }]', "invariants[0].none.to: 'shop' names no peer"],
    ['invariants: [{ none: { to: "*/web" } }]', "'*/web' names no peer"],
    ['invariants: [{ only: { to: shop/db, from: [1] } }]', 'invariants[0].only.from[0]: it is no text'],
    ['invariants: [{ only: { to: shop/db } }]', 'invariants[0].only.from: it is no list of peers'],
    ['invariants: [{ none: { to: shop/db, port: http } }]', 'invariants[0].none.port: "http" is no port'],
    ['invariants: [{ none: { to: shop/db, port: 65536 } }]', 'invariants[0].none.port: port 65536 is out of range'],
    ['invariants: [{ none: { to: shop/db, port: ICMP 1 } }]', '"ICMP 1" is no port'],
    ['invariants: [{ isolatedNamespaces: [one] }]', 'it is no list of two names or more'],
    ['invariants: [{ none: { to: shop/db, why: [] } }]', 'invariants[0].none.why: it is no text'],
  ])('is refused where it cannot be read: %s', (config, message) => {
    const { status, stderr } = decided('reach', config);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(`/.hardened.yaml:1: ${message.startsWith('invariants') ? message : ''}`) });
    expect(stderr).toContain(message);
  });

  test('names ranges and protocols of ports, and everybody', () => {
    const { stderr } = decided('reach', `invariants:
  - noPath: { from: anyone, to: shop/db, port: 5000-5431 }
  - noPath: { from: cluster, to: shop/db, port: UDP 5432 }
  - noPath: { from: '*/app=web', to: shop/app=db, port: 5432 }
  - isolatedNamespaces: [shop, shpo]
  - only: { to: shop/db, from: [shop/wbe] }
`);
    expect(stderr.split('\n').map(line => line.slice(0, 110))).toEqual([
      '/.hardened.yaml:4: */app=web must not reach shop/app=db on port 5432, but',
      '  shop/web[Pod] reaches shop/db[Pod] on TCP 5432: out of shop/web[Pod] by spec.egress[0] of NetworkPolicy shop',
      '/.hardened.yaml:5: the namespaces shop, shpo must be isolated from each other, but namespace shpo names nobody',
      '/.hardened.yaml:6: shop/db must be reached by shop/wbe only, but shop/wbe names nobody in the manifests, so it',
      '',
    ]);
  });
});
