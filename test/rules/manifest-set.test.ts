import { Manifest } from '../../src/kube/pod-spec';
import { ManifestSet } from '../../src/rules/manifest-set';

const deployment = (name: string, namespace: string) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name }] } } },
}) as unknown as Manifest;
const set = new ManifestSet([deployment('a', 'shop'), deployment('b', 'shop'), deployment('c', 'bank')]);

test('all pods of a namespace are at hand for each Service that asks: none gathers them anew', () => {
  const all = set.selected('shop', {});
  expect(all.map(({ manifest: { metadata: { name } } }) => name)).toEqual(['a', 'b']);
  expect(set.selected('shop', { matchLabels: {}, matchExpressions: [] })).toBe(all);
  expect(set.selected('shop', { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] })).toEqual([]);
  expect(set.selected('none', {})).toEqual([]);
});
