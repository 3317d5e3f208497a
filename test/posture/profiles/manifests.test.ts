import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Testing } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import { realFolder } from '../../../src/kube/paths';
import { Container } from '../../../src/kube/pod-spec';
import { ImageProfileProps } from '../../../src/posture/image-profile';
import { PROFILES } from '../../../src/posture/profiles';
import { findProfile, resolveProfile } from '../../../src/posture/resolve-profile';
import { FolderKind } from '../../../src/posture/writable-folder';
import { HardenedStatefulSet } from '../../../src/workload/hardened-stateful-set';
import { Witness, tagOf, witnesses } from './witness';

const EVIDENCE = join(__dirname, '..', '..', '..', '..', 'shared', 'data', 'image-profiles.json');

/** The user and group that an organisation gives to images whose own are unknown. */
const ORGANISATION = 10001;

/** The plain image, and one container for each version and condition that its folders depend on. */
function cases(profile: ImageProfileProps): Witness[] {
  const image = `${profile.images[0]}:${tagOf(profile, '99')}`;
  const all: Witness[] = [{ container: { name: 'main', image }, features: [] }];
  for (const folder of profile.folders ?? []) {
    all.push(...witnesses(profile, folder));
    if (folder.when?.unless) all.push(...witnesses(profile, { ...folder, when: { ...folder.when, unless: false } }));
  }
  return all.filter((one, i) => all.findIndex(other => titleOf(other) === titleOf(one)) === i);
}

function titleOf({ container, features }: Witness): string {
  return [
    container.image,
    ...(container.args ?? []).slice(1),
    ...(container.env ?? []).map(({ name }) => name),
    ...features.map(feature => `feature ${feature}`),
  ].join(' ');
}

/** The container as a hardened StatefulSet writes it, and its mounts with the kind that the rest of the manifest gives them. */
function synthesized({ container, features }: Witness): { main: Container; mounts: string[] } {
  const chart = Testing.chart();
  new HardenedStatefulSet(chart, 'app', {
    containers: [{
      name: container.name,
      image: container.image!,
      args: container.args as string[] | undefined,
      envVariables: Object.fromEntries((container.env ?? []).map(({ name, value }) => [name, EnvValue.fromValue(value as string)])),
      portNumber: 8080,
    }],
    dataSize: '10Gi',
    runAsUser: ORGANISATION,
    runAsGroup: ORGANISATION,
    containerOptions: { [container.name]: { features: [...features] } },
  });
  const { spec } = Testing.synth(chart).find(({ kind }) => kind === 'StatefulSet');
  const claims: string[] = (spec.volumeClaimTemplates ?? []).map((claim: any) => claim.metadata.name);
  const seeds: Container[] = spec.template.spec.initContainers ?? [];
  const kindOf = (volume: string): string => {
    if (claims.includes(volume)) return FolderKind.DATA;
    const known = spec.template.spec.volumes.find(({ name }: any) => name === volume);
    expect(known.emptyDir.sizeLimit).toBeDefined();
    return seeds.some(seed => seed.volumeMounts!.some(({ name }) => name === volume)) ? FolderKind.SEEDED : FolderKind.EPHEMERAL;
  };
  const main: Container = spec.template.spec.containers[0];
  const mounts = (main.volumeMounts ?? []).map(({ mountPath, name, subPath }) => `${mountPath} ${kindOf(name)}${subPath ? ` in ${subPath}` : ''}`);
  return { main, mounts: mounts.sort() };
}

const shown: Record<string, string[]> = {};

describe.each(PROFILES.map(profile => [profile.images[0], profile] as const))('the StatefulSet of %s', (_, profile) => {
  test.each(cases(profile).map(one => [titleOf(one), one] as const))('mounts every folder that it writes to, as %s', (title, one) => {
    const { main, mounts } = synthesized(one);
    const resolved = resolveProfile(one.container, one.features, PROFILES)!;
    const known = resolved.folders.map(({ path, kind, subPath }) => `${path} ${kind ?? FolderKind.EPHEMERAL}${subPath ? ` in ${subPath}` : ''}`);
    expect(mounts).toEqual(known.sort());
    expect(main.securityContext!.readOnlyRootFilesystem).toBe(true);
    const { runAsUser, runAsGroup } = main.securityContext!;
    expect([runAsUser, runAsGroup]).toEqual([resolved.user ?? ORGANISATION, resolved.group ?? ORGANISATION]);
    shown[title] = mounts;
  });
});

test('the mounts of every image, version and condition', () => {
  expect(shown).toMatchSnapshot();
});

(existsSync(EVIDENCE) ? test : test.skip)('every path of the evidence is a mount of its kind in some manifest', () => {
  for (const { image, writablePaths } of JSON.parse(readFileSync(EVIDENCE, 'utf8'))) {
    const profile = findProfile(image.includes(':') ? image.replace('*', '99') : image, PROFILES)!;
    const mounts = cases(profile).flatMap(one => shown[titleOf(one)]).map(mount => mount.split(' '));
    const known = new Set(mounts.map(([path, kind]) => `${realFolder(path)} ${kind}`));
    expect(writablePaths.map(({ path, kind }: any) => `${realFolder(path)} ${kind}`).filter((path: string) => !known.has(path))).toEqual([]);
  }
});
