import { audit } from '../../src/rules/audit';
import { PACKS } from '../../src/rules/packs';
import { RBAC_RULES } from '../../src/rules/rbac';

const RBAC = 'rbac.authorization.k8s.io';
const [hardened] = PACKS;
const exact = PACKS.filter(pack => pack.exact);

interface Rule {
  readonly apiGroups?: readonly unknown[];
  readonly resources?: unknown;
  readonly resourceNames?: readonly unknown[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs?: unknown;
}

const on = (resource: string, verbs: readonly string[], group = '', names?: readonly string[]): Rule => (
  { apiGroups: [group], resources: [resource], verbs, ...(names && { resourceNames: names }) }
);

function found(rules: unknown, kind = 'Role', pack = hardened, annotations = {}): string[][] {
  const manifest = { apiVersion: `${RBAC}/v1`, kind, metadata: { name: 'r', annotations }, rules } as never;
  return audit(manifest, { pack, minor: 35, today: '2026-06-01' })
    .filter(({ rule }) => !rule.startsWith('schema-')).map(({ rule, field, waiver }) => waiver ? [rule, field, 'waived'] : [rule, field]);
}

/** What a role gives, and the rule that it breaks with it. */
const TOO_MUCH: readonly [rule: string, field: string, given: Rule][] = [
  ['rbac-wildcard-verbs', 'verbs', on('limitranges', ['*'])],
  ['rbac-wildcard-verbs', 'verbs', { nonResourceURLs: ['/metrics'], verbs: ['*'] }],
  ['rbac-wildcard-resources', 'resources', on('*', ['get'], 'example.org')],
  ['rbac-wildcard-resources', 'resources', on('*/status', ['patch'], 'example.org')],
  ['rbac-wildcard-resources', 'apiGroups', on('widgets', ['get'], '*')],
  ['rbac-wildcard-resources', 'nonResourceURLs', { nonResourceURLs: ['*'], verbs: ['get'] }],
  ['rbac-escalate', '', on('roles', ['escalate'], RBAC)],
  ['rbac-escalate', '', on('clusterroles', ['get', 'escalate'], RBAC, ['admin'])],
  ['rbac-bind', '', on('clusterroles', ['bind'], RBAC)],
  ['rbac-impersonate', '', on('users', ['impersonate'])],
  ['rbac-impersonate', '', on('serviceaccounts', ['impersonate'], '', ['ci'])],
  ['rbac-impersonate', '', on('uids', ['impersonate'], 'authentication.k8s.io')],
  ['rbac-token-create', '', on('serviceaccounts/token', ['create'])],
  ['rbac-secrets', '', on('secrets', ['list'])],
  ['rbac-secrets', '', on('secrets', ['get'])],
  ['rbac-secrets', '', on('secrets', ['watch'], '', ['login'])],
  ['rbac-exec', '', on('pods/exec', ['create'])],
  ['rbac-exec', '', on('pods/attach', ['get'])],
  ['rbac-port-forward', '', on('pods/portforward', ['create'])],
  ['rbac-create-pods', '', on('pods', ['create'])],
  ['rbac-create-pods', '', on('cronjobs', ['patch'], 'batch')],
  ['rbac-node-proxy', '', on('nodes/proxy', ['get'])],
  ['rbac-persistent-volumes', '', on('persistentvolumes', ['create'])],
  ['rbac-csr', '', on('certificatesigningrequests/approval', ['update'], 'certificates.k8s.io')],
  ['rbac-csr', '', on('signers', ['approve'], 'certificates.k8s.io', ['example.org/x'])],
  ['rbac-webhooks', '', on('validatingwebhookconfigurations', ['patch'], 'admissionregistration.k8s.io')],
  ['rbac-rolebinding-escalation', '', on('rolebindings', ['create'], RBAC)],
  ['rbac-rolebinding-escalation', '', on('clusterrolebindings', ['patch'], RBAC, ['ops'])],
  ['rbac-services-status', '', on('services/status', ['patch'])],
  ['rbac-configmaps', '', on('configmaps', ['create'])],
  ['rbac-configmaps', '', on('configmaps', ['deletecollection'])],
  ['rbac-delete-events', '', on('events', ['delete'])],
  ['rbac-delete-events', '', on('events', ['deletecollection'], 'events.k8s.io')],
  ['rbac-delete-logs', '', on('pods/log', ['delete'])],
];

const ALL_RIGHT: readonly Rule[] = [
  on('configmaps', ['get', 'list', 'watch']),
  on('configmaps', ['get', 'update', 'patch', 'delete'], '', ['leader']),
  on('services', ['get', 'list', 'watch', 'create']),
  on('pods/log', ['get']),
  on('events', ['create', 'patch']),
  on('rolebindings', ['get', 'list'], RBAC),
  on('secrets', ['get'], '', ['login']),
  on('secrets', ['create', 'delete']),
  on('pods', ['get', 'list', 'watch', 'delete']),
  on('roles', ['get', 'create'], RBAC),
  on('serviceaccounts', ['create']),
  on('certificatesigningrequests', ['create'], 'certificates.k8s.io'),
  // The same word in another group is another resource.
  on('secrets', ['list'], 'example.org'),
  on('pods', ['create'], 'metrics.k8s.io'),
  { nonResourceURLs: ['/healthz/*'], verbs: ['get'] },
  // An empty list matches nothing.
  { apiGroups: [''], resources: ['secrets'], verbs: [] },
  { apiGroups: [], resources: ['secrets'], verbs: ['list'] },
];

describe.each(['Role', 'ClusterRole'])('the rights of a %s', kind => {
  test.each(TOO_MUCH)('break %s', (rule, field, given) => {
    expect(found([on('configmaps', ['get']), given], kind)).toEqual([[rule, field ? `rules[1].${field}` : 'rules[1]']]);
  });

  test.each(ALL_RIGHT)('may be %j', given => {
    expect(found([given], kind)).toEqual([]);
  });
});

test('every rule about roles is seen to be broken', () => {
  expect([...new Set(TOO_MUCH.map(([rule]) => rule))].sort()).toEqual(RBAC_RULES.map(({ id }) => id).sort());
});

test('a wildcard gives every right, and each is spoken of; one waiver of the wildcard is enough', () => {
  const everything = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };
  expect(new Set(found([everything]).map(([rule]) => rule))).toEqual(new Set(RBAC_RULES.map(({ id }) => id)));
  const reason = JSON.stringify({ reason: 'an operator', owner: 'platform' });
  const waived = found([everything], 'ClusterRole', hardened, {
    'cdk8s-hardened/waive.rbac-wildcard-verbs': reason, 'cdk8s-hardened/waive.rbac-wildcard-resources': reason,
  });
  expect(waived.filter(([, , state]) => state !== 'waived')).toEqual([]);
  expect(new Set(found([on('*', ['get', 'list'])]).map(([rule]) => rule)))
    .toEqual(new Set(['rbac-wildcard-resources', 'rbac-secrets', 'rbac-exec', 'rbac-port-forward', 'rbac-node-proxy']));
});

test('a wildcard for a sub-resource gives that one of every resource', () => {
  expect(found([on('*/exec', ['create'])])).toEqual([['rbac-wildcard-resources', 'rules[0].resources'], ['rbac-exec', 'rules[0]']]);
});

test('Pod Security says nothing of roles', () => {
  for (const pack of exact) expect(found([on('*', ['*'], '*')], 'Role', pack)).toEqual([]);
});

test('a Role of another API is none', () => {
  const manifest = { apiVersion: 'iam.example.org/v1', kind: 'Role', metadata: { name: 'r' }, rules: [on('*', ['*'], '*')] } as never;
  expect(audit(manifest, { pack: hardened, minor: 35, today: '2026-06-01' })).toEqual([]);
});

test.each([[undefined], [null], ['x'], [[null, 1, 'x', []]], [[{ verbs: '*', resources: '*', apiGroups: '*' }]], [[{ verbs: [null, {}], resources: [1], apiGroups: [''] }]]])('rules that are none, such as %j, are the schema\'s to speak of', rules => {
  expect(found(rules)).toEqual([]);
});
