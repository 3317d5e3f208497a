import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exportsOf } from './api/exports';
import { realDoor } from './api/program';
import { blocksOf, linksOf, scriptsOf, tableOf } from './docs/markdown';
import { examplesOf, faultsOf } from './docs/snippets';
import { ROOT } from './house/files';
import { ROOMS } from './house/table';

const NONE: string[] = [];
const HEAD = ['room', 'what it is', 'may import', 'may load'];

/** The pages that people write; API.md is generated. */
const PAGES = ['.', 'examples']
  .flatMap(folder => existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' }).map(path => join(folder, path)) : [])
  .filter(path => path.endsWith('.md') && path !== 'API.md' && !path.includes('node_modules'))
  .sort()
  .map(path => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

describe('what the documents say', () => {
  test.each(PAGES)('$path links to what is there', ({ path, text }) => {
    expect(linksOf(text).filter(link => !existsSync(join(ROOT, dirname(path), link)))).toEqual(NONE);
  });

  test.each(PAGES)('$path names npm scripts that are there', ({ text }) => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(scriptsOf(text).filter(script => !(script in scripts))).toEqual(NONE);
  });

  test('ARCHITECTURE.md shows the table that the house is held to', () => {
    const list = (names: readonly string[]) => names.join(', ') || '-';
    const shown = tableOf(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8'), HEAD).map(([room, , imports, packages]) => [room, imports, packages]);
    const { index, ...rooms } = ROOMS;
    const held = Object.entries(rooms).map(([room, { imports, packages }]) => [room, list(imports), list(packages)]);
    expect([...shown].sort()).toEqual(held.sort());
    expect(index.packages).toEqual(NONE);
  });

  test('compiles: the examples in doc comments and the TypeScript in pages', () => {
    const { types } = exportsOf(realDoor());
    const pages = PAGES.flatMap(({ path, text }) => blocksOf(text)
      .filter(({ language }) => ['ts', 'typescript'].includes(language))
      .map(block => ({ place: `${path}:${block.line}`, text: block.text })));
    expect(faultsOf([...examplesOf(types), ...pages], types.map(({ name }) => name))).toEqual(NONE);
  });
});

describe('a bad document is told what is wrong', () => {
  test('snippets that do not compile', () => {
    const faults = faultsOf([
      { place: 'a', text: "new cdk8s.ApiObject(chart, 'x', { apiVersion: 'v1' });" },
      { place: 'b', text: "import { Nothing } from 'cdk8s-hardened';" },
      { place: 'c', text: "const chart = new cdk8s.Chart(app, 'x');\nnew Construct(chart, SecurityDefaults.name);" },
      { place: 'd', text: 'const a = ;' },
    ], ['SecurityDefaults', 'rules.Pack']);
    expect(faults).toEqual([
      expect.stringMatching(/^a: .*Property 'kind' is missing/),
      expect.stringMatching(/^b: .*no exported member 'Nothing'/),
      expect.stringMatching(/^d: Expression expected/),
    ]);
  });

  test('pages are read as people read them', () => {
    const page = [
      '# A', '[x](ARCHITECTURE.md#b) [y](https://example.com) [z](#a) ![w](./gone.png)', '```ts', 'const [a] = [b](c);', '```',
      'Run `npm run demo`, then `npm test`.', '| a | b |', '|---|---|', '| `c` | d |', '', '| e | f |', '',
    ].join('\n');
    expect(linksOf(page)).toEqual(['ARCHITECTURE.md', './gone.png']);
    expect(scriptsOf(page)).toEqual(['demo', 'test']);
    expect(blocksOf(page)).toEqual([{ language: 'ts', line: 4, text: 'const [a] = [b](c);\n' }]);
    expect(tableOf(page, ['a', 'b'])).toEqual([['c', 'd']]);
    expect(tableOf(page, ['a'])).toEqual(NONE);
  });
});
