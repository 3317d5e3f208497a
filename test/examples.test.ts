import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { call, checked } from './cli/called';
import { EXAMPLES, FOLDER, written } from './examples/written';

describe.each(EXAMPLES)('the example %s', example => {
  const file = join(FOLDER, example, 'expected.yaml');
  let yaml: string;

  beforeAll(() => {
    yaml = written(example);
    if (process.env.UPDATE_EXPECTED) writeFileSync(file, yaml); // npm run test:update
  });

  test('has a README, what it writes, and TypeScript', () => {
    expect(['README.md', 'expected.yaml', 'typescript/main.ts'].filter(path => !existsSync(join(FOLDER, example, path)))).toEqual([]);
    expect(readFileSync(join(FOLDER, example, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(61);
    expect(readFileSync(join(FOLDER, example, 'typescript/main.ts'), 'utf8').split('\n').length).toBeLessThanOrEqual(151);
  });

  test('writes exactly its expected.yaml', () => {
    expect(yaml).toBe(readFileSync(file, 'utf8'));
  });

  test('writes the same bytes again', () => {
    expect(written(example)).toBe(yaml);
  });

  test('is YAML whose objects each have a kind and a name of their own', () => {
    const documents = parseAllDocuments(yaml, { version: '1.1' });
    expect(documents.flatMap(document => document.errors)).toEqual([]);
    const objects = documents.map(document => document.toJS());
    const ids = objects.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.namespace, metadata.name].join(' '));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('passes its own check, and every pod is restricted', () => {
    const { status, stdout } = call(['check', file]);
    expect([status, levels(stdout)]).toEqual([0, expect.stringMatching(/^\d+ restricted$/)]);
  });

  test('needs no waiver', () => {
    expect(yaml).not.toContain('cdk8s-hardened/waive.');
  });
});

const BEFORE = EXAMPLES.map(example => join(FOLDER, example, 'before')).filter(folder => existsSync(folder));

test.each(BEFORE)('%s is not restricted; fix makes it so, and leaves only what a person has to say', folder => {
  const before = call(['check', folder, '--pack', 'pss-restricted']);
  expect([before.status, levels(before.stdout)]).toEqual([1, '12 baseline']);
  const { status, stdout } = call(['fix', '--assume', folder]);
  expect(status).toBe(0);
  expect(call(['check', '-', '--pack', 'pss-restricted'], { stdin: stdout })).toMatchObject({ status: 0, stdout: expect.stringContaining('12 restricted') });
  const left = new Set(checked(stdout).findings.map(({ rule }) => rule));
  expect([...left].sort()).toEqual([
    'image-digest', 'image-tag', 'namespace-default', 'network-pod-unselected', 'pod-cpu-request', 'pod-empty-dir-size', 'pod-liveness-probe', 'pod-local-disk', 'pod-memory-limit',
    'pod-memory-request', 'pod-probes-identical', 'pod-readiness-probe', 'pod-service-account', 'pod-user-unknown', 'service-load-balancer', 'workload-replicas',
  ]);
});

/** How many pods meet which level, as check says it in its last line. */
function levels(stdout: string): string | undefined {
  return /Pod Security met: (.*)\n$/.exec(stdout)?.[1];
}
