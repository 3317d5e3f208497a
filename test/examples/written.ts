import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, AppProps } from 'cdk8s';
import { ROOT } from '../house/files';

/** Where the examples are. */
export const FOLDER = join(ROOT, 'examples');
/** Their folders. */
export const EXAMPLES = readdirSync(FOLDER, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name).sort();

/**
 * What an example writes: its files in the order of their names. Its modules are loaded anew, so that nothing is left of
 * another run.
 *
 * @param prepare is shown the app before anything is in it
 */
export function written(example: string, prepare?: (app: App) => void): string {
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    jest.isolateModules(() => {
      if (prepare) jest.doMock('cdk8s', () => preparing(prepare));
      jest.requireActual(join(FOLDER, example, 'typescript/main.ts'));
    });
    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.yaml')).sort();
    return files.map(path => readFileSync(join(outdir, path), 'utf8')).join('---\n');
  } finally {
    jest.dontMock('cdk8s');
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
    rmSync(outdir, { recursive: true });
  }
}

/** cdk8s with apps that are prepared. */
function preparing(prepare: (app: App) => void): object {
  const actual = jest.requireActual<typeof import('cdk8s')>('cdk8s');
  class Prepared extends actual.App {
    constructor(props: AppProps) {
      super(props);
      prepare(this);
    }
  }
  return { ...actual, App: Prepared };
}
