import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { plainYaml } from '../../src/synthesis/plain-yaml';

const LETTERS = [...'aynNYofOFtTrueslx019.-_:,/()#%&*!|>@`"\'{}[]?~=+ <', '\n', '\t', '\r', 'ü', '…', '\u0085', '\u2028', '😀', '\u0000', '\\'];
const LIKE_OTHERS = ['y', 'N', 'Yes', 'off', 'TRUE', 'null', '~', '', '0', '0644', '0o17', '1_000', '1e3', '12:30:45', '2001-01-01', '0x1f', '.inf', '-.5', '64Mi', '<<', '=', '---', '...', '%a', 'a\n---', '- a', '? a', 'a: b', 'a #b', 'a:', 'a\nb', 'a\n\nb', 'a\n', ' a\nb', 'a \nb', 'to x on TCP 53: names\nfrom y', '__proto__', 'constructor', 'x'.repeat(300), 'w '.repeat(80) + 'x'];
const text = fc.oneof(fc.constantFrom(...LIKE_OTHERS), fc.array(fc.constantFrom(...LETTERS), { maxLength: 9 }).map(letters => letters.join('')), fc.string({ maxLength: 12 }));
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 8080, 2 ** 53, 1e21));
const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof({ maxDepth: 4 }, text, number, fc.boolean(), fc.constantFrom(null, undefined), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true })),
}));
const document = fc.dictionary(text, value, { maxKeys: 5, noNullPrototype: true });

/** How many documents are written by us, and not handed on. */
let plain = 0;

function isAsTheirs(written: unknown): void {
  const ours = plainYaml(written);
  if (ours === undefined) return;
  plain++;
  expect(ours).toBe(Yaml.stringify(written));
}

describe('a document in one pass', () => {
  test('is what cdk8s writes, or nothing', () => {
    fc.assert(fc.property(document, isAsTheirs), { numRuns: 4000 });
    expect(plain).toBeGreaterThan(1000);
  });

  test.each(LIKE_OTHERS)('is what cdk8s writes of %j, wherever it stands', odd => {
    for (const written of [{ a: odd }, { a: [odd, [odd]] }, { a: { b: { c: odd } } }, { a: [{ b: odd }] }, [odd, odd], Object.fromEntries([[odd, odd], ['b', { [odd]: [odd] }]])]) isAsTheirs(written);
  });

  test('leaves to cdk8s what is nested deeper than anybody follows', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = { deep };
    expect(plainYaml(deep)).toBeUndefined();
  });

  test('leaves to cdk8s what stands in two places, what is no plain data, and what is no document', () => {
    const shared = { a: 1 };
    const cycle: { [key: string]: unknown } = {};
    cycle.self = cycle;
    const list: unknown[] = [];
    for (const written of [{ a: shared, b: shared }, { a: list, b: list }, cycle, { a: new Date(0) }, { a: new Map() }, { a: () => 1 }, { a: undefined }, { a: 0.5 }, { a: 1n }, { toJSON: () => ({}) }, 'text', 1, null, undefined]) {
      expect(plainYaml(written)).toBeUndefined();
    }
  });
});
