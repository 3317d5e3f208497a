import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import * as ts from 'typescript';
import { parse } from 'yaml';
import { call } from './cli/called';
import { blocksOf } from './docs/markdown';
import { ROOT } from './house/files';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

test('the pod that the README shows is the one that its code writes', () => {
  const blocks = blocksOf(README);
  const code = blocks.find(({ language }) => language === 'ts')!.text;
  const shown = blocks.find(({ language }) => language === 'yaml')!.text;
  const { outputText } = ts.transpileModule(`${code}\nexport { chart };`, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const exported: { chart?: never } = {};
  const load = (name: string) => jest.requireActual(name === 'cdk8s-hardened' ? '../src' : name);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own page, in a test
  new Function('require', 'exports', outputText)(load, exported);
  const [account, deployment, ...others] = Testing.synth(exported.chart!);
  expect(parse(shown)).toEqual(deployment.spec.template.spec);
  expect([account, ...others].map(({ kind }) => kind)).toEqual(['ServiceAccount', 'PodDisruptionBudget']);
});

/** What is called in the page, and what it is said to answer. */
const CALLS = blocksOf(README).filter(({ language }) => language === 'console').flatMap(({ text }) => text.split(/^\$ npx cdk8s-hardened /m).slice(1)).map(part => {
  const end = part.indexOf('\n');
  return { command: part.slice(0, end), output: part.slice(end + 1) };
});

test.each(CALLS)('answers as the README says: $command', ({ command, output }) => {
  expect(call(command.split(' '))).toEqual({ status: 0, stderr: '', stdout: output });
});
