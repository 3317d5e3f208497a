import * as fc from 'fast-check';
import { blockPlaces } from '../../../src/kube/reading/block-places';
import { nodePlaces } from '../../../src/kube/reading/node-places';
import { arbitraryDocument } from '../arbitrary-document';

/** Whether the plain reader spoke; what it said is what the parser's nodes say. */
function compared(text: string): boolean {
  const plain = blockPlaces(text);
  if (plain) expect({ text, places: [plain.all] }).toEqual({ text, places: nodePlaces(text).map(({ all }) => all) });
  return plain !== undefined;
}

test('the plain reader finds everything where the parser does', () => {
  let read = 0;
  fc.assert(fc.property(arbitraryDocument, text => {
    if (compared(text)) read++;
  }), { numRuns: 3000 });
  expect(read).toBeGreaterThan(100);
});

const PIECES = ['a', ' ', '\n', ':', '-', '#', '"', "'", '|', '  ', ': ', '- ', '{}', '[]', '\n  ', '>-\n', 'b: |\n    c\n'];

test.each(['', 'a:\n', '- ', 'a:\n  - ', '- a:\n  b:', 'a: |\n  b\n', '- |+\n  a\n\n- '])('behind %j, too, whatever short text follows', beginning => {
  const texts = PIECES.flatMap(a => PIECES.flatMap(b => PIECES.map(c => beginning + a + b + c)));
  expect(texts.filter(compared).length).toBeGreaterThan(50);
});

const MANIFEST = 'apiVersion: v1\nmetadata:\n  annotations:\n    a.b/c: x\n    "a.b": y\n    a: z\nspec:\n  list:\n  - k: v\n    "q": >-\n      folded\n  -\n  - - 1\n    - 2\n  empty: {}\n  none:\n';

test.each([
  ['metadata.annotations.a.b/c', 'a.b/c: x'], ['metadata.annotations.a.b', '"a.b": y'], ['metadata.annotations["a"]', 'a: z'], ['metadata.annotations[a.b/c]', 'a.b/c: x'],
  ["metadata.annotations['a.b'].more", '"a.b": y'], ['spec.list[0].k', 'k: v'], ['spec.list[0].q', '"q"'], ['spec.list[0]', 'k'], ['spec.list[2][1]', '2'], ['spec.list[9]', 'list'],
  ['spec.list.k', 'list'], ['spec.empty.x', 'empty'], ['spec.none', 'none:'], ['spec.nothing', 'spec'], ['spe', 'apiVersion'], ['', 'apiVersion'], ['.spec', 'apiVersion'],
])('%j is at the same place for both', (path, shown) => {
  const both = [blockPlaces(MANIFEST)!, ...nodePlaces(MANIFEST)].map(places => places.find(path));
  expect(both.map(({ start, end }) => MANIFEST.slice(start, end))).toEqual([shown, shown]);
});

test('items of a list of thousands are found one by one', () => {
  const text = `items:\n${Array.from({ length: 50_000 }, (_, i) => `- name: a${i}\n`).join('')}`;
  const places = blockPlaces(text)!;
  for (let i = 0; i < 50_000; i++) {
    const { start, end } = places.find(`items[${i}].name`);
    if (text.slice(start, end) !== `name: a${i}`) throw new Error(`items[${i}]`);
  }
});
