import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Deployment, Role, ServiceAccount } from 'cdk8s-plus-27';
import { HardenedDeployment } from '../../src';

function workloadIn(chart: Chart): HardenedDeployment {
  return new HardenedDeployment(chart, 'web', { containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
}

function grant(workload: HardenedDeployment): void {
  const role = new Role(workload, 'Role');
  role.allowRead({ apiGroup: '', resourceType: 'configmaps' });
  role.bind(workload.serviceAccount as ServiceAccount);
}

function hasToken(manifests: any[]): boolean {
  const { template } = manifests.find(({ kind }) => kind === 'Deployment').spec;
  return (template.spec.volumes ?? []).some(({ projected }: any) => projected);
}

describe('a token of the API server comes with rights', () => {
  test('also with rights that are granted between two syntheses', () => {
    const chart = new Chart(Testing.app(), 'shop');
    const workload = workloadIn(chart);
    expect(hasToken(Testing.synth(chart))).toBe(false);
    grant(workload);
    expect(hasToken(Testing.synth(chart))).toBe(true);
  });

  test('also with rights that are granted by a validation, in a chart of their own, or after App.synth', () => {
    const app = Testing.app();
    const workload = workloadIn(new Chart(app, 'shop'));
    const late = new Chart(app, 'rights');
    app.synth();
    let isMade = false;
    late.node.addValidation({
      validate: () => {
        // A validation that asks before another grants.
        expect(workload.findings).toBeDefined();
        if (!isMade) {
          new ApiObject(late, 'binding', {
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'RoleBinding',
            roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
            subjects: [{ kind: 'ServiceAccount', name: workload.serviceAccount!.name, namespace: 'default' }],
          });
        }
        isMade = true;
        return [];
      },
    });
    let manifest: any;
    const object = ApiObject.of(workload);
    const toJson = object.toJson.bind(object);
    object.toJson = () => manifest = toJson();
    app.synth();
    expect(hasToken([manifest])).toBe(true);
  });

  test('and an app of many charts is looked through twice at most', () => {
    const looks = (make: (chart: Chart) => void): number => {
      const app = Testing.app();
      for (let i = 0; i < 20; i++) make(new Chart(app, `team-${i}`));
      const findAll = jest.spyOn(app.node, 'findAll');
      app.synth();
      return findAll.mock.contexts.length;
    };
    const ofCdk8s = looks(chart => new Deployment(chart, 'web', { containers: [{ image: 'nginx' }] }));
    expect(looks(workloadIn) - ofCdk8s).toBeLessThanOrEqual(2);
  });

  test('a synthesis that fails leaves nothing behind', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'shop');
    const workload = workloadIn(chart);
    let fails = true;
    chart.node.addValidation({ validate: () => fails ? ['not today'] : [] });
    expect(() => app.synth()).toThrow('not today');
    fails = false;
    expect(hasToken(Testing.synth(chart))).toBe(false);
    grant(workload);
    expect(hasToken(Testing.synth(chart))).toBe(true);
  });

  test('where App.synth cannot be replaced, it is left alone', () => {
    class Own extends App {}
    const app = new Own({ outdir: Testing.app().outdir });
    Object.defineProperty(app, 'synth', { value: app.synth.bind(app), writable: false });
    const chart = new Chart(app, 'shop');
    const workload = workloadIn(chart);
    app.synth();
    grant(workload);
    expect(hasToken(Testing.synth(chart))).toBe(true);
  });
});

describe('a binding names an account', () => {
  const bound = (subject: object, { kind = 'RoleBinding', namespace = 'shop' } = {}) => {
    const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
    new HardenedDeployment(chart, 'web', { metadata: { name: 'web' }, containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
    new ApiObject(chart, 'binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: 'b', namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: [subject],
    });
    return hasToken(Testing.synth(chart));
  };

  test.each([
    [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
    [{ kind: 'ServiceAccount', name: 'web' }],
    [{ kind: 'User', name: 'system:serviceaccount:shop:web' }],
    [{ kind: 'Group', name: 'system:serviceaccounts:shop' }],
    [{ kind: 'Group', name: 'system:serviceaccounts' }],
  ])('as %j', subject => expect(bound(subject)).toBe(true));

  test.each([
    [{ kind: 'ServiceAccount', name: 'web', namespace: 'bank' }],
    [{ kind: 'ServiceAccount', name: '*', namespace: 'shop' }],
    [{ kind: 'User', name: 'web' }],
    [{ kind: 'User', name: 'system:serviceaccount:bank:web' }],
    [{ kind: 'User', name: 'system:serviceaccounts:shop' }],
    [{ kind: 'Group', name: 'system:serviceaccounts:bank' }],
    [{ kind: 'Group', name: 'system:serviceaccount:shop:web' }],
    // What everybody may do is granted to nobody in particular.
    [{ kind: 'Group', name: 'system:authenticated' }],
    [null as unknown as object],
  ])('not as %j', subject => expect(bound(subject)).toBe(false));

  test('in the namespace of the binding, where none is said', () => {
    expect(bound({ kind: 'ServiceAccount', name: 'web' }, { namespace: 'bank' })).toBe(false);
  });
});
