import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build';

// What is published: small enough, and whole enough to work. Packs it, lays it where an installation would, and uses it.

const ROOT = join(__dirname, '..');
const MOST_BYTES = 3_000_000;
const SHOWN = 12;
const PEERS = ['cdk8s', 'cdk8s-plus-27', 'constructs'];

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

/** Every way in that does not need another language. */
function use(folder: string, { filename }: Packed): void {
  const home = join(folder, 'node_modules', 'cdk8s-hardened');
  mkdirSync(home, { recursive: true });
  execFileSync('tar', ['-xzf', join(folder, filename), '-C', home, '--strip-components=1']);
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
  if (!answer.includes('pod-host-')) throw new Error(`the command finds nothing: ${answer}`);
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
    console.log(`The package has ${megabytes}. It loads, and its command works.`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
