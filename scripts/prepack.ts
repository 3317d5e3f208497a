import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Runs before npm packs. What is bundled is packed whole, whatever the package's own .npmignore says; one beside the files is heard.

const ROOT = join(__dirname, '..');

/** By folder: what in it is not packed. */
const LEFT_OUT: { readonly [folder: string]: readonly string[] } = {
  'node_modules/@dagrejs/dagre/dist': ['*.map', '/types/', '*.d.ts', 'dagre.js', 'dagre.min.js', 'dagre.esm.js', '*.js.LEGAL.txt'],
  'node_modules/@dagrejs/graphlib/dist': ['*.map', '/types/', '*.d.ts', '*.js'],
  'node_modules/js-yaml/dist': ['*.map', '/browser/'],
};

for (const [folder, names] of Object.entries(LEFT_OUT)) {
  if (!existsSync(join(ROOT, folder))) throw new Error(`${folder} is not there: npm ci installs it; if it is no longer bundled, strike it out in scripts/prepack.ts.`);
  writeFileSync(join(ROOT, folder, '.npmignore'), `${names.join('\n')}\n`);
}
