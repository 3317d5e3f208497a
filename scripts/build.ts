import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dim } from './demo/paint';
import { joinModules } from './join';

/** Compiles the library, where its sources are younger than what was compiled. */
export function build(root: string): void {
  const compiled = ['.jsii', 'lib/index.js'].map(path => join(root, path));
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map(path => join(root, 'src', path));
  const youngest = Math.max(...sources.map(time));
  if (compiled.every(path => existsSync(path) && time(path) >= youngest)) return;
  if (process.stdout.isTTY) process.stdout.write(dim('Compiling the library, which takes some seconds …'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [require.resolve('jsii/bin/jsii'), '--silence-warnings=reserved-word'], {
    cwd: root, encoding: 'utf8', env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
  });
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K');
  if (status !== 0) throw new Error(`the library does not compile:\n${stdout}${stderr}`);
  joinModules(join(root, 'lib'));
}

function time(path: string): number {
  return statSync(path).mtimeMs;
}
