import fc from 'fast-check';
import { Right, toPolicyRules } from '../../src/access/rights';
import { PolicyRule } from '../../src/kube/rbac';

const config = (verbs: string[], name?: string): Right => ({ group: '', resource: 'configmaps', verbs, ...(name !== undefined && { name }) });

describe('rights as rules of a Role', () => {
  test('share a rule where group and verbs are the same, in the order of names', () => {
    expect(toPolicyRules([{ resource: 'services', verbs: ['watch', 'get'] }, { resource: 'configmaps', verbs: ['get', 'watch'] }])).toEqual([
      { apiGroups: [''], resources: ['configmaps', 'services'], verbs: ['get', 'watch'] },
    ]);
  });

  test('never share a rule over two groups', () => {
    expect(toPolicyRules([{ group: 'apps', resource: 'deployments', verbs: ['get'] }, { group: 'batch', resource: 'jobs', verbs: ['get'] }])).toHaveLength(2);
  });

  test('share the names of one resource, never those of two', () => {
    expect(toPolicyRules([config(['get'], 'b'), config(['get'], 'a'), { resource: 'secrets', name: 'a', verbs: ['get'] }])).toEqual([
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['a', 'b'], verbs: ['get'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['a'], verbs: ['get'] },
    ]);
  });

  test('say nothing of one object that is said of all', () => {
    expect(toPolicyRules([config(['get', 'patch'], 'a'), config(['get', 'list'])])).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] },
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['a'], verbs: ['patch'] },
    ]);
    expect(toPolicyRules([config(['get'], 'a'), config(['*'])])).toEqual([{ apiGroups: [''], resources: ['configmaps'], verbs: ['*'] }]);
  });

  test('put paths last', () => {
    expect(toPolicyRules([{ path: '/metrics', verbs: ['get'] }, { path: '/healthz', verbs: ['get'] }, config(['get'])])).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] },
      { nonResourceURLs: ['/healthz', '/metrics'], verbs: ['get'] },
    ]);
  });

  test('are clean of names that JavaScript has uses for', () => {
    expect(toPolicyRules([{ group: '__proto__', resource: 'constructor', verbs: ['get'] }])).toEqual([
      { apiGroups: ['__proto__'], resources: ['constructor'], verbs: ['get'] },
    ]);
  });
});

const arbitraryRight: fc.Arbitrary<Right> = fc.record({
  group: fc.constantFrom('', 'apps', 'batch'),
  resource: fc.constantFrom('configmaps', 'secrets', 'pods/log'),
  verbs: fc.subarray(['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'use'], { minLength: 1 }),
  name: fc.constantFrom(undefined, 'a', 'b'),
});

/** As Kubernetes decides: one rule has the verb, the group, the resource, and the name or no names. */
function allows(rules: readonly PolicyRule[], verb: string, group: string, resource: string, name: string): boolean {
  return rules.some(rule => rule.verbs.includes(verb) && rule.apiGroups!.includes(group) && rule.resources!.includes(resource)
    && (!rule.resourceNames || rule.resourceNames.includes(name)));
}

test('rules allow exactly what was granted', () => {
  fc.assert(fc.property(fc.array(arbitraryRight, { maxLength: 8 }), rights => {
    const rules = toPolicyRules(rights);
    for (const group of ['', 'apps', 'batch']) {
      for (const resource of ['configmaps', 'secrets', 'pods/log']) {
        for (const verb of ['get', 'list', 'create', 'use']) {
          for (const name of ['a', 'b', 'c']) {
            const granted = rights.some(right => right.group === group && right.resource === resource && right.verbs.includes(verb)
              && (right.name === undefined || right.name === name));
            expect(allows(rules, verb, group, resource, name)).toBe(granted);
          }
        }
      }
    }
  }), { numRuns: 200, seed: 7 });
});

test('the order and the number of times in which rights are granted leave no trace', () => {
  const shuffled = fc.array(arbitraryRight, { maxLength: 8 }).chain(rights => fc.tuple(
    fc.constant(rights),
    fc.shuffledSubarray([...rights, ...rights], { minLength: rights.length * 2 }),
  ));
  fc.assert(fc.property(shuffled, ([once, twice]) => {
    expect(toPolicyRules(twice)).toEqual(toPolicyRules(once));
  }), { numRuns: 200, seed: 7 });
});
