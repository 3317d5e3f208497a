import { Manifest } from '../../../src/kube/pod-spec';
import { MANIFEST_RULES } from '../../../src/rules/manifest';
import { ManifestView } from '../../../src/rules/manifest-rule';

/** One breach of each rule, and the object that has it. */
const BREACHES: Array<[rule: string, severity: string, manifest: object, field: string]> = [
  ['api-unknown', 'error', { apiVersion: 'apps/v1', kind: 'Deploymnet' }, 'kind'],
  ['api-removed', 'error', { apiVersion: 'batch/v1beta1', kind: 'CronJob' }, 'apiVersion'],
  ['api-deprecated', 'warning', { apiVersion: 'v1', kind: 'Endpoints' }, 'apiVersion'],
  ['schema-unknown-field', 'error', { apiVersion: 'v1', kind: 'ConfigMap', dta: {} }, 'dta'],
  ['schema-wrong-type', 'error', { apiVersion: 'v1', kind: 'ConfigMap', data: [] }, 'data'],
  ['schema-wrong-value', 'error', { apiVersion: 'v1', kind: 'Service', spec: { type: 'clusterIP' } }, 'spec.type'],
  ['schema-missing-field', 'error', { apiVersion: 'v1', kind: 'Service', spec: { ports: [{}] } }, 'spec.ports[0].port'],
  ['api-refused', 'error', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', roleRef: { kind: 'role', name: 'a' } }, 'roleRef.kind'],
];

test.each(BREACHES)('%s speaks, and no other rule', (id, severity, manifest, field) => {
  const view = new ManifestView(manifest as Manifest, 35);
  const found = MANIFEST_RULES.flatMap(rule => rule.check(view).map(violation => [rule.id, rule.severity, violation.field]));
  expect(found).toEqual([[id, severity, field]]);
});

test('every rule has a breach here, and an id that can be a key', () => {
  expect(MANIFEST_RULES.map(({ id }) => id).sort()).toEqual(BREACHES.map(([id]) => id).sort());
  for (const { id, advice, title } of MANIFEST_RULES) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(id.length).toBeLessThanOrEqual(50);
    expect([advice.endsWith('.'), title.endsWith('.')]).toEqual([true, false]);
  }
});
