import { remembered } from '../../src/kube/remembered';

test('what was worked out once is kept, and forgotten where there is too much of it', () => {
  const asked: string[] = [];
  const length = remembered(text => {
    asked.push(text);
    return text === '' ? undefined : text.length;
  }, 2);
  expect(['a', 'bb', 'a', '', '', 'a'].map(length)).toEqual([1, 2, 1, undefined, undefined, 1]);
  expect(asked).toEqual(['a', 'bb', '', 'a']);
});

test('names that every object has are texts like any other', () => {
  const same = remembered(text => text);
  expect(['__proto__', 'constructor', 'toString'].map(same)).toEqual(['__proto__', 'constructor', 'toString']);
});

test('a text of thousands of characters is worked out each time: it would outlive what it was read from', () => {
  let asked = 0;
  const length = remembered(text => {
    asked++;
    return text.length;
  });
  for (const text of ['a'.repeat(2000), 'a'.repeat(2001)]) expect([text, text].map(length)).toEqual([text.length, text.length]);
  expect(asked).toBe(3);
});
