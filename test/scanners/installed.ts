import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where a file of a scanner lies; undefined where it is not installed. */
export function installed(...parts: string[]): string | undefined {
  const file = join(process.env.SCANNERS ?? '/nowhere', ...parts);
  return existsSync(file) ? file : undefined;
}

/** What a program writes. It may end with any of the statuses by which scanners say that they found something. */
export function outputOf(program: string, args: readonly string[]): string {
  const { stdout, stderr, status, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (error) throw error;
  if (status !== 0 && status !== 1) throw new Error(`${program} ended with ${status}: ${stderr.slice(-2000)}`);
  return stdout;
}
