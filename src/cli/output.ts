import { chmodSync, closeSync, existsSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { STANDARD_INPUT } from '../kube/reading/files';
import { wrong } from './options';

/** Writes a file whole or not at all: next to it first, then in its place. */
export function writeWhole(command: string, file: string, content: Buffer | string | Iterable<string>, option = '--output'): void {
  let temporary: string | undefined;
  try {
    const old = statSync(file, { throwIfNoEntry: false });
    if (old?.isDirectory()) throw wrong(command, `${option} '${file}' is a folder`, 'Name a file in it.');
    // A device or a pipe is written to; a file in its place would be no answer to whoever reads there.
    if (old && !old.isFile()) return writeParts(file, 'w', content);
    const target = old ? realpathSync(file) : file;
    temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    writeParts(temporary, 'wx', content);
    if (old) chmodSync(temporary, old.mode);
    renameSync(temporary, target);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw wrong(command, `${option} '${file}' cannot be written (${code === 'ENOENT' ? 'its folder is not there' : message})`, 'Name a file that can be written.');
  }
}

/** Whoever names a manifest behind --output has forgotten the file: what is said of it would be written over it. */
export function keepInputs(command: string, inputs: readonly { readonly file: string }[], target: string | undefined, option = '--output'): void {
  if (target === undefined || !existsSync(target)) return;
  const real = realpathSync(target);
  if (inputs.some(({ file }) => file !== STANDARD_INPUT && realpathSync(file) === real)) {
    throw wrong(command, `${option} '${target}' is one of the files that are judged`, 'Name another file.');
  }
}

function writeParts(file: string, flag: string, content: Buffer | string | Iterable<string>): void {
  const opened = openSync(file, flag);
  try {
    for (const part of typeof content === 'string' || Buffer.isBuffer(content) ? [content] : content) writeFileSync(opened, part);
  } finally {
    closeSync(opened);
  }
}
