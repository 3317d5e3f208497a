import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinLists } from '../../scripts/join';

let lib: string;
beforeEach(() => {
  lib = mkdtempSync(join(tmpdir(), 'joined-'));
  mkdirSync(join(lib, 'rules', 'pod'), { recursive: true });
});
afterEach(() => rmSync(lib, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(lib, name), text);

test('modules that only a list asks for are written into it, and do what they did', () => {
  write('rules/word.js', "exports.word = 'a word';");
  write('rules/pod/first.js', "const word_1 = require('../word'); exports.first = () => word_1.word;");
  write('rules/pod/second.js', "const shared_1 = require('./shared'); exports.second = shared_1.shared;");
  write('rules/pod/shared.js', 'exports.shared = {};');
  write('rules/pod/index.js', "const first_1 = require('./first'); const second_1 = require('./second'); const shared_1 = require('./shared');\n"
    + 'exports.ALL = [first_1.first(), second_1.second === shared_1.shared];');
  joinLists(lib);
  expect(['first', 'second', 'shared'].map(name => existsSync(join(lib, 'rules', 'pod', `${name}.js`)))).toEqual([false, false, true]);
  const index = join(lib, 'rules', 'pod', 'index.js');
  expect(createRequire(index)(index)).toEqual({ ALL: ['a word', true] });
  joinLists(lib);
  expect(createRequire(index)(index)).toEqual({ ALL: ['a word', true] });
});
