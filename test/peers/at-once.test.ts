import { ApiObject, App, Chart, IResolver, JsonPatch, Lazy, ResolutionContext, Testing } from 'cdk8s';
import { everything } from '../workload/everything';
import { KINDS, MAKE, WEB, apiObject } from './workloads';

/** Has an app show every value to its resolvers, as cdk8s alone does it. */
class Nothing implements IResolver {
  public resolve(_context: ResolutionContext): void {}
}

const NOTHING = { resolvers: [new Nothing()] };

/** The objects of an app, word for word: what stands where counts, too. */
function texts(chart: Chart): string[] {
  return Testing.synth(chart).map(object => JSON.stringify(object));
}

describe('what is resolved in one walk', () => {
  test('is what cdk8s and cdk8s-plus make of an app with everything', () => {
    const theirs = texts(everything(NOTHING));
    expect(theirs.length).toBeGreaterThan(20);
    expect(texts(everything())).toEqual(theirs);
  });

  test.each(KINDS)('is that of a %s whose metadata hold more than texts', kind => {
    const app = (props = {}) => {
      const chart = new Chart(new App(props), 'shop', { namespace: 'shop', labels: { team: 'shop' } });
      const { metadata } = apiObject(MAKE[kind](chart, 'web', { containers: [WEB], metadata: { annotations: { b: '', a: '1' }, labels: { z: '1', a: '2' } } }));
      metadata.addFinalizers('acme.example/wait');
      metadata.addOwnerReference({ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: '1' });
      metadata.add('generateName', 'web-');
      metadata.add('unheard', { of: [1, null, {}] });
      metadata.addLabel('late', Lazy.any({ produce: () => 'produced' }));
      return chart;
    };
    expect(texts(app())).toEqual(texts(app(NOTHING)));
  });

  test('is shown to the resolvers of the app, whose word counts', () => {
    class Renaming extends Nothing {
      public override resolve(context: ResolutionContext): void {
        if (context.value === 'ghcr.io/acme/web:1.4.0') context.replaceValue('mirror.example/web:1.4.0');
      }
    }
    const chart = new Chart(new App({ resolvers: [new Renaming()] }), 'shop');
    MAKE.Deployment(chart, 'web', { containers: [WEB] });
    expect(texts(chart).join()).toContain('"image":"mirror.example/web:1.4.0"');
  });

  test('takes JSON patches of accounts and budgets', () => {
    const chart = new Chart(new App(), 'shop');
    MAKE.Deployment(chart, 'web', { containers: [WEB] });
    Testing.synth(chart);
    for (const object of chart.node.findAll()) {
      if (ApiObject.isApiObject(object)) object.addJsonPatch(JsonPatch.add('/metadata/labels', { patched: object.kind }));
    }
    for (const { kind, metadata } of Testing.synth(chart)) expect(metadata.labels).toEqual({ patched: kind });
  });

  test('says in the words of cdk8s what cannot be written', () => {
    const chart = new Chart(new App(), 'shop');
    const { metadata } = apiObject(MAKE.Deployment(chart, 'web', { containers: [WEB] }));
    metadata.add('creationTimestamp', new (class Clock {})());
    expect(() => Testing.synth(chart)).toThrow("can't render non-simple object of type 'Clock'");
  });
});
