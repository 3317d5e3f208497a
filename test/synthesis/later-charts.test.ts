import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Testing, Yaml, YamlOutputType } from 'cdk8s';
import { FailOn, Hardening, HardenedDeployment } from '../../src';

const SOME = 9;

/** The files that an app writes. */
function files(yamlOutputType: YamlOutputType, make: (app: App) => void, audited: boolean): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'later-charts-'));
  try {
    const app = new App({ outdir, yamlOutputType });
    make(app);
    if (audited) Hardening.of(app).check({ failOn: FailOn.NEVER });
    app.synth();
    return Object.fromEntries(readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.yaml')).map(name => [name, readFileSync(join(outdir, name), 'utf8')]));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function config(scope: Chart, id: string): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data: { id } });
}

function hardened(chart: Chart): HardenedDeployment {
  return new HardenedDeployment(chart, 'web', { containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
}

/** Charts in each other, and objects that depend on such of their own chart, of other charts, and on charts. */
function entangled(app: App): void {
  const charts = Array.from({ length: SOME }, (_, i) => new Chart(app, `c${i}`));
  for (const chart of charts) {
    const [first, second, third] = ['a', 'b', 'c'].map(id => config(chart, id));
    first.addDependency(third);
    third.addDependency(second);
    config(new Chart(chart, 'inner'), 'd');
  }
  charts[2].addDependency(charts[SOME - 1]);
  charts[SOME - 2].node.findChild('a').node.addDependency(charts[1].node.findChild('b'));
}

describe('charts of an app that is audited, or has a hardened workload', () => {
  test.each(Object.values(YamlOutputType).filter(type => typeof type === 'number'))('are written as without, in the order of what depends on what (layout %s)', type => {
    const plain = files(type, entangled, false);
    expect(Object.keys(plain).length).toBeGreaterThan(0);
    expect(files(type, entangled, true)).toEqual(plain);
  });

  test.each([0, 1])('and what a validation makes in round %s in all of them is put in order, too', round => {
    const late = (app: App) => {
      entangled(app);
      let rounds = 0;
      app.node.addValidation({
        validate: () => {
          if (rounds++ !== round) return [];
          for (const chart of app.node.children as Chart[]) {
            chart.node.findChild('b').node.addDependency(config(chart, 'late'), config(new Chart(chart, 'later'), 'e'));
          }
          return [];
        },
      });
    };
    expect(files(YamlOutputType.FILE_PER_CHART, late, true)).toEqual(files(YamlOutputType.FILE_PER_CHART, late, false));
  });

  test('are written as each by itself', () => {
    let app: App | undefined;
    const written = files(YamlOutputType.FILE_PER_CHART, made => {
      app = made;
      for (let i = 0; i < SOME; i++) hardened(new Chart(made, `c${i}`));
      const [first, ...others] = app.charts.map(chart => chart.node.findChild('web') as HardenedDeployment);
      others.forEach(other => first.connectTo(other));
    }, false);
    expect(Object.values(written)).toEqual(app!.charts.map(chart => Yaml.stringify(...Testing.synth(chart))));
  });

  test.each([true, false])('are not validated anew for each of them (audited: %s)', audited => {
    const validations = (charts: number) => {
      let count = 0;
      files(YamlOutputType.FILE_PER_CHART, app => {
        for (let i = 0; i < charts; i++) hardened(new Chart(app, `c${i}`));
        app.node.addValidation({ validate: () => (count++, []) });
      }, audited);
      return count;
    };
    expect(validations(40)).toBe(validations(20));
  });

  test('are refused for what a validation says only once others have changed something', () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'later-charts-')) });
    entangled(app);
    Hardening.of(app).check({ failOn: FailOn.NEVER });
    let rounds = 0;
    app.node.addValidation({ validate: () => ++rounds > 2 ? ['too late'] : [] });
    expect(() => app.synth()).toThrow('too late');
    rmSync(app.outdir, { recursive: true });
  });

  test('are somebody else’s to write where they do it in another way, and outside of a synthesis cdk8s writes them', () => {
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'later-charts-')) });
    class Own extends Chart {
      public override toJson(): any[] {
        return [{ own: this.node.id }];
      }
    }
    const charts = Array.from({ length: SOME }, (_, i) => new Own(app, `c${i}`));
    const plain = new Chart(app, 'plain');
    config(plain, 'a');
    Hardening.of(app).check({ failOn: FailOn.NEVER });
    app.synth();
    expect(readFileSync(join(app.outdir, `${charts[SOME - 1].node.id}.k8s.yaml`), 'utf8')).toBe(`own: c${SOME - 1}\n`);
    let rounds = 0;
    app.node.addValidation({ validate: () => (rounds++, []) });
    expect(plain.toJson()).toHaveLength(1);
    expect(rounds).toBe(1);
    rmSync(app.outdir, { recursive: true });
  });
});
