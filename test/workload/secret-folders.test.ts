import * as kplus from 'cdk8s-plus-27';
import { KINDS, MAKE, WEB, chart, failure, podOf, web } from './made';

const login = (scope = chart(), name = 'login') => kplus.Secret.fromSecretName(scope, `secret-${name}`, name);

describe.each(KINDS)('a Secret as files of a %s', kind => {
  test('is mounted read-only in every container that is no init container, for the group of the volumes', () => {
    const made = MAKE[kind](chart(), 'web', { containers: [WEB, { image: 'x:1' }], initContainers: [{ image: 'x:1' }] });
    made.addSecretFolder('/etc/login/', login());
    const pod = podOf(made);
    const mount = { mountPath: '/etc/login', name: 'secret-etc-login', readOnly: true };
    expect(pod.volumes.filter(({ secret }: any) => secret)).toEqual([{ name: 'secret-etc-login', secret: { defaultMode: 0o440, secretName: 'login' } }]);
    for (const container of pod.containers) expect(container.volumeMounts).toContainEqual(mount);
    for (const container of pod.initContainers) expect(container.volumeMounts ?? []).not.toContainEqual(mount);
    expect(pod.securityContext.fsGroup).toBeDefined();
  });
});

test('can be some of its keys, for some containers, and optional', () => {
  const workload = web({ containers: [{ ...WEB, name: 'web' }, { image: 'x:1', name: 'side' }] });
  workload.addSecretFolder('/etc/login', login(), { keys: ['tls.crt', 'tls.key'], containers: ['side'], optional: true });
  const pod = podOf(workload);
  expect(pod.volumes.find(({ secret }: any) => secret).secret).toEqual({
    secretName: 'login', defaultMode: 0o440, optional: true, items: [{ key: 'tls.crt', path: 'tls.crt' }, { key: 'tls.key', path: 'tls.key' }],
  });
  const mounting = pod.containers.filter(({ volumeMounts = [] }: any) => volumeMounts.some(({ name }: any) => name === 'secret-etc-login'));
  expect(mounting.map(({ name }: any) => name)).toEqual(['side']);
});

test('is readable for everybody in the container where nobody knows its group', () => {
  const workload = web({ containers: [{ image: 'registry.example/unknown:1' }] });
  workload.addSecretFolder('/etc/login', login());
  const pod = podOf(workload);
  expect(pod.securityContext.fsGroup).toBeUndefined();
  expect(pod.volumes.find(({ secret }: any) => secret).secret.defaultMode).toBe(0o444);
});

test('has no mode on Windows, and names that a volume can have', () => {
  const workload = web({ windows: true, containers: [{ image: 'x:1' }] });
  workload.addSecretFolder('/etc/a.b', login(chart(), 'a.very.long.name.of.a.secret.with.dots.and.more.than.sixty.three.characters'));
  expect(podOf(workload).volumes.find(({ secret }: any) => secret)).toEqual({
    name: 'secret-etc-a-b', secret: { secretName: 'a.very.long.name.of.a.secret.with.dots.and.more.than.sixty.three.characters' },
  });
});

test('the same one twice is one; two at one path are refused', () => {
  const workload = web({ containers: [WEB] });
  workload.addSecretFolder('/etc/login', login());
  workload.addSecretFolder('/etc/login', login());
  expect(podOf(workload).volumes.filter(({ secret }: any) => secret)).toHaveLength(1);
  workload.addSecretFolder('/etc/login', login(chart(), 'other'));
  expect(failure(() => podOf(workload))).toBe("shop/web: the Secret 'other' at '/etc/login' of container 'main' is already the mount of volume 'secret-etc-login' [folder-clash]. Remove one of the two, or choose another path.");
});

test.each<[object, string]>([
  [{ containers: ['mian'] }, "shop/web: the Secret at '/etc/login' names the container 'mian', which the pod does not have [container-unknown]. Did you mean 'main'?"],
  [{ keys: [] }, "shop/web: the Secret 'login' at '/etc/login' is to have no key [secret-key-invalid]. Write the keys as the Secret has them, { keys: ['password'] }; without keys all of them become files."],
  [{ keys: ['../x'] }, "shop/web: '../x' is no key that a Secret can have as a file [secret-key-invalid]. Write the keys as the Secret has them, { keys: ['password'] }; without keys all of them become files."],
])('%j is refused', (options, message) => {
  const workload = web({ containers: [WEB] });
  expect(failure(() => {
    workload.addSecretFolder('/etc/login', login(), options);
    podOf(workload);
  })).toBe(message);
});

test('takes the finding away that a variable with the same Secret makes', () => {
  const scope = chart();
  const env = kplus.EnvValue.fromSecretValue({ secret: login(scope), key: 'password' });
  const found = (props: object) => {
    const workload = web({ containers: [{ ...WEB, ...props }] });
    workload.addSecretFolder('/etc/login', login());
    return workload.findings.filter(({ rule }) => rule === 'pod-secret-env').map(({ what }) => what);
  };
  expect(found({ envVariables: { PASSWORD: env } })).toEqual(["container 'main' gets a key of the Secret 'login' as the environment variable PASSWORD"]);
  expect(found({ envVariables: { PASSWORD_FILE: kplus.EnvValue.fromValue('/etc/login/password') } })).toEqual([]);
});
