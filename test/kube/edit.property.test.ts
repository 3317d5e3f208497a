import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { edit } from '../../src/kube/edit';
import { copy, equal, isObject, Json, JsonObject } from '../../src/kube/json';
import { partsOf, split } from '../../src/kube/reading/documents';
import { arbitraryDocument } from './arbitrary-document';

const CONFORMANCE = join(__dirname, '../../../shared/conformance');

/** Strings that readers of YAML take for something else, and some that break lines. */
const arbitraryScalar = fc.oneof(
  fc.constantFrom<Json>('y', 'on', 'NO', '1_000', '0o17', '1e3', '12:30:45', 'null', '~', '', ' ', 'a: b', 'a #b', '- a', '? a', '*a', '&a', '!a', '%a', '@a',
    '`a', '[a]', '{a}', '|', '>', "it's", '"a"', '\\', 'a\nb\n', 'a\nb', '\n', 'a\n\n\nb\n\n', ' a\n b\n', '\ta', 'é\u2028\u0085\ufeff', '0644', '.5', '.inf', '=', '<<', '---', '#', ':', ',', '2001-01-01', 'true ', '😀', null, true, false, 0, -1, 1.5, 1e21, 0.1),
  fc.string({ maxLength: 6 }),
  fc.integer(),
);
const arbitraryKey = fc.oneof(fc.constantFrom('name', 'securityContext', 'a.b/c', 'y', '1', '~', 'a b', '- x', 'x:', 'on'), fc.string({ minLength: 1, maxLength: 5 })).filter(key => key !== '__proto__');
const arbitraryValue = fc.letrec<{ value: Json }>(tie => ({
  value: fc.oneof({ maxDepth: 2 }, arbitraryScalar, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(arbitraryKey, tie('value'), { maxKeys: 3 }) as fc.Arbitrary<Json>),
})).value;
/** One change of a value, by numbers that choose the place. */
const arbitraryChange = fc.record({
  way: fc.array(fc.nat(), { maxLength: 6 }),
  sort: fc.constantFrom('set', 'delete', 'add'),
  key: arbitraryKey,
  value: arbitraryValue,
});
type Change = typeof arbitraryChange extends fc.Arbitrary<infer T> ? T : never;

/** The place in a value that numbers choose: its holder and its key there. */
function place(whole: JsonObject, way: number[]): [JsonObject, string] {
  let [holder, at]: [JsonObject, string] = [whole, 'root'];
  for (const number of way) {
    const here = holder[at];
    const keys = typeof here === 'object' && here !== null ? Object.keys(here) : [];
    if (!keys.length) break;
    [holder, at] = [here as JsonObject, keys[number % keys.length]];
  }
  return [holder, at];
}

function changed(value: Json, { way, sort, key, value: put }: Change): Json {
  const whole: JsonObject = { root: copy(value) };
  const [holder, at] = place(whole, way);
  const here = holder[at];
  if (sort === 'add' && isObject(here)) here[key] = put;
  else if (sort === 'add' && Array.isArray(here)) here.splice(way.length ? way[0] % (here.length + 1) : 0, 0, put);
  else if (sort === 'delete' && Array.isArray(holder)) holder.splice(Number(at), 1);
  else if (sort === 'delete' && holder !== whole) delete holder[at];
  else holder[at] = put;
  return whole.root!;
}

function expectEdit(text: string, index: number, value: Json, wanted: Json): string {
  const result = edit(text, wanted, index);
  const read = partsOf({ text: result, start: 0 }).find(part => part.index === index)?.value ?? null;
  if (!equal(read, wanted)) throw new Error(`wanted ${JSON.stringify(wanted)}\nread ${JSON.stringify(read)}\nfrom ${result}\nwhich was ${text}`);
  if (edit(text, value, index) !== text) throw new Error(`what does not change is written anew: ${text}`);
  if (edit(result, wanted, index) !== result) throw new Error(`the second edit changes something: ${result}`);
  return result;
}

/** How much of a text is the same from its start and from its end, before and after. */
function sameAround(a: string, b: string): number {
  let [start, end] = [0, 0];
  while (start < a.length && a[start] === b[start]) start++;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return start + end;
}

/** The comments of a text; only the generator's own, which are told apart by a number. */
function comments(text: string): string[] {
  return text.match(/# c\d+/g) ?? [];
}

describe('an edited document', () => {
  test('says what is wanted, and what does not change stays byte for byte, over random documents and edits', () => {
    fc.assert(fc.property(arbitraryDocument, fc.array(arbitraryChange, { minLength: 1, maxLength: 4 }), (text, changes) => {
      const [{ value }] = partsOf({ text, start: 0 });
      expectEdit(text, 0, value, changes.reduce(changed, value));
    }), { numRuns: 2000, seed: 4 });
  });

  test('keeps every comment when something is added, and every byte when a key joins others', () => {
    fc.assert(fc.property(arbitraryDocument, fc.array(fc.nat(), { maxLength: 6 }), arbitraryKey, arbitraryValue, (text, way, key, put) => {
      const [{ value }] = partsOf({ text, start: 0 });
      const result = expectEdit(text, 0, value, changed(value, { way, sort: 'add', key: `new-${key}`, value: put }));
      const lost = comments(text).filter(comment => !comments(result).includes(comment));
      if (lost.length) throw new Error(`lost ${lost} of\n${text}\nin\n${result}`);
      // A key that joins others is put in, and nothing else moves; but an alias is written out, and a block that ends with the file is marked so.
      const [holder, at] = place({ root: value }, way);
      if (/^[^*]*[\r\n]$/.test(text) && isObject(holder[at]) && Object.keys(holder[at]).length) {
        if (sameAround(text, result) < text.length) throw new Error(`more than needed was changed in\n${text}\nto\n${result}`);
      }
    }), { numRuns: 2000, seed: 5 });
  });

  const names = existsSync(CONFORMANCE) ? readdirSync(CONFORMANCE, { recursive: true, encoding: 'utf8' }).filter(name => /\.ya?ml$/.test(name)).sort() : [];
  if (!names.length) process.stderr.write(`skipped: edits of foreign manifests, since there is no ${CONFORMANCE}\n`);

  (names.length ? test : test.skip)('says what is wanted, over foreign manifests', () => {
    const changes = fc.sample(fc.array(arbitraryChange, { minLength: 1, maxLength: 3 }), { numRuns: 2000, seed: 6 });
    let next = 0;
    for (const name of names) {
      for (const chunk of split(readFileSync(join(CONFORMANCE, name), 'utf8')).slice(0, 8)) {
        let parts: ReturnType<typeof partsOf> = [];
        try {
          parts = partsOf(chunk);
        } catch {
          continue;
        }
        for (const { text, index, value } of parts) {
          if (text.length < 20_000) expectEdit(text, index, value, changes[next++ % changes.length].reduce(changed, value));
        }
      }
    }
    expect(next).toBeGreaterThan(1000);
  });
});
