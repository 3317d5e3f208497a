import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What debian-slim, which the official images are made from, has for start scripts. */
export const DEBIAN_SLIM = ['bash', 'coreutils', 'dash', 'findutils', 'grep', 'gzip', 'hostname', 'libc-bin', 'sed'];
/** Documents and translations, which debian-slim leaves out as well. */
const LEFT_OUT = ['doc', 'man', 'locale', 'info', 'lintian', 'bash-completion'];

/** Links that no package brings: debootstrap and the configuration of base-files make them. */
const LINKS = { 'bin': 'usr/bin', 'sbin': 'usr/sbin', 'lib': 'usr/lib', 'lib64': 'usr/lib64', 'var/run': 'run', 'var/lock': 'run/lock' };

/** As on a machine without any package: all that is needed is named, whatever is installed here. Root is not to become another user. */
const APT = ['-qq', '-o', 'Dir::State::status=/dev/null', '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=root', '--no-install-recommends'];

/** The files of packages and of all that they depend on; their names tell the versions. */
export function packageFiles(packages: readonly string[]): string[] {
  const plan = () => execFileSync('apt-get', [...APT, '--print-uris', 'install', ...packages], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  let text: string;
  try {
    text = plan();
  } catch { // Perhaps only the package lists are missing.
    execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'] });
    text = plan();
  }
  return text.split('\n').filter(line => line.startsWith("'")).map(line => line.split(' ')[1]).sort();
}

/** Packages and all that they depend on, unpacked and not configured: their scripts do not run. */
export function unpack(packages: readonly string[], root: string, downloads: string): void {
  mkdirSync(join(downloads, 'partial'), { recursive: true });
  execFileSync('apt-get', [...APT, '-o', `Dir::Cache::archives=${downloads}`, '--download-only', '-y', 'install', ...packages], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const [link, folder] of Object.entries(LINKS)) {
    for (const path of [folder, dirname(link)]) mkdirSync(join(root, path), { recursive: true });
    symlinkSync(link.includes('/') ? `/${folder}` : folder, join(root, link));
  }
  for (const file of packageFiles(packages)) {
    const data = execFileSync('dpkg-deb', ['--fsys-tarfile', join(downloads, basename(file))], { maxBuffer: 2 ** 30 });
    execFileSync('tar', ['-x', '--keep-directory-symlink', '-C', root], { input: data });
  }
  for (const folder of LEFT_OUT) rmSync(join(root, 'usr/share', folder), { recursive: true, force: true });
}
