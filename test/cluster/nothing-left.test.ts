import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

/** The most that a cluster does to this machine: containers if it can, else networks, else processes. */
const MODE = process.getuid?.() !== 0 ? 'plain' : isWritable('/sys/fs/cgroup') ? '--pods' : '--network';
const NAME = MODE.replace('--', '');
const SYSCTLS = ['vm/overcommit_memory', 'kernel/panic', 'kernel/panic_on_oops'];

// The suite itself may have the plain cluster of this checkout: then this one is somebody else's.
const elsewhere = MODE === 'plain' ? mkdtempSync(join(tmpdir(), 'cluster-')) : undefined;
const cache = elsewhere ?? process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
const folders = join(cache, 'cdk8s-hardened', 'clusters');
const script = resolve('test/cluster/with-cluster.sh');
const started: ChildProcess[] = [];

afterAll(() => {
  for (const { pid, exitCode } of started) if (exitCode === null && pid) spawnSync('kill', ['-KILL', `${pid}`]);
  if (elsewhere) rmSync(elsewhere, { recursive: true });
});

/** Everything a cluster of ours can leave on this machine. */
function state() {
  const folderOf = (file: string) => file.startsWith(folders) && file.includes(`-${NAME}`);
  const processes = readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(pid => {
    try {
      const own = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').some(line => line.startsWith('CLUSTER_DIR=') && folderOf(line.slice(12)));
      const isContainer = /kubepods/.test(readFileSync(`/proc/${pid}/cgroup`, 'utf8'));
      const isDead = /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      return !isDead && (own || isContainer || folderOf(readlinkSync(`/proc/${pid}/cwd`))) ? [readFileSync(`/proc/${pid}/comm`, 'utf8').trim()] : [];
    } catch {
      return []; // It has ended meanwhile.
    }
  });
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n').map(line => line.split(' ')[1]).filter(mount => mount && /^\/run\/netns|\/kubelet\/|\/clusters\//.test(mount));
  return {
    processes,
    mounts,
    namespaces: MODE === 'plain' ? '' : spawnSync('ip', ['netns', 'list'], { encoding: 'utf8' }).stdout,
    settings: SYSCTLS.map(name => `${name} = ${readFileSync(`/proc/sys/${name}`, 'utf8').trim()}`),
    groups: readdirSync('/sys/fs/cgroup').filter(name => name.includes('kubepods')),
    folders: existsSync(folders) ? readdirSync(folders).filter(name => name.endsWith(`-${NAME}`)) : [],
  };
}

/** Starts a cluster beside a command that never ends, and waits until it has said something. */
async function start(word: string, command: readonly string[]): Promise<ChildProcess> {
  const { KUBECONFIG, CLUSTER, CLUSTER_DIR, CLUSTER_MODE, CLUSTER_PORT, ...env } = process.env;
  if (elsewhere) env.XDG_CACHE_HOME = elsewhere;
  const child = spawn(script, [MODE, ...command], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream!.on('data', data => said += data);
  for (let tries = 0; !said.includes(word); tries++) {
    if (tries === 1200 || child.exitCode !== null) throw new Error(`with-cluster.sh never said ${word}: ${said}`);
    await after(100);
  }
  return child;
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

const FOREVER = ['sh', '-c', 'echo it runs; sleep 1000'];

describe(`beside a command, a cluster (${NAME}) leaves nothing behind`, () => {
  let before: ReturnType<typeof state>;
  beforeAll(async () => {
    // What a run that was killed long ago has left is no matter of these tests.
    await end(await start('', ['true']));
    before = state();
    expect(before).toMatchObject({ processes: [], folders: [] });
  }, 180_000);
  afterEach(() => expect(state()).toEqual(before));

  test('which ends by itself, and whose status is kept', async () => {
    const child = await start('it runs', ['sh', '-c', 'echo it runs; sleep 1000 & sleep 2; exit 7']);
    const { processes, namespaces, settings, folders: made } = state();
    expect(processes).toEqual(expect.arrayContaining(['hyper', 'sleep']));
    expect(made).toHaveLength(1);
    if (MODE !== 'plain') expect(namespaces).toContain('lab-node');
    if (MODE === '--pods') expect(settings).not.toEqual(before.settings);
    expect(await end(child)).toBe(7);
  }, 180_000);

  test.each<[string, NodeJS.Signals, (pid: number) => number, number]>([
    ['its script is interrupted', 'SIGINT', pid => pid, 130],
    ['its group is interrupted, as by Ctrl-C', 'SIGINT', pid => -pid, 130],
    ['its script is told to end', 'SIGTERM', pid => pid, 143],
  ])('which runs while %s', async (_, signal, whom, status) => {
    const child = await start('it runs', FOREVER);
    process.kill(whom(child.pid!), signal);
    expect(await end(child)).toBe(status);
  }, 180_000);

  test('which has not begun, as the cluster is still coming up', async () => {
    const child = await start('up to date', FOREVER);
    while (!state().processes.includes('hyper')) await after(50);
    process.kill(child.pid!, 'SIGTERM');
    expect(await end(child)).toBe(143);
  }, 180_000);

  test('whose script is killed outright, once the next one has run', async () => {
    const child = await start('it runs', FOREVER);
    process.kill(child.pid!, 'SIGKILL');
    await end(child);
    expect(state().processes).toEqual(expect.arrayContaining(['hyper', 'sleep']));
    expect(await end(await start('up', ['true']))).toBe(0);
  }, 180_000);
});

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
