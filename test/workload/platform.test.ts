import { JsonPatch, Testing } from 'cdk8s';
import { HardenedDeploymentProps, SecurityDefaults } from '../../src';
import { KINDS, MAKE, WEB, apiObject, chart, failure, podOf, podPointer, podTemplate, web, written } from './made';

const on = (kubernetesVersion: string) => {
  const scope = chart();
  SecurityDefaults.of(scope).set({ kubernetesVersion });
  return scope;
};

test.each(KINDS)('nothing is said of the platform of a %s where nobody asks for it', kind => {
  const manifest = written(MAKE[kind](chart(), 'web', { containers: [WEB] }));
  const { spec } = podTemplate(manifest);
  for (const key of ['runtimeClassName', 'hostUsers', 'priorityClassName', 'os', 'nodeSelector']) expect(spec).not.toHaveProperty(key);
  for (const key of ['appArmorProfile', 'seLinuxOptions']) expect(spec.securityContext).not.toHaveProperty(key);
});

test.each(KINDS)('a %s has the runtime, the user namespace, the priority and the labels that were asked for', kind => {
  const props = { runtimeClassName: 'gvisor', hostUsers: false, priorityClassName: 'high', seLinuxLabels: { level: 's0:c1,c2', labelType: 'container_t' } };
  expect(podOf(MAKE[kind](chart(), 'web', { containers: [WEB], ...props }))).toMatchObject({
    runtimeClassName: 'gvisor', hostUsers: false, priorityClassName: 'high', securityContext: { seLinuxOptions: { level: 's0:c1,c2', type: 'container_t' } },
  });
  const scope = chart();
  SecurityDefaults.of(scope.node.root).set(props);
  expect(podOf(MAKE[kind](scope, 'web', { containers: [WEB], priorityClassName: 'low', seLinuxLabels: { level: 's0' } }))).toMatchObject({
    runtimeClassName: 'gvisor', hostUsers: false, priorityClassName: 'low', securityContext: { seLinuxOptions: { level: 's0' } },
  });
});

test('what a patch says of the platform wins', () => {
  const workload = web({ containers: [WEB], runtimeClassName: 'gvisor', priorityClassName: 'high', hostUsers: false, appArmorProfile: 'RuntimeDefault' }, on('1.30'));
  const own = { runtimeClassName: 'kata', priorityClassName: 'low', hostUsers: true };
  apiObject(workload).addJsonPatch(
    ...Object.entries(own).map(([key, value]) => JsonPatch.add(`/spec/template/spec/${key}`, value)),
    JsonPatch.add('/spec/template/spec/securityContext/appArmorProfile', { type: 'Localhost', localhostProfile: 'own' }),
  );
  expect(podOf(workload)).toMatchObject({ ...own, securityContext: { appArmorProfile: { type: 'Localhost', localhostProfile: 'own' } } });
});

describe('AppArmor', () => {
  const KEY = 'container.apparmor.security.beta.kubernetes.io/';

  test.each([['RuntimeDefault', { type: 'RuntimeDefault' }], ['Localhost/team/web', { type: 'Localhost', localhostProfile: 'team/web' }]])('%s is a field from 1.30 on', (appArmorProfile, field) => {
    const template = podTemplate(written(web({ containers: [WEB], appArmorProfile }, on('1.30'))));
    expect(template.spec.securityContext.appArmorProfile).toEqual(field);
    expect(template.metadata.annotations ?? {}).toEqual({});
  });

  test.each([['RuntimeDefault', 'runtime/default'], ['Localhost/team/web', 'localhost/team/web']])('%s is an annotation of every container before', (appArmorProfile, value) => {
    const template = podTemplate(written(web({ containers: [WEB], initContainers: [{ image: 'x:1', name: 'init' }], appArmorProfile }, on('1.29'))));
    expect(template.metadata.annotations).toEqual({ [`${KEY}init`]: value, [`${KEY}main`]: value });
    expect(template.spec.securityContext).not.toHaveProperty('appArmorProfile');
  });

  test('that is switched off needs a waiver', () => {
    const message = (field: string) => `shop/web · Deployment web · ${field}: the AppArmor profile is `;
    expect(failure(() => podOf(web({ containers: [WEB], appArmorProfile: 'Unconfined' }, on('1.30')))))
      .toContain(message('spec.template.spec.securityContext.appArmorProfile.type') + 'Unconfined [pod-apparmor].');
    expect(failure(() => podOf(web({ containers: [WEB], appArmorProfile: 'Unconfined' }, on('1.29')))))
      .toContain(message(`spec.template.metadata.annotations[${KEY}main]`) + 'unconfined [pod-apparmor].');
  });
});

describe.each(KINDS)('a %s for Windows', kind => {
  const props: HardenedDeploymentProps = {
    containers: [{ image: 'mcr.microsoft.com/windows/nanoserver:ltsc2022', portNumber: 80, securityContext: { user: 1, group: 1, capabilities: { drop: [] } } }, { image: 'nginx:1.28' }],
    initContainers: [{ image: 'mcr.microsoft.com/windows/nanoserver:ltsc2022' }],
    windows: true,
    appArmorProfile: 'RuntimeDefault',
    seLinuxLabels: { level: 's0' },
    hostUsers: false,
    runAsUser: 5,
    runAsGroup: 5,
    tempFolders: ['/temp'],
  };

  test('has none of the fields that only Linux knows, and runs on Windows nodes', () => {
    const workload = MAKE[kind](on('1.30'), 'web', props as object);
    apiObject(workload).addJsonPatch(JsonPatch.add(`${podPointer(kind)}/securityContext/supplementalGroupsPolicy`, 'Strict'));
    const template = podTemplate(written(workload));
    expect(template.spec).toMatchObject({ os: { name: 'windows' }, nodeSelector: { 'kubernetes.io/os': 'windows' } });
    expect(template.spec).not.toHaveProperty('hostUsers');
    expect(template.spec.securityContext).toEqual({ runAsNonRoot: true });
    const contexts = [...template.spec.containers, ...template.spec.initContainers].map(({ securityContext }) => securityContext);
    for (const context of contexts) expect(context).toEqual({ runAsNonRoot: true });
    expect(template.metadata.annotations ?? {}).toEqual({});
  });

  test('has no findings about what only Linux knows', () => {
    expect(MAKE[kind](on('1.30'), 'web', props as object).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test('a pod that a patch puts on Windows is one, too', () => {
  const workload = web({ containers: [WEB] });
  apiObject(workload).addJsonPatch(JsonPatch.add('/spec/template/spec/os', { name: 'windows' }));
  expect(podOf(workload).containers[0].securityContext).toEqual({ runAsNonRoot: true });
  expect(failure(() => Testing.synth(workload.node.scope as any))).toBe('nothing failed');
});
