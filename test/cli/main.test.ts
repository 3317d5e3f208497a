import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../house/files';

/** The process itself, as it is started; not built, so that it is what the sources say. */
const MAIN = `"${process.execPath}" -r ts-node/register/transpile-only "${join(ROOT, 'src/cli/main.ts')}"`;

function shell(command: string) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${command}`], {
    cwd: ROOT, encoding: 'utf8', env: { ...process.env, TS_NODE_PROJECT: join(ROOT, 'bench/tsconfig.json'), HARDENED_TODAY: '2026-11-21' },
  });
  return { status, stdout, stderr };
}

describe('the process', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'main-'));
    const pod = (i: number) => `apiVersion: v1\nkind: Pod\nmetadata: {name: p${i}}\nspec: {containers: [{name: a, image: a}]}\n`;
    writeFileSync(join(folder, 'many.yaml'), Array.from({ length: 500 }, (_, i) => pod(i)).join('---\n'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('reads standard input, writes to a pipe without colours or a bar, and ends with its verdict', () => {
    const { status, stdout, stderr } = shell(`cat ${folder}/many.yaml | ${MAIN} check - --pack pss-restricted`);
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^standard input\n/);
    expect(stdout).not.toContain('\u001b');
    expect(stdout.trimEnd().split('\n').pop()).toMatch(/^500 objects, pack pss-restricted, Kubernetes 1\.37: \d+ errors, 0 warnings, 0 waived; Pod Security met: 500 baseline$/);
  });

  test('says nothing when its reader has had enough', () => {
    const { status, stdout, stderr } = shell(`${MAIN} check ${folder} --format json | head -1; echo "status \${PIPESTATUS[0]}"`);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\{"version":1,.*\nstatus 1\n$/);
    expect(status).toBe(0);
  });

  (existsSync('/dev/full') ? test : test.skip)('does not pass for clean when nothing could be written', () => {
    const { status, stderr } = shell(`${MAIN} check ${folder} --fail-on never > /dev/full`);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^cdk8s-hardened: it cannot be written: ENOSPC.*\n$/);
  });
});
