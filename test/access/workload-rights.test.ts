import { ApiObject, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedDeployment, RbacResource, SecureNamespace } from '../../src';
import { KINDS, MAKE, WEB, failure } from '../workload/made';

const { ApiResource } = kplus;

function shop(): Chart {
  return new Chart(Testing.app(), 'shop', { namespace: 'shop' });
}

function web(chart = shop()): HardenedDeployment {
  return new HardenedDeployment(chart, 'web', { metadata: { name: 'web' }, containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
}

/** What a chart writes of a kind. */
function written(workload: { node: { root: unknown } }, kind: string): any[] {
  const app = workload.node.root as ReturnType<typeof Testing.app>;
  return app.charts.flatMap(chart => Testing.synth(chart)).filter(manifest => manifest.kind === kind);
}

const rules = (workload: HardenedDeployment, kind = 'Role') => written(workload, kind).flatMap(role => role.rules);

describe.each(KINDS)('a %s that is granted rights', kind => {
  test('has one Role, bound to its own account in its own namespace, and a token', () => {
    const chart = shop();
    const workload = MAKE[kind](chart, 'web', { metadata: { name: 'web' }, containers: [WEB] });
    const config = new kplus.ConfigMap(chart, 'settings', { metadata: { name: 'settings' } });
    workload.allowRead(config);
    workload.allow(['list'], ApiResource.SERVICES);
    const name = `${kind.toLowerCase()}-web`;
    const [role, ...more] = written(workload, 'Role');
    expect(more).toEqual([]);
    expect(role).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name, namespace: 'shop' },
      rules: [
        { apiGroups: [''], resources: ['configmaps'], resourceNames: ['settings'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['services'], verbs: ['list'] },
      ],
    });
    expect(written(workload, 'RoleBinding')).toEqual([{
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name, namespace: 'shop' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
    }]);
    expect(JSON.stringify(written(workload, kind))).toContain('kube-api-access');
  });

  test('has neither Role nor token without', () => {
    const workload = MAKE[kind](shop(), 'web', { containers: [WEB] });
    expect([...written(workload, 'Role'), ...written(workload, 'RoleBinding')]).toEqual([]);
    expect(JSON.stringify(written(workload, kind))).not.toContain('kube-api-access');
  });
});

describe('what may be granted', () => {
  test('reading one Secret is get alone, reading a config map also list and watch of it', () => {
    const workload = web();
    workload.allowRead(new kplus.Secret(workload.node.scope as Chart, 'login', { metadata: { name: 'login' } }));
    workload.allowRead(kplus.ConfigMap.fromConfigMapName(workload, 'theirs', 'theirs'));
    expect(rules(workload)).toEqual([
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['theirs'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['login'], verbs: ['get'] },
    ]);
  });

  test('writing one object neither makes nor deletes it; writing a kind does, but not all at once', () => {
    const workload = web();
    workload.allowReadWrite(RbacResource.named(ApiResource.LEASES, 'leader'));
    workload.allowReadWrite(ApiResource.CONFIG_MAPS);
    expect(rules(workload)).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['leader'], verbs: ['get', 'list', 'watch', 'update', 'patch'] },
    ]);
  });

  test('objects of any kind, sub-resources, custom resources', () => {
    const workload = web();
    const chart = workload.node.scope as Chart;
    workload.allow(['get'], RbacResource.ofObject(new ApiObject(chart, 'np', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'np' } })));
    workload.allow(['get'], RbacResource.of({ resourceType: 'pods/log' }));
    workload.allow(['create'], RbacResource.of({ resourceType: 'pods/eviction', resourceName: 'web-0' }));
    workload.allow(['patch', 'consume'], RbacResource.of({ apiGroup: 'example.org', resourceType: 'widgets' }));
    workload.allow(['patch'], new kplus.Deployment(chart, 'other', { metadata: { name: 'other' }, containers: [{ image: 'x:1' }] }));
    expect(rules(workload)).toEqual([
      { apiGroups: [''], resources: ['pods/eviction'], resourceNames: ['web-0'], verbs: ['create'] },
      { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
      { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['other'], verbs: ['patch'] },
      { apiGroups: ['example.org'], resources: ['widgets'], verbs: ['patch', 'consume'] },
      { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], resourceNames: ['np'], verbs: ['get'] },
    ]);
  });

  test('its own namespace, which lies in itself', () => {
    const app = Testing.app();
    const namespace = new SecureNamespace(new Chart(app, 'c'), 'shop');
    const workload = new HardenedDeployment(namespace, 'web', { containers: [WEB] });
    workload.allow(['get'], namespace);
    expect(rules(workload)).toEqual([{ apiGroups: [''], resources: ['namespaces'], resourceNames: ['shop'], verbs: ['get'] }]);
  });

  test('objects that are made under its namespace, and land in it without saying so', () => {
    const app = Testing.app();
    const namespace = new SecureNamespace(new Chart(app, 'c'), 'shop');
    const workload = new HardenedDeployment(namespace, 'web', { containers: [WEB] });
    workload.allowRead(new kplus.ConfigMap(namespace, 'a', { metadata: { name: 'a' } }));
    workload.allowRead(RbacResource.ofObject(new ApiObject(namespace, 'b', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } })));
    expect(rules(workload)).toEqual([{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['a', 'b'], verbs: ['get', 'list', 'watch'] }]);
    const other = new SecureNamespace(new Chart(app, 'd'), 'bank');
    expect(failure(() => workload.allowRead(new kplus.ConfigMap(other, 'a', { metadata: { name: 'a' } })))).toContain('[grant-cross-namespace]');
  });

  test('rights in the whole cluster, which are called so', () => {
    const workload = web();
    workload.allowClusterWide(['get', 'list'], ApiResource.NODES, ApiResource.PODS);
    workload.allowClusterWide(['get'], kplus.NonApiResource.of('/metrics'));
    workload.allowClusterWide(['use'], RbacResource.of({ apiGroup: 'scheduling.k8s.io', resourceType: 'priorityclasses', resourceName: 'high' }));
    const name = 'shop:deployment-web';
    expect(written(workload, 'ClusterRole')).toEqual([expect.objectContaining({
      metadata: { name },
      rules: [
        { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['get', 'list'] },
        { apiGroups: ['scheduling.k8s.io'], resources: ['priorityclasses'], resourceNames: ['high'], verbs: ['use'] },
        { nonResourceURLs: ['/metrics'], verbs: ['get'] },
      ],
    })]);
    expect(written(workload, 'ClusterRoleBinding')).toEqual([expect.objectContaining({
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
    })]);
    expect(written(workload, 'Role')).toEqual([]);
  });

  test('an account that was handed in is the one that is bound', () => {
    const chart = shop();
    const serviceAccount = new kplus.ServiceAccount(chart, 'own', { metadata: { name: 'own' } });
    const workload = new HardenedDeployment(chart, 'web', { containers: [WEB], serviceAccount });
    workload.allowRead(ApiResource.CONFIG_MAPS);
    expect(written(workload, 'RoleBinding')[0].subjects).toEqual([{ kind: 'ServiceAccount', name: 'own', namespace: 'shop' }]);
    expect(JSON.stringify(written(workload, 'Deployment'))).toContain('kube-api-access');
  });

  test('a workload that leaves its namespace to whoever applies it is bound wherever that is', () => {
    const workload = web(new Chart(Testing.app(), 'shop'));
    workload.allowRead(ApiResource.CONFIG_MAPS);
    expect(written(workload, 'RoleBinding')[0]).toMatchObject({ metadata: { name: 'deployment-web' }, subjects: [{ kind: 'ServiceAccount', name: 'web' }] });
    expect(JSON.stringify(written(workload, 'RoleBinding'))).not.toContain('"namespace"');
    expect(JSON.stringify(written(workload, 'Deployment'))).toContain('kube-api-access');
  });

  test('two workloads of one name in two namespaces have nothing in common', () => {
    const app = Testing.app();
    for (const namespace of ['a', 'b']) {
      const workload = web(new Chart(app, namespace, { namespace }));
      workload.allowClusterWide(['get'], ApiResource.NODES);
      workload.allowRead(ApiResource.PODS);
    }
    const all = app.charts.flatMap(chart => Testing.synth(chart));
    const names = (kind: string) => all.filter(manifest => manifest.kind === kind).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
    expect(names('ClusterRoleBinding')).toEqual(['/a:deployment-web', '/b:deployment-web']);
    expect(names('RoleBinding')).toEqual(['a/deployment-web', 'b/deployment-web']);
  });
});

describe('what cannot be granted is said at once', () => {
  const elsewhere = (chart: Chart) => new kplus.ConfigMap(chart, 'x', { metadata: { name: 'x', namespace: 'bank' } });
  const custom = (chart: Chart) => RbacResource.ofObject(new ApiObject(chart, 'w', { apiVersion: 'example.org/v1', kind: 'Widget', metadata: { name: 'w' } }));
  const of = (resourceType: string, apiGroup?: string, resourceName?: string) => RbacResource.of({ apiGroup, resourceType, resourceName });

  test.each<[what: string, (workload: HardenedDeployment, chart: Chart) => void, message: string]>([
    ['no verb', workload => workload.allow([], ApiResource.PODS),
      "shop/web: the right on pods has no verb [grant-verb-unknown]. Say what may be done: allow(['get'], …)."],
    ['a typo in a verb', workload => workload.allow(['wach'], ApiResource.PODS), "shop/web: 'wach' is no verb for pods [grant-verb-unknown]. Did you mean 'watch'?"],
    ['a typo for a custom resource', workload => workload.allow(['lst'], of('widgets', 'example.org')),
      "shop/web: 'lst' is no verb for widgets of example.org [grant-verb-unknown]. Did you mean 'list'?"],
    ['a method of HTTP', workload => workload.allow(['POST'], ApiResource.PODS), "shop/web: 'POST' is no verb for pods [grant-verb-unknown]. Did you mean 'create'?"],
    ['a word that is none', workload => workload.allow(['constructor'], ApiResource.PODS),
      "shop/web: 'constructor' is no verb for pods [grant-verb-unknown]. Known are: create, delete, deletecollection, get, list, patch, update, watch."],
    ['a kind in place of a resource', workload => workload.allowRead(of('ConfigMap')),
      "shop/web: 'ConfigMap' of the API group '' is no resource [grant-resource-unknown]. Write the plural in lower case, without version: { apiGroup: 'apps', resourceType: 'deployments' }."],
    ['the singular', workload => workload.allowRead(of('configmap')), "shop/web: the API group '' has no resource 'configmap' [grant-resource-unknown]. Did you mean 'configmaps'?"],
    ['another group', workload => workload.allowRead(of('deployments')),
      "shop/web: the API group '' has no resource 'deployments' [grant-resource-unknown]. Did you mean { apiGroup: 'apps', resourceType: 'deployments' }?"],
    ['a version in the group', workload => workload.allowRead(of('deployments', 'apps/v1')),
      "shop/web: 'deployments' of the API group 'apps/v1' is no resource [grant-resource-unknown]. Write the plural in lower case, without version: { apiGroup: 'apps', resourceType: 'deployments' }."],
    ['a sub-resource that there is not', workload => workload.allow(['get'], of('pods/logs')),
      "shop/web: pods have no sub-resource 'logs' [grant-resource-unknown]. Did you mean 'log'?"],
    ['a custom object whose plural nobody said', (workload, chart) => workload.allowRead(custom(chart)),
      "shop/w: the plural of Widget (example.org/v1), by which rights name it, is not known [grant-resource-unknown]. Look it up (kubectl api-resources), and say RbacResource.of({ apiGroup: 'example.org', resourceType: '…', resourceName: 'w' })."],
    ['making an object of a name', workload => workload.allow(['get', 'create'], RbacResource.named(ApiResource.CONFIG_MAPS, 'x')),
      "shop/web: 'create' cannot be restricted to configmaps 'x': its request names no object, and the rule would never hold [grant-by-name]. Leave the verb out, or grant it on all configmaps of the namespace: allow(['create'], RbacResource.of({ apiGroup: '', resourceType: 'configmaps' }))."],
    ['a star for a name', workload => workload.allowRead(RbacResource.named(ApiResource.CONFIG_MAPS, '*')),
      "shop/web: '*' is no name of an object [grant-name-invalid]. Leave the name out to mean all configmaps."],
    ['an object of another namespace', (workload, chart) => workload.allowRead(elsewhere(chart)),
      "shop/web: configmaps 'x' lies in the namespace 'bank', the workload in 'shop' [grant-cross-namespace]. Move one of the two; or, if whoever owns 'bank' agrees, make a Role there and bind it: new Role(…, { metadata: { namespace: 'bank' } }), then role.bind(workload)."],
    ['an object that does not say its namespace', workload => workload.allowRead(new kplus.ConfigMap(new Chart(workload.node.root, 'c'), 'x', { metadata: { name: 'x' } })),
      "shop/web: the right on configmaps 'x' cannot be written: configmaps 'x' does not say its namespace, and the other one lies in 'shop' [namespace-unknown]. Say it on the chart, { namespace: '…' }, or in the metadata."],
    ['what lies in no namespace', workload => workload.allowRead(ApiResource.NODES),
      "shop/web: nodes lie in no namespace, and a Role of a namespace never holds for them [grant-cluster-scoped]. If the workload is to have that right in the whole cluster, say so: allowClusterWide(['get', 'list', 'watch'], …)."],
    ['whom to impersonate', workload => workload.allow(['impersonate'], of('users')),
      "shop/web: users lie in no namespace, and a Role of a namespace never holds for them [grant-cluster-scoped]. If the workload is to have that right in the whole cluster, say so: allowClusterWide(['impersonate'], …)."],
    ['a namespace that is not its own', (workload, chart) => workload.allow(['get'], new kplus.Namespace(chart, 'n', { metadata: { name: 'bank' } })),
      "shop/web: namespaces 'bank' lie in no namespace, and a Role of a namespace never holds for them [grant-cluster-scoped]. If the workload is to have that right in the whole cluster, say so: allowClusterWide(['get'], …)."],
    ['one object in the whole cluster', workload => workload.allowClusterWide(['get'], RbacResource.named(ApiResource.SECRETS, 'login')),
      "shop/web: in the whole cluster, secrets 'login' are the objects of that name in every namespace [grant-cluster-wide]. Grant it in the one namespace: allow(…) where it is the workload's own, else a Role there, bound to this workload (role.bind(workload))."],
    ['a path that is none', workload => workload.allowClusterWide(['get'], kplus.NonApiResource.of('metrics')),
      "shop/web: 'metrics' is no path of the API server [grant-path-invalid]. Begin with '/', as in '/healthz'; '*' may only be its end."],
    ['a verb of resources for a path', workload => workload.allowClusterWide(['watch'], kplus.NonApiResource.of('/metrics')),
      "shop/web: 'watch' is no verb for the path '/metrics', which takes the methods of HTTP [grant-verb-unknown]. Did you mean 'patch'?"],
  ])('%s', (_, grant, message) => {
    const workload = web();
    expect(failure(() => grant(workload, workload.node.scope as Chart))).toBe(message);
    expect([...written(workload, 'Role'), ...written(workload, 'ClusterRole')]).toEqual([]);
  });

  test('rights in the whole cluster of an account whose namespace nobody said', () => {
    const workload = web(new Chart(Testing.app(), 'shop'));
    expect(failure(() => workload.allowClusterWide(['get'], ApiResource.NODES))).toBe(
      "shop/web: rights in the whole cluster are bound to an account of a namespace, and the workload does not say its own [namespace-unknown]. Make it under a SecureNamespace, or say its namespace on its chart, { namespace: '…' }, or in its metadata.");
  });
});

test('what is granted late, in whatever order, is the same', () => {
  const grants: ((workload: HardenedDeployment) => void)[] = [
    workload => workload.allowRead(RbacResource.named(ApiResource.CONFIG_MAPS, 'b')),
    workload => workload.allow(['get'], ApiResource.PODS),
    workload => workload.allowRead(RbacResource.named(ApiResource.CONFIG_MAPS, 'a')),
    workload => workload.allow(['list'], ApiResource.PODS),
  ];
  const texts = [grants, [...grants].reverse(), [...grants, ...grants]].map(list => {
    const workload = web();
    for (const grant of list) grant(workload);
    return JSON.stringify(written(workload, 'Role'));
  });
  expect(new Set(texts).size).toBe(1);
});
