import { JsonObject } from '../../src/kube/json';
import { Manifest } from '../../src/kube/pod-spec';
import { audit } from '../../src/rules/audit';
import { chosen } from '../../src/rules/packs';

describe('a pod that nothing controls', () => {
  const pod = (metadata: JsonObject, kind = 'Pod') => audit({ apiVersion: 'v1', kind, metadata, spec: { containers: [] } }, { pack: chosen('one', 'One', ({ id }) => id === 'pod-bare'), minor: 37, today: '2026-01-01' })
    .filter(({ rule }) => rule === 'pod-bare').map(({ field }) => field);

  test('is found', () => {
    expect(pod({ name: 'x' })).toEqual(['spec']);
  });

  test.each<[string, JsonObject]>([
    ['another object has made', { name: 'x', ownerReferences: [{ kind: 'ReplicaSet', name: 'r' }] }],
    ['is a hook of Helm', { name: 'x', annotations: { 'helm.sh/hook': 'test' } }],
    ['is a part of the control plane', { name: 'x', labels: { tier: 'control-plane', component: 'etcd' } }],
  ])('passes where it %s', (_, metadata) => {
    expect(pod(metadata)).toEqual([]);
  });
});

test('a DaemonSet runs on every node on purpose', () => {
  const manifest = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'x' }, spec: { template: { spec: { tolerations: [{ operator: 'Exists' }], containers: [] } } } };
  const findings = audit(manifest as unknown as Manifest, { pack: chosen('one', 'One', ({ id }) => id === 'pod-tolerates-everything'), minor: 37, today: '2026-01-01' });
  expect(findings.filter(({ rule }) => rule === 'pod-tolerates-everything')).toEqual([]);
});
