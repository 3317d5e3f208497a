import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { App } from 'cdk8s';
import type { IHardenedWorkload } from 'cdk8s-hardened';
import { build } from './build';
import { Judged, judgedIn } from './demo/judged';
import { read } from './demo/manifests';
import { page } from './demo/page';

/** Synthesizes an example into dist/ and says what was written, as it stands in the files: `npm run demo [-- EXAMPLE]`. */
function main(): void {
  const root = join(__dirname, '..');
  const examples = readdirSync(join(root, 'examples')).filter(name => /^\d/.test(name)).sort();
  const example = process.argv[2] ?? examples[0];
  if (!examples.includes(example)) throw new Error(`there is no example '${example}'; there are: ${examples.join(', ')}`);
  const program = join(root, 'examples', example, 'typescript/main.ts');
  const folder = join(root, 'dist', example);

  build(root);
  rmSync(folder, { recursive: true, force: true });
  process.env.CDK8S_OUTDIR = folder;
  const findings = findingsOf(program);

  const { files, objects } = read(folder);
  const shown = (path: string) => relative(process.cwd(), path);
  const lines = readFileSync(program, 'utf8').split('\n').filter(line => line.trim()).length;
  console.log(page({ files: files.map(({ path, bytes }) => ({ path: shown(path), bytes })), objects }, {
    title: `${shown(program)}: ${lines} lines in`,
    findings,
    judged: judgedBy(root, 'hardened', folder),
    folder: shown(folder),
    readme: shown(join(root, 'examples', example, 'README.md')),
  }).join('\n'));
}

/** Runs a program, and asks the workloads of its app what there is to say of them. */
function findingsOf(program: string): string[] {
  const findings: string[] = [];
  const { synth } = App.prototype;
  App.prototype.synth = function () {
    synth.call(this);
    for (const construct of this.node.findAll()) {
      for (const { where, what, rule } of (construct as Partial<IHardenedWorkload>).findings ?? []) findings.push(`${where}: ${what} [${rule}]`);
    }
  };
  createRequire(__filename)(program);
  return findings;
}

/** What the command itself says of the files. */
function judgedBy(root: string, pack: string, folder: string): Judged {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'lib/cli/main.js'), 'check', '--pack', pack, '--format', 'json', folder], { encoding: 'utf8', maxBuffer: 100_000_000 });
  if (stdout === '') throw new Error(stderr);
  return judgedIn(stdout, pack);
}

try {
  main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
