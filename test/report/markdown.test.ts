import * as fc from 'fast-check';
import { Severity } from '../../src/kube/severity';
import { markdown } from '../../src/report/markdown';
import { code, prose } from '../../src/report/markdown-text';
import { WAIVER, answer, finding } from './answers';
import { read } from './markdown';

describe('a name in Markdown', () => {
  const pieces = fc.constantFrom('`', '``', '|', '\\', '*', '_', '~~', '[', '](x)', '<b>', '&amp;', '@team', '#12', 'http://x.y', '$$', ' ', 'a', ':x:', '!', '{', '\n', '>', '- ');
  const names = fc.array(pieces, { minLength: 1 }).map(parts => parts.join(''));

  test('as code is nothing but code, with the same text, by the reference parser', () => {
    fc.assert(fc.property(names, name => {
      fc.pre(name.trim() !== '');
      const { types, text } = read(`x ${code(name)} x`);
      expect(types).toEqual(['code']);
      expect(text).toBe(`x ${name.replaceAll('|', '\\u007c').replaceAll('\n', '\\u000a')} x`);
    }), { numRuns: 2000 });
  });

  test('in a sentence is text or code, never anything else', () => {
    fc.assert(fc.property(names, name => {
      const { types } = read(`x ${prose(`container '${name}' is privileged`)} x`);
      expect(types.filter(type => type !== 'code')).toEqual([]);
    }), { numRuns: 2000 });
  });

  const linked = ['@acme/admins', '#1', 'acme/shop#1', 'GH-1', 'https://evil.example', 'www.evil.example', 'a@b.example', 'f'.repeat(40), ':tada:', '$x$', '<img>', '&lt;'];
  test.each([...linked, ...linked.map(name => `'(${name}).'`)])(
    '"%s" links to nobody and mentions nobody: code hosts leave code alone', name => {
      const { text, outside } = read(prose(`the name ${name}: it is none`));
      expect(text).toBe(`the name ${name}: it is none`);
      expect(outside).not.toMatch(/[@#$<&]|:\/\/|\bwww|\bGH-|f{7}|\w:\w|:\w/);
    });

  test('leaves a plain sentence as it is', () => {
    const sentence = "container 'web' may add capabilities (NET_RAW): state allowPrivilegeEscalation, at least 3/4 of them - or not";
    expect(prose(sentence)).toBe(sentence.replace('NET_RAW', '`NET_RAW`'));
  });
});

describe('the Markdown', () => {
  test('shows what fails, folds the rest, and says each advice once', () => {
    const all = answer([
      finding({ construct: 'app/chart/web' }),
      finding({ line: 20, severity: Severity.WARNING, rule: 'pod-liveness-probe', message: 'there is none', advice: 'State it.' }),
      finding({ line: 30, severity: Severity.WARNING, rule: 'pod-liveness-probe', message: 'there is none', advice: 'State it.' }),
      finding({ line: 40, waiver: WAIVER }),
    ], [{ file: 'x.yaml', line: 4, message: 'it is not YAML.' }]);
    expect(markdown(all)).toBe([
      '### cdk8s-hardened: 1 error, 2 warnings, 1 input that could not be read',
      '',
      '3 objects, pack hardened, Kubernetes 1.37: 1 error, 2 warnings, 1 waived, 1 input that could not be read.',
      '',
      '| Could not be read | Why |',
      '| --- | --- |',
      '| `x.yaml:4` | it is not YAML. |',
      '',
      '| Rule | Object | Place | What is |',
      '| --- | --- | --- | --- |',
      "| `pod-privileged` | `Deployment shop/web` | `web.yaml:12` `app/chart/web` | container 'web' is privileged |",
      '',
      '<details><summary>What to do</summary>',
      '',
      '| Rule | What to do |',
      '| --- | --- |',
      '| `pod-privileged` | Remove privileged. |',
      '| `pod-liveness-probe` | State it. |',
      '',
      '</details>',
      '',
      '<details><summary>2 warnings</summary>',
      '',
      '| Rule | Object | Place | What is |',
      '| --- | --- | --- | --- |',
      '| `pod-liveness-probe` | `Deployment shop/web` | `web.yaml:20` | there is none |',
      '| `pod-liveness-probe` | `Deployment shop/web` | `web.yaml:30` | there is none |',
      '',
      '</details>',
      '',
      '<details><summary>1 waived</summary>',
      '',
      '| Rule | Object | Place | Who | Until | Why |',
      '| --- | --- | --- | --- | --- | --- |',
      '| `pod-privileged` | `Deployment shop/web` | `web.yaml:40` | team-a | 2027-01-31 | loads a module (SEC-1) |',
      '',
      '</details>',
      '',
    ].join('\n'));
  });

  test('of nothing is two lines', () => {
    expect(markdown(answer([], [], 1))).toBe('### cdk8s-hardened: clean\n\n1 object, pack hardened, Kubernetes 1.37: clean.\n');
  });

  test('always has room in a comment, says what has none, and closes what it has opened', () => {
    for (const length of [10, 300, 5000]) {
      const many = answer(Array.from({ length }, (_, i) => finding({ line: i + 1, severity: i % 2 ? Severity.ERROR : Severity.WARNING, message: 'x'.repeat(i % 999) })));
      const text = markdown(many);
      expect(text.length).toBeLessThan(65_536);
      expect(text.split('<details>')).toHaveLength(text.split('</details>').length);
      const shown = text.split('\n').filter(line => line.startsWith('| `pod-privileged` | `Deployment')).length;
      const missing = Number(/^(\d+) more rows have no room here/m.exec(text)?.[1] ?? 0);
      expect(shown + missing).toBe(length);
      expect(missing > 0).toBe(length > 10);
    }
  });
});
