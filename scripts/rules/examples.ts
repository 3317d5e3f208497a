import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', 'test', 'rules', 'examples');

/** The manifests that show a rule: what it finds, and the same put right. */
export interface Examples {
  readonly bad: string;
  readonly good: string;
}

/** The example of a rule; undefined where it has none. */
export function examplesOf(rule: string): Examples | undefined {
  const [bad, good] = ['bad', 'good'].map(which => join(FOLDER, `${rule}.${which}.yaml`));
  return existsSync(bad) && existsSync(good) ? { bad: readFileSync(bad, 'utf8'), good: readFileSync(good, 'utf8') } : undefined;
}
