import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, AppProps, Chart, JsonPatch, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ConstructPaths, HardenedDeployment } from '../../src';
import { answerIn, call } from '../cli/called';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'constructs-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An app with something to find in each of its charts; two of them write the same Deployment, one a Service of its name. */
function shop(props: AppProps = {}): App {
  const app = new App({ outdir: folder, ...props });
  for (const id of ['dev', 'prod']) {
    const chart = new Chart(app, id, { namespace: 'shop', disableResourceNameHashes: true });
    const web = new kplus.Deployment(chart, 'web', { metadata: { name: 'web' }, containers: [{ image: 'nginx:1.28', portNumber: 8080 }] });
    new ApiObject(chart, 'door', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selectors: {} } });
    if (id === 'prod') ApiObject.of(web).addJsonPatch(JsonPatch.add('/spec/template/spec/hostNetwork', true));
  }
  new HardenedDeployment(new Chart(app, 'api', { namespace: 'shop' }), 'api', { containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
  return app;
}

/** What `check` says of which construct, once each: `prod.k8s.yaml Deployment/web: prod/web/Resource`. */
function named(args: readonly string[], stdin?: string): string[] {
  const { stdout } = call(['check', '--format', 'json', ...args], { stdin });
  return [...new Set(answerIn(stdout).findings.map(({ object, source: { file, construct } }) => (
    `${file.replace(`${folder}/`, '')} ${object.kind}/${object.name}: ${construct}`
  )))].sort();
}

const ALL = [
  'api.k8s.yaml Deployment/api-c8b0d7c4: api/api/Resource',
  'dev.k8s.yaml Deployment/web: dev/web/Resource',
  'dev.k8s.yaml Service/web: dev/door',
  'prod.k8s.yaml Deployment/web: prod/web/Resource',
  'prod.k8s.yaml Service/web: prod/door',
];

describe('a record of constructs', () => {
  test('names the construct of each finding, hardened or not, though two objects share a name and two charts an object', () => {
    const app = shop();
    app.synth();
    expect(named([folder]).every(line => line.endsWith(': null'))).toBe(true);
    ConstructPaths.write(app);
    const lines = named([folder]);
    expect(lines.map(line => line.replace(/api-api-c\w+|api-c\w+/, 'api-c8b0d7c4'))).toEqual(ALL);
    expect(named([join(folder, 'prod.k8s.yaml')])).toEqual(ALL.slice(3));
    const { stdout } = call(['check', folder]);
    expect(stdout).toMatch(/error +prod\/web\/Resource · Deployment shop\/web · spec\.template\.spec\.hostNetwork: /);
    expect(call(['check', folder, '--format', 'sarif']).stdout).toContain('"fullyQualifiedName":"prod/web/Resource"');
  });

  test.each([
    [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, ['prod/Deployment.web.k8s.yaml Deployment/web: prod/web/Resource', 'prod/Service.web.k8s.yaml Service/web: prod/door']],
    // One file for all: which of the two Deployments is meant nobody can tell.
    [YamlOutputType.FILE_PER_APP, ['app.k8s.yaml Deployment/web: null', 'app.k8s.yaml Service/web: null']],
  ])('holds for output of the type %s as far as it can', (yamlOutputType, expected) => {
    const app = shop({ yamlOutputType });
    app.synth();
    ConstructPaths.write(app);
    expect(named([folder])).toEqual(expect.arrayContaining(expected));
    expect(named([folder])).toEqual(expect.arrayContaining([expect.stringMatching(/Deployment\/.*: api\/api\/Resource/)]));
  });

  test('finds charts that cdk8s has numbered', () => {
    const app = shop();
    const [dev, prod] = ['dev', 'prod'].map(id => app.node.findChild(id));
    prod.node.addDependency(dev);
    app.synth();
    ConstructPaths.write(app);
    expect(readdirSync(folder).filter(name => name.includes('prod'))).toEqual([expect.stringMatching(/^000\d-prod\.k8s\.yaml$/)]);
    expect(named([folder])).toEqual(expect.arrayContaining([expect.stringMatching(/^000\d-prod\.k8s\.yaml Deployment\/web: prod\/web\/Resource$/)]));
  });

  test('serves standard input, where it is named', () => {
    const app = shop();
    app.synth();
    const file = join(folder, 'elsewhere');
    ConstructPaths.write(app, { file });
    const yaml = readFileSync(join(folder, 'api.k8s.yaml'), 'utf8');
    expect(named(['-'], yaml)).toEqual([expect.stringMatching(/: null$/)]);
    expect(named(['-', '--constructs', file], yaml)).toEqual([expect.stringMatching(/^- Deployment\/.*: api\/api\/Resource$/)]);
    expect(named(['-', '--constructs', file], readFileSync(join(folder, 'prod.k8s.yaml'), 'utf8'))).toEqual(['- Deployment/web: null', '- Service/web: null']);
  });

  test('has the same bytes on every run, and changes no manifest', () => {
    const [once, twice] = [0, 1].map(() => {
      const app = shop();
      app.synth();
      const manifest = readFileSync(join(folder, 'dev.k8s.yaml'), 'utf8');
      ConstructPaths.write(app);
      expect(readFileSync(join(folder, 'dev.k8s.yaml'), 'utf8')).toBe(manifest);
      return readFileSync(join(folder, 'construct-paths.jsonl'), 'utf8');
    });
    expect(once).toBe(twice);
    expect(once.split('\n').slice(0, 2)).toEqual([
      '{"constructPaths":1}', expect.stringMatching(/^\{"chart":"api","apiVersion":"apps\/v1","kind":"Deployment","namespace":"shop",/),
    ]);
  });

  test('is refused before there is a folder to write to', () => {
    const app = shop({ outdir: join(folder, 'none') });
    expect(() => ConstructPaths.write(app)).toThrow(/none\/construct-paths\.jsonl' cannot be written .*\[construct-paths-unwritten\]\. Call it behind app\.synth\(\)/);
  });
});

describe("cdk8s's own record", () => {
  test('names the construct where one object alone has the name, and nothing where two have it', () => {
    const app = new App({ outdir: folder, recordConstructMetadata: true });
    const chart = new Chart(app, 'shop');
    new kplus.Deployment(chart, 'web', { metadata: { name: 'web' }, containers: [{ image: 'nginx' }] });
    new kplus.Deployment(chart, 'db', { metadata: { name: 'db' }, containers: [{ image: 'postgres' }] });
    new ApiObject(new Chart(app, 'other'), 'door', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } });
    app.synth();
    const expected = ['shop.k8s.yaml Deployment/db: shop/db/Resource', 'shop.k8s.yaml Deployment/web: null'];
    expect(named([folder])).toEqual(expected);
    // The other one lies in a file that nobody has asked for.
    expect(named([join(folder, 'shop.k8s.yaml')])).toEqual(expected);
    expect(named(['-', '--constructs', join(folder, 'construct-metadata.json')], readFileSync(join(folder, 'shop.k8s.yaml'), 'utf8')))
      .toEqual(['- Deployment/db: null', '- Deployment/web: null']);
  });
});

describe('what lies there under the name of a record', () => {
  const POD = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"NAME"},"spec":{"containers":[{"name":"a","image":"a:1"}]}}';
  const line = (construct: unknown) => JSON.stringify({ chart: 'c', apiVersion: 'v1', kind: 'Pod', namespace: null, name: 'web', construct });
  const HEADER = '{"constructPaths":1}\n';

  test.each([
    ['construct-metadata.json', '{"version":"1.0.0","resources":{"web":{"path":7}}}'],
    ['construct-metadata.json', '{"version":"1.0.0","resources":{"__proto__":{"path":"a"},"web":null}}'],
    ['construct-metadata.json', '{"version":"1.0.0","resources":["web"]}'],
    ['construct-metadata.json', '[[['],
    ['construct-metadata.json', '\u0000'],
    ['construct-metadata.json', 'null'],
    ['construct-paths.jsonl', ''],
    ['construct-paths.jsonl', line('a')],
    ['construct-paths.jsonl', HEADER + line(7)],
    ['construct-paths.jsonl', `${HEADER}${line('a')}\n${line('a').slice(0, -1)}`],
    ['construct-paths.jsonl', HEADER + line('a') + '\n' + line('b')],
    ['construct-paths.jsonl', `{"constructPaths":2}\n${line('a')}`],
  ])('names nothing where it is none: %s %j', (name, text) => {
    writeFileSync(join(folder, 'pod.json'), POD.replace('NAME', 'web'));
    writeFileSync(join(folder, name), text);
    expect(named([folder])).toEqual(['pod.json Pod/web: null']);
  });

  test.each(['__proto__', 'constructor', 'toString'])('knows no object by the name %s that nobody has put down', name => {
    writeFileSync(join(folder, 'pod.json'), POD.replace('NAME', name));
    writeFileSync(join(folder, 'construct-metadata.json'), '{"resources":{"web":{"path":"a"}}}');
    expect(named([folder])).toEqual([`pod.json Pod/${name}: null`]);
  });

  test('steers no terminal', () => {
    writeFileSync(join(folder, 'pod.json'), POD.replace('NAME', 'web'));
    writeFileSync(join(folder, 'construct-paths.jsonl'), HEADER + line('a\u001b[2J\nb'));
    expect(call(['check', folder]).stdout).toContain('a\\u001b[2J\\u000ab · Pod web');
  });

  test.each([
    ['none.jsonl', undefined, 'there is no such file or folder [option-invalid]. Check the name'],
    ['wrong.jsonl', 'a: b\n', 'it is no record of constructs: it is not JSON [option-invalid]. Write it by ConstructPaths.write(app)'],
  ])('is refused where somebody has named it: %s', (name, text, message) => {
    const file = join(folder, name);
    if (text !== undefined) writeFileSync(file, text);
    const { status, stderr } = call(['check', '-', '--constructs', file], { stdin: POD });
    expect([status, stderr]).toEqual([2, expect.stringContaining(`--constructs '${file}': ${message}`)]);
  });
});
