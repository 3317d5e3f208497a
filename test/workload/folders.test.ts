import { JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { FolderKind, ImageProfile, SecurityDefaults } from '../../src';
import { KINDS, MAKE, WEB, apiObject, chart, failure, podOf, podPointer, web } from './made';

const synth = (workload: ReturnType<typeof web>) => failure(() => Testing.synth(workload.node.scope as any));
const A = { ...WEB, name: 'a' };
const B = { ...WEB, name: 'b', portNumber: 9090 };
const C = { ...WEB, name: 'c', portNumber: 9091 };

/** The volume that each container sees at a path. */
function seen(pod: any, path: string): { [container: string]: string | undefined } {
  return Object.fromEntries([...pod.initContainers ?? [], ...pod.containers].map(({ name, volumeMounts = [] }: any) => (
    [name, volumeMounts.find(({ mountPath }: any) => mountPath === path)?.name]
  )));
}

test.each(KINDS)('each container of a %s has a volume of its own for a temp folder, init containers none', kind => {
  const pod = podOf(MAKE[kind](chart(), 'web', { containers: [A, B], initContainers: [{ image: 'x:1', name: 'init' }], tempFolders: ['/tmp'] }));
  expect(seen(pod, '/tmp')).toEqual({ init: undefined, a: 'temp-tmp', b: 'temp-tmp-b' });
  expect(pod.volumes).toEqual([{ name: 'temp-tmp', emptyDir: { sizeLimit: '256Mi' } }, { name: 'temp-tmp-b', emptyDir: { sizeLimit: '256Mi' } }]);
});

test('containers that are named share one volume; those that are not share nothing', () => {
  const workload = web({ containers: [C, A, B], containerOptions: { c: { tempFolders: ['/cache'] } }, initContainers: [{ image: 'x:1', name: 'init' }] });
  workload.addTempFolder('/cache', { containers: ['a', 'b', 'init'], sizeLimit: '1Gi' });
  const pod = podOf(workload);
  expect(seen(pod, '/cache')).toEqual({ init: 'temp-cache', c: 'temp-cache-c', a: 'temp-cache', b: 'temp-cache' });
  expect(pod.volumes).toEqual([{ name: 'temp-cache-c', emptyDir: { sizeLimit: '256Mi' } }, { name: 'temp-cache', emptyDir: { sizeLimit: '1Gi' } }]);
});

test("a volume of the user's own that has the name of ours is not taken for it", () => {
  const own = kplus.Volume.fromEmptyDir(chart(), 'own', 'temp-cache', { sizeLimit: undefined });
  const workload = web({ containers: [A, B], volumes: [own] });
  workload.addTempFolder('/cache', { containers: ['a', 'b'] });
  const pod = podOf(workload);
  expect(seen(pod, '/cache')).toEqual({ a: 'temp-cache-2', b: 'temp-cache-2' });
  expect(pod.volumes.map(({ name }: any) => name)).toEqual(['temp-cache', 'temp-cache-2']);
});

test('nor does one shared folder get the name that another one has moved to', () => {
  const own = kplus.Volume.fromEmptyDir(chart(), 'own', 'temp-cache', { sizeLimit: undefined });
  const workload = web({ containers: [A, B], volumes: [own] });
  for (const path of ['/cache', '/cache-2']) workload.addTempFolder(path, { containers: ['a', 'b'] });
  const names = podOf(workload).volumes.map(({ name }: any) => name);
  expect(new Set(names).size).toBe(3);
  const [cache, cache2] = ['/cache', '/cache-2'].map(path => seen(podOf(workload), path));
  expect(cache.a).not.toBe(cache2.a);
});

test('the same folder said twice is one, with what either says of it', () => {
  const workload = web({ containers: [A], tempFolders: ['/tmp', '/tmp/'] });
  workload.addTempFolder('/tmp', { sizeLimit: '1Gi' });
  expect(podOf(workload).volumes).toEqual([{ name: 'temp-tmp', emptyDir: { sizeLimit: '1Gi' } }]);
});

test('the same folder said twice in different ways is refused', () => {
  const sizes = web({ containers: [A] });
  sizes.addTempFolder('/tmp', { sizeLimit: '1Gi' });
  sizes.addTempFolder('/tmp', { sizeLimit: '2Gi' });
  const message = "shop/web: folder '/tmp' of container 'a' is claimed twice, in different ways [folder-clash]. Claim it once.";
  expect(synth(sizes)).toBe(message);
  const kinds = web({ containers: [A], tempFolders: ['/tmp'] });
  kinds.addDataFolder('/tmp', { claimName: 'files' });
  expect(synth(kinds)).toBe(message);
});

test('/var/run is /run: one folder', () => {
  const pod = podOf(web({ containers: [A], tempFolders: ['/run', '/var/run'] }));
  expect(pod.containers[0].volumeMounts).toEqual([{ mountPath: '/run', name: 'temp-run' }]);
  const own = podOf(web({ containers: [{ image: 'nginx:1.28', volumeMounts: [{ path: '/var/run', volume: kplus.Volume.fromEmptyDir(chart(), 'v', 'own') }] }] }));
  expect(own.containers[0].volumeMounts.filter(({ mountPath }: any) => mountPath.endsWith('/run'))).toEqual([{ mountPath: '/var/run', name: 'own' }]);
});

test('folders within folders are mounts of their own', () => {
  expect(podOf(web({ containers: [A], tempFolders: ['/tmp/a/b', '/tmp'] })).containers[0].volumeMounts)
    .toEqual([{ mountPath: '/tmp/a/b', name: 'temp-tmp-a-b' }, { mountPath: '/tmp', name: 'temp-tmp' }]);
});

test('paths that give one name are two volumes', () => {
  const pod = podOf(web({ containers: [A], tempFolders: ['/a/b', '/a-b', '/a_b'] }));
  expect(new Set(pod.volumes.map(({ name }: any) => name)).size).toBe(3);
  expect(new Set(pod.containers[0].volumeMounts.map(({ name }: any) => name)).size).toBe(3);
});

test("a temp folder over a mount of the user's own is refused, and so is one that a patch mounted", () => {
  const message = (volume: string) => `shop/web: folder '/tmp' of container 'a' is already the mount of volume '${volume}' [folder-clash]. Remove one of the two, or choose another path.`;
  const volume = kplus.Volume.fromEmptyDir(chart(), 'v', 'own');
  expect(synth(web({ containers: [{ ...A, volumeMounts: [{ path: '/tmp', volume }] }], tempFolders: ['/tmp'] }))).toBe(message('own'));
  const patched = web({ containers: [A], tempFolders: ['/tmp'] });
  apiObject(patched).addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0/volumeMounts', [{ mountPath: '/tmp/', name: 'late' }]));
  expect(synth(patched)).toBe(message('late'));
});

test("a mount of the user's own stands in for a folder of the profile", () => {
  const volume = kplus.Volume.fromEmptyDir(chart(), 'v', 'own');
  const pod = podOf(web({ containers: [{ image: 'nginx:1.28', volumeMounts: [{ path: '/var/cache/nginx', volume }] }] }));
  expect(seen(pod, '/var/cache/nginx')).toEqual({ main: 'own' });
});

describe('data folders', () => {
  const postgres = { image: 'postgres:17', name: 'db', portNumber: 5432 };
  const statefulSet = (props: object = {}) => MAKE.StatefulSet(chart(), 'db', { containers: [postgres], dataSize: '10Gi', ...props });
  const templates = (workload: ReturnType<typeof statefulSet>) => apiObject(workload).toJson().spec.volumeClaimTemplates;

  test('of a StatefulSet are claim templates of the stated size, in a folder of the volume', () => {
    const workload = statefulSet({ storageClassName: 'fast' });
    expect(templates(workload)).toEqual([{
      metadata: { name: 'data-var-lib-postgresql-data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } }, storageClassName: 'fast' },
    }]);
    expect(podOf(workload).containers[0].volumeMounts).toContainEqual({ mountPath: '/var/lib/postgresql/data', name: 'data-var-lib-postgresql-data', subPath: expect.any(String) });
  });

  test('say their own size, class and folder', () => {
    const workload = statefulSet({ containers: [postgres, { ...A }] });
    workload.addDataFolder('/files', { size: '1Gi', storageClassName: 'slow', subPath: 'web', container: 'a' });
    expect(templates(workload)[0]).toMatchObject({ metadata: { name: 'data-var-lib-postgresql-data' } });
    expect(templates(workload)[1]).toEqual({
      metadata: { name: 'data-files' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'slow' },
    });
    expect(podOf(workload).containers[1].volumeMounts).toEqual([{ mountPath: '/files', name: 'data-files', subPath: 'web' }]);
  });

  test('may be a claim that exists', () => {
    const workload = web({ containers: [A] });
    workload.addDataFolder('/files', { claimName: 'files' });
    const pod = podOf(workload);
    expect(pod.volumes).toEqual([{ name: 'data-files', persistentVolumeClaim: { claimName: 'files' } }]);
    expect(pod.containers[0].volumeMounts).toEqual([{ mountPath: '/files', name: 'data-files' }]);
  });

  test('are not given to init containers of the image of a database, which talk to one', () => {
    const pod = podOf(web({ containers: [A], initContainers: [{ image: 'postgres:17', name: 'wait', command: ['pg_isready'] }] }));
    expect(seen(pod, '/var/lib/postgresql/data')).toEqual({ wait: undefined, a: undefined });
  });

  test('are given to sidecars', () => {
    const workload = MAKE.StatefulSet(chart(), 'db', { containers: [A], initContainers: [{ image: 'postgres:17', name: 'side' }], dataSize: '1Gi' });
    apiObject(workload).addJsonPatch(JsonPatch.add(`${podPointer('StatefulSet')}/initContainers/0/restartPolicy`, 'Always'));
    expect(seen(podOf(workload), '/var/lib/postgresql/data')).toEqual({ side: 'data-var-lib-postgresql-data', a: undefined });
  });

  test('may be lost where that is said', () => {
    const pod = podOf(web({ containers: [postgres], tempFolders: ['/var/lib/postgresql/data'] }));
    expect(seen(pod, '/var/lib/postgresql/data')).toEqual({ db: 'temp-var-lib-postgresql-data' });
  });

  test("lie in a volume of the user's own that is mounted around them", () => {
    const volume = kplus.Volume.fromEmptyDir(chart(), 'v', 'own');
    const pod = podOf(web({ containers: [{ ...postgres, volumeMounts: [{ path: '/var/lib/postgresql', volume }] }] }));
    expect(seen(pod, '/var/lib/postgresql/data')).toEqual({ db: undefined });
  });
});

describe('seeded folders', () => {
  const scope = () => {
    const made = chart();
    SecurityDefaults.of(made).set({
      imageProfiles: [
        ImageProfile.of({ images: ['acme/app'], user: 7, group: 8, folders: [{ path: '/etc/app', kind: FolderKind.SEEDED }] }),
        ImageProfile.of({ images: ['acme/bare'], user: 7, group: 8, hasCopyCommand: false }),
      ],
    });
    return made;
  };

  test('are filled before every init container, by the same image, as the same user', () => {
    const workload = web({ containers: [{ name: 'app', image: 'acme/app:1' }], initContainers: [{ name: 'first', image: 'x:1' }] }, scope());
    workload.addSeededFolder('/var/app', { sizeLimit: '16Mi' });
    const pod = podOf(workload);
    expect(pod.initContainers.map(({ name }: any) => name)).toEqual(['seed-var-app', 'seed-etc-app', 'first']);
    expect(pod.initContainers[0]).toEqual({
      name: 'seed-var-app',
      image: 'acme/app:1',
      imagePullPolicy: 'IfNotPresent',
      command: ['cp', '-RP', '/var/app/.', '/seed'],
      resources: expect.objectContaining({ requests: { 'cpu': '50m', 'ephemeral-storage': '64Mi', 'memory': '128Mi' } }),
      securityContext: {
        allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsGroup: 8, runAsNonRoot: true, runAsUser: 7,
      },
      volumeMounts: [{ mountPath: '/seed', name: 'temp-var-app' }],
    });
    expect(pod.containers[0].volumeMounts).toEqual([{ mountPath: '/var/app', name: 'temp-var-app' }, { mountPath: '/etc/app', name: 'temp-etc-app' }]);
    expect(pod.volumes[0]).toEqual({ name: 'temp-var-app', emptyDir: { sizeLimit: '16Mi' } });
  });

  test('are filled as the user that the container says, not as that of a profile that is switched off', () => {
    const own = web({ containers: [{ name: 'app', image: 'acme/app:1', securityContext: { user: 1, group: 2 } }] }, scope());
    expect(podOf(own).initContainers[0].securityContext).toMatchObject({ runAsUser: 1, runAsGroup: 2 });
    const off = web({ containers: [{ name: 'app', image: 'acme/app:1' }], containerOptions: { app: { useImageProfile: false } } }, scope());
    off.addSeededFolder('/etc/app');
    expect(podOf(off).initContainers[0].securityContext).not.toHaveProperty('runAsUser');
  });

  test('of two containers do not share anything', () => {
    const workload = web({ containers: [{ name: 'a', image: 'acme/app:1' }, { name: 'b', image: 'acme/app:2' }] }, scope());
    const pod = podOf(workload);
    expect(pod.initContainers.map(({ name, image, volumeMounts }: any) => [name, image, volumeMounts[0].name])).toEqual([
      ['seed-etc-app', 'acme/app:1', 'temp-etc-app'], ['seed-b-etc-app', 'acme/app:2', 'temp-etc-app-b'],
    ]);
  });

  test('of an image that cannot copy are refused with the ways out', () => {
    const workload = web({ containers: [{ name: 'bare', image: 'acme/bare:1' }] }, scope());
    workload.addSeededFolder('/etc/app');
    expect(synth(workload)).toBe(
      "shop/web: folder '/etc/app' holds files of the image, which has no 'cp' to copy them into a volume [seed-without-copy]. "
      + "Mount a volume of your own at '/etc/app' that holds them, build the files elsewhere in the image, or use a variant of the image that has a shell.");
  });
});

test('hardening twice changes nothing more', () => {
  const workload = MAKE.StatefulSet(chart(), 'web', { containers: [{ image: 'nginx:1.28', name: 'a' }, { image: 'postgres:17', name: 'b' }], tempFolders: ['/tmp'], dataSize: '1Gi' });
  workload.addTempFolder('/shared', { containers: ['a', 'b'] });
  workload.addSeededFolder('/etc/nginx/conf.d', { container: 'a' });
  const { harden } = jest.requireActual<typeof import('../../src/rules/harden/harden')>('../../src/rules/harden/harden');
  const { postureOf } = jest.requireActual<typeof import('../../src/posture/posture')>('../../src/posture/posture');
  const once = apiObject(workload).toJson();
  const claims = (workload as any).core.claims(once.spec.template.spec, []);
  expect(harden(once, claims, postureOf(workload))).toMatchObject({ manifest: once, faults: [] });
});
