import { App, Chart, Testing } from 'cdk8s';
import { isRepeatedValidation, keptInSynthesis, oncePerSynthesis, watchSynthesis } from '../../src/posture/synthesis';
import { failure } from '../network/fake-workload';

const KEY = {};

/** An app of some charts that asks for something in each validation, and counts how often it is worked out. */
function watched(charts: number, app: App = Testing.app()) {
  const seen = { workedOut: 0, repeated: 0, validations: 0 };
  watchSynthesis(app);
  watchSynthesis(app);
  for (let i = 0; i < charts; i++) {
    const chart = new Chart(app, `chart-${i}`);
    if (i > 0) continue;
    chart.node.addValidation({
      validate: () => {
        seen.validations++;
        if (isRepeatedValidation(app)) seen.repeated++;
        oncePerSynthesis(app, KEY, () => ++seen.workedOut);
        return [];
      },
    });
  }
  return { app, seen };
}

describe('what concerns a whole app', () => {
  test.each(['synth', 'synthYaml'] as const)('is worked out in the validations that may see something new only, by %s', method => {
    const { app, seen } = watched(5);
    app[method]();
    expect(seen).toEqual({ workedOut: 2, repeated: 4, validations: 6 });
    app[method]();
    expect(seen).toEqual({ workedOut: 4, repeated: 8, validations: 12 });
  });

  test('is worked out anew each time outside of a synthesis, and where one chart is written by itself', () => {
    const { app, seen } = watched(2);
    for (let i = 0; i < 3; i++) oncePerSynthesis(app, KEY, () => ++seen.workedOut);
    Testing.synth(Chart.of(app.node.findChild('chart-0')));
    expect([seen.workedOut, seen.repeated, keptInSynthesis(app, KEY)]).toEqual([4, 0, undefined]);
  });

  test('is forgotten when a synthesis fails', () => {
    const { app, seen } = watched(1);
    let broken = true;
    app.node.addValidation({ validate: () => broken ? ['broken'] : [] });
    expect(failure(() => app.synthYaml())).toContain('broken');
    expect(keptInSynthesis(app, KEY)).toBeUndefined();
    broken = false;
    app.synthYaml();
    expect(seen.workedOut).toBe(3);
  });

  test('is worked out, if more often, where another language overrides the synthesis', () => {
    const app = Testing.app();
    const { synth } = app;
    Object.defineProperty(app, 'synth', { value: synth.bind(app), writable: false });
    const { seen } = watched(3, app);
    app.synth();
    expect(seen).toEqual({ workedOut: 4, repeated: 0, validations: 4 });
  });
});
