import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../../src/kube/json';
import { isForeign, podPart } from '../../src/kube/kinds';
import { Manifest } from '../../src/kube/pod-spec';
import { readInputs } from '../../src/kube/reading/read';
import { sound } from '../../src/kube/sound';
import { manifestDrafts, objectDrafts, podDrafts } from '../../src/rules/draft';
import { MANIFEST_RULES } from '../../src/rules/manifest';
import { namelessOf } from '../../src/rules/nameless';
import { PACKS } from '../../src/rules/packs';

const EXAMPLES = join(__dirname, 'examples');
const [ALL] = PACKS;
const MINOR = 37;
const SCHEMA = /^(?:api-(?:unknown|removed|deprecated)|schema-)/;
const all = readInputs(readdirSync(EXAMPLES).filter(file => file.endsWith('.yaml')).map(file => join(EXAMPLES, file))).objects
  .map(({ manifest }) => manifest)
  .filter(({ apiVersion }) => !isForeign(apiVersion));

/** The manifest, where everything that is not the same in a nameless one tells when somebody looks at it. */
function told<T>(value: T, nameless: unknown, path: string, read: (path: string) => void): T {
  if (!isObject(value) && !Array.isArray(value)) return value;
  const other = (nameless ?? {}) as { readonly [key: string]: unknown };
  // Of labels nothing is left: to ask for one that is not there is to read them, too.
  const isBlank = Object.keys(value).length !== Object.keys(other).length;
  const note = (key: string | symbol, isOther: boolean) => {
    if (typeof key === 'string' && (isBlank || isOther)) read(`${path}.${key}`);
  };
  const isThere = (key: string | symbol) => note(key, Object.hasOwn(value, key) !== Object.hasOwn(other, key));
  return new Proxy(value as object, {
    get: (target, key) => {
      const inner = Reflect.get(target, key) as unknown;
      const isLeaf = !isObject(inner) && !Array.isArray(inner);
      note(key, isLeaf && Object.hasOwn(target, key) && other[key as string] !== inner);
      return typeof key === 'symbol' || !Object.hasOwn(target, key) ? inner : told(inner, other[key], `${path}.${key}`, read);
    },
    has: (target, key) => (isThere(key), Reflect.has(target, key)),
    getOwnPropertyDescriptor: (target, key) => (isThere(key), Reflect.getOwnPropertyDescriptor(target, key)),
    ownKeys: target => (isBlank && read(path), Reflect.ownKeys(target)),
  }) as T;
}

/** The names of a manifest that are read while something is done with it. */
function namesRead(manifest: Manifest, work: (told: Manifest) => void): readonly string[] {
  const read = new Set<string>();
  podPart(manifest);
  const clean = sound(manifest);
  work(told(clean, namelessOf(clean), '', path => read.add(path)));
  return [...read];
}

test('a rule says that it reads names, and no other does', () => {
  const reading = new Set<string>();
  const note = ({ id }: { readonly id: string }, names: readonly string[]) => names.length && reading.add(id);
  for (const manifest of all) {
    for (const rule of MANIFEST_RULES) {
      // What the schema says of a name is not what the name is.
      if (!SCHEMA.test(rule.id)) note(rule, namesRead(manifest, its => manifestDrafts(its, MINOR, { schema: [], others: [rule] })));
    }
    for (const rule of ALL.objects) note(rule, namesRead(manifest, its => objectDrafts(its, [rule], MINOR)));
    for (const rule of ALL.pods) note(rule, namesRead(manifest, its => podDrafts(its, { rules: ALL.pods, wanted: [rule], exact: false }, MINOR)));
  }
  const saying = [...MANIFEST_RULES, ...ALL.objects, ...ALL.pods].filter(({ readsNames }) => readsNames).map(({ id }) => id);
  expect([...reading].sort()).toEqual(saying.sort());
});

test('and the way to tell does tell', () => {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: { b: 'c' } }, spec: { containers: [], hostPID: true, serviceAccountName: 'd' } };
  expect(namesRead(manifest, ({ spec }) => void [spec!.containers, spec!.hostPID])).toEqual([]);
  expect(namesRead(manifest, ({ metadata }) => void metadata.name)).toEqual(['.metadata.name']);
  expect(namesRead(manifest, ({ metadata }) => void Object.keys(metadata.labels!))).toContain('.metadata.labels');
  expect(namesRead(manifest, ({ metadata }) => void metadata.labels!.other)).toEqual(['.metadata.labels.other']);
  expect(namesRead(manifest, ({ metadata }) => void Object.hasOwn(metadata.labels!, 'other'))).toEqual(['.metadata.labels.other']);
  expect(namesRead(manifest, ({ metadata }) => void ('b' in metadata.labels!))).toEqual(['.metadata.labels.b']);
  expect(namesRead(manifest, ({ spec }) => void spec!.serviceAccountName)).toEqual(['.spec.serviceAccountName']);
});
