import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { copy, isObject } from '../../src/kube/json';
import { Manifest } from '../../src/kube/pod-spec';
import { readInputs } from '../../src/kube/reading/read';
import { AlikeManifests } from '../../src/rules/alike-manifests';
import { Yardstick, audit, judge } from '../../src/rules/audit';
import { PACKS, packNamed } from '../../src/rules/packs';
import { manifests } from './arbitrary-manifests';

const EXAMPLES = join(__dirname, 'examples');
const yardstick = (pack = PACKS[0], alike?: AlikeManifests): Yardstick => ({ pack, minor: 37, today: '2026-01-01', alike });
const plain = (found: unknown) => JSON.parse(JSON.stringify(found)) as unknown;

/** The same manifest under other names, as a second workload of an app has it; those of the second are ones that mean something. */
function renamed(manifest: Manifest, name: string): Manifest {
  const [own, namespace, account] = name === 'b' ? ['tiller-deploy', 'kube-system', 'default'] : [name, `team-${name}`, name];
  const labels = { app: own, name: name === 'b' ? 'tiller' : name };
  const other = copy(manifest);
  other.metadata = { ...other.metadata, name: own, namespace, labels };
  const spec = other.spec as { selector?: object; template?: { metadata?: object; spec?: object } } | undefined;
  if (isObject(spec?.selector) && 'matchLabels' in spec.selector) spec.selector = { ...spec.selector, matchLabels: labels };
  else if (manifest.kind === 'Service' && spec?.selector) spec.selector = labels;
  const { template } = spec ?? {};
  if (template) {
    template.metadata = { ...template.metadata, labels };
    if (template.spec) template.spec = { ...template.spec, serviceAccountName: account, serviceAccount: account };
  }
  return other;
}

/** What a judge says of a manifest, level and waivers included. */
function judged(manifest: Manifest, by: Yardstick): unknown {
  const { level, ...rest } = judge(manifest, by);
  return plain({ ...rest, level: level() ?? null });
}

describe('what was said of a manifest, and is said again of one that differs in names', () => {
  test('is what is said of it by itself, of any manifest', () => {
    fc.assert(fc.property(fc.array(manifests, { minLength: 1, maxLength: 4 }), some => {
      for (const pack of [PACKS[0], packNamed('pss-restricted')!]) {
        const alike = new AlikeManifests();
        for (const manifest of [...some, ...some].flatMap(each => ['a', 'b', 'c'].map(name => renamed(each, name)))) {
          expect(judged(copy(manifest), yardstick(pack, alike))).toEqual(judged(copy(manifest), yardstick(pack)));
        }
      }
    }), { numRuns: 10 });
  });

  test('and of every example of a rule, whatever it is called', () => {
    const files = readdirSync(EXAMPLES).filter(file => file.endsWith('.yaml')).map(file => join(EXAMPLES, file));
    const all = readInputs(files).objects.map(({ manifest }) => manifest);
    const alike = new AlikeManifests();
    for (const manifest of all.flatMap(each => [each, renamed(each, 'a'), renamed(each, 'b'), each])) {
      expect(judged(copy(manifest), yardstick(PACKS[0], alike))).toEqual(judged(copy(manifest), yardstick()));
    }
  });

  test('is worked out once, but for what reads names', () => {
    const asked: string[] = [];
    const [pack] = PACKS;
    const counted = <T extends (...args: never[]) => unknown>(id: string, check: T) => ((...args) => (asked.push(id), check(...args))) as T;
    const pods = pack.pods.map(rule => (
      { ...rule, versions: rule.versions.map(version => ({ ...version, check: counted(rule.id, version.check) })) }
    ));
    const objects = pack.objects.map(rule => ({ ...rule, check: counted(rule.id, rule.check) }));
    const counting = { ...pack, pods, objects };
    const alike = new AlikeManifests();
    const manifest: Manifest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { template: { spec: { containers: [{ name: 'main', image: 'nginx:1.28' }] } } } };
    for (const name of ['a', 'c', 'd']) audit(renamed(manifest, name), yardstick(counting, alike));
    const often = (id: string) => asked.filter(rule => rule === id).length;
    const about = objects.filter(({ kinds, isAbout }) => !isAbout && (!kinds || kinds.includes('Deployment')));
    for (const { id, readsNames = false } of [...pods, ...about]) expect([id, often(id)]).toEqual([id, readsNames ? 3 : 1]);
  });
});

/** What the schema has against manifests, where each is compared with those before it. */
function wrong(all: readonly Manifest[]): string[][] {
  const alike = new AlikeManifests();
  return all.map(manifest => audit(manifest, yardstick(PACKS[0], alike)).filter(({ rule }) => rule.startsWith('schema-')).map(({ field }) => field));
}

describe('what stands in the place of a name and is none is found in the one object that has it', () => {
  test('in a pod', () => {
    const pod = (more: object): Manifest => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'main', image: 'nginx:1.28' }], ...more } });
    expect(wrong([{}, { affinity: { podAffinty: {} } }, { serviceAccountName: 'b' }, { serviceAccount: 5 }, { topologySpreadConstraints: [{ maxSkew: 'a' }] }, {}].map(pod))).toEqual([
      [], ['spec.affinity.podAffinty'], [], ['spec.serviceAccount'],
      ['maxSkew', 'topologyKey', 'whenUnsatisfiable'].map(field => `spec.topologySpreadConstraints[0].${field}`), [],
    ]);
  });

  test('in metadata and selectors', () => {
    const service = (metadata: object, selector: unknown): Manifest => ({ apiVersion: 'v1', kind: 'Service', metadata, spec: { ports: [{ port: 80 }], selector } }) as Manifest;
    const budget = (selector: unknown): Manifest => ({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'a' }, spec: { selector } }) as Manifest;
    expect(wrong([
      service({ name: 'a' }, { app: 'a' }), service({ name: 5 }, { app: 'a' }), service({ name: 'a', labels: { a: 1 } }, { app: 'a' }),
      service({ name: 'a', labels: [] }, { app: 'b' }), service({ name: 'b', namespace: 1 }, { app: 'a' }), service({ name: 'a' }, { matchLabels: { app: 'a' } }), service({ name: 'b' }, { app: 'b' }),
    ])).toEqual([[], ['metadata.name'], ['metadata.labels.a'], ['metadata.labels'], ['metadata.namespace'], ['spec.selector.matchLabels'], []]);
    expect(wrong([
      budget({ matchLabels: { app: 'a' } }), budget({ app: 'a' }), budget({ matchLabels: { app: 1 } }), budget({ matchLabels: {}, matchExpression: [] }), budget({ matchLabels: { app: 'b' } }),
    ])).toEqual([[], ['spec.selector.app'], ['spec.selector.matchLabels.app'], ['spec.selector.matchExpression'], []]);
  });
});

describe('manifests that are compared', () => {
  const pod = (spec: object, more: object = {}, kind = 'Pod'): Manifest => ({ apiVersion: 'v1', kind, metadata: { name: 'a', ...more }, spec: { containers: [], ...spec } });

  test('are shown without their names, and are no others where anything else differs', () => {
    const alike = new AlikeManifests();
    const seen: Manifest[] = [];
    const say = (manifest: Manifest, question = '') => alike.like(manifest)!.said(question, nameless => seen.push(nameless));
    expect(say(pod({ serviceAccountName: 'a' }, { labels: { a: 'b' } }))).toBe(say(pod({ serviceAccountName: 'b' }, { name: 'b', labels: { c: 'd' } })));
    expect(seen).toEqual([pod({ serviceAccountName: '' }, { name: '', labels: {} })]);
    say(pod({ serviceAccountName: 'a', hostPID: true }, { labels: {} }));
    say(pod({ serviceAccountName: 'a' }, { labels: {} }, 'Service'));
    say(pod({ serviceAccountName: 'a' }, { labels: {}, annotations: { a: 'b' } }));
    say(pod({ serviceAccountName: 'a' }));
    say(pod({ serviceAccountName: 'a' }), 'another version');
    expect(seen).toHaveLength(6);
  });

  test('are not changed, nor is what they share', () => {
    const manifest = pod({ serviceAccountName: 'a', affinity: { podAffinity: { labelSelector: { matchLabels: { a: 'b' } } } } }, { labels: { a: 'b' } });
    const before = copy(manifest);
    const after = new AlikeManifests().like(manifest)!.said('', nameless => nameless);
    expect([manifest, after]).toEqual([before, pod({ serviceAccountName: '', affinity: { podAffinity: { labelSelector: { matchLabels: {} } } } }, { name: '', labels: {} })]);
  });

  test('are compared no longer where none of their kind are alike, and not at all where JSON cannot say them or others wrote the kind', () => {
    const alike = new AlikeManifests();
    expect(alike.like(pod({ priority: 1n }))).toBeUndefined();
    expect(alike.like({ ...pod({}), apiVersion: 'example.com/v1' })).toBeUndefined();
    let deep: object = {};
    for (let i = 0; i < 50_000; i++) deep = { deep };
    expect(alike.like(pod({ affinity: deep }))).toBeUndefined();
    for (let i = 0; i < 100; i++) alike.like(pod({ priority: i }));
    expect(alike.like(pod({ priority: 0 }))).toBeUndefined();
    expect(alike.like(pod({}, {}, 'Service'))).toBeDefined();
  });
});
