/** A fenced block of code, with the line that it starts on. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

/** The fenced blocks of a page. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\S*)[^\n]*\n([^]*?)^```$/gm)]
    .map(({ 1: language, 2: text, index }) => ({ language, text, line: page.slice(0, index).split('\n').length + 1 }));
}

/** The places in this repository that a page links to, without their anchors. */
export function linksOf(page: string): string[] {
  const prose = page.replace(/^```[^]*?^```$/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target)
    .filter(target => !/^[a-z]+:/.test(target))
    .map(target => target.split('#')[0])
    .filter(target => target !== '');
}

/** The npm scripts that a page tells its reader to run. */
export function scriptsOf(page: string): string[] {
  const run = [...page.matchAll(/\bnpm run(?: -s| --silent)? ([a-z][\w:-]*)/g)].map(([, script]) => script);
  return [...new Set(/\bnpm test\b/.test(page) ? [...run, 'test'] : run)];
}

/** The rows of the first table whose head is as given; cells without their backquotes. */
export function tableOf(page: string, head: readonly string[]): string[][] {
  const lines = page.split('\n').map(cells);
  const start = lines.findIndex(row => row.join() === head.join());
  if (start < 0) return [];
  const rows = lines.slice(start + 2);
  return rows.slice(0, rows.findIndex(row => row.length === 0));
}

function cells(line: string): string[] {
  return line.startsWith('|') ? line.slice(1, line.lastIndexOf('|')).split('|').map(cell => cell.trim().replace(/`/g, '')) : [];
}
