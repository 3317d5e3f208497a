import { Diff } from '../../../src/reach/diff';
import { mapOfChanges } from '../../../src/report/map/changes';
import type { ReachMap } from '../../../src/report/map/reach-map';
import { mapSvg } from '../../../src/report/map/svg';
import { readObjects } from '../../reach/agreement';
import { manifestsOf, randomCluster } from '../../reach/random-cluster';
import { deployment, onlyFrom, openNamespaces } from './maps';

describe('a map of a change', () => {
  const before = [deployment('web', 'shop'), deployment('api', 'shop'), deployment('db', 'shop'), deployment('old', 'shop'),
    onlyFrom('shop', 'db', ['web']), onlyFrom('shop', 'api', ['web']), onlyFrom('shop', 'web', []), onlyFrom('shop', 'old', [])];
  const after = [deployment('web', 'shop'), deployment('api', 'shop'), deployment('db', 'shop'), deployment('new', 'shop'),
    onlyFrom('shop', 'db', ['api']), onlyFrom('shop', 'api', ['web'], 81), onlyFrom('shop', 'web', []), onlyFrom('shop', 'new', ['web'])];
  const map = changes(before, after);
  const inside = ({ links, nodes, spaces }: ReachMap) => links
    .filter(({ from, to }) => [from, to].every(end => spaces[nodes[end].space].kind === 'namespace'))
    .map(({ from, to, state }) => `${state ?? 'as before'}: ${nodes[from].label} => ${nodes[to].label}`).sort();

  test('has what is opened, closed and spoken on other ports', () => {
    expect(inside(map)).toEqual(['added: api => db', 'added: web => new', 'changed: web => api', 'removed: web => db']);
    expect(map.nodes.filter(({ state }) => state).map(({ label, state }) => [label, state])).toEqual([['new', 'added'], ['old', 'removed']]);
    expect(map.isDiff).toBe(true);
  });

  test('says why it was so before, and why it is so now', () => {
    const link = (from: string, to: string) => map.links.find(its => map.nodes[its.from].label === from && map.nodes[its.to].label === to)!;
    const fields = ([, ingress]: readonly [number, number]) => map.reasons.sides[ingress].rules!.map(([rule, ports]) => `${map.reasons.rules[rule].field} ${map.words[ports]}`);
    const changed = link('web', 'api');
    expect([fields(changed.whyBefore!), fields(changed.why!)]).toEqual([['spec.ingress[0] TCP 80'], ['spec.ingress[0] TCP 81']]);
    const removed = link('web', 'db');
    expect([fields(removed.whyBefore!), removed.why]).toEqual([['spec.ingress[0] TCP 80'], undefined]);
    expect(map.words[removed.ports]).toBe('denied');
  });

  test('has what is as before once, and no connection twice', () => {
    for (let seed = 1; seed <= 80; seed++) {
      const [old, its] = [manifestsOf(randomCluster(seed)), manifestsOf(randomCluster(seed + 1000))];
      const { links, nodes } = changes(old, its);
      const pairs = links.filter(({ from, to }) => [from, to].every(end => nodes[end].kind === 'Pod')).map(({ from, to }) => `${nodes[from].id} ${nodes[to].id}`);
      expect(new Set(pairs).size).toBe(pairs.length);
      const diff = new Diff(readObjects(old), readObjects(its));
      expect(links.filter(({ state }) => state)).toHaveLength(diff.changes().length);
    }
  });

  test('says that nothing changed, and draws what there is', () => {
    const same = changes(before, before);
    expect(same.notes[0]).toBe('Nothing is opened or closed.');
    expect(same.links.some(({ state }) => state)).toBe(false);
    expect(same.links).not.toEqual([]);
  });

  test('is drawn between namespaces where more changes than anybody can look at', () => {
    const many = openNamespaces(4, 40);
    const shut = Array.from({ length: 4 }, (_, i) => ({
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'deny', namespace: `team-${i}` }, spec: { podSelector: {}, policyTypes: ['Ingress'] },
    }));
    const all = changes(many, [...many, ...shut]);
    expect(all.nodes).toEqual([]);
    expect(all.links.every(({ state }) => state === 'removed')).toBe(true);
    const pairs = all.links.filter(({ from, to }) => [from, to].every(end => all.spaces[end].kind === 'namespace'));
    expect(pairs.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(160 * 159);
    expect([...mapSvg(all)].join('')).toContain('closed by the change');
  });
});

function changes(before: readonly object[], after: readonly object[]): ReachMap {
  const diff = new Diff(readObjects(before), readObjects(after));
  return mapOfChanges(diff, diff.changes());
}
