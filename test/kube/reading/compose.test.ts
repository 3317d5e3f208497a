import * as fc from 'fast-check';
import { Json } from '../../../src/kube/json';
import { compose } from '../../../src/kube/reading/compose';
import { readInputs } from '../../../src/kube/reading/read';

// What sigs.k8s.io/yaml 1.6.0 (go-yaml v2) makes of each, observed. In 40,000 random documents it and this reader never
// read one differently that both took for an object.

const SCALARS: readonly [string, Json][] = [
  ['y', true], ['Y', true], ['yes', true], ['Yes', true], ['YES', true], ['yEs', 'yEs'], ['n', false], ['no', false], ['NO', false],
  ['on', true], ['On', true], ['oN', 'oN'], ['off', false], ['OFF', false], ['true', true], ['True', true], ['tRue', 'tRue'],
  ['false', false], ['null', null], ['Null', null], ['nUll', 'nUll'], ['~', null], ['', null], ['<<', '<<'], ['=', '='], ['0', 0],
  ['-0', 0], ['+5', 5], ['01', 1], ['0644', 420], ['08', 8], ['0o17', 15], ['0O17', 15], ['0o8', '0o8'], ['0x1F', 31], ['0xg', '0xg'],
  ['0x', '0x'], ['0b101', 5], ['0b2', '0b2'], ['-0b11', -3], ['-0x1F', -31], ['1_000', 1000], ['1__0', 10], ['_1', '_1'], ['1_', 1],
  ['0_7', 7], ['0x_1', 1], ['9223372036854775807', Number('9223372036854775807')], ['18446744073709551615', Number('18446744073709551615')],
  ['18446744073709551616', Number('18446744073709552000')], ['0xffffffffffffffff', Number('18446744073709551615')],
  ['0x10000000000000000', '0x10000000000000000'], ['-9223372036854775809', Number('-9223372036854776000')], ['1.5', 1.5], ['1.', 1],
  ['1.e3', 1000], ['.5', 0.5], ['+.5', 0.5], ['-.5', -0.5], ['.', '.'], ['.1_0', 0.1], ['1_0.5', 10.5], ['1e3', 1000], ['1E3', 1000],
  ['1e-3', 0.001], ['1e', '1e'], ['1e400', '1e400'], ['1.2.3', '1.2.3'], ['12:30:45', '12:30:45'], ['1:30', '1:30'],
  ['190:20:30.15', '190:20:30.15'], ['2001-01-01', '2001-01-01'], ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'],
  ['inf', 'inf'], ['nan', 'nan'], ['1,000', '1,000'], ['1k', '1k'], ['100m', '100m'], ['64Mi', '64Mi'], ['!!str 5', '5'],
  ['!!str yes', 'yes'], ['!!int "5"', 5], ['!!int 0x10', 16], ['!!float 5', 5], ['!!bool "on"', true], ['!!null ""', null],
  ['!!binary aGk=', 'hi'], ['!!timestamp 2001-01-01', '2001-01-01'], ['!foo 5', '5'], ['! 5', '5'], ['!<tag:yaml.org,2002:int> "7"', 7],
  ["'y'", 'y'], ['"1_000"', '1_000'], ["'it''s'", "it's"], ['"\\x41\\u00e9\\t"', 'Aé\t'], ['a:b', 'a:b'], ['a#b', 'a#b'],
  ['a b  # c', 'a b'], ['http://x/y', 'http://x/y'],
];

const DOCUMENTS: readonly [string, Json][] = [
  // Merges count where they stand: what comes last wins, though YAML says otherwise.
  ['a: &x {c: 1}\nb: {<<: *x}', { a: { c: 1 }, b: { c: 1 } }],
  ['a: &x {c: 1}\nb: {<<: *x, c: 2}', { a: { c: 1 }, b: { c: 2 } }],
  ['a: &x {c: 1}\nb: {c: 2, <<: *x}', { a: { c: 1 }, b: { c: 1 } }],
  ['a: &x {c: 1}\nb: {<<: [{c: 2}, *x, {d: 3}]}', { a: { c: 1 }, b: { c: 2, d: 3 } }],
  ["a: &x {c: 1}\nb: {'<<': *x}", { a: { c: 1 }, b: { '<<': { c: 1 } } }],
  ['a: &x\n  - &x b\nc: *x', { a: ['b'], c: 'b' }],
  // Keys are strings, as Go writes their values.
  ['1: a\n0x10: b\nyes: c\n1.50: d\n1e6: e\n.inf: f\n2001-01-01: g', { '1': 'a', '16': 'b', 'true': 'c', '1.5': 'd', '1e+06': 'e', '.inf': 'f', '2001-01-01': 'g' }],
  // A block at the end of the file gets no line end that is not there.
  ['a: |\n  b', { a: 'b' }],
  ['a: |\n  b\n', { a: 'b\n' }],
  ['a: >\n  b\n  c\n\n  d\n', { a: 'b c\nd\n' }],
  ['a: |+\n  b\n\n', { a: 'b\n\n' }],
  // Within brackets and quotes, lines may be indented as they like.
  ['a: [\n  b\n]\nc: {\n"d": 1,\n}\n', { a: ['b'], c: { d: 1 } }],
  ['a: "b\nc"\nd: \'e\n\n f\'', { a: 'b c', d: 'e\nf' }],
  ['a: [\t1\t,\t2]', { a: [1, 2] }],
  ['a:\n- b\nc:\n    - d', { a: ['b'], c: ['d'] }],
  ['? a\n: b', { a: 'b' }],
  ['a:\r\n  b: |\r\n    c\r\n', { a: { b: 'c\n' } }],
  ['a: b\n  c # d\n', { a: 'b c' }],
];

test.each(SCALARS)('Kubernetes reads %j as %j', (text, value) => {
  expect(compose(`v: ${text}`)).toEqual([{ v: value }]);
});

test.each(DOCUMENTS)('Kubernetes reads %j as %j', (text, value) => {
  expect(compose(text)).toEqual([value]);
});

test.each([
  ['a: {?b: c}', "'?b:' within brackets means one thing to Kubernetes and another to others. Put spaces around '?' and behind ':', or quote it."],
  ['a: {b:}', "'b:' within brackets means one thing to Kubernetes and another to others. Put spaces around '?' and behind ':', or quote it."],
  ['a: !!int x', "'x' is not of the type that its tag !!int says. Remove the tag, or mend the value."],
  ['a: !!binary x', 'the value of a !!binary is not base64. Encode it, or remove the tag.'],
  ['a: {<<: 1}', '<< merges what is no mapping. Merge a mapping, or a list of mappings.'],
  ['12345678901234567890: a', 'the key 12345678901234567890 is a number that is too big to be kept. Quote it if it is meant as text.'],
  ['%TAG ! tag:x,2000:\n---\na: 1', '%TAG is not read by Kubernetes either. Remove it.'],
])('%j is refused', (text, message) => {
  expect(() => compose(text)).toThrow(message);
});

describe('whatever comes', () => {
  const piece = fc.constantFrom('a', 'b: ', ': ', '- ', '? ', '[', ']', '{', '}', ', ', '&x ', '*x', '!!str ', '! ', '|\n', '>-\n', '\n', '\n  ', '\t', '#', '"', "'", '\\', '---', '\n---\n', '...', '%', '<<: ', '{{', '\u0000', '\u2028', '\ufeff', '\r', '1e3', 'kind: Pod\n', 'apiVersion: v1\n');

  test('reading ends, throws nothing, and says what is wrong in one line with its place', () => {
    fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), pieces => {
      const { problems, objects } = readInputs(['-'], { standardInput: Buffer.from(pieces.join('')) });
      if (!problems.length && !objects.length) throw new Error('neither objects nor problems');
      for (const { line, message } of problems) {
        if (line < 0 || line > pieces.join('').split(/\r\n?|\n/).length || !/^[^\n\r]{10,300}$/.test(message)) throw new Error(`${line} ${message}`);
      }
      for (const { source } of objects) source.locate('spec.containers[0]');
    }), { numRuns: 3000, seed: 7 });
  });

  test('bytes that are no text, too', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      readInputs(['-'], { standardInput: Buffer.from(bytes) });
    }), { numRuns: 1000, seed: 8 });
  });
});
