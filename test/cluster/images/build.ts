import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Archive } from './archive';
import { packageFiles, unpack } from './debian';
import { Definition, Folder } from './definition';

/** What every image depends on, of this folder. */
const SHARED = ['archive.ts', 'build.ts', 'debian.ts', 'definition.ts'];
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-hardened');

/**
 * Makes an image's archive, and says where it is. It is kept outside of the repository, by what it is made of: the
 * versions of the packages and its sources in this folder.
 */
export function build(definition: Definition): string {
  const parts = [...packageFiles(definition.packages), ...sources(definition)];
  const folder = join(CACHE, 'images-1');
  const file = join(folder, `${definition.name}-${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12)}.tar`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const work = mkdtempSync(join(folder, 'unfinished-'));
    try {
      make(definition, work);
      renameSync(join(work, 'image.tar'), file);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  return file;
}

function make({ name, packages, user, files = {}, folders = {}, finish, tags }: Definition, work: string): void {
  const root = join(work, 'root');
  unpack(packages, root, join(work, 'downloads'));
  const accounts = [{ name: 'root', id: 0, home: '/root' }, ...user ? [user] : []];
  fill(root, {
    'etc/passwd': accounts.map(account => `${account.name}:x:${account.id}:${account.id}::${account.home}:/bin/sh\n`).join(''),
    'etc/group': accounts.map(account => `${account.name}:x:${account.id}:\n`).join(''),
    'etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files dns\n',
    ...files,
  }, { 'tmp': { owner: 0, mode: '1777' }, 'var/tmp': { owner: 0, mode: '1777' }, ...folders });
  finish?.(root);
  const archive = new Archive(join(work, 'archive'));
  archive.addLayer(name, root);
  const entries = tags.map((tag, index) => {
    const own = `${name}-${index}`;
    if (!tag.files && !tag.folders) return { ...tag, layers: [name] };
    const layer = join(work, own);
    mkdirSync(layer);
    fill(layer, tag.files ?? {}, tag.folders ?? {});
    archive.addLayer(own, layer);
    return { ...tag, layers: [name, own] };
  });
  archive.write(entries, join(work, 'image.tar'));
}

function fill(root: string, files: { readonly [path: string]: string }, folders: { readonly [path: string]: Folder }): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), text.startsWith('#!') ? 0o755 : 0o644);
  }
  for (const [path, { owner, mode }] of Object.entries(folders)) {
    mkdirSync(join(root, path), { recursive: true });
    chownSync(join(root, path), owner, owner);
    chmodSync(join(root, path), parseInt(mode, 8));
  }
}

function sources({ name }: Definition): string[] {
  return [...SHARED, `${name}.ts`, `scripts/${name}.sh`].map(path => join(__dirname, path)).filter(existsSync).map(file => readFileSync(file, 'utf8'));
}
