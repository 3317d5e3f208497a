import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Compiled } from './compiled';

// After compiling: modules that the same programs load lie in one file. One subject, one file is for people; to find, read
// and wrap four hundred of them takes more of a short command than all that it then does.

/** What is loaded as one, by who loads it. What is asked for later stays a file of its own. */
const WAYS: { readonly [name: string]: readonly string[] } = {
  index: ['index.js'],
  matchers: ['matchers/index.js'],
  check: ['cli/main.js', 'cli/check.js'],
  fix: ['cli/main.js', 'cli/fix.js'],
  reach: ['cli/main.js', 'cli/reach.js', 'cli/diff.js', 'cli/explain.js', 'reach/lints/lints.js'],
};
/** Whoever comes in from outside names these. */
const DOORS = ['index.js', 'matchers/index.js', 'cli/main.js'];
/** Where the joined files lie. */
const FOLDER = 'joined';
/** A file of its own costs as much as so many bytes more in another. */
const SMALL = 20_000;
/** Its functions are written into pages, as they stand. */
const AS_IT_IS = 'report/map/';

/** Joins the compiled modules of a folder; what was joined before stays as it is. */
export function joinModules(lib: string): void {
  const folder = join(lib, FOLDER);
  if (existsSync(folder) && statSync(folder).mtimeMs >= statSync(join(lib, 'index.js')).mtimeMs) return;
  rmSync(folder, { recursive: true, force: true });
  const doors = new Set(DOORS.map(door => join(lib, door)).filter(existsSync));
  const names = new Map([...doors].filter(door => !readFileSync(door, 'utf8').startsWith('#!')).map(door => [door, exported(door)]));
  const modules = new Map(readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.js')).sort()
    .map(name => join(lib, name)).map(file => [file, new Compiled(file)]));
  const groups = grouped(lib, modules, doors);
  const groupOf = new Map([...groups].flatMap(([name, files]) => files.map(file => [file, name])));
  const nameOf = (file: string) => relative(lib, file).replace(/\.js$/, '');
  mkdirSync(folder);
  const written = [...groups].map(([group, files]) => {
    const others = new Set<string>();
    const ask = (file: string) => {
      const its = groupOf.get(file);
      if (its !== undefined && its !== group) others.add(its);
      return its === undefined ? undefined : `${its === group ? 'load' : variable(its)}(${JSON.stringify(nameOf(file))})`;
    };
    const texts = files.map(file => `${JSON.stringify(nameOf(file))}: (function (exports, module) {${modules.get(file)!.text(folder, ask)}\n})`);
    const loaders = [...others].map(other => `let ${variable(other)} = name => (${variable(other)} = require("./${other}"))(name);\n`);
    return { file: join(folder, `${group}.js`), text: `"use strict";\n${loaders.join('')}const modules = {\n${texts.join(',\n')}\n};\n${LOADER}` };
  });
  for (const [file, compiled] of modules) {
    if (groupOf.has(file)) continue;
    const ask = (asked: string) => {
      const its = groupOf.get(asked);
      return its === undefined ? undefined : `require(${JSON.stringify(pathTo(dirname(file), join(folder, its)))})(${JSON.stringify(nameOf(asked))})`;
    };
    const hint = names.has(file) ? `\n0 && (module.exports = { ${names.get(file)!.join(', ')} });\n` : '';
    written.push({ file, text: compiled.text(dirname(file), ask, !nameOf(file).startsWith(AS_IT_IS)) + hint });
  }
  for (const { file, text } of written) writeFileSync(file, text);
  for (const file of groupOf.keys()) rmSync(file);
  // As young as what was written last: it tells whether anything was compiled since.
  const now = new Date();
  for (const path of [...written.map(({ file }) => file), folder]) utimesSync(path, now, now);
}

/** Each module is run once, when it is first asked for; one that is still running gives what it has, as in Node. */
const LOADER = `const loaded = {};
const load = name => {
  const known = loaded[name];
  if (known) return known.exports;
  const module = loaded[name] = { exports: {} };
  modules[name](module.exports, module);
  return module.exports;
};
load.holds = name => Object.hasOwn(modules, name);
module.exports = load;
`;

/** The modules by who loads them. Few that somebody loads lie with more, which all that ask for them load, too. */
function grouped(lib: string, modules: ReadonlyMap<string, Compiled>, doors: ReadonlySet<string>): Map<string, string[]> {
  const waysTo = new Map<string, string[]>();
  for (const [way, starts] of Object.entries(WAYS)) {
    const reached = new Set<string>();
    const queue = starts.map(start => join(lib, start)).filter(file => modules.has(file));
    for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
      if (reached.has(file)) continue;
      reached.add(file);
      waysTo.set(file, [...waysTo.get(file) ?? [], way]);
      queue.push(...modules.get(file)!.atOnce);
    }
  }
  const groups = new Map<string, string[]>();
  for (const file of modules.keys()) {
    const ways = waysTo.get(file);
    if (!ways || doors.has(file) || relative(lib, file).startsWith(AS_IT_IS)) continue;
    const name = ways.join('-');
    groups.set(name, [...groups.get(name) ?? [], file]);
  }
  const size = (files: readonly string[]) => files.reduce((sum, file) => sum + statSync(file).size, 0);
  const large = [...groups].filter(([, files]) => size(files) >= SMALL).sort(([, a], [, b]) => size(a) - size(b)).map(([name]) => name);
  for (const [name, files] of [...groups]) {
    const host = large.includes(name) ? undefined : large.find(other => name.split('-').every(way => other.split('-').includes(way)));
    if (host === undefined) continue;
    groups.get(host)!.push(...files);
    groups.delete(name);
  }
  return groups;
}

/** The names that a door lets out: who imports it as an ES module is told them before it runs. */
function exported(door: string): string[] {
  return Object.keys(createRequire(door)(door) as object).filter(name => name !== '__esModule');
}

function variable(group: string): string {
  return group.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function pathTo(folder: string, file: string): string {
  const path = relative(folder, file);
  return path.startsWith('.') ? path : `./${path}`;
}

if (require.main === module) joinModules(join(__dirname, '..', 'lib'));
