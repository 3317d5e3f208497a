import * as fc from 'fast-check';
import { unifiedDiff } from '../../src/report/diff';

/** What `patch` makes of a text, for hunks that fit. */
function patched(text: string, diff: string): string {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let at = 0;
  for (const hunk of diff.split(/^(?=@@ )/m).slice(1)) {
    const [header, ...body] = hunk.replace(/\n\\ No newline at end of file\n/g, '').match(/[^\n]*\n|[^\n]+$/g)!;
    const [, start, count] = /-(\d+),(\d+)/.exec(header)!.map(Number);
    const first = count === 0 ? start : start - 1;
    result.push(...lines.slice(at, first));
    const old = body.filter(line => line[0] !== '+').map(line => line.slice(1));
    expect(lines.slice(first, first + count)).toEqual(old);
    result.push(...body.filter(line => line[0] !== '-').map(line => line.slice(1)));
    at = first + count;
  }
  return [...result, ...lines.slice(at)].join('');
}

// Where a hunk ends without a line end, what follows in `body` would be glued to it: only the last line may.
const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', '- x\n'), { maxLength: 30 }).map(lines => lines.join(''));

describe('a unified diff', () => {
  test('makes of the old text the new one', () => {
    fc.assert(fc.property(fc.array(fc.tuple(text, text, fc.boolean()), { maxLength: 4 }), parts => {
      const pieces = parts.map(([before, other, isSame]) => ({ before, after: isSame ? before : other }));
      const [before, after] = [pieces.map(piece => piece.before).join(''), pieces.map(piece => piece.after).join('')];
      expect(patched(before, unifiedDiff('x', pieces))).toBe(after);
    }), { numRuns: 1000 });
  });

  test('says nothing where nothing changed', () => {
    expect(unifiedDiff('x', [{ before: 'a\n', after: 'a\n' }])).toBe('');
  });

  test('shows few lines around each change, and a last line without end', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj';
    expect(unifiedDiff('x.yaml', [{ before, after: before.replace('e', 'E').replace('j', 'J') }])).toBe(
      '--- x.yaml\n+++ x.yaml\n@@ -2,9 +2,9 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n i\n-j\n\\ No newline at end of file\n+J\n\\ No newline at end of file\n');
  });
});
