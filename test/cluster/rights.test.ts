import * as kplus from 'cdk8s-plus-27';
import { RbacResource } from '../../src/access/rbac-resource';
import { isClusterScoped, isKnownResource, resourceOfKind } from '../../src/kube/api-resources';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { HardenedDeployment } from '../../src/workload/hardened-deployment';
import { ON_LAB } from './admission/nodes';
import { ApiServer } from './api-server';
import { apply, get, kubectl, manifestsOf, own } from './kubectl';

const { ApiResource } = kplus;
const TEAMS = ['rights-red', 'rights-blue'].map(own);

/** A right as it is granted, in our words, and as it is to be: its verbs on a resource, on one object, or in the whole cluster. */
interface Grant {
  readonly make: (workload: HardenedDeployment, objects: { settings: kplus.ConfigMap; login: kplus.Secret }) => void;
  readonly verbs: readonly string[];
  readonly group?: string;
  readonly resource?: string;
  readonly name?: string;
  readonly path?: string;
  readonly clusterWide?: boolean;
}

const READ = ['get', 'list', 'watch'];

/** In the lab alone: in somebody's cluster nothing is to be outside of namespaces of ours. */
const CLUSTER_WIDE: readonly Grant[] = [
  { make: workload => workload.allowClusterWide(['get', 'list'], ApiResource.NODES), verbs: ['get', 'list'], resource: 'nodes', clusterWide: true },
  { make: workload => workload.allowClusterWide(['get'], kplus.NonApiResource.of('/metrics')), verbs: ['get'], path: '/metrics', clusterWide: true },
];

const ACCOUNTS: { readonly [workload: string]: readonly Grant[] } = {
  none: [],
  reader: [
    { make: (workload, { settings }) => workload.allowRead(settings), verbs: READ, resource: 'configmaps', name: 'settings' },
    { make: (workload, { login }) => workload.allowRead(login), verbs: ['get'], resource: 'secrets', name: 'login' },
  ],
  writer: [
    { make: (workload, { settings }) => workload.allowReadWrite(settings), verbs: [...READ, 'update', 'patch'], resource: 'configmaps', name: 'settings' },
    {
      make: workload => workload.allowReadWrite(ApiResource.LEASES),
      verbs: [...READ, 'create', 'update', 'patch', 'delete'], group: 'coordination.k8s.io', resource: 'leases',
    },
    { make: workload => workload.allow(['get'], RbacResource.of({ resourceType: 'pods/log' })), verbs: ['get'], resource: 'pods/log' },
  ],
  watcher: [
    { make: workload => workload.allowRead(ApiResource.PODS), verbs: READ, resource: 'pods' },
    { make: workload => workload.allow(['list'], ApiResource.SERVICES), verbs: ['list'], resource: 'services' },
    ...ON_LAB ? CLUSTER_WIDE : [],
  ],
};

let server: ApiServer;
const tokens = new Map<string, string>();
const token = (team: string, account: string) => tokens.get(`${team}/${account}`)!;
const every = TEAMS.flatMap(team => Object.entries(ACCOUNTS).map(([account, grants]) => ({ team, account, grants })));

beforeAll(() => {
  apply(manifestsOf(chart => TEAMS.forEach(team => {
    const namespace = new SecureNamespace(chart, team);
    const objects = {
      settings: new kplus.ConfigMap(namespace, 'settings', { metadata: { name: 'settings' }, data: { a: '1' } }),
      login: new kplus.Secret(namespace, 'login', { metadata: { name: 'login' }, stringData: { password: 'x' } }),
    };
    for (const [account, grants] of Object.entries(ACCOUNTS)) {
      const workload = new HardenedDeployment(namespace, account, { metadata: { name: account }, containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
      for (const { make } of grants) make(workload, objects);
    }
  })));
  server = new ApiServer();
  for (const { team, account } of every) {
    const { ok, out, err } = kubectl(['-n', team, 'create', 'token', account]);
    if (!ok) throw new Error(err);
    tokens.set(`${team}/${account}`, out.trim());
  }
}, 120_000);

afterAll(() => server.close());

test('the list of what an account may do is what it was granted, there and nowhere else', async () => {
  for (const { team, account, grants } of every) {
    for (const namespace of TEAMS) {
      // What everybody may do, such as asking what one may do.
      const everybody = await server.rights(token(team, 'none'), namespace);
      const more = [...await server.rights(token(team, account), namespace)].filter(right => !everybody.has(right));
      const granted = grants.filter(({ clusterWide }) => clusterWide || namespace === team).flatMap(({ verbs, group = '', resource, name = '', path }) => (
        verbs.map(verb => path ? `${verb} ${path}` : [verb, group, resource, name].join(' '))
      ));
      const where = { team, account, namespace };
      expect({ ...where, rights: more.sort() }).toEqual({ ...where, rights: granted.filter(right => !everybody.has(right)).sort() });
    }
  }
});

test('asked one by one, the API server allows what was granted and nothing else', async () => {
  const verbs = [...READ, 'create', 'update', 'patch', 'delete', 'deletecollection', 'escalate', 'impersonate'];
  const resources = [
    ['', 'configmaps'], ['', 'secrets'], ['', 'pods'], ['', 'pods/log'], ['', 'pods/exec'], ['', 'services'], ['', 'serviceaccounts/token'], ['', 'nodes'],
    ['apps', 'deployments'], ['coordination.k8s.io', 'leases'], ['rbac.authorization.k8s.io', 'roles'],
  ];
  const questions = every.flatMap(({ team, account, grants }) => [...TEAMS, 'kube-system'].flatMap(namespace => verbs.flatMap(verb => (
    resources.flatMap(([group, resource]) => ['', 'settings', 'login', 'other'].map(name => {
      const [kind, subresource] = resource.split('/');
      const isGranted = grants.some(grant => (grant.clusterWide || namespace === team) && grant.verbs.includes(verb)
        && grant.resource === resource && (grant.group ?? '') === group && (grant.name === undefined || grant.name === name));
      return { team, account, isGranted, attributes: { namespace, verb, group, resource: kind, subresource, name } };
    }))
  ))));
  const answers = await Promise.all(questions.map(({ team, account, attributes }) => server.may(token(team, account), attributes)));
  console.log(`rights: ${questions.length} questions, ${answers.filter(answer => answer).length} allowed`);
  expect(questions.filter(({ isGranted }, i) => isGranted !== answers[i])).toEqual([]);
  expect(answers.filter(answer => answer).length).toBeGreaterThan(100);
}, 300_000);

describe.each([[TEAMS[0], TEAMS[1]], [TEAMS[1], TEAMS[0]]])('a program in %s', (here, other) => {
  const core = (namespace: string, rest: string) => `/api/v1/namespaces/${namespace}/${rest}`;
  const leases = (namespace: string) => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'leader' } };
  const data = { data: { b: '2' } };

  test.each<[account: string, method: string, path: string, body: object | undefined, status: number]>([
    ['none', 'GET', core(here, 'configmaps/settings'), undefined, 403],
    ['reader', 'GET', core(here, 'configmaps/settings'), undefined, 200],
    ['reader', 'GET', core(here, 'configmaps?fieldSelector=metadata.name%3Dsettings'), undefined, 200],
    ['reader', 'GET', core(here, 'configmaps?fieldSelector=metadata.name%3Dother'), undefined, 403],
    ['reader', 'GET', core(here, 'configmaps'), undefined, 403],
    ['reader', 'GET', core(other, 'configmaps/settings'), undefined, 403],
    ['reader', 'PATCH', core(here, 'configmaps/settings'), data, 403],
    ['reader', 'GET', core(here, 'secrets/login'), undefined, 200],
    ['reader', 'GET', core(here, 'secrets'), undefined, 403],
    ['reader', 'GET', core(here, 'secrets?fieldSelector=metadata.name%3Dlogin'), undefined, 403],
    ['writer', 'PATCH', core(here, 'configmaps/settings'), data, 200],
    ['writer', 'DELETE', core(here, 'configmaps/settings'), undefined, 403],
    ['writer', 'POST', core(here, 'configmaps'), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'new' } }, 403],
    ['writer', 'POST', leases(here), lease, 201],
    ['writer', 'DELETE', `${leases(here)}/leader`, undefined, 200],
    ['writer', 'POST', leases(other), lease, 403],
    ['watcher', 'GET', core(here, 'pods'), undefined, 200],
    ['watcher', 'GET', core(other, 'pods'), undefined, 403],
    ['watcher', 'GET', '/api/v1/pods', undefined, 403],
    ['watcher', 'GET', core(here, 'services'), undefined, 200],
    ['watcher', 'GET', core(here, 'services/x'), undefined, 403],
    ['watcher', 'GET', '/api/v1/nodes', undefined, ON_LAB ? 200 : 403],
    ['watcher', 'GET', '/metrics', undefined, ON_LAB ? 200 : 403],
    ['none', 'GET', '/metrics', undefined, 403],
  ])('as %s: %s %s', async (account, method, path, body, status) => {
    expect((await server.call(token(here, account), method, path, body)).status).toBe(status);
  });
});

// Somebody's cluster may be of another version, and have kinds of its own.
(ON_LAB ? test : test.skip)('what the API server serves has the name and the scope that rights go by', () => {
  const raw = (path: string) => JSON.parse(kubectl(['get', '--raw', path]).out);
  const apiVersions: string[] = ['v1', ...raw('/apis').groups.map((group: any) => group.preferredVersion.groupVersion)];
  const discovered = apiVersions.flatMap(apiVersion => raw(`/${apiVersion === 'v1' ? 'api' : 'apis'}/${apiVersion}`).resources
    .map((resource: any) => ({ ...resource, apiVersion }))).filter(({ name }) => !name.includes('/'));
  expect(discovered.length).toBeGreaterThan(50);
  for (const { apiVersion, kind, name, namespaced } of discovered) {
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
    const ours = { name: resourceOfKind(apiVersion, kind)?.resource, known: isKnownResource(group, name), namespaced: !isClusterScoped(group, name) };
    expect({ apiVersion, kind, ...ours }).toEqual({ apiVersion, kind, name, known: true, namespaced });
  }
});

test('a subject without a namespace is in that of its binding', () => {
  const [team] = TEAMS;
  apply(manifestsOf(chart => {
    const workload = new HardenedDeployment(chart, 'anywhere', { metadata: { name: 'anywhere' }, containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
    workload.allowRead(ApiResource.PODS);
  }).filter(({ kind }) => kind !== 'Deployment').map(manifest => ({ ...manifest, metadata: { ...manifest.metadata, namespace: team } })));
  expect(get('-n', team, 'rolebinding', 'deployment-anywhere').subjects).toEqual([{ kind: 'ServiceAccount', name: 'anywhere' }]);
  const mayList = (namespace: string) => kubectl(['auth', 'can-i', 'list', 'pods', '-n', namespace, `--as=system:serviceaccount:${team}:anywhere`]).out.trim();
  expect(TEAMS.map(mayList)).toEqual(['yes', 'no']);
});
