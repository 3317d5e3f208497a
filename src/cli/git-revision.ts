import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { Problem } from '../kube/reading/problem';
import { readInputs, ReadObject } from '../kube/reading/read';
import { KNOWN_VERSIONS } from '../reach/world';
import { wrong } from './options';

/** What a side of a comparison is read from. */
export interface Side {
  readonly objects: readonly ReadObject[];
  readonly problems: readonly Problem[];
}

/** Answers of git that are larger than that are none. */
const LARGEST = 1 << 30;
/** Files of these kinds are read; others need not come. */
const MANIFESTS = /\.(?:yaml|yml|json)$/i;
/** Git asks nobody, fetches nothing, writes nothing, and takes names for names. */
const QUIETLY = { GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_LITERAL_PATHSPECS: '1', LC_ALL: 'C' };

/** The revisions in `main` (compared with the files as they are, so the second is undefined) or `main..feature`. */
export function revisionsIn(command: string, text: string): readonly [string, string | undefined] {
  const [first, second, ...others] = text.split('..');
  if (others.length || text.includes('...') || !first || second === '') {
    throw wrong(command, `--git '${text}' names no revisions`, 'Write one, such as main, or two: main..feature.');
  }
  return [first, second];
}

/**
 * What stood at some paths at a revision, as if it had been read there: files are called `main:dist/web.yaml`. A path that
 * was not there yet is empty. Files are put into a folder of their own while they are read, never into the work tree.
 */
export function readRevision(command: string, revision: string, paths: readonly string[], folder: string): Side {
  const sides = paths.map(path => {
    const repository = new Repository(command, resolve(folder, path));
    const commit = repository.commit(revision);
    const temporary = mkdtempSync(join(tmpdir(), 'cdk8s-hardened-'));
    try {
      const written = repository.writeTo(temporary, commit);
      if (!written.size) return { objects: [], problems: [] };
      const { objects, problems } = readInputs([temporary], { versions: KNOWN_VERSIONS });
      const name = (file: string) => `${revision}:${written.get(file) ?? repository.path}`;
      return {
        objects: objects.map(object => ({ ...object, source: { ...object.source, file: name(object.source.file) } })),
        problems: problems.map(problem => ({ ...problem, file: name(problem.file) })),
      };
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
  return { objects: sides.flatMap(({ objects }) => objects), problems: sides.flatMap(({ problems }) => problems) };
}

/** What stands at some paths now; a path that is gone is empty. */
export function readNow(paths: readonly string[], folder: string): Side {
  const there = paths.filter(path => existsSync(resolve(folder, path)));
  return there.length ? readInputs(there, { versions: KNOWN_VERSIONS }) : { objects: [], problems: [] };
}

/** The repository around a path, whether the path is there now or not. */
class Repository {
  /** The path within it, with slashes; empty for all of it. */
  public readonly path: string;
  private readonly folder: string;

  constructor(private readonly command: string, private readonly asked: string) {
    let folder = asked;
    while (!existsSync(folder) || !statSync(folder).isDirectory()) folder = dirname(folder);
    this.folder = folder;
    const root = realpathSync(this.git(['rev-parse', '--show-toplevel']).toString('utf8').replace(/\n$/, ''));
    this.path = relative(root, join(realpathSync(folder), relative(folder, asked))).split(sep).join('/');
  }

  public commit(revision: string): string {
    // What begins with a dash would be an option.
    if (revision.startsWith('-') || revision.includes('\0')) throw this.unknown(revision);
    try {
      return this.git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]).toString('utf8').trim();
    } catch {
      throw this.unknown(revision);
    }
  }

  /** Writes the manifests of a commit below the path into a folder; says which file is which. */
  public writeTo(folder: string, commit: string): Map<string, string> {
    const written = new Map<string, string>();
    const listed = this.git(['ls-tree', '-r', '-z', '--full-tree', commit, ...this.path ? ['--', this.path] : []]).toString('utf8');
    const entries = listed.split('\0').flatMap(entry => {
      const match = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(entry);
      return match && (MANIFESTS.test(match[2]) || match[2] === this.path) ? [{ id: match[1], path: match[2] }] : [];
    });
    if (!entries.length) return written;
    const blobs = this.git(['cat-file', '--batch'], `${entries.map(({ id }) => id).join('\n')}\n`);
    let at = 0;
    for (const { path } of entries) {
      const end = blobs.indexOf('\n', at);
      const size = Number(blobs.toString('latin1', at, end).split(' ')[2]);
      if (end < 0 || !Number.isInteger(size)) throw wrong(this.command, `git has no content of '${path}'`, 'Fetch it first.');
      const below = path === this.path ? basename(path) : path.slice(this.path ? this.path.length + 1 : 0);
      const target = join(folder, below);
      if (!target.startsWith(folder + sep)) throw wrong(this.command, `the path '${path}' leads out of its folder`, 'Compare a folder without it.');
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, blobs.subarray(end + 1, end + 1 + size));
      written.set(target, path);
      at = end + 1 + size + 1;
    }
    return written;
  }

  private git(args: readonly string[], input?: string): Buffer {
    try {
      return execFileSync('git', ['-c', 'core.fsmonitor=false', ...args], {
        cwd: this.folder, input, maxBuffer: LARGEST, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...QUIETLY },
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw wrong(this.command, 'git is not installed', 'Install it, or compare two folders.');
      if (args[1] === '--show-toplevel') throw wrong(this.command, `'${this.asked}' is in no work tree of git`, 'Compare two folders: OLD NEW.');
      throw error;
    }
  }

  private unknown(revision: string): Error {
    return wrong(this.command, `git knows no revision '${revision}'`, 'Name a branch, a tag or a commit that is there.');
  }
}
