import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const RULES = join(__dirname, '..', '..', 'src', 'rules');
/** A comment right before the constant of a rule whose id is the first thing in it, or the first argument of what makes it; or before a row of a table of rules. */
const COMMENTED = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export const \w+[^=[]*=[^'`;[]*?[({][^'`;[]*?|\{\s*id: )'([a-z]+(?:-[a-z0-9]+)+)'/g;

/** What the source says of each rule: why it is, which fields it is about, what it wants; by id. */
export function commentsOfRules(): ReadonlyMap<string, string> {
  const files = readdirSync(RULES, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).sort();
  return new Map(files.flatMap(file => {
    const text = readFileSync(join(RULES, file), 'utf8');
    return [...text.matchAll(COMMENTED)].map(([, comment, id]) => [id, plain(comment)] as const);
  }));
}

function plain(comment: string): string {
  return comment.split('\n').map(line => line.replace(/^\s*\* ?/, '')).join('\n').trim();
}
