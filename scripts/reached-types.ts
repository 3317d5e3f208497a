import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What a file of types names of its own package: imports, exports and types that are imported in place. */
const NAMED = /(?:from\s+|import\s*\(?\s*)['"](\.{1,2}(?:\/[^'"]*)?)['"]/g;

/** The files of types in a folder that none of the doors leads to. */
export function unreachedTypes(folder: string, doors: readonly string[]): string[] {
  const reached = new Set<string>();
  const queue = [...doors];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const [, name] of readFileSync(file, 'utf8').matchAll(NAMED)) {
      const path = join(dirname(file), name.replace(/\.js$/, ''));
      const its = [`${path}.d.ts`, join(path, 'index.d.ts')].find(existsSync);
      if (!its) throw new Error(`${file} names ${name}, which is not there: compile again.`);
      queue.push(its);
    }
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
    .filter(name => name.endsWith('.d.ts') && !reached.has(join(folder, name)))
    .map(name => relative('.', name));
}
