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
/** Names that no example has. */
const MORE: Manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: { name: 'a' } }, spec: { containers: [{ name: 'main', image: 'a' }] } };
const all = [MORE, ...readInputs(readdirSync(EXAMPLES).filter(file => file.endsWith('.yaml')).map(file => join(EXAMPLES, file))).objects
  .map(({ manifest }) => manifest)]
  .filter(({ apiVersion }) => !isForeign(apiVersion));

/** The manifest, where everything that has no counterpart of the same value in a second one tells when it is read. */
function told<T>(value: T, nameless: unknown, path: string, read: (path: string) => void): T {
  if (!isObject(value) && !Array.isArray(value)) return value;
  return new Proxy(value as object, {
    get: (target, key) => {
      const inner = Reflect.get(target, key) as unknown;
      if (typeof key === 'symbol' || !Object.hasOwn(target, key)) return inner;
      const other = (nameless as { [key: string]: unknown } | undefined)?.[key];
      const isLeaf = !isObject(inner) && !Array.isArray(inner);
      if (isLeaf && other !== inner) read(`${path}.${key}`);
      return told(inner, other, `${path}.${key}`, read);
    },
    ownKeys: target => {
      if (Object.keys(target).length !== Object.keys(nameless ?? {}).length) read(path);
      return Reflect.ownKeys(target);
    },
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
  expect(namesRead(manifest, ({ metadata }) => void Object.keys(metadata.labels!))).toEqual(['.metadata.labels']);
  expect(namesRead(manifest, ({ spec }) => void spec!.serviceAccountName)).toEqual(['.spec.serviceAccountName']);
});
