import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { App } from 'cdk8s';
import type { IHardenedWorkload } from 'cdk8s-hardened';
import { build } from './build';
import { Connections } from './demo/connections';
import { hardening, wanted } from './demo/hardening';
import { read } from './demo/manifests';
import { bold, cyan, dim, green, table, yellow } from './demo/paint';

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
  const connections = new Connections(objects);
  const waivers = objects.flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {}).filter(key => key.startsWith('cdk8s-hardened/waive.')));
  const closed = objects.filter(({ kind, metadata }) => kind === 'Namespace' && metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted');
  const lines = readFileSync(program, 'utf8').split('\n').filter(line => line.trim()).length;
  const shown = (path: string) => relative(process.cwd(), path);

  for (const line of [
    `${bold('cdk8s-hardened')} ${dim(`· ${shown(program)}: ${lines} lines in, ${objects.length} objects out`)}`,
    '',
    cyan('What was hardened') + dim(closed.map(({ metadata }) => `, in ${metadata.name}, which admits nothing less than restricted`).join('')),
    ...table(hardening(objects)),
    '',
    cyan('Who may talk to whom') + dim(', by the policies of both sides (· is not for these files to decide)'),
    ...table(connections.table()),
    '',
    cyan('What is left to say'),
    `  ${findings.length ? yellow(`${findings.length} findings:`) : green('no findings,')} ${waivers.length ? yellow(`${waivers.length} waivers`) : green('no waivers')}`,
    ...findings.map(finding => `  ${finding}`),
    ...wanted(objects).map(name => `  expects the ${name}`),
    ...connections.strangerNames().map(name => `  expects pods labelled ${name}`),
    '',
    cyan('Where it is, and what next'),
    ...files.map(({ path, bytes }) => `  ${shown(path)} ${dim(`· ${Math.ceil(bytes / 1000)} kB`)}`),
    `  ${bold(`kubectl apply --server-side -f ${shown(folder)}/`)}`,
    dim(`  before and after that: ${shown(join(root, 'examples', example, 'README.md'))}`),
  ]) console.log(line);
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

try {
  main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
