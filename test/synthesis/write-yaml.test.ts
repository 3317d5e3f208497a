import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing, Yaml, YamlOutputType } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import { HardenedDeployment } from '../../src';
import { plainYaml } from '../../src/synthesis/plain-yaml';
import { everything } from '../workload/everything';

const theirs = Yaml.stringify;

afterEach(() => {
  Yaml.stringify = theirs;
});

/** What an app leaves in its folder. */
function written(make: (outdir: string) => App): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'write-yaml-'));
  try {
    make(outdir).synth();
    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.yaml')).sort();
    return files.map(file => readFileSync(join(outdir, file), 'utf8'));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function shop(outdir?: string): App {
  const app = new App({ outdir });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new HardenedDeployment(chart, 'web', { containers: [{ image: 'nginx:1.28' }] });
  new ConfigMap(chart, 'odd', { data: { 'y': 'on', '<<': '', 'a b': ' a\n\nb \n', 'text': '0644' } });
  return app;
}

/** A way of somebody's own. */
function shouting(...documents: unknown[]): string {
  return documents.map(document => `# OURS\n${JSON.stringify(document)}\n`).join('');
}

describe('an app with hardened workloads', () => {
  test.each(Object.values(YamlOutputType).filter(value => typeof value === 'number'))('writes what cdk8s would write, as output type %s', type => {
    const yamlOutputType = type as YamlOutputType;
    const ours = written(outdir => everything({ outdir, yamlOutputType }).node.root as App);
    // Whatever is in its place is asked for all of it.
    Yaml.stringify = (...documents) => theirs.call(Yaml, ...documents);
    expect(ours).toEqual(written(outdir => everything({ outdir, yamlOutputType }).node.root as App));
    expect(ours.join('').length).toBeGreaterThan(10_000);
  });

  test('hands on nothing of what we write', () => {
    const objects = Testing.synth(everything());
    expect(objects.map(plainYaml)).toEqual(objects.map(object => theirs.call(Yaml, object)));
  });

  test('hands on what is not plain, within one file', () => {
    expect(shop().synthYaml()).toBe(theirs.call(Yaml, ...Testing.synth(shop().charts[0])));
  });

  test('leaves `Yaml` as it was, also where synthesis fails', () => {
    shop().synthYaml();
    expect(Yaml.stringify).toBe(theirs);
    const app = shop();
    app.node.addValidation({ validate: () => ['no'] });
    expect(() => app.synthYaml()).toThrow('no');
    expect(Yaml.stringify).toBe(theirs);
  });

  test('is written in the way of whoever has one of his own', () => {
    Yaml.stringify = shouting;
    expect(shop().synthYaml().match(/# OURS/g)!.length).toBe(Testing.synth(shop().charts[0]).length);
    expect(Yaml.stringify).toBe(shouting);
  });

  test('is written by a cdk8s that writes otherwise, all of it', () => {
    jest.isolateModules(() => {
      const cdk8s = jest.requireActual<typeof import('cdk8s')>('cdk8s');
      cdk8s.Yaml.stringify = shouting;
      const { writePlainYaml } = jest.requireActual<typeof import('../../src/synthesis/write-yaml')>('../../src/synthesis/write-yaml');
      const app = new cdk8s.App();
      const chart = new cdk8s.Chart(app, 'shop');
      for (const name of ['a', 'b', 'c']) new cdk8s.ApiObject(chart, name, { apiVersion: 'v1', kind: 'Secret' });
      writePlainYaml(app);
      expect(app.synthYaml().match(/# OURS/g)).toHaveLength(3);
    });
  });
});
