import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The nearest file of a name, in a folder or above it; for a file, in the folder that it lies in or above. Undefined where there is none. */
export function upwards(start: string, name: string): string | undefined {
  const first = existsSync(start) && statSync(start).isDirectory() ? start : dirname(start);
  for (let folder = first; ; folder = dirname(folder)) {
    const file = join(folder, name);
    if (existsSync(file)) return file;
    if (folder === dirname(folder)) return undefined;
  }
}
