import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundled } from '../../scripts/bundle';

const home = mkdtempSync(join(tmpdir(), 'bundle-'));
afterAll(() => rmSync(home, { recursive: true }));

function arrange(files: { readonly [name: string]: string }): string {
  const folder = mkdtempSync(join(home, 'lib-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return join(folder, 'cli/main.js');
}

function run(main: string): string {
  return execFileSync(process.execPath, [main], { encoding: 'utf8' });
}

const FILES = {
  'cli/main.js': '#!/usr/bin/env node\n"use strict";\nconst a = require("../a/a");\nconsole.log(a.name, a.late(), require("node:path").basename(__filename));\n',
  'a/a.js': '"use strict";\nexports.name = "a";\nconst b = require(\'./b\');\nexports.late = () => [b.of(), require("./late").where, require("./late") === require("./late"), this === undefined];\n',
  // It asks for the module that is still being loaded.
  'a/b.js': 'const a = require("./a");\nexports.of = () => `b of ${a.name} ${typeof a.late}`;\nconsole.log("b is loaded, a has", Object.keys(a));\n',
  'a/late.js': 'console.log("late is loaded");\nexports.where = require("node:path").basename(__dirname);\n',
  'a/never.js': 'throw new Error("nobody asks for it");\n',
};

test('a bundle does what its modules do: circles, what is loaded late, and where each one lies', () => {
  const main = arrange(FILES);
  const before = run(main);
  expect(before).toContain('late is loaded');
  const text = bundled(main);
  expect(text).not.toContain('nobody asks');
  writeFileSync(main, text);
  for (const name of ['a', 'b', 'late']) rmSync(join(dirname(main), `../a/${name}.js`));
  expect(run(main)).toBe(before);
});

test('what is bundled already stays as it is', () => {
  const main = arrange(FILES);
  const once = bundled(main);
  writeFileSync(main, once);
  expect(bundled(main)).toBe(once);
});

test('a module that is not there stops it', () => {
  expect(() => bundled(arrange({ 'cli/main.js': 'require("./gone");\n' }))).toThrow('gone');
});
