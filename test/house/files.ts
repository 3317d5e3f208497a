import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Paths as they stand in the repository (`src/kube/cidr.ts`), with the text of each file. */
export type Files = ReadonlyMap<string, string>;

/** The repository's root. */
export const ROOT = join(__dirname, '..', '..');

/** The TypeScript files under the given folders. */
export function readFiles(...folders: string[]): Files {
  return new Map(folders.flatMap(folder => walk(join(ROOT, folder)))
    .filter(path => path.endsWith('.ts'))
    .sort()
    .map(path => [relative(ROOT, path), readFileSync(path, 'utf8')]));
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap(entry => entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]);
}
