// Runs where npm installs the package from its repository, as pre-commit does: what is compiled is not in there, and what
// compiles it is not installed yet, so nothing but Node is used here. Whoever works in a clone compiles when it is wanted:
// npm says where it was called.
const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join, sep } = require('node:path');

const ROOT = join(__dirname, '..');
const called = process.env.INIT_CWD ?? ROOT;
if (!`${called}${sep}`.startsWith(`${ROOT}${sep}`) && !existsSync(join(ROOT, 'lib', 'cli', 'main.js'))) {
  const run = (command, ...args) => execFileSync(command, args, {
    cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32', env: { ...process.env, npm_config_global: 'false', INIT_CWD: ROOT },
  });
  if (!existsSync(join(ROOT, 'node_modules', 'jsii'))) run('npm', 'ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund');
  run('npm', 'run', 'compile');
}
