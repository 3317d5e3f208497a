import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The packages that a user brings along; the library runs on each supported version of them. */
export const PEERS = ['cdk8s', 'cdk8s-plus-27', 'constructs'] as const;

export type Peer = typeof PEERS[number];

/** The repository's root: jest starts there. */
const ROOT = join(__dirname, '..', '..');

/** Versions of the peers as they stand in node_modules, under their plain names and as `…-newest`. */
export function installed(suffix: '' | '-newest'): Record<Peer, string> {
  return versions(peer => join(ROOT, 'node_modules', `${peer}${suffix}`));
}

/** Versions of the peers that this very run loads, whatever the configuration maps them to. */
export function loaded(): Record<Peer, string> {
  return versions(peer => folderOf(require.resolve(peer), peer));
}

function versions(folder: (peer: Peer) => string): Record<Peer, string> {
  const found = PEERS.map(peer => [peer, JSON.parse(readFileSync(join(folder(peer), 'package.json'), 'utf8')).version]);
  return Object.fromEntries(found);
}

function folderOf(file: string, peer: Peer): string {
  const match = new RegExp(`^(.*/node_modules/${peer}(?:-newest)?)/`).exec(file);
  if (!match) throw new Error(`${peer} was resolved to ${file}, which is not in node_modules`);
  return match[1];
}
