import { Container } from '../../src/kube/pod-spec';
import { ImageProfileProps } from '../../src/posture/image-profile';
import { conditionHolds, findProfile, resolveProfile } from '../../src/posture/resolve-profile';
import { FolderCondition } from '../../src/posture/writable-folder';

const DIGEST = `sha256:${'0'.repeat(64)}`;

const web: ImageProfileProps = { images: ['docker.io/library/web', 'ghcr.io/acme/web'] };
const rootless: ImageProfileProps = { images: ['docker.io/acme/git'], tags: ['*-rootless'] };
const database: ImageProfileProps = {
  images: ['docker.io/library/database'],
  user: 999,
  group: 999,
  ports: [5432],
  variants: [
    { tags: ['*alpine*'], user: 70 },
    { tags: ['*-admin', 'admin'], group: 5, ports: [8080] },
  ],
  folders: [
    { path: '/old', beforeVersion: '18' },
    { path: '/new', sinceVersion: '18' },
    { path: '/patched', sinceVersion: '17.2.5' },
    { path: '/tmp' },
  ],
};
const PROFILES = [web, rootless, database];

const pathsOf = (tag: string) => resolveProfile({ name: 'main', image: `database${tag}` }, [], PROFILES)!.folders.map(({ path }) => path);

describe('the profile of an image', () => {
  test.each([
    'web', 'web:1', 'library/web', 'docker.io/web', 'docker.io/library/web:latest', 'index.docker.io/library/web',
    `web@${DIGEST}`, `web:1.2@${DIGEST}`, 'ghcr.io/acme/web:v2',
  ])('is found for %s', image => {
    expect(findProfile(image, PROFILES)).toBe(web);
  });

  test.each([
    'webb', 'acme/web', 'web/web', 'ghcr.io/web', 'quay.io/library/web', 'localhost/web', 'localhost:5000/library/web', 'registry.acme.example:443/web:1', '',
  ])("is not found for the stranger '%s'", image => {
    expect(findProfile(image, PROFILES)).toBeUndefined();
  });

  test('is the first of the list that fits, so that one of the user’s own comes before a built-in one', () => {
    const own: ImageProfileProps = { images: ['web'] };
    expect(findProfile('web', [own, ...PROFILES])).toBe(own);
  });

  test('of some tags only is found for these', () => {
    expect(findProfile('acme/git:1.24-rootless', PROFILES)).toBe(rootless);
    expect(findProfile(`acme/git:1.24-rootless@${DIGEST}`, PROFILES)).toBe(rootless);
    for (const other of ['acme/git', 'acme/git:1.24', 'acme/git:1-rootless-dev', `acme/git@${DIGEST}`]) expect(findProfile(other, PROFILES)).toBeUndefined();
  });

  test('is undefined for a container without an image', () => {
    expect(resolveProfile({ name: 'main' }, [], PROFILES)).toBeUndefined();
  });
});

describe('a mirror', () => {
  const mirrors = { 'registry.acme.example/hub': 'docker.io', 'registry.acme.example/hub/special': 'ghcr.io/acme', 'localhost:5000': 'docker.io' };

  test.each([
    ['registry.acme.example/hub/web:1', web],
    ['registry.acme.example/hub/library/web', web],
    ['registry.acme.example/hub/acme/git:1-rootless', rootless],
    ['localhost:5000/web', web],
  ])('says where %s comes from', (image, profile) => {
    expect(findProfile(image, PROFILES, mirrors)).toBe(profile);
  });

  test('that says more of the path wins over one that says less', () => {
    expect(findProfile('registry.acme.example/hub/special/web', PROFILES, mirrors)).toBe(web);
    expect(findProfile('registry.acme.example/hub/special/git:1-rootless', PROFILES, mirrors)).toBeUndefined();
  });

  test('is taken by whole parts of the path', () => {
    expect(findProfile('registry.acme.example/hubbub/web', PROFILES, mirrors)).toBeUndefined();
    expect(findProfile('registry.acme.example/web', PROFILES, mirrors)).toBeUndefined();
  });

  test('leaves what comes from elsewhere as it is', () => {
    expect(findProfile('web', PROFILES, mirrors)).toBe(web);
  });
});

describe('a tag', () => {
  test.each([
    [':17', ['/old', '/patched', '/tmp']],
    [':16', ['/old', '/tmp']],
    [':9.6.24', ['/old', '/tmp']],
    [':17.2-alpine', ['/old', '/patched', '/tmp']],
    [':17.2.4', ['/old', '/tmp']],
    [':17.2.5-alpine3.22', ['/old', '/patched', '/tmp']],
    [':17.1', ['/old', '/tmp']],
    [':18', ['/new', '/patched', '/tmp']],
    [':18beta1', ['/new', '/patched', '/tmp']],
    [':v18.1', ['/new', '/patched', '/tmp']],
    [`:17@${DIGEST}`, ['/old', '/patched', '/tmp']],
  ])('%s tells the version, and so the folders', (tag, paths) => {
    expect(pathsOf(tag).sort()).toEqual(paths);
    expect(resolveProfile({ name: 'main', image: `database${tag}` }, [], PROFILES)!.versionGuessed).toBe(false);
  });

  test.each(['', ':latest', ':alpine', ':bookworm', `@${DIGEST}`])("that tells no version ('%s') gets the newest folders, and that is said", tag => {
    expect(pathsOf(tag)).toEqual(['/new', '/patched', '/tmp']);
    expect(resolveProfile({ name: 'main', image: `database${tag}` }, [], PROFILES)!.versionGuessed).toBe(true);
  });

  test('that tells no version is nothing to speak of where no folder depends on it', () => {
    expect(resolveProfile({ name: 'main', image: 'web' }, [], PROFILES)!.versionGuessed).toBe(false);
  });

  test.each([
    [':18', 999, 999, [5432]],
    [':18-alpine', 70, 999, [5432]],
    [':alpine3.22', 70, 999, [5432]],
    [':18-admin', 999, 5, [5432, 8080]],
    [':admin', 999, 5, [5432, 8080]],
    [':18-alpine-admin', 70, 5, [5432, 8080]],
    [':admin-18', 999, 999, [5432]],
    ['', 999, 999, [5432]],
  ])("'%s' tells the variants: user, group and ports", (tag, user, group, ports) => {
    expect(resolveProfile({ name: 'main', image: `database${tag}` }, [], PROFILES)).toMatchObject({ user, group, ports });
  });

  test.each([
    ['*', 'anything', true],
    ['*', '', true],
    ['1.*-alpine', '1.2-alpine', true],
    ['1.*-alpine', '1.-alpine', true],
    ['1.*-alpine', '1-alpine', false],
    ['*-a*-b', 'x-a-b', true],
    ['*-a*-b', 'x-b-a', false],
    ['ab*ba', 'aba', false],
    ['*aa*aa', 'aaa', false],
    ['1.2', '1x2', false],
    ['1.2', '1.2', true],
  ])("the pattern '%s' and the tag '%s': %s", (pattern, tag, fits) => {
    expect(findProfile(`web:${tag}`, [{ images: ['web'], tags: [pattern] }]) !== undefined).toBe(fits);
  });
});

describe('the condition of a folder', () => {
  const when: FolderCondition = { feature: 'acme', argPrefixes: ['--acme.', '--acme='], envPrefixes: ['ACME_'] };
  const holds = (condition: FolderCondition, container: Partial<Container>, features: string[] = []) =>
    conditionHolds(condition, { name: 'main', ...container }, features);

  test('holds by a feature that the user names', () => {
    expect(holds(when, {}, ['other', 'acme'])).toBe(true);
    expect(holds(when, {}, ['acme-2'])).toBe(false);
  });

  test('holds by the beginning of an argument or of a part of the command', () => {
    expect(holds(when, { args: ['serve', '--acme.storage=/data'] })).toBe(true);
    expect(holds(when, { command: ['/web', '--acme=yes'] })).toBe(true);
    expect(holds(when, { args: ['--no--acme.x', '--acme'] })).toBe(false);
  });

  test('holds by the beginning of the name of an environment variable, whatever its value', () => {
    expect(holds(when, { env: [{ name: 'OTHER', value: 'ACME_' }, { name: 'ACME_EMAIL', value: '' }] })).toBe(true);
    expect(holds(when, { env: [{ name: 'MY_ACME_EMAIL', value: 'x' }] })).toBe(false);
  });

  test('holds for nothing of the kind only where it is turned round', () => {
    expect(holds(when, {})).toBe(false);
    expect(holds({ ...when, unless: true }, {})).toBe(true);
    expect(holds({ ...when, unless: true }, { args: ['--acme.x'] })).toBe(false);
    expect(holds({ ...when, unless: true }, {}, ['acme'])).toBe(false);
  });

  test('that says nothing never holds, and turned round it always does', () => {
    expect(holds({}, { args: ['a'] }, ['b'])).toBe(false);
    expect(holds({ unless: true }, { args: ['a'] }, ['b'])).toBe(true);
  });

  test('decides which folders are written', () => {
    const profile: ImageProfileProps = { images: ['web'], folders: [{ path: '/acme', when }, { path: '/plain', when: { ...when, unless: true } }] };
    const paths = (container: Partial<Container>, features: string[] = []) =>
      resolveProfile({ name: 'main', image: 'web', ...container }, features, [profile])!.folders.map(({ path }) => path);
    expect(paths({})).toEqual(['/plain']);
    expect(paths({ args: ['--acme.x'] })).toEqual(['/acme']);
    expect(paths({}, ['acme'])).toEqual(['/acme']);
  });
});
