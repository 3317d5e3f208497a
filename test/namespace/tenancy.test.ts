import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedDeployment, RbacResource, SecureNamespace, SecurityDefaults } from '../../src';
import { failure } from '../network/fake-workload';

const TEAMS = ['red', 'blue'];

interface Team {
  readonly namespace: SecureNamespace;
  readonly web: HardenedDeployment;
  readonly db: HardenedDeployment;
}

/** Two teams with the same workloads, each in a namespace of its own: in one chart, or in one each. */
function teams(charts: (app: App) => Chart[]): { app: App; of: { [team: string]: Team } } {
  const app = Testing.app();
  const made = charts(app);
  const of = Object.fromEntries(TEAMS.map((team, i) => {
    const namespace = new SecureNamespace(made[i % made.length], team);
    const workload = (name: string, portNumber: number) => new HardenedDeployment(namespace, name, {
      metadata: { name }, containers: [{ image: 'nginx:1.28', portNumber }], memoryLimit: '64Mi',
    });
    const [web, db] = [workload('web', 80), workload('db', 5432)];
    web.connectTo(db);
    web.allowRead(RbacResource.named(kplus.ApiResource.CONFIG_MAPS, 'settings'));
    return [team, { namespace, web, db }];
  }));
  return { app, of };
}

const written = (app: App): any[] => app.charts.flatMap(chart => Testing.synth(chart));
const LAYOUTS: [what: string, charts: (app: App) => Chart[]][] = [
  ['in one chart', app => [new Chart(app, 'all')]],
  ['in a chart each', app => TEAMS.map(team => new Chart(app, team))],
];

/** Every namespace that anything in an object names, but for that of the DNS servers. */
function named(object: unknown): string[] {
  return [...JSON.stringify(object).matchAll(/"(?:namespace|kubernetes\.io\/metadata\.name)":"([^"]*)"/g)].map(([, name]) => name).filter(name => name !== 'kube-system');
}

describe.each(LAYOUTS)('the namespaces of two teams %s', (_, charts) => {
  test('know nothing of each other', () => {
    const { app } = teams(charts);
    const objects = written(app);
    for (const team of TEAMS) {
      const own = objects.filter(({ metadata }) => metadata.namespace === team);
      expect(own.length).toBeGreaterThan(10);
      for (const object of own) expect(new Set(named(object))).toEqual(new Set([team]));
    }
    // Nothing lies outside of them but they themselves.
    expect(objects.filter(({ metadata }) => metadata.namespace === undefined).map(({ kind, metadata }) => [kind, metadata.name]).sort())
      .toEqual([['Namespace', 'blue'], ['Namespace', 'red']]);
  });

  test('are shut in both directions, each by itself', () => {
    const { app } = teams(charts);
    const denials = written(app).filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'default-deny');
    expect(denials.map(({ metadata, spec }) => [metadata.namespace, spec]).sort()).toEqual(['blue', 'red'].map(team => (
      [team, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }]
    )));
  });

  test('select no pod of the other, though the workloads are called the same', () => {
    const { app } = teams(charts);
    const labels = written(app).filter(({ kind }) => kind === 'Deployment').map(({ spec }) => JSON.stringify(spec.selector.matchLabels));
    expect(new Set(labels).size).toBe(4);
  });

  test('are connected where somebody says so, and nowhere else', () => {
    const { app, of } = teams(charts);
    of.blue.web.connectTo(of.red.web);
    const across = written(app).filter(object => object.kind === 'NetworkPolicy' && new Set(named(object)).size > 1);
    expect(across.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort()).toEqual(['blue/deployment-web-egress', 'red/deployment-web-ingress']);
    const [ingress] = across.filter(({ metadata }) => metadata.namespace === 'red');
    expect(ingress.spec.ingress).toEqual([{
      from: [{
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'blue' } },
        podSelector: { matchLabels: of.blue.web.toPodSelectorConfig().labelSelector._toKube().matchLabels },
      }],
      ports: [{ protocol: 'TCP', port: 80 }],
    }]);
  });
});

test('no team grants itself anything in the namespace of another', () => {
  const { app, of } = teams(LAYOUTS[1][1]);
  const secret = new kplus.Secret(of.red.namespace, 'login', { metadata: { name: 'login' } });
  expect(failure(() => of.blue.web.allowRead(secret))).toContain("secrets 'login' lies in the namespace 'red', the workload in 'blue' [grant-cross-namespace]");
  expect(written(app).filter(({ kind }) => kind === 'RoleBinding').map(({ metadata, subjects }) => [metadata.namespace, subjects[0].namespace]).sort())
    .toEqual([['blue', 'blue'], ['red', 'red']]);
});

test('whoever owns a namespace may let the workload of another team in, and that workload has its token then', () => {
  const { app, of } = teams(LAYOUTS[1][1]);
  const role = new kplus.Role(of.red.namespace, 'for-blue', { metadata: { name: 'for-blue', namespace: 'red' } });
  role.allowRead(kplus.ApiResource.CONFIG_MAPS);
  role.bind(of.blue.db);
  const objects = written(app);
  const binding = objects.find(({ kind, roleRef }) => kind === 'RoleBinding' && roleRef.name === 'for-blue');
  expect([binding.metadata.namespace, binding.subjects]).toEqual(['red', [expect.objectContaining({ kind: 'ServiceAccount', name: 'db', namespace: 'blue' })]]);
  const hasToken = objects.filter(object => JSON.stringify(object).includes('kube-api-access')).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  expect(hasToken.sort()).toEqual(['blue/db', 'blue/web', 'red/web']);
});

test('what one team decides holds below its namespace alone', () => {
  const { app, of } = teams(LAYOUTS[0][1]);
  SecurityDefaults.of(of.red.namespace).set({ priorityClassName: 'high' });
  const classes = written(app).filter(({ kind }) => kind === 'Deployment').map(({ metadata, spec }) => [metadata.namespace, spec.template.spec.priorityClassName]);
  expect(classes.sort()).toEqual([['blue', undefined], ['blue', undefined], ['red', 'high'], ['red', 'high']]);
});

test('a waiver of one team is none of another', () => {
  const { app, of } = teams(LAYOUTS[0][1]);
  SecurityDefaults.of(of.red.namespace).waive({ rule: 'pod-service-links', reason: 'an old client', owner: 'red' });
  for (const { db } of Object.values(of)) ApiObject.of(db).addJsonPatch(JsonPatch.add('/spec/template/spec/enableServiceLinks', true));
  expect(failure(() => written(app))).toMatch(/^all\/blue\/db · Deployment blue\/db · [^\n]*\[pod-service-links\][^\n]*$/);
});
