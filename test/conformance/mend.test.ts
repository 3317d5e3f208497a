import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { edit } from '../../src/kube/edit';
import { copy, equal, isObject } from '../../src/kube/json';
import { Manifest } from '../../src/kube/pod-spec';
import { readInputs } from '../../src/kube/reading/read';
import { ASSUMPTIONS, Assumption } from '../../src/rules/mend/assumptions';
import { MendOptions, mend } from '../../src/rules/mend/mend';
import { POD_RULES } from '../../src/rules/pod';
import { podSecurity } from '../../src/rules/pod-security';
import { ROOT } from '../house/files';

const FOLDER = join(process.env.SHARED ?? join(ROOT, '../shared'), 'conformance');
const IS_THERE = existsSync(FOLDER);
if (!IS_THERE) console.log(`skipped: ${FOLDER} is not there, which holds what others write of manifests`);

const LINES = (file: string) => readFileSync(file, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line));
const DATA = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/** Where foreign manifests come from: as texts, and as data. */
const SOURCES: { readonly [name: string]: () => Manifest[] } = {
  "Kubernetes' own fixtures": () => readdirSync(join(FOLDER, 'pod-security')).filter(name => /-v1\.(0|8|19|25|31|37)\.json$/.test(name))
    .flatMap(name => DATA(join(FOLDER, 'pod-security', name)).map(({ pod }: { pod: Manifest }) => pod)),
  'manifests near the borders of Pod Security': () => LINES(join(FOLDER, 'pod-security/fuzz.jsonl')).map(({ manifest }) => manifest),
  'Kyverno': () => [...DATA(join(FOLDER, 'kyverno/rules.json')), ...DATA(join(FOLDER, 'kyverno/chainsaw.json'))].map(({ resource }) => resource),
  ...Object.fromEntries(['checkov/manifests', 'kube-score/manifests', 'kube-linter/manifests', 'network/np-guard', 'network/recipes']
    .map(folder => [folder, () => readInputs([join(FOLDER, folder)]).objects.map(({ manifest }) => manifest)])),
};

const how = (...assume: Assumption[]): MendOptions => ({ minor: 37, today: '2026-11-21', assume: new Set(assume) });
const MODES = { 'without being asked': how(), 'with everything assumed': how(...ASSUMPTIONS) };

const broken = (manifest: Manifest, level: 'baseline' | 'restricted', minor: number) => {
  try {
    return new Set(podSecurity(copy(manifest), level, minor).map(({ rule }) => rule.id));
  } catch {
    // What has wrong types is left as it is.
    return undefined;
  }
};

(IS_THERE ? describe : describe.skip).each(Object.keys(SOURCES))('mending %s', name => {
  const manifests = IS_THERE ? SOURCES[name]().filter(manifest => isObject(manifest) && isObject(manifest.metadata)) : [];

  test.each(Object.entries(MODES))('%s: twice changes nothing, order does not matter, nothing gets worse', (_, options) => {
    expect(manifests.length).toBeGreaterThan(5);
    for (const manifest of manifests) {
      const once = mend(manifest, options);
      const twice = mend(once.manifest, options);
      expect(twice.changes).toEqual([]);
      expect(equal(twice.manifest, once.manifest)).toBe(true);
      expect(once.changes.length === 0).toBe(equal(once.manifest, manifest));
      expect(mend(manifest, { ...options, rules: [...POD_RULES].reverse() }).manifest).toEqual(once.manifest);
      for (const level of ['baseline', 'restricted'] as const) {
        for (const minor of [0, 8, 19, 22, 25, 31, 35, 37]) {
          const before = broken(manifest, level, minor);
          expect([...before ? broken(once.manifest, level, minor)! : []].filter(rule => !before?.has(rule))).toEqual([]);
        }
      }
    }
  });
});

(IS_THERE ? test : test.skip)('every comment of a foreign file outlives mending, and what is read is what was meant', () => {
  const { objects, documents } = readInputs(['checkov/manifests', 'kube-score/manifests', 'kube-linter/manifests'].map(folder => join(FOLDER, folder)));
  let changed = 0;
  for (const { manifest, source } of objects.filter(object => object.source.path === '')) {
    const { text, value } = documents.find(({ file, document }) => file === source.file && document === source.document)!;
    if (!equal(value, manifest)) continue;
    const { manifest: mended, changes } = mend(manifest, MODES['with everything assumed']);
    const after = edit(text, mended);
    if (!changes.length) expect(after).toBe(text);
    else changed++;
    const comments = text.match(/(?<=^|\s)#.*$/gm) ?? [];
    expect([source.file, comments.filter(comment => !after.includes(comment))]).toEqual([source.file, []]);
  }
  expect(changed).toBeGreaterThan(50);
});
