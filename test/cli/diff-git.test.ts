import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { call } from './called';

const pod = (app: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${app}, namespace: shop, labels: {app: ${app}}}\nspec: {containers: [{name: c, image: i}]}\n`;
const policy = (...apps: string[]) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  ingress: [${apps.map(app => `{from: [{podSelector: {matchLabels: {app: ${app}}}}], ports: [{port: 1}]}`).join(', ')}]
`;

describe('diff between revisions', () => {
  let folder: string;
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main', ...args], { cwd: folder }).toString();
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const diff = (revision: string, ...paths: string[]) => call(['diff', '--git', revision, ...paths.map(path => join(folder, path))]);

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'diff git ')); // a name with spaces
    git('init', '-q');
    for (const app of ['web', 'api', 'db']) write(`dist/${app}.yaml`, pod(app));
    write('dist/policies/db.yaml', policy('web'));
    write('dist/a "strange" näme.yaml', '# nothing\n---\n');
    write('dist/notes.txt', 'no manifest: {');
    symlinkSync('/etc/passwd', join(folder, 'dist/link.yaml'));
    git('add', '.');
    git('commit', '-qm', 'one');
    git('checkout', '-qb', 'feature');
    write('dist/policies/db.yaml', policy('web', 'api'));
    git('commit', '-qam', 'two');
    rmSync(join(folder, 'dist/link.yaml'));
    write('dist/policies/db.yaml', policy());
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('compares a revision with the files as they are, and leaves these alone', () => {
    const before = git('status', '--porcelain');
    expect(diff('main', 'dist')).toEqual({ status: 0, stderr: '', stdout: '- shop/web[Pod] => shop/db[Pod] : TCP 1\n0 added, 1 removed, 0 changed\n' });
    expect(git('status', '--porcelain')).toBe(before);
  });

  test('compares two revisions, a folder, a file, or all', () => {
    const expected = { status: 1, stderr: '', stdout: '+ shop/api[Pod] => shop/db[Pod] : TCP 1\n1 added, 0 removed, 0 changed\n' };
    expect(diff('main..feature', 'dist')).toEqual(expected);
    expect(diff('main..feature', '.')).toEqual(expected);
    expect(diff('main..feature', 'dist/web.yaml', 'dist/api.yaml', 'dist/db.yaml', 'dist/policies/db.yaml')).toEqual(expected);
  });

  test('takes a folder that was not there before for an empty one', () => {
    write('new/pod.yaml', pod('new'));
    const { status, stdout } = diff('main', 'new');
    expect(status).toBe(1);
    expect(stdout).toContain('+ 0.0.0.0-255.255.255.255 => shop/new[Pod] : all\n');
  });

  test('names file and revision of what it cannot read', () => {
    git('checkout', '-q', '--', '.');
    write('dist/broken.yaml', 'a: [');
    git('add', '.');
    git('commit', '-qm', 'three');
    const { status, stderr } = diff('feature..main', 'dist');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^feature:dist\/broken\.yaml:\d+: /);
  });

  test.each([
    ['gone', "git knows no revision 'gone'"],
    ['main...feature', "--git 'main...feature' names no revisions"],
    ['..', "--git '..' names no revisions"],
    ['main..', "--git 'main..' names no revisions"],
    ['main..--output=x', "git knows no revision '--output=x'"],
    ['-', "git knows no revision '-'"],
    ['--help', '--git has no value'],
    ['main; touch x', "git knows no revision 'main; touch x'"],
    ['main:dist', "git knows no revision 'main:dist'"],
  ])('refuses the revision %s in one line', (revision, message) => {
    const { status, stdout, stderr } = diff(revision, 'dist');
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2]);
    expect(stderr).toContain(message);
  });

  test('refuses what is in no work tree, and what is nowhere', () => {
    expect(call(['diff', '--git', 'main', tmpdir()]).stderr).toContain('is in no work tree of git');
    expect(diff('main', 'nowhere').stderr).toContain('there is no manifest in');
    expect(call(['diff', '--git', 'main']).stderr).toContain('--git compares files and folders, and none is named');
  });
});
