import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { get, kubectl } from '../kubectl';
import { Cell } from './cells';

/** How a connection ended: `refused` by a pod that does not listen there, so it was let through. */
export type Measured = 'open' | 'refused' | 'timeout' | 'unreachable' | 'mixed' | string;

/** Processes that try connections side by side, 200 at once each: nearly all of the time goes by in waiting for what is shut. */
const PROCESSES = 3;

/** Tries connections; the results in the order of the cells. */
export async function measure(cells: readonly Cell[], seconds = 1): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'matrix-'));
  try {
    // Dealt out in turn, so that each has as much to wait for as the others.
    const hands = Array.from({ length: PROCESSES }, (_, hand) => cells.filter((_cell, i) => i % PROCESSES === hand));
    const results = await Promise.all(hands.map(async (hand, i) => {
      const file = join(folder, `${i}.json`);
      writeFileSync(file, JSON.stringify(hand.map(row)));
      return hand.length ? JSON.parse(await lab('matrix', file, '--timeout', String(seconds))) as { result: Measured }[] : [];
    }));
    return cells.map((_, i) => results[i % PROCESSES][Math.floor(i / PROCESSES)].result);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Has the cluster make what is new or other in manifests, and take away what is no longer among them; until all pods are ready. */
export async function install(manifests: readonly any[], before: readonly any[] = []): Promise<void> {
  const kept = new Set(manifests.map(keyOf));
  const gone = before.filter(manifest => !kept.has(keyOf(manifest)));
  if (gone.length) demand(['delete', '--wait=false', '--ignore-not-found', '-f', '-'], gone);
  const old = new Map(before.map(manifest => [keyOf(manifest), JSON.stringify(manifest)]));
  const fresh = manifests.filter(manifest => old.get(keyOf(manifest)) !== JSON.stringify(manifest));
  const namespaces = fresh.filter(({ kind }) => kind === 'Namespace');
  if (namespaces.length) demand(APPLY, namespaces);
  if (fresh.length > namespaces.length) {
    // A namespace has no service account in its first moments, and its pods need one.
    for (let tries = 0; ; tries++) {
      try {
        demand(APPLY, fresh.filter(({ kind }) => kind !== 'Namespace'));
        break;
      } catch (error) {
        if (tries === 20 || !/serviceaccount "default" not found/.test(String(error))) throw error;
        await new Promise(resolve => setTimeout(resolve, 500));
      }
    }
  }
  await lab('wait');
}

/** Everything that concerns connections as the API server has it, as people export it: with defaults, owners and the addresses of pods. */
export function exported(): any[] {
  const { items } = get('namespaces,pods,replicasets,deployments,statefulsets,daemonsets,networkpolicies,services,ingresses', '--all-namespaces');
  return items.filter(({ metadata }: any) => !metadata.deletionTimestamp);
}

/** Deletes namespaces, without waiting for them. */
export function remove(namespaces: readonly string[]): void {
  if (namespaces.length) kubectl(['delete', 'namespace', '--wait=false', '--ignore-not-found', ...namespaces]);
}

const APPLY = ['apply', '--server-side', '--force-conflicts', '-f', '-'];

function demand(args: readonly string[], manifests: readonly any[]): void {
  const list = { apiVersion: 'v1', kind: 'List', items: manifests };
  const { status, stderr } = spawnSync(process.env.CLUSTER!, ['kubectl', ...args], { input: JSON.stringify(list), encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(stderr);
}

function lab(...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.env.CLUSTER!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const written = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => written.out += text.toString());
    child.stderr.on('data', (text: Buffer) => written.err += text.toString());
    child.on('error', reject);
    child.on('close', status => status === 0 ? resolve(written.out) : reject(new Error(`cluster ${args[0]}: ${written.err}`)));
  });
}

function row({ from, to, port, protocol, family }: Cell): object {
  const end = (text: string) => text === 'node' || text.includes('/') ? text : `external:${text}`;
  return { from: end(from), to: end(to), port, protocol: protocol.toLowerCase(), ...family === 6 && { family: 'IPv6' } };
}

function keyOf({ apiVersion, kind, metadata: { namespace = '', name } }: any): string {
  return `${apiVersion}/${kind}/${namespace}/${name}`;
}
