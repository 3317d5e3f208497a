import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

// The command line in one file: to find, read and wrap each module by itself takes half of what a short command takes.
// What is required late stays so. Packages and Node's own modules are left where they are. A bundler would do the same,
// with a binary for each platform in the lock file.

const MARK = '// Written by scripts/bundle.ts';

/** The modules that an entry needs, however late, as the text of one CommonJS module that stands in its place. */
export function bundled(entry: string): string {
  const text = readFileSync(entry, 'utf8');
  if (text.includes(MARK)) return text;
  const ids = new Map<string, number>();
  const modules: string[] = [];
  const home = dirname(entry);

  function add(file: string): number {
    const known = ids.get(file);
    if (known !== undefined) return known;
    const id = ids.size;
    ids.set(file, id);
    const code = readFileSync(file, 'utf8').replace(/^#!.*/, '').replace(/^\/\/# sourceMappingURL=.*$/m, '')
      .replace(/\brequire\((["'])(\.[^"']*)\1\)/g, (_whole, _quote, name: string) => `load(${add(require.resolve(join(dirname(file), name)))})`);
    const place = relative(home, dirname(file)).replaceAll('\\', '/');
    modules[id] = `[${JSON.stringify(place)}, (module, exports, __dirname) => { // ${relative(home, file)}\n${code}\n}]`;
    return id;
  }

  add(entry);
  return `#!/usr/bin/env node
${MARK}
'use strict';
const modules = [
${modules.join(',\n')},
];
const loaded = [];
function load(id) {
  if (loaded[id]) return loaded[id].exports;
  const module = loaded[id] = { exports: {} };
  const [place, run] = modules[id];
  run(module, module.exports, require('node:path').join(__dirname, place));
  return module.exports;
}
load(0);
`;
}

/** Bundles what was compiled. */
export function bundle(root: string): void {
  const main = join(root, 'lib/cli/main.js');
  writeFileSync(main, bundled(main));
}

if (require.main === module) bundle(join(__dirname, '..'));
