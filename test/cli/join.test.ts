import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { joinModules } from '../../scripts/join';

let lib: string;
beforeEach(() => lib = mkdtempSync(join(tmpdir(), 'joined-')));
afterEach(() => rmSync(lib, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(lib, name)), { recursive: true });
  writeFileSync(join(lib, name), text);
}

/** What an expression about the modules of some doors comes to, in a process of its own. */
function evaluate(expression: string): unknown {
  const script = `const lib = name => require(${JSON.stringify(`${lib}/`)} + name); console.log(JSON.stringify(${expression}))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }));
}

const isThere = (name: string) => existsSync(join(lib, name));

test('what a program loads at once lies in one file, what it asks for later in its own, and all of it does what it did', () => {
  write('kube/word.js', '// A comment.\nexports.word = () => `a\n  word // in two lines`;');
  write('kube/state.js', 'exports.count = 0;');
  write('rules/first.js', "const word_1 = require('../kube/word'); const state_1 = require('../kube/state'); state_1.count++; exports.first = word_1.word();");
  write('rules/late.js', "const state_1 = require('../kube/state'); exports.late = () => ++state_1.count;");
  write('index.js', "const first_1 = require('./rules/first'); exports.first = first_1.first; exports.late = () => require('./rules/late').late();");
  const all = "(({ first, late }) => [first, late(), late()])(lib('index.js'))";
  const before = evaluate(all);
  expect(before).toEqual(['a\n  word // in two lines', 2, 3]);
  joinModules(lib);
  expect(['kube/word.js', 'kube/state.js', 'rules/first.js', 'rules/late.js', 'index.js'].filter(isThere)).toEqual(['rules/late.js', 'index.js']);
  expect(evaluate(all)).toEqual(before);
  expect(readFileSync(join(lib, 'joined', 'index.js'), 'utf8')).not.toContain('A comment');
  joinModules(lib);
  expect(evaluate(all)).toEqual(before);
});

test('modules that ask for each other see what the other has by then, as in Node', () => {
  write('a.js', "exports.early = 'early'; const b_1 = require('./b'); exports.seen = b_1.seen;");
  write('b.js', "const a_1 = require('./a'); exports.seen = [a_1.early, a_1.seen];");
  write('index.js', "const a_1 = require('./a'); exports.seen = a_1.seen;");
  joinModules(lib);
  expect(evaluate("lib('index.js')")).toEqual({ seen: ['early', null] });
});

test('a folder is found from where its module lay', () => {
  write('report/page.js', "exports.folder = require('node:path').join(__dirname, '..', 'pages');");
  write('index.js', "const page_1 = require('./report/page'); exports.folder = page_1.folder;");
  joinModules(lib);
  expect(isThere('report/page.js')).toBe(false);
  expect(evaluate("lib('index.js')")).toEqual({ folder: join(lib, 'pages') });
});

test('two programs share what both load, and neither reads what only the other one does', () => {
  const filler = `// ${'x'.repeat(30_000)}`;
  write('kube/both.js', `exports.both = {};\n${filler}`);
  write('rules/one.js', `exports.one = require('../kube/both').both;\n${filler}`);
  write('rules/other.js', `exports.other = require('../kube/both').both;\n${filler}`);
  write('index.js', "const one_1 = require('./rules/one'); exports.one = one_1.one;");
  write('matchers/index.js', "const other_1 = require('../rules/other'); exports.other = other_1.other;");
  joinModules(lib);
  expect(evaluate("lib('index.js').one === lib('matchers/index.js').other")).toBe(true);
  expect(readFileSync(join(lib, 'joined', 'index.js'), 'utf8')).not.toContain('rules/other');
  expect(readFileSync(join(lib, 'joined', 'index-matchers.js'), 'utf8')).toContain('kube/both');
});

test('who imports the package as an ES module is told its names', () => {
  write('rules/pod.js', 'exports.Pod = class Pod {};');
  write('index.js', "Object.defineProperty(exports, '__esModule', { value: true }); exports.Pod = require('./rules/pod').Pod;");
  joinModules(lib);
  const script = `import { Pod } from ${JSON.stringify(join(lib, 'index.js'))}; console.log(Pod.name)`;
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })).toBe('Pod\n');
});
