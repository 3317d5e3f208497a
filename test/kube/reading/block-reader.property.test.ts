import * as fc from 'fast-check';
import { Event, EVENT_ID, getScalarValue, parseEvents } from 'js-yaml';
import { blockEvents } from '../../../src/kube/reading/block-events';
import { blockValue } from '../../../src/kube/reading/block-value';
import { composed } from '../../../src/kube/reading/compose';
import { arbitraryDocument } from '../arbitrary-document';

/** What the parser says of a text; its complaint where it has one. */
function parsed(text: string): unknown {
  try {
    return comparable(text, parseEvents(text, { maxDepth: 250 }));
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether a value may be sliced out of the text is the reader's own affair; what it is, is not. */
function comparable(text: string, events: Event[]): unknown {
  return events.map(event => event.type === EVENT_ID.SCALAR ? { ...event, fast: undefined, value: getScalarValue(text, event) } : event);
}

/** What the parser's events mean; what is wrong with them where they mean nothing. */
function meant(text: string): unknown {
  try {
    return composed(text, parseEvents(text, { maxDepth: 250 }));
  } catch (error) {
    return (error as Error).message;
  }
}

/** How often each said something of texts that are to agree, and how often it built their values, too. */
function compareAll(texts: Iterable<string>): { read: number; left: number; built: number } {
  const count = { read: 0, left: 0, built: 0 };
  for (const text of texts) {
    const events = blockEvents(text);
    const value = blockValue(text);
    if (events) same(text, comparable(text, events), parsed(text));
    if (value !== undefined) same(text, [value], meant(text));
    count[events ? 'read' : 'left']++;
    if (value !== undefined) count.built++;
  }
  return count;
}

/** Written down first, since a matcher takes its time, and there are many. */
function same(text: string, ours: unknown, theirs: unknown): void {
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect({ text, events: ours }).toEqual({ text, events: theirs });
}

const PIECES = ['a', ' ', '\n', ':', '-', '#', '"', "'", '|', '  ', '\n\n', ': ', '- ', '{}', '\n  ', '>-\n'];

/** Every text of so many pieces behind a beginning. */
function* every(beginning: string, pieces: number): Iterable<string> {
  yield beginning;
  if (pieces) for (const piece of PIECES) yield* every(beginning + piece, pieces - 1);
}

test.each([['', 4], ['a: b', 3], ['a:\n', 3], ['- ', 3], ['a:\n  - ', 3], ['- a:\n  b:', 3], ['a: |\n  b\n', 3]])(
  'behind %j every short text is read as the parser reads it, or left to it', (beginning, pieces) => {
    const { read, left, built } = compareAll(every(beginning, pieces));
    expect(read).toBeGreaterThan(100);
    expect(left).toBeGreaterThan(100);
    expect(built).toBeGreaterThan(50);
  },
);

const INSERTED = [
  ...PIECES, ...'?,[]{}&*!>%@`~', '---\n', '...\n', '\t', '\r\n', '\u00e9', '\u0085', '\u2028', '\ufeff', '\u0000', '\u{1f600}', '<<: ', '&a ', '*a', '!!str ', '[]', '|+\n',
];

/** A document in which something was written or struck out, here and there. */
const mistaken = fc.tuple(arbitraryDocument, fc.array(fc.record({ at: fc.nat(), struck: fc.nat(3), written: fc.constantFrom('', ...INSERTED) }), { maxLength: 3 }))
  .map(([text, edits]) => edits.reduce((whole, { at, struck, written }) => {
    const place = at % (whole.length + 1);
    return whole.slice(0, place) + written + whole.slice(place + struck);
  }, text));

test('documents, with and without mistakes, are read as the parser reads them, or left to it', () => {
  fc.assert(fc.property(mistaken, text => {
    compareAll([text]);
  }), { numRuns: 3000 });
});

test.each([
  ['a manifest', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web # mine\n  labels: {}\nspec:\n  containers:\n  - name: "a"\n    args:\n      - --port=80\n'],
  ['a marker and comments', '---\n# Source: a.yaml\na:\n\n  # of b\n  b: c\n'],
  ['a script', 'data:\n  run.sh: |-\n    #!/bin/sh\n\n      echo a: b\n  other: x\n'],
  ['what is empty', 'a:\nb:\n  -\n  - c:\n'],
])('%s is not left to the parser', (_name, text) => {
  expect(compareAll([text])).toEqual({ read: 1, left: 0, built: 1 });
});

test.each([
  ['an anchor', 'a: &b c\n'], ['a tag', 'a: !!str 1\n'], ['brackets', 'a: [b]\n'], ['an escape', 'a: "\\n"\n'], ['a value of two lines', 'a: b\n  c\n'],
  ['a tab', 'a:\tb\n'], ['a key without a value beside it', 'a: b\nc\n'],
  ['a bad dedent', 'a:\n    b: c\n  d: e\n'], ['bottomless nesting', '- '.repeat(300)],
])('%s is left to the parser', (_name, text) => {
  expect(compareAll([text])).toEqual({ read: 0, left: 1, built: 0 });
});

test.each([
  ['a merge', '<<: a\n'], ['a key that stands twice', 'a: b\na: c\n'], ['a key that is a number', '1: a\n'], ['a key that is null', 'a:\n  ~: b\n'],
  ['a number that JSON cannot hold', 'a: .inf\n'], ['a key that would change what it stands in', '"__proto__": a\n'],
])('%s is read, and composed with care', (_name, text) => {
  expect(compareAll([text])).toEqual({ read: 1, left: 0, built: 0 });
});

test.each(['constructor', 'toString', 'hasOwnProperty', 'on-call', '<'])('%s is a key as any other', key => {
  expect(blockValue(`${key}:\n- ${key}: b\n`)).toEqual({ [key]: [{ [key]: 'b' }] });
});
