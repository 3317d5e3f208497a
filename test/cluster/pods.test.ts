import { spawnSync } from 'node:child_process';
import { realFolder } from '../../src/kube/paths';
import { ApiServer } from './api-server';
import { IMAGES } from './images';
import { build } from './images/build';
import { apply, kubectl } from './kubectl';
import { busybox } from './pods/busybox';
import { confinement } from './pods/confinement';
import { LivePod, STARTED } from './pods/live-pod';
import { nginx } from './pods/nginx';
import { postgres } from './pods/postgres';
import { redis } from './pods/redis';
import { Subject } from './pods/subject';
import { volumes } from './pods/volumes';
import { selectorOf, takeAway, workloadOf, writableFolders, written } from './pods/written';

const SUBJECTS: Subject[] = [...busybox, ...nginx, ...redis, ...postgres];
const NO_CAPABILITIES = Array(5).fill('0000000000000000');

let server: ApiServer;
const tally = { actions: 0, taken: 0 };

jest.setTimeout(300_000);

beforeAll(() => {
  server = new ApiServer();
  for (const image of IMAGES) {
    const { status, stderr } = spawnSync(process.env.CLUSTER!, ['load', build(image)], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
  // The kubelet of the lab does not measure what pods write to its disk, and then counts none as there.
  const { ok, err } = kubectl(['patch', 'node', 'node1', '--subresource=status', '--type=merge', '-p', JSON.stringify({
    status: { capacity: { 'ephemeral-storage': '1Ti' }, allocatable: { 'ephemeral-storage': '1Ti' } },
  })]);
  if (!ok) throw new Error(err);
  apply(volumes(20));
}, 600_000);

afterAll(() => {
  server.close();
  console.log(`${STARTED.size} pods started, ${tally.actions} witness actions done, ${tally.taken} mounts taken away`);
});

describe.each(SUBJECTS)('$title', subject => {
  const paths = Object.keys(subject.witnesses);
  let whole: LivePod;
  let maimed: Map<string, LivePod>;

  beforeAll(() => {
    whole = run(subject, subject.name);
    maimed = new Map(paths.map((path, index) => [path, run(subject, `${subject.name}-without-${index + 1}`, path)]));
  });

  afterAll(() => {
    kubectl(['delete', 'namespace', '--wait=false', ...[whole, ...maimed.values()].map(({ namespace }) => namespace)]);
  });

  test('of each folder that it can write to, something is known that it writes there', () => {
    expect(writableFolders(workloadOf(subject, written(subject, subject.name))).sort()).toEqual([...paths].sort());
  });

  test('it gets ready as a user without rights, on a file system that it can only read', async () => {
    await whole.starts();
    expect(confinement(whole)).toEqual({
      user: String(subject.user),
      group: String(subject.group),
      capabilities: NO_CAPABILITIES,
      noNewPrivileges: '1',
      seccomp: '2',
      rootIsReadOnly: true,
      write: expect.stringMatching(/[Rr]ead-only file system/),
      writableInImage: [],
      writableMounts: paths.map(realFolder).sort(),
      token: false,
    });
  });

  if (subject.work.length) {
    test.each(subject.work)('it $title', async ({ run: act }) => {
      await act(whole);
      tally.actions += 1;
    });
  }

  const witnesses = Object.entries(subject.witnesses).map(([path, witness]) => ({ path, ...witness }));
  test.each(witnesses)('it $title', async ({ run: act }) => {
    await act(whole);
    tally.actions += 1;
  });

  test.each(witnesses)('the suite sees $path taken away: that it $title fails then', async ({ path, run: act, says }) => {
    const pod = maimed.get(path)!;
    await pod.settles();
    const failure = await Promise.resolve().then(() => act(pod)).then(() => 'it does not fail', (error: Error) => `${error.message}\n${pod.log()}`);
    expect(failure).toMatch(says);
    tally.taken += 1;
  });
});

/** Brings a subject into a namespace of its own, perhaps without one of its mounts. */
function run(subject: Subject, namespace: string, without?: string): LivePod {
  const manifests = written(subject, namespace);
  const workload = workloadOf(subject, manifests);
  if (without) takeAway(workload, without);
  apply(manifests.filter(({ kind }) => kind === 'Namespace'));
  apply(manifests);
  if (workload.kind === 'CronJob') { // whose time has not come
    const { ok, err } = kubectl(['create', 'job', '-n', namespace, workload.metadata.name, `--from=cronjob/${workload.metadata.name}`]);
    if (!ok) throw new Error(err);
  }
  return new LivePod(namespace, selectorOf(workload), server);
}
