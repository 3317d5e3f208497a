import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build';

// What is published: small enough, and whole enough to work. Packs it, lays it where an installation would, and uses it.

const ROOT = join(__dirname, '..');
const MOST_BYTES = 3_000_000;
const SHOWN = 12;
const PEERS = ['cdk8s', 'cdk8s-plus-27', 'constructs'];

/** One calls the other, so that there is something to lay out. */
const TWO_PODS = ['caller', 'callee'].map(name => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: a, image: b}]}\n`).join('---\n');

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

function packInto(folder: string): Packed {
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  // What scripts print comes before it.
  return (JSON.parse(output.slice(output.search(/^\[$/m))) as Packed[])[0];
}

function largest({ files }: Packed): string {
  return [...files].sort((a, b) => b.size - a.size).slice(0, SHOWN).map(({ path, size }) => `${String(size).padStart(10)} ${path}`).join('\n');
}

function unpack({ filename }: Packed, folder: string, home: string): void {
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', home, '--strip-components=1']);
}

/** Every way in that does not need another language. */
function use(folder: string, packed: Packed): void {
  const home = join(folder, 'node_modules', 'cdk8s-hardened');
  unpack(packed, folder, home);
  // Their own dependencies are found where they really lie.
  for (const peer of PEERS) symlinkSync(join(ROOT, 'node_modules', peer), join(folder, 'node_modules', peer));
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  run('-e', "new (require('cdk8s-hardened').HardenedPod)(new (require('cdk8s').Chart)(new (require('cdk8s').App)(), 'a'), 'b', { containers: [{ image: 'nginx:1.28' }] })");
  run('--input-type=module', '-e', "import { HardenedPod } from 'cdk8s-hardened'; if (!HardenedPod) throw new Error('it exports nothing')");
  const bin = join(home, 'lib/cli/main.js');
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  if (run(bin, '--version').trim() !== version) throw new Error('the command tells another version');
  const answer = execFileSync(process.execPath, [bin, 'check', '-', '--format', 'json', '--fail-on', 'never'], {
    cwd: folder, encoding: 'utf8', input: 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostNetwork: true, containers: [{name: a, image: b}]}\n',
  });
  const map = execFileSync(process.execPath, [bin, 'reach', '-', '--format', 'html'], { cwd: folder, encoding: 'utf8', input: TWO_PODS });
  if (!map.includes('"label":"callee"')) throw new Error('the command draws no map');
  if (!answer.includes('pod-host-')) throw new Error(`the command finds nothing: ${answer}`);
}

/** What a user's project would have, by its own npm install. */
const OF_JEST = ['@types', 'expect', '@jest', 'jest'];
const TEST = `
import { ApiObject, App, Chart } from 'cdk8s';

const chart = new Chart(new App(), 'a');
new ApiObject(chart, 'b', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' }, spec: { hostPID: true, containers: [{ name: 'c', image: 'd' }] } });

test('matchers', () => {
  expect(() => expect(chart).toBeRestricted()).toThrow('pod-host-pid');
  expect(chart).not.toHaveNoFindings({ pack: 'pss-baseline' });
});
`;

/** Real jest and real vitest, with the types that TypeScript finds by itself, in the old way and in the new one. */
function match(folder: string, packed: Packed): string {
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  for (const name of OF_JEST) if (!existsSync(join(folder, 'node_modules', name))) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', private: true }));
  writeFileSync(join(folder, 'globals.test.ts'), `import 'cdk8s-hardened/jest';\n${TEST}`);
  writeFileSync(join(folder, 'imported.test.ts'), `import { expect, test } from '@jest/globals';\nimport 'cdk8s-hardened/jest';\n${TEST}`);
  const tests = ['globals.test.ts', 'imported.test.ts'];
  const tsc = (module: string, moduleResolution: string, ...files: string[]) => run(process.execPath, join(ROOT, 'node_modules/typescript/bin/tsc'),
    '--strict', '--esModuleInterop', '--skipLibCheck', '--ignoreDeprecations', '6.0', '--target', 'es2022', '--module', module, '--moduleResolution', moduleResolution, '--outDir', 'js', ...files);
  tsc('node16', 'node16', '--noEmit', '--types', 'jest,node', ...tests);
  tsc('commonjs', 'node10', '--types', 'jest,node', ...tests);
  run(process.execPath, join(ROOT, 'node_modules/jest/bin/jest.js'), '--rootDir', folder, '--testMatch', '**/js/*.test.js');
  mkdirSync(join(folder, 'vitest'));
  writeFileSync(join(folder, 'vitest', 'package.json'), JSON.stringify({ name: 'user-of-vitest', private: true }));
  try {
    // As `npm run` it is told where its own package lies.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || name.endsWith('registry')));
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', 'vitest'], { cwd: join(folder, 'vitest'), env, stdio: 'ignore' });
  } catch {
    return 'jest; vitest was not tried, since npm cannot install it here';
  }
  for (const peer of PEERS) symlinkSync(join(ROOT, 'node_modules', peer), join(folder, 'vitest', 'node_modules', peer));
  unpack(packed, folder, join(folder, 'vitest', 'node_modules', 'cdk8s-hardened'));
  writeFileSync(join(folder, 'vitest', 'a.test.ts'), `import { expect, test } from 'vitest';\nimport 'cdk8s-hardened/vitest';\n${TEST}`);
  tsc('esnext', 'bundler', '--noEmit', '--types', 'node', 'vitest/a.test.ts');
  run(process.execPath, join(folder, 'vitest/node_modules/vitest/vitest.mjs'), 'run', '--root', join(folder, 'vitest'));
  return 'jest and vitest';
}

function main(): void {
  build(ROOT);
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    const packed = packInto(folder);
    const megabytes = `${(packed.unpackedSize / 1e6).toFixed(2)} MB in ${packed.files.length} files; at most ${MOST_BYTES / 1e6} MB are wanted`;
    if (packed.unpackedSize > MOST_BYTES) {
      console.error(`The package has ${megabytes}. The largest files:\n${largest(packed)}`);
      process.exitCode = 1;
      return;
    }
    use(folder, packed);
    const tried = match(folder, packed);
    console.log(`The package has ${megabytes}. It loads, its command works, and so do its matchers in ${tried}.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
