import { closeSync, fstatSync, openSync, readdirSync, readSync, realpathSync, Stats, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { skippedFolder, Skipped } from './not-manifests';
import { Problem, Unreadable } from './problem';

/** Standard input, as it is named among paths. */
export const STANDARD_INPUT = '-';
const MANIFESTS = /\.(?:yaml|yml|json)$/i;
const BUFFER = 1 << 16;

/** What a walk found. */
export interface Found {
  readonly files: string[];
  readonly problems: Problem[];
  readonly skipped: Skipped[];
  /** Something lay there that an earlier path had led to. */
  repeated: boolean;
}

/** Files by the names and folders in which they lie, each once, however many links lead to it. */
export class Walk {
  private readonly seen = new Set<string>();

  /** The files that a path names: itself, or what lies in it, in alphabetical order. */
  public find(path: string): Found {
    const found: Found = { files: [], problems: [], skipped: [], repeated: false };
    if (path !== STANDARD_INPUT) this.enter(path, found, [], true);
    else if (this.first(path, found)) found.files.push(path);
    return found;
  }

  private enter(path: string, found: Found, above: readonly string[], named: boolean): void {
    const stats = attempt(path, found, () => statSync(path));
    if (!stats) return;
    if (stats.isDirectory()) this.folder(path, found, above, named);
    else if (named || MANIFESTS.test(path)) this.file(path, stats, found, named);
  }

  private file(path: string, stats: Stats, found: Found, named: boolean): void {
    if (!stats.isFile() && !named) {
      found.problems.push({ file: path, line: 0, message: 'it is a pipe, a socket or a device, not a file. Name it by itself if it is to be read.' });
      return;
    }
    const real = stats.isFile() ? attempt(path, found, () => realpathSync(path)) : path;
    if (real !== undefined && this.first(real, found)) found.files.push(path);
  }

  private folder(path: string, found: Found, above: readonly string[], named: boolean): void {
    const reason = named ? undefined : skippedFolder(path);
    if (reason) {
      found.skipped.push({ file: path, reason });
      return;
    }
    const real = attempt(path, found, () => realpathSync(path));
    if (real === undefined) return;
    if (above.some(folder => `${folder}${sep}`.startsWith(`${real}${sep}`))) {
      found.problems.push({ file: path, line: 0, message: 'it is a link to a folder that it lies in, so it has no end. Remove the link.' });
      return;
    }
    if (!this.first(real, found)) return;
    const names = attempt(path, found, () => readdirSync(path).sort());
    for (const name of names ?? []) this.enter(join(path, name), found, [...above, real], false);
  }

  private first(real: string, found: Found): boolean {
    if (this.seen.has(real)) found.repeated = true;
    return this.seen.size < this.seen.add(real).size;
  }
}

function attempt<T>(file: string, found: Found, ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    found.problems.push({ file, line: 0, message: refusal(error) });
    return undefined;
  }
}

/** What the system's refusal means, and what to do. */
export function refusal(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOENT': return 'there is no such file or folder. Check the name, or the link that leads here.';
    case 'EACCES':
    case 'EPERM': return 'it may not be read. Grant the right to read it, or leave it out.';
    case 'ELOOP': return 'its links lead in a circle. Remove the link.';
    case 'ENAMETOOLONG': return 'its name is too long. Name a file or a folder.';
    case 'ERR_INVALID_ARG_VALUE': return 'its name holds a zero byte. Name a file or a folder.';
    default: return `it cannot be read: ${message}.`;
  }
}

/** The bytes of a file or of standard input; never more than `most`, for some never end. */
export function readBytes(path: string, most: number): Buffer {
  const file = path === STANDARD_INPUT ? 0 : openSync(path, 'r');
  try {
    const size = fstatSync(file).size;
    if (size > most) throw tooBig(most);
    const parts: Buffer[] = [];
    for (let total = 0; ;) {
      const part = Buffer.allocUnsafe(Math.max(BUFFER, size - total + 1));
      const length = readSome(file, part);
      if (length === 0) return parts.length === 1 ? parts[0] : Buffer.concat(parts);
      parts.push(part.subarray(0, length));
      total += length;
      if (total > most) throw tooBig(most);
    }
  } finally {
    if (file !== 0) closeSync(file);
  }
}

/** Standard input may not have anything yet (EAGAIN), and on some systems ends with an error (EOF). */
export function readSome(file: number, into: Buffer): number {
  for (;;) {
    try {
      return readSync(file, into);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
  }
}

function tooBig(most: number): Unreadable {
  return new Unreadable(`it has more than ${Math.round(most / 1e6)} MB. Split it, or leave it out.`);
}
