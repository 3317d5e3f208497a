import { audit, lookAcross } from '../../src/rules/audit';
import { BINDING_RULES } from '../../src/rules/binding';
import { packNamed } from '../../src/rules/packs';

const RBAC = 'rbac.authorization.k8s.io';
const user = (name: string) => ({ kind: 'User', apiGroup: RBAC, name });
const group = (name: string) => ({ kind: 'Group', apiGroup: RBAC, name });
const account = (name: string, namespace: string) => ({ kind: 'ServiceAccount', name, namespace });

function binding(subjects: unknown, role = 'view', { kind = 'ClusterRoleBinding', name = 'b', labels = {} } = {}) {
  const roleRef = { apiGroup: RBAC, kind: 'ClusterRole', name: role };
  return { apiVersion: `${RBAC}/v1`, kind, metadata: { name, labels, ...(kind === 'RoleBinding' && { namespace: 'shop' }) }, roleRef, subjects };
}

function found(manifest: unknown): string[][] {
  return audit(manifest as never, { pack: packNamed('hardened')!, minor: 35, today: '2026-06-01' })
    .filter(({ rule }) => rule.startsWith('rbac-')).map(({ rule, field, message }) => [rule, field, message]);
}

const GIVEN_TOO_FREELY: readonly [rule: string, what: string, manifest: object][] = [
  ['rbac-cluster-admin', 'ServiceAccount shop/ci may do everything in the cluster', binding([user('jane'), account('ci', 'shop')].slice(1), 'cluster-admin')],
  ['rbac-cluster-admin', 'User jane may do everything in the namespace', binding([user('jane')], 'cluster-admin', { kind: 'RoleBinding' })],
  ['rbac-system-masters', 'system:masters is given rights, whose members pass every authorization already', binding([group('system:masters')])],
  ['rbac-anonymous', 'everybody who reaches the API server has the rights of ClusterRole view, without logging in', binding([user('system:anonymous')])],
  ['rbac-anonymous', 'everybody who reaches the API server has the rights of ClusterRole view, without logging in', binding([group('system:unauthenticated')])],
  ['rbac-authenticated', 'whoever is logged in, each service account included, has the rights of ClusterRole view', binding([group('system:authenticated')])],
  ['rbac-default-account', 'every pod without an account of its own has the rights of ClusterRole view, as ServiceAccount shop/default', binding([account('default', 'shop')])],
  ['rbac-default-account', 'every pod of the cluster has the rights of ClusterRole view', binding([group('system:serviceaccounts')])],
  ['rbac-default-account', "every pod of namespace 'shop' has the rights of ClusterRole view", binding([group('system:serviceaccounts:shop')])],
];

test.each(GIVEN_TOO_FREELY)('%s: %s', (rule, what, manifest) => {
  expect(found(manifest)).toEqual([[rule, 'subjects[0]', what]]);
});

test('every rule about bindings is seen to be broken', () => {
  expect([...new Set(GIVEN_TOO_FREELY.map(([rule]) => rule))]).toEqual(BINDING_RULES.map(({ id }) => id));
});

test('each subject is spoken of in its place', () => {
  expect(found(binding([user('jane'), group('system:masters'), user('system:anonymous')])).map(([rule, field]) => [rule, field]))
    .toEqual([['rbac-system-masters', 'subjects[1]'], ['rbac-anonymous', 'subjects[2]']]);
});

test.each<[string, unknown]>([
  ['a role to an account', binding([account('web', 'shop')])],
  ['cluster-admin to nobody', binding([], 'cluster-admin')],
  ['a role of another name', binding([user('jane')], 'cluster-administration')],
  ['a namespaced role that is called cluster-admin', { ...binding([user('jane')], '', { kind: 'RoleBinding' }), roleRef: { apiGroup: RBAC, kind: 'Role', name: 'cluster-admin' } }],
  ['a role to a user who is called like a group', binding([user('system:authenticated'), user('system:masters'), group('system:anonymous')])],
  ['rights by what is no list of subjects', binding({ kind: 'Group', name: 'system:masters' })],
  ['rights to what is no subject', binding([null, 'system:masters', { kind: 'Group' }])],
  ['rights in an API of somebody else', { ...binding([group('system:masters')]), apiVersion: 'example.org/v1' }],
])('gives %s', (_, manifest) => {
  expect(found(manifest)).toEqual([]);
});

describe('what every cluster has', () => {
  test.each<[string, object]>([
    ['cluster-admin', binding([group('system:masters')], 'cluster-admin', { name: 'cluster-admin' })],
    ['system:discovery', binding([group('system:authenticated')], 'system:discovery', { name: 'system:discovery' })],
    ['system:public-info-viewer', binding([group('system:authenticated'), group('system:unauthenticated')], 'system:public-info-viewer', { name: 'system:public-info-viewer' })],
  ])('is left alone: %s', (_, manifest) => {
    expect(found(manifest)).toEqual([]);
  });

  test('is not what has its label, or its name, and gives more', () => {
    const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' };
    expect(found(binding([user('system:anonymous')], 'cluster-admin', { name: 'cluster-admin', labels })).map(([rule]) => rule)).toEqual(['rbac-cluster-admin', 'rbac-anonymous']);
    expect(found(binding([group('system:authenticated')], 'cluster-admin', { name: 'system:discovery', labels })).map(([rule]) => rule)).toEqual(['rbac-cluster-admin', 'rbac-authenticated']);
  });
});

describe('a token for the API server without rights there', () => {
  const here = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web', namespace: 'shop' } };
  const pod = (token: object) => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' },
    spec: { serviceAccountName: 'web', containers: [], volumes: [{ name: 'a', emptyDir: {} }, { name: 't', projected: { sources: [{ configMap: {} }, { serviceAccountToken: token }] } }] },
  });
  const said = (...manifests: object[]) => [...lookAcross(manifests as never, { pack: packNamed('hardened')!, minor: 35, today: '2026-06-01' })]
    .flatMap(([, drafts]) => drafts).filter(({ rule }) => rule === 'rbac-token-without-rights').map(({ field, what }) => `${field}: ${what}`);

  test('is told where it is mounted', () => {
    expect(said(here, pod({ path: 'token' }))).toEqual([
      "spec.volumes[1].projected.sources[1].serviceAccountToken: a token for the API server is mounted, where account 'web' has no rights",
    ]);
    expect(said(here, pod({ path: 'token' }), binding([account('web', 'other'), user('web'), group('system:serviceaccounts:other')]))).toHaveLength(1);
  });

  test.each<[string, object[]]>([
    ['is for somebody else', [here, pod({ path: 'token', audience: 'vault' })]],
    ['has rights', [here, pod({ path: 'token' }), binding([account('web', 'shop')])]],
    ['has those of its namespace', [here, pod({ path: 'token' }), binding([group('system:serviceaccounts:shop')])]],
    ['has an account that is not here', [pod({ path: 'token' })]],
  ])('is nothing to speak of where it %s', (_, manifests) => {
    expect(said(...manifests)).toEqual([]);
  });
});
