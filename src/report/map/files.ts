import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the page is made of, as it stands in the package: styles and a script, each a file that tools can read. */
const FOLDER = join(__dirname, '..', '..', '..', 'pages', 'map');

/** The text of one of them. */
export function fileOfPage(name: 'page.css' | 'page.js' | 'picture.css'): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}
