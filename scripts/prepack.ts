import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unreachedTypes } from './reached-types';

// Runs before npm packs. What is bundled is packed whole, whatever the package's own .npmignore says; one beside the files is heard.

const ROOT = join(__dirname, '..');

/** By folder: what in it is not packed. */
const LEFT_OUT: { readonly [folder: string]: readonly string[] } = {
  'node_modules/@dagrejs/dagre/dist': ['*.map', '/types/', '*.d.ts', 'dagre.js', 'dagre.min.js', 'dagre.esm.js', '*.js.LEGAL.txt'],
  'node_modules/@dagrejs/graphlib/dist': ['*.map', '/types/', '*.d.ts', '*.js'],
  'node_modules/js-yaml/dist': ['*.map', '/browser/', '*.mjs', '*.d.ts', '*.d.mts'],
};

for (const [folder, names] of Object.entries(LEFT_OUT)) {
  if (!existsSync(join(ROOT, folder))) throw new Error(`${folder} is not there: npm ci installs it; if it is no longer bundled, strike it out in scripts/prepack.ts.`);
  writeFileSync(join(ROOT, folder, '.npmignore'), `${names.join('\n')}\n`);
}

// Types of what is behind the doors are of no use to those who cannot come in there.
if (existsSync(join(ROOT, 'lib', 'index.d.ts'))) {
  const { exports: doors } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: { [path: string]: string | { types?: string } } };
  const types = Object.values(doors).flatMap(door => typeof door === 'object' && door.types ? [join(ROOT, door.types)] : []);
  writeFileSync(join(ROOT, 'lib', '.npmignore'), unreachedTypes(join(ROOT, 'lib'), types).map(path => `/${path}\n`).join(''));
}
