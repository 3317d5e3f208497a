import * as fc from 'fast-check';
import { compose } from '../../src/kube/reading/compose';

// Documents as people write them: comments, quotes, brackets, blocks of text, anchors, lists indented or not.

const scalar = fc.constantFrom('web', 'a b', '1', '0644', 'yes', '~', '', "'it''s'", '"q\\n"', 'x:y', 'http://x/y?z', '1.5', '"12:30"', '!!str 5', '&s v', 'plain\n      more', "'quoted\n      more'");
const inline = fc.constantFrom('a', '1', "'q'", '"d"', '~', 'a b', 'true');
const key = fc.constantFrom('name', 'image', 'spec', 'labels', 'ports', 'env', "'quoted'", '"double"', 'a.b/c', '1');

interface Style {
  readonly unit: number;
  readonly list: number;
}

const comment = fc.constantFrom(false, false, false, true);

function flow(depth: number): fc.Arbitrary<string> {
  if (depth === 0) return inline;
  const gap = fc.constantFrom(' ', ' ', '\n          ');
  return fc.oneof(
    inline,
    fc.tuple(fc.array(flow(depth - 1), { maxLength: 3 }), gap, fc.constantFrom('', ',')).map(([items, space, comma]) => `[${items.join(`,${space}`)}${items.length ? comma : ''}]`),
    fc.tuple(fc.uniqueArray(fc.constantFrom('k', 'l', "'m'", '"n"'), { maxLength: 3 }), fc.array(flow(depth - 1), { minLength: 3, maxLength: 3 }), gap)
      .map(([keys, values, space]) => `{${keys.map((name, i) => `${name}: ${values[i]}`).join(`,${space}`)}}`),
  );
}

/** What stands behind a colon or a dash: in its line, or in those below, which begin with a line end. */
function node(indent: number, depth: number, style: Style, dash: boolean): fc.Arbitrary<string> {
  const pad = ' '.repeat(indent + 2);
  const leaf = fc.oneof(
    { weight: 4, arbitrary: scalar.map(text => (text === '' ? '' : ` ${text.replace(/\n */, `\n${pad}    `)}`)) },
    { weight: 2, arbitrary: flow(2).map(text => ` ${text.replace(/\n */g, `\n${pad}    `)}`) },
    fc.tuple(fc.constantFrom('|', '|-', '|+', '>', '>-'), fc.array(fc.constantFrom('echo a', '# no comment', '', '  more'), { minLength: 1, maxLength: 3 }))
      .map(([header, lines]) => ` ${header}\n${pad}first\n${lines.map(line => (line ? pad + line : '')).join('\n')}`),
  );
  if (depth === 0) return leaf;
  const anchor = fc.constantFrom('', '', '', ' &x');
  const below = fc.oneof(
    fc.tuple(anchor, comment, mapping(indent + style.unit, depth - 1, style)).map(([mark, commented, text]) => `${mark}${commented ? ' # c0' : ''}\n${text}`),
    fc.tuple(anchor, comment, sequence(indent + (dash ? 2 : style.list), depth - 1, style)).map(([mark, commented, text]) => `${mark}${commented ? ' # c0' : ''}\n${text}`),
  );
  const compact = dash ? [mapping(indent + 2, depth - 1, style).map(text => ` ${text.slice(indent + 2)}`), sequence(indent + 2, depth - 1, style).map(text => ` ${text.slice(indent + 2)}`)] : [];
  return fc.oneof(leaf, below, ...compact.map(arbitrary => ({ weight: 2, arbitrary })));
}

function noted(text: string, behind: boolean, above: boolean, indent: number): string {
  const lines = text.split('\n');
  // Behind a block of text it would be text.
  const blocks = / [|>][+-]?\n/.test(text);
  if (behind && !blocks && !lines[lines.length - 1].includes('#')) lines[lines.length - 1] += ' # c0';
  return (above ? `${' '.repeat(indent)}# c0\n` : '') + lines.join('\n');
}

function mapping(indent: number, depth: number, style: Style): fc.Arbitrary<string> {
  return fc.uniqueArray(key, { minLength: 1, maxLength: 3 }).chain(keys => fc.tuple(...keys.map((name, i) =>
    fc.tuple(node(indent, depth, style, false), comment, comment).map(([text, behind, above]) => noted(`${' '.repeat(indent)}${name}:${text}`, behind, above && i > 0, indent))))
    .map(lines => lines.join('\n')));
}

function sequence(indent: number, depth: number, style: Style): fc.Arbitrary<string> {
  return fc.array(fc.tuple(node(indent, depth, style, true), comment, comment), { minLength: 1, maxLength: 3 })
    .map(items => items.map(([text, behind, above], i) => noted(`${' '.repeat(indent)}-${text}`, behind, above && i > 0, indent)).join('\n'));
}

/** A document that can be read; each comment has a number of its own. */
export const arbitraryDocument: fc.Arbitrary<string> = fc.tuple(
  fc.record({ unit: fc.constantFrom(2, 4), list: fc.constantFrom(0, 2) }).chain(style => mapping(0, 3, style)),
  fc.constantFrom('', '---\n', '# c0\n---\n# c0\n'),
  fc.constantFrom('', '\n', '\n', '\n# c0\n', '\nlast: *x\n', '\nlast: {<<: *x, own: 1}\n', '\nlast:\n  <<: *x\n  own: 1\n'),
  fc.constantFrom('\n', '\n', '\n', '\r\n'),
).map(([body, head, tail, eol]) => {
  let count = 0;
  return (head + body + tail).replace(/# c0/g, () => `# c${++count}`).replace(/\n/g, eol);
}).filter(text => {
  try {
    return compose(text)[0] !== null;
  } catch {
    return false;
  }
});
