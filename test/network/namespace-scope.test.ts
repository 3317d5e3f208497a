import { Chart, Testing } from 'cdk8s';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { namespaceAt, namespaceFor } from '../../src/network/namespace-scope';
import { chart, failure } from './fake-workload';

describe('what is made under a scope lands', () => {
  test('in the namespace of its SecureNamespace, else in that of its chart, else in the one it says', () => {
    const c = chart('outer');
    const shop = new SecureNamespace(c, 'shop');
    const system = SecureNamespace.existing(c, 'System', 'kube-system');
    expect([c, shop, system, chart()].map(scope => namespaceFor(scope, 'web'))).toEqual(['outer', 'shop', 'kube-system', undefined]);
    expect([c, shop, system, chart()].map(scope => namespaceAt(scope))).toEqual(['outer', 'shop', 'kube-system', undefined]);
    expect(namespaceFor(c, 'web', 'said')).toBe('said');
    expect(namespaceFor(shop, 'web', 'shop')).toBe('shop');
  });

  test('in the namespace of its SecureNamespace also from a chart within that says none', () => {
    const shop = new SecureNamespace(chart(), 'shop');
    expect(namespaceFor(new Chart(shop, 'inner'), 'web')).toBe('shop');
    expect(namespaceFor(new Chart(shop, 'same', { namespace: 'shop' }), 'web')).toBe('shop');
  });

  test('nowhere where it says another one', () => {
    const shop = new SecureNamespace(chart(), 'shop');
    expect(failure(() => namespaceFor(shop, 'web', 'data'))).toBe(
      "shop/shop/web: it is made under 'shop/shop', the namespace 'shop', but says the namespace 'data' [namespace-mismatch]. Leave the namespace out, or make it under a scope of 'data'.",
    );
    expect(failure(() => namespaceFor(new Chart(shop, 'inner', { namespace: 'data' }), 'web'))).toBe(
      "shop/shop/inner/web: it is made under 'shop/shop', the namespace 'shop', but its chart says the namespace 'data' [namespace-mismatch]. Leave the namespace of the chart out, or make the chart elsewhere.",
    );
  });

  test('nowhere where no namespace can have the name', () => {
    expect(failure(() => namespaceFor(new Chart(Testing.app(), 'c', { namespace: 'a.b' }), 'web'))).toBe(
      "c/web: 'a.b' is no name that Kubernetes takes for a namespace [name-invalid]. Use at most 63 lower-case letters, digits and '-', beginning and ending with a letter or digit: did you mean 'a-b'?",
    );
  });
});
