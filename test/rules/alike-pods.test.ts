import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { copy } from '../../src/kube/json';
import { Manifest } from '../../src/kube/pod-spec';
import { readInputs } from '../../src/kube/reading/read';
import { AlikePods } from '../../src/rules/alike-pods';
import { Yardstick, audit } from '../../src/rules/audit';
import { PACKS, packNamed } from '../../src/rules/packs';
import { StillPod } from '../../src/rules/pod-rule';
import { manifests } from './arbitrary-manifests';

const EXAMPLES = join(__dirname, 'examples');
const yardstick = (pack = PACKS[0], alike?: AlikePods): Yardstick => ({ pack, minor: 37, today: '2026-01-01', alike });
const plain = (found: unknown) => JSON.parse(JSON.stringify(found)) as unknown;

/** The same pod under other names, as a second workload has it. */
function renamed(manifest: Manifest, name: string): Manifest {
  const other = copy(manifest);
  other.metadata = { ...other.metadata, name };
  const template = (other.spec as { template?: { metadata?: object; spec?: object } } | undefined)?.template;
  if (template) {
    template.metadata = { ...template.metadata, labels: { app: name, name: name === 'b' ? 'tiller' : name } };
    if (template.spec) template.spec = { ...template.spec, serviceAccountName: name === 'b' ? 'default' : name, serviceAccount: name };
  }
  return other;
}

describe('what was said of a pod, and is said again of one that differs in names', () => {
  test('is what is said of it by itself, of any manifest', () => {
    fc.assert(fc.property(fc.array(manifests, { minLength: 1, maxLength: 4 }), some => {
      for (const pack of [PACKS[0], packNamed('pss-restricted')!]) {
        const alike = new AlikePods();
        for (const manifest of [...some, ...some].flatMap(each => ['a', 'b', 'c'].map(name => renamed(each, name)))) {
          expect(plain(audit(copy(manifest), yardstick(pack, alike)))).toEqual(plain(audit(copy(manifest), yardstick(pack))));
        }
      }
    }), { numRuns: 10 });
  });

  test('and of every example of a rule', () => {
    const files = readdirSync(EXAMPLES).filter(file => file.endsWith('.yaml')).map(file => join(EXAMPLES, file));
    const all = readInputs(files).objects.map(({ manifest }) => manifest);
    const alike = new AlikePods();
    const again = (manifest: Manifest) => audit(manifest, yardstick(PACKS[0], alike));
    for (const manifest of all) expect([again(manifest), again(manifest)].map(plain)).toEqual(Array(2).fill(plain(audit(manifest, yardstick()))));
  });

  test('is worked out once, whatever they are called', () => {
    const asked: string[] = [];
    const [pack] = PACKS;
    const counted = <T extends (...args: never[]) => unknown>(id: string, check: T) => ((...args) => (asked.push(id), check(...args))) as T;
    const pods = pack.pods.map(rule => (
      { ...rule, versions: rule.versions.map(version => ({ ...version, check: counted(rule.id, version.check) })) }
    ));
    const counting = { ...pack, pods };
    const alike = new AlikePods();
    const manifest: Manifest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { template: { spec: { containers: [{ name: 'main', image: 'nginx:1.28' }] } } } };
    for (const name of ['a', 'c', 'd']) audit(renamed(manifest, name), yardstick(counting, alike));
    const often = (id: string) => asked.filter(rule => rule === id).length;
    const named = counting.pods.filter(({ readsNames }) => readsNames).map(({ id }) => id);
    expect(named).toEqual(['pod-service-account', ...named.slice(1)]);
    for (const { id } of counting.pods) expect([id, often(id)]).toEqual([id, named.includes(id) ? 3 : 1]);
  });
});

test('a fault in a field that is not compared is found in the one pod that has it', () => {
  const alike = new AlikePods();
  const manifest = (more: object): Manifest => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'main', image: 'nginx:1.28' }], ...more } });
  const wrong = [{}, { affinity: { podAffinty: {} } }, { serviceAccount: 5 }, { topologySpreadConstraints: [{ maxSkew: 'a' }] }, {}].map(more => (
    audit(manifest(more), yardstick(PACKS[0], alike)).filter(({ rule }) => rule.startsWith('schema-')).map(({ field }) => field)
  ));
  expect(wrong).toEqual([
    [], ['spec.affinity.podAffinty'], ['spec.serviceAccount'],
    ['maxSkew', 'topologyKey', 'whenUnsatisfiable'].map(field => `spec.topologySpreadConstraints[0].${field}`), [],
  ]);
});

describe('pods that are compared', () => {
  const pod = (spec: object, kind = 'Pod', annotations?: Record<string, string>) => new StillPod({ containers: [], ...spec }, { labels: { app: 'x' }, annotations }, 'spec', kind);

  test('are shown without their names, and are no others where anything else differs', () => {
    const alike = new AlikePods();
    const seen: StillPod[] = [];
    const say = (its: StillPod, question = '') => alike.said(its, question, nameless => seen.push(nameless));
    expect(say(pod({ serviceAccountName: 'a', affinity: {} }))).toBe(say(pod({ serviceAccountName: 'b', topologySpreadConstraints: [] })));
    expect(seen).toHaveLength(1);
    expect([seen[0].spec.serviceAccountName, seen[0].spec.affinity, seen[0].meta.labels]).toEqual([undefined, undefined, undefined]);
    say(pod({ hostPID: true }));
    say(pod({}, 'Deployment'));
    say(pod({}, 'Pod', { a: 'b' }));
    say(pod({}), 'another version');
    expect(seen).toHaveLength(5);
  });

  test('are others where they are written in the same objects under other annotations, as a waiver writes them', () => {
    const alike = new AlikePods();
    const one = pod({});
    const other = new StillPod(one.spec, { annotations: { a: 'b' } }, one.field, one.kind);
    expect([one, other, one].map(its => alike.said(its, '', ({ meta }) => JSON.stringify(meta.annotations ?? null)))).toEqual(['null', '{"a":"b"}', 'null']);
  });

  test('are compared no longer where none are alike, and not at all where JSON cannot say them', () => {
    const alike = new AlikePods();
    let worked = 0;
    const say = (spec: object) => alike.said(pod(spec), '', () => ++worked);
    say({ priority: 1n });
    say({ priority: 1n });
    expect(worked).toBe(2);
    for (let i = 0; i < 200; i++) say({ priority: i });
    expect(say({ priority: 0 })).toBe(203);
  });
});
