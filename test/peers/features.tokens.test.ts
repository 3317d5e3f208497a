import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { AnyWorkload, KINDS, MAKE, WEB, chart, only, podOf, synthAll } from './workloads';

const VOLUME = {
  name: 'kube-api-access',
  projected: {
    defaultMode: 0o444,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3600, path: 'token' } },
      { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
      { downwardAPI: { items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }] } },
    ],
  },
};
const MOUNT = { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', name: 'kube-api-access', readOnly: true };

/** Grants something to somebody, in a way of its own. */
type Grant = (scope: Chart, subject: kplus.ISubject, id?: string) => void;

const byRole: Grant = (scope, subject, id = 'role') => {
  const role = new kplus.Role(scope, id);
  role.allowRead(kplus.ApiResource.PODS);
  role.bind(subject);
};
const byClusterRole: Grant = (scope, subject, id = 'cluster-role') => {
  const role = new kplus.ClusterRole(scope, id);
  role.allowRead(kplus.ApiResource.NODES);
  role.bind(subject);
};
const byClusterRoleInNamespace: Grant = (scope, subject, id = 'cluster-role') => {
  const role = new kplus.ClusterRole(scope, id);
  role.allowRead(kplus.ApiResource.NODES);
  role.bindInNamespace('shop', subject);
};

function hasToken(workload: AnyWorkload): boolean {
  const pod = podOf(workload);
  expect(pod.automountServiceAccountToken).toBe(false);
  const all = [...pod.initContainers ?? [], ...pod.containers];
  const mounted = all.filter(({ volumeMounts = [] }) => volumeMounts.some((mount: object) => JSON.stringify(mount) === JSON.stringify(MOUNT)));
  const volumes = (pod.volumes ?? []).filter(({ name }: { name: string }) => name === VOLUME.name);
  if (!mounted.length) {
    expect(volumes).toEqual([]);
    return false;
  }
  expect(mounted).toHaveLength(all.length);
  expect(volumes).toEqual([VOLUME]);
  return true;
}

describe.each(KINDS)('a %s', kind => {
  const props = { containers: [{ ...WEB, name: 'web' }, { ...WEB, name: 'side', portNumber: 8081 }], initContainers: [{ image: 'ghcr.io/acme/init:1' }] };

  test('that was granted nothing has no token', () => {
    const workload = MAKE[kind](chart('shop'), 'web', props);
    const other = MAKE[kind](workload.node.scope as Chart, 'other', props);
    byRole(workload.node.scope as Chart, other);
    expect(hasToken(workload)).toBe(false);
    expect(hasToken(other)).toBe(true);
  });

  test.each([
    ['a RoleBinding', byRole],
    ['a ClusterRoleBinding', byClusterRole],
    ['a RoleBinding of a ClusterRole', byClusterRoleInNamespace],
  ] as [string, Grant][])('that %s names has a token in every container', (_, grant) => {
    const workload = MAKE[kind](chart('shop'), 'web', props);
    grant(workload.node.scope as Chart, workload);
    expect(hasToken(workload)).toBe(true);
  });

  test('whose service account a binding of another chart names has a token, once the binding is there', () => {
    const scope = chart('shop');
    const workload = MAKE[kind](scope, 'web', props);
    expect(hasToken(workload)).toBe(false);
    byClusterRole(new Chart(scope.node.root, 'rights', { namespace: 'elsewhere' }), workload.serviceAccount as kplus.ServiceAccount);
    expect(hasToken(workload)).toBe(true);
    const subject = only(synthAll(scope), 'ClusterRoleBinding').subjects[0];
    expect(subject).toMatchObject({ kind: 'ServiceAccount', name: workload.serviceAccount!.name, namespace: 'shop' });
  });
});

test('a binding made before the workload, of the service account that is handed in, grants it a token', () => {
  const scope = chart('shop');
  const account = new kplus.ServiceAccount(scope, 'account', { metadata: { name: 'reader' } });
  byRole(scope, account);
  const web = MAKE.Deployment(scope, 'web', { containers: [WEB], serviceAccount: account });
  expect(hasToken(web)).toBe(true);
  expect(podOf(web).serviceAccountName).toBe('reader');
  expect(Testing.synth(scope).filter(({ kind }) => kind === 'ServiceAccount')).toHaveLength(1);
});

test('an account that the app does not make is granted by its name, with and without a namespace', () => {
  for (const namespace of ['shop', undefined]) {
    const scope = chart(namespace);
    const account = kplus.ServiceAccount.fromServiceAccountName(scope, 'account', 'reader', { namespaceName: namespace });
    const web = MAKE.Deployment(scope, 'web', { containers: [WEB], serviceAccount: account });
    expect(hasToken(web)).toBe(false);
    byRole(scope, account);
    expect(hasToken(web)).toBe(true);
  }
});

test('an account of the same name in another namespace is another account', () => {
  const scope = chart('shop');
  const web = MAKE.Deployment(scope, 'web', { containers: [WEB], metadata: { name: 'web' } });
  const elsewhere = new Chart(scope.node.root, 'elsewhere', { namespace: 'elsewhere' });
  const other = MAKE.Deployment(elsewhere, 'web', { containers: [WEB], metadata: { name: 'web' } });
  byClusterRole(elsewhere, other);
  expect([hasToken(web), hasToken(other)]).toEqual([false, true]);
});

test('every workload has an account of its own, which mounts nothing by itself', () => {
  const scope = chart('shop');
  for (const kind of KINDS) MAKE[kind](scope, kind.toLowerCase(), { containers: [WEB] });
  const objects = Testing.synth(scope);
  const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount');
  expect(accounts).toHaveLength(KINDS.length);
  expect(new Set(accounts.map(({ metadata }) => metadata.name)).size).toBe(KINDS.length);
  for (const account of accounts) expect(account).toMatchObject({ automountServiceAccountToken: false, metadata: { namespace: 'shop' } });
});

test('a token that is asked for outright is short-lived, too', () => {
  expect(hasToken(MAKE.Deployment(chart(), 'web', { containers: [WEB], automountServiceAccountToken: true }))).toBe(true);
});
