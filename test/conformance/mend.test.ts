import { stringify } from 'yaml';
import { edit } from '../../src/kube/edit';
import { Json, equal } from '../../src/kube/json';
import { ReadObject, readInputs } from '../../src/kube/reading/read';
import { ASSUMPTIONS, Assumption } from '../../src/rules/mend/assumptions';
import { mend } from '../../src/rules/mend/mend';
import { MendOptions } from '../../src/rules/mend/remedy';
import { withObjects } from '../../src/rules/mend/with-objects';
import { FOLDER, FOLDERS, IS_THERE, SOURCES } from './foreign-manifests';
import { LAWS } from './mend-laws';

const how = (...assume: Assumption[]): MendOptions => ({ minor: 37, today: '2026-11-21', assume: new Set(assume) });
const MODES = { 'without being asked': how(), 'with everything assumed': how(...ASSUMPTIONS) };

(IS_THERE ? describe : describe.skip).each(Object.keys(SOURCES))('mending %s', name => {
  const manifests = IS_THERE ? SOURCES[name]() : [];

  test.each(Object.entries(MODES))('%s', (_, options) => {
    expect(manifests.length).toBeGreaterThan(5);
    const complaints = manifests.flatMap(manifest => {
      const mended = mend(manifest, options);
      return Object.entries(LAWS).flatMap(([law, breaches]) => breaches(manifest, mended, options)
        .map(breach => `${law}: ${breach} in ${JSON.stringify(manifest).slice(0, 400)}`));
    });
    expect(complaints).toEqual([]);
  });
});

(IS_THERE ? describe : describe.skip)('the texts of foreign files', () => {
  const { objects, documents } = readInputs(IS_THERE ? FOLDERS.map(folder => `${FOLDER}/${folder}`) : []);
  const byDocument = new Map<string, ReadObject[]>();
  for (const object of objects) {
    const key = `${object.source.file} ${object.source.document}`;
    byDocument.set(key, [...byDocument.get(key) ?? [], object]);
  }
  const mended = documents.map(document => {
    const its = byDocument.get(`${document.file} ${document.document}`) ?? [];
    const changed = its.map(({ manifest, source }) => [source.path, mend(manifest, MODES['with everything assumed'])] as const).filter(([, { changes }]) => changes.length);
    const wanted = withObjects(document.value, new Map<string, Json>(changed.map(([path, { manifest }]) => [path, manifest])));
    return { document, wanted, after: edit(document.text, wanted, document.index) };
  });

  test('read as they were meant, and stay as they are where nothing is mended', () => {
    const wrong = mended.filter(({ document, wanted, after }) => equal(document.value, wanted) !== (after === document.text));
    expect(wrong.map(({ document }) => document.file)).toEqual([]);
    const misread = mended.filter(({ document: { index }, wanted, after }) => {
      const again = readInputs(['-'], { standardInput: Buffer.from(after) }).documents.find(other => other.index === index);
      return !equal(again?.value ?? null, wanted);
    });
    expect(misread.map(({ document }) => document.file)).toEqual([]);
    const changed = mended.filter(({ document, after }) => after !== document.text);
    expect(changed.length).toBeGreaterThan(400);
  });

  test('keep every comment', () => {
    const lost = mended.flatMap(({ document: { file, text }, after }) => (text.match(/(?<=^|\s)#.*$/gm) ?? []).filter(comment => !after.includes(comment)).map(comment => `${file}: ${comment}`));
    expect(lost).toEqual([]);
  });

  test('mean the same as items of Lists, where the text of what is not mended stays', () => {
    const manifests = objects.map(({ manifest }) => manifest);
    for (let i = 0; i < manifests.length; i += 50) {
      const items = manifests.slice(i, i + 50);
      const text = stringify({ apiVersion: 'v1', kind: 'List', items }, { aliasDuplicateObjects: false });
      const list = readInputs(['-'], { standardInput: Buffer.from(text) });
      const outcomes = list.objects.map(({ manifest, source: { path } }) => ({ path, ...mend(manifest, MODES['with everything assumed']) }));
      const changed = outcomes.filter(({ changes }) => changes.length);
      const wanted = withObjects(list.documents[0].value, new Map<string, Json>(changed.map(({ path, manifest }) => [path, manifest])));
      const after = edit(text, wanted);
      expect(readInputs(['-'], { standardInput: Buffer.from(after) }).documents[0].value).toEqual(wanted);
      // Mending takes lines away in but few items; whatever stood in one that is not mended is still there.
      const untouched = outcomes.flatMap(({ changes }, place) => changes.length ? [] : [stringify([items[place]], { aliasDuplicateObjects: false }).replace(/^/gm, '  ').trimEnd()]);
      expect(untouched.filter(item => !after.includes(item))).toEqual([]);
    }
  });
});
