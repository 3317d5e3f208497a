#!/usr/bin/env node
import { check } from './check';

const COMMANDS: { readonly [name: string]: (args: readonly string[]) => number } = { check };

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (command) {
  process.exitCode = command(args);
} else {
  process.stderr.write(`cdk8s-hardened: '${name}' is no command. Known are: ${Object.keys(COMMANDS).join(', ')}.\n`);
  process.exitCode = 2;
}
