import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as library from '../../src';

const { HardenedDeployment, ImageProfile, SecurityDefaults } = library;

function tree(): { app: App; chart: Chart; team: Construct } {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  return { app, chart, team: new Construct(chart, 'team') };
}

function deploy(scope: Construct, props: Partial<library.HardenedDeploymentProps> = {}, from: typeof library = library) {
  return new from.HardenedDeployment(scope, 'web', { containers: [{ image: 'ghcr.io/acme/web:1.0' }], ...props });
}

/** The pod spec of the one Deployment. */
function podOf(chart: Chart) {
  return Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.template.spec;
}

describe('SecurityDefaults', () => {
  test('merge from the app to the chart to the workload, property by property', () => {
    const { app, chart, team } = tree();
    SecurityDefaults.of(app).set({ runAsUser: 1, runAsGroup: 10, memoryLimit: '1Gi', cpuRequest: '1m' });
    SecurityDefaults.of(chart).set({ runAsUser: 2, memoryLimit: '2Gi' });
    SecurityDefaults.of(team).set({ runAsUser: 3 });
    deploy(team, { memoryLimit: '4Gi' });
    const [container] = podOf(chart).containers;
    expect(container.securityContext).toMatchObject({ runAsUser: 3, runAsGroup: 10 });
    expect(container.resources).toMatchObject({ limits: { memory: '4Gi' }, requests: { cpu: '1m', memory: '128Mi' } });
  });

  test('count when they are set after the workload was made', () => {
    const { app, chart } = tree();
    deploy(chart);
    SecurityDefaults.of(app).set({ runAsUser: 10001, podDisruptionBudget: false });
    expect(podOf(chart).containers[0].securityContext.runAsUser).toBe(10001);
    expect(Testing.synth(chart).map(({ kind }) => kind)).not.toContain('PodDisruptionBudget');
  });

  test('keep what was set before where only something else is set', () => {
    const { app, chart } = tree();
    SecurityDefaults.of(app).set({ runAsUser: 10001 }).set({ runAsGroup: 10002 });
    SecurityDefaults.of(app).set({});
    deploy(chart);
    expect(podOf(chart).containers[0].securityContext).toMatchObject({ runAsUser: 10001, runAsGroup: 10002 });
  });

  test('of another scope do not count', () => {
    const { chart, team } = tree();
    SecurityDefaults.of(new Construct(chart, 'other')).set({ runAsUser: 1 });
    deploy(team);
    expect(podOf(chart).containers[0].securityContext).not.toHaveProperty('runAsUser');
  });

  test('reach workloads of another copy of the package, and its waivers come back', () => {
    // Two copies of this package, but one of each peer, as package managers arrange it.
    const peers = Object.fromEntries(['cdk8s', 'cdk8s-plus-27', 'constructs'].map(name => [name, jest.requireActual(name)]));
    jest.isolateModules(() => {
      for (const [name, peer] of Object.entries(peers)) jest.doMock(name, () => peer);
      const copy = jest.requireActual<typeof library>('../../src');
      expect(copy.SecurityDefaults).not.toBe(SecurityDefaults);
      const { app, chart } = tree();
      SecurityDefaults.of(app)
        .set({ runAsUser: 0, imageProfiles: [ImageProfile.of({ images: ['ghcr.io/acme/web'], group: 77, folders: [{ path: '/var/web' }] })] })
        .waive({ rule: 'pod-run-as-root', reason: 'to be seen from the copy', owner: 'us' });
      deploy(chart, {}, copy);
      const [container] = podOf(chart).containers;
      expect(container.securityContext).toMatchObject({ runAsUser: 0, runAsGroup: 77 });
      expect(container.volumeMounts).toEqual([{ mountPath: '/var/web', name: 'temp-var-web' }]);
    });
  });

  test('give images of one\'s own a profile, which wins over a built-in one and over that of an outer scope', () => {
    const { app, chart } = tree();
    SecurityDefaults.of(app).set({ imageProfiles: [ImageProfile.of({ images: ['nginx'], user: 1 }), ImageProfile.of({ images: ['ghcr.io/acme/web'], user: 2 })] });
    SecurityDefaults.of(chart).set({ imageProfiles: [ImageProfile.of({ images: ['ghcr.io/acme/web'], user: 3 })] });
    deploy(chart).addContainer({ name: 'nginx', image: 'docker.io/library/nginx:1.28' });
    expect(podOf(chart).containers.map(({ securityContext }: any) => securityContext.runAsUser)).toEqual([3, 1]);
  });

  test('name mirrors, so that the profile of the image behind is found', () => {
    const { app, chart } = tree();
    SecurityDefaults.of(app).set({ imageMirrors: { 'registry.acme.example/hub': 'docker.io' } });
    deploy(chart, { containers: [{ image: 'registry.acme.example/hub/library/nginx:1.28' }] });
    expect(podOf(chart).containers[0].securityContext.runAsUser).toBe(101);
  });

  test.each([
    [{ memoryLimit: '64MB' }, "chart: '64MB' is no quantity for memoryLimit [quantity-invalid]. Did you mean '64M'?"],
    [{ cpuRequest: '-1' }, "chart: '-1' is no quantity for cpuRequest [quantity-invalid]. Write a positive number with a unit that Kubernetes knows, such as '64Mi', '1Gi' or '100m'."],
    [{ today: '2026-13-01' }, "chart: '2026-13-01' is no date for today [date-invalid]. Write a day of the calendar as YYYY-MM-DD, such as '2027-03-31'."],
    [{ kubernetesVersion: '1.12' }, "chart: '1.12' is no Kubernetes version that is known here [kubernetes-version-unknown]. Write a version from '1.27' to '1.37'."],
  ])('refuse %p at once', (props, message) => {
    expect(() => SecurityDefaults.of(tree().chart).set(props)).toThrow(message);
  });

  test('take today from the environment where nobody says it, and never into the bytes', () => {
    const outcome = (today: string) => {
      process.env.HARDENED_TODAY = today;
      try {
        const { chart } = tree();
        deploy(chart, { containers: [{ image: 'ghcr.io/acme/web:1.0', securityContext: { user: 0 } }], waivers: [{ rule: 'pod-run-as-root', reason: 'x', owner: 'y', until: '2026-06-30' }] });
        return JSON.stringify(Testing.synth(chart));
      } catch (error) {
        return (error as Error).message;
      } finally {
        delete process.env.HARDENED_TODAY;
      }
    };
    expect(outcome('2026-06-29')).toBe(outcome('2026-06-30'));
    expect(outcome('2026-07-01')).toContain('[waiver-expired]');
    expect(outcome('tomorrow')).toContain("'tomorrow' is no date for HARDENED_TODAY [date-invalid]");
  });
});

describe('ImageProfile', () => {
  test.each([
    [{ images: [] }, "image profile: it names no image [image-profile-empty]. Say which images it is about: images: ['ghcr.io/acme/web']."],
    [{ images: ['a'], user: -1 }, 'image profile a: user -1 is no numeric id [image-profile-id-invalid]. Write the number that /etc/passwd or /etc/group of the image has.'],
    [{ images: ['a'], folders: [{ path: 'tmp' }] }, "image profile a: folder 'tmp' is not absolute [folder-path-invalid]. Did you mean '/tmp'?"],
  ])('refuses %j', (props, message) => {
    expect(() => ImageProfile.of(props)).toThrow(message);
  });

  test('that has data folders names them', () => {
    const profile = ImageProfile.of({ images: ['a'], folders: [{ path: '/x', kind: library.FolderKind.DATA }, { path: '/tmp' }] });
    expect(profile.dataFolders).toEqual(['/x']);
    expect(new HardenedDeployment(tree().chart, 'x', { containers: [{ image: 'a:1' }] }).findings.map(({ rule }) => rule)).toContain('pod-user-unknown');
  });
});
