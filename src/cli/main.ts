#!/usr/bin/env node
import { run } from './run';
import { Status } from './surroundings';

const { stdout, stderr, env, argv } = process;

// Whoever reads may stop to: `cdk8s-hardened check . | head`. A disk that is full is another matter.
for (const stream of [stdout, stderr]) {
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    process.exitCode = Status.UNANSWERED;
    if (stream === stdout) stderr.write(`cdk8s-hardened: it cannot be written: ${message}\n`);
  });
}
process.exitCode = run(argv.slice(2), { stdout, stderr, env, folder: process.cwd() });
