import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { ImageProfile, SecurityDefaults } from '../../src';
import { Posture, postureNamed, postureOf } from '../../src/posture/posture';

/** The postures of some constructs of a tree with decisions here and there, asked for at every validation. */
function asked(decide: (app: App) => void): { readonly shared: Posture[]; readonly own: Posture[] } {
  const app = Testing.app();
  const shared: Posture[] = [];
  const own: Posture[] = [];
  const scopes = [1, 2].map(i => new Chart(app, `c${i}`)).flatMap(chart => [chart, new Construct(chart, 'a'), new Construct(new Construct(chart, 'b'), 'c')]);
  // What a validation decides, counts from the next on.
  app.node.addValidation({ validate: () => (decide(app), []) });
  SecurityDefaults.of(scopes[2]).waive({ rule: 'pod-host-path', reason: 'r', owner: 'o' });
  for (const scope of scopes) {
    scope.node.addValidation({
      validate: () => {
        shared.push(postureNamed(scope, 'somebody'));
        own.push(postureOf(scope));
        return [];
      },
    });
  }
  try {
    app.synth();
  } catch {
    // The waiver is for nothing.
  }
  return { shared, own };
}

test('what scopes decide is merged once for all below them, and is what each of these would find', () => {
  let round = 0;
  const { shared, own } = asked(app => {
    if (round++ > 0) return;
    SecurityDefaults.of(app).set({ today: '2026-06-01', imageProfiles: [ImageProfile.of({ images: ['acme/web'], user: 1000 })] });
    SecurityDefaults.of(app.node.findChild('c2')).set({ imageMirrors: { 'mirror.example.org': 'docker.io' } });
  });
  expect(shared.length).toBeGreaterThanOrEqual(12);
  expect(shared.map(posture => ({ ...posture, where: '' }))).toEqual(own.map(posture => ({ ...posture, where: '' })));
  expect(new Set(shared.map(({ where }) => where))).toEqual(new Set(['somebody']));
  // From the second validation on the constructs of a chart hold the same list.
  expect(shared[shared.length - 1].profiles).toBe(shared[shared.length - 3].profiles);
});
