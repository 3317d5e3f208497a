import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as house from './house/checks';
import { Files, readFiles, ROOT } from './house/files';
import { Import, importsOf } from './house/imports';
import { DATA_FOLDERS, LIGHT, LONG, LONGEST, ROOMS } from './house/table';

const NONE: string[] = [];

describe('the house', () => {
  const files = readFiles('src');
  const imports = importsOf(files);

  test('has the rooms of the table and no others', () => {
    expect(house.unknownRooms(files, ROOMS)).toEqual(NONE);
  });

  test('has arrows only where the table grants them', () => {
    expect(house.forbiddenRooms(imports, ROOMS)).toEqual(NONE);
  });

  test('loads packages only where the table grants them', () => {
    expect(house.forbiddenPackages(imports, ROOMS)).toEqual(NONE);
  });

  test('has no circles, not even of types', () => {
    expect(house.circles(imports)).toEqual(NONE);
  });

  test('has no dead files', () => {
    expect(house.deadFiles(files, imports, entries())).toEqual(NONE);
  });

  test.each(LIGHT)('keeps $subject light', ({ from, never }) => {
    const starts = [...files.keys()].filter(path => from.some(start => path.startsWith(start)));
    expect(starts).not.toEqual(NONE);
    expect(house.loadedThough(imports, starts, never)).toEqual(NONE);
  });

  test('has a door for programs that is a list of exports', () => {
    expect(house.notExports('src/index.ts', files.get('src/index.ts')!)).toEqual(NONE);
  });

  test('has no long files and no cellars, tests included', () => {
    const all = new Map([...files, ...readFiles('test')]);
    for (const note of house.longFiles(all, LONG, DATA_FOLDERS)) process.stderr.write(`a question: ${note}\n`);
    expect(house.longFiles(all, LONGEST, DATA_FOLDERS)).toEqual(NONE);
    expect(house.forbiddenFolders(all)).toEqual(NONE);
  });
});

describe('a bad house is told what is wrong', () => {
  test.each<[string, string]>([
    ["import { a } from '../rules/a';", 'src/kube/x.ts:1'],
    ["import type { A } from '../rules/a';", 'src/kube/x.ts:1'],
    ["export * from '../rules';", 'src/kube/x.ts:1'],
    ["const a = 1;\nexport type A = import('../rules/a').A;", 'src/kube/x.ts:2'],
    ["const a = () => import('../rules/a');", 'src/kube/x.ts:1'],
    ["import a = require('../rules/a');", 'src/kube/x.ts:1'],
    ["const a = require('../rules/a');", 'src/kube/x.ts:1'],
  ])('an arrow up: %s', (text, place) => {
    expect(house.forbiddenRooms(read({ 'src/kube/x.ts': text, 'src/rules/a.ts': '', 'src/rules/index.ts': '' }), ROOMS))
      .toEqual([expect.stringMatching(`^${place} imports '../rules.*kube may import nothing only. Move`)]);
  });

  test('one subject of a room does not grant the room', () => {
    const workload = (specifier: string) => house.forbiddenRooms(read({
      'src/workload/x.ts': `import '${specifier}';`,
      'src/rules/harden.ts': '',
      'src/rules/harden/pod.ts': '',
      'src/rules/hardening.ts': '',
      'src/rules/pod.ts': '',
    }), ROOMS);
    expect(workload('../rules/harden')).toEqual(NONE);
    expect(workload('../rules/harden/pod')).toEqual(NONE);
    expect(workload('../rules/hardening')).toHaveLength(1);
    expect(workload('../rules/pod')).toEqual([expect.stringContaining('workload may import kube, posture, rules/harden, network, access only')]);
  });

  test('a file outside of src, a room that is none', () => {
    expect(house.forbiddenRooms(read({ 'src/kube/x.ts': "import '../../test/house/table';" }), ROOMS)).toHaveLength(1);
    expect(house.unknownRooms(tree({ 'src/tools/x.ts': '', 'src/kube/x.ts': '' }), ROOMS)).toEqual([expect.stringMatching(/^src\/tools is no room/)]);
  });

  test.each([
    ["import { App } from 'cdk8s';", 1],
    ["import { App } from 'cdk8s/lib/app';", 1],
    ["import { connect } from 'net';", 1],
    ["export { App } from 'cdk8s';", 1],
    ["import type { App } from 'cdk8s';", 0],
    ["import { type App } from 'cdk8s';", 0],
    ["import { type App, Chart } from 'cdk8s';", 1],
    ["export type { App } from 'cdk8s';", 0],
    ["import 'cdk8s';", 1],
    ["import { parse } from 'ipaddr.js';", 0],
  ])('a package: %s', (text, complaints) => {
    expect(house.forbiddenPackages(read({ 'src/kube/x.ts': text }), ROOMS)).toHaveLength(complaints);
  });

  test('a circle, of types and over three files, told once', () => {
    const circle = read({
      'src/kube/a.ts': "import type { B } from './b';",
      'src/kube/b.ts': "export * from './c';",
      'src/kube/c.ts': "import { A } from './a';",
      'src/kube/d.ts': "import { A } from './a';",
    });
    expect(house.circles(circle)).toEqual([expect.stringContaining('src/kube/c.ts -> src/kube/a.ts -> src/kube/b.ts -> src/kube/c.ts')]);
    expect(house.circles(read({ 'src/kube/a.ts': "import './a';" }))).toHaveLength(1);
    expect(house.circles(read({ 'src/kube/a.ts': "import './b'; import './c';", 'src/kube/b.ts': "import './c';", 'src/kube/c.ts': '' }))).toEqual(NONE);
  });

  test('a dead file', () => {
    const files = { 'src/index.ts': "export * from './kube/a';", 'src/kube/a.ts': "import type { B } from './b';", 'src/kube/b.ts': '', 'src/kube/c.ts': '' };
    expect(house.deadFiles(tree(files), read(files), ['src/index.ts'])).toEqual([expect.stringMatching(/^src\/kube\/c.ts is reached from no entry/)]);
  });

  test('a load that is too heavy, with the way on which it comes', () => {
    const imports = read({
      'src/workload/w.ts': "import '../rules/harden'; import type { R } from '../reach/types';",
      'src/rules/harden.ts': "import { x } from '../reach/x';",
      'src/reach/x.ts': "import { App } from 'cdk8s';",
      'src/reach/types.ts': "import type { App } from 'cdk8s';",
    });
    expect(house.loadedThough(imports, ['src/workload/w.ts'], ['src/reach/', 'cdk8s'])).toEqual([
      expect.stringMatching('src/workload/w.ts -> src/rules/harden.ts loads src/reach/x.ts'),
      expect.stringMatching('src/workload/w.ts -> src/rules/harden.ts -> src/reach/x.ts loads cdk8s'),
    ]);
    expect(house.loadedThough(imports, ['src/reach/types.ts'], ['cdk8s'])).toEqual(NONE);
  });

  test('a door with a body', () => {
    expect(house.notExports('src/index.ts', "export * from './a';\nexport * as b from './b';\nexport const x = 1;\nimport './c';"))
      .toEqual([expect.stringMatching(/^src\/index.ts:3 .*export const x/), expect.stringMatching(/^src\/index.ts:4 /)]);
  });

  test('a long file, a cellar', () => {
    const files = tree({ 'src/kube/a.ts': 'x\n'.repeat(401), 'src/kube/b.ts': 'x\n'.repeat(400), 'src/posture/profiles/nginx.ts': 'x\n'.repeat(500), 'src/kube/utils/c.ts': '' });
    expect(house.longFiles(files, LONGEST, DATA_FOLDERS)).toEqual([expect.stringMatching(/^src\/kube\/a.ts has 401 lines/)]);
    expect(house.forbiddenFolders(files)).toEqual([expect.stringMatching(/^src\/kube\/utils is a cellar/)]);
  });
});

/** What package.json lets people in by: the main file, the bins, the sub-paths, and the plugin of `cdk8s synth`. */
function entries(): string[] {
  const { main, bin = {}, exports: paths = {} } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const named = [main, ...strings(bin), ...strings(paths)].filter(path => /^(\.\/)?lib\/.*\.js$/.test(path));
  return [...new Set(named.map(path => path.replace(/^(\.\/)?lib\//, 'src/').replace(/\.js$/, '.ts')))]
    .filter(path => existsSync(join(ROOT, path)));
}

function strings(value: string | object): string[] {
  return typeof value === 'string' ? [value] : Object.values(value).flatMap(strings);
}

function tree(files: Record<string, string>): Files {
  return new Map(Object.entries(files));
}

function read(files: Record<string, string>): Import[] {
  return importsOf(tree(files));
}
