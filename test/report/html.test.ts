import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { Severity } from '../../src/kube/severity';
import { CheckAnswer } from '../../src/report/answer';
import { html } from '../../src/report/html';
import { WAIVER, answer, finding } from './answers';
import { page } from './html';
import { elementsOf } from './xml';

const written = (of: CheckAnswer) => [...html(of)].join('');
const ALL = answer([
  finding({ construct: 'app/chart/web' }),
  finding({ line: 20, severity: Severity.WARNING, rule: 'pod-liveness-probe', message: 'there is none', advice: 'State it.' }),
  finding({ file: 'z.yaml', line: 40, waiver: WAIVER }),
  finding({ file: 'z.yaml', line: 41, isKnown: true, rule: 'pod-seccomp' }),
], [{ file: 'x.yaml', line: 4, message: 'it is not YAML.' }]);

describe('the page', () => {
  test('has every finding in it, without a script', () => {
    const { document } = page(written(ALL));
    const details = [...document.getElementsByTagName('details')];
    expect(details.map(element => [element.getAttribute('data-state'), element.getAttribute('data-rule')])).toEqual([
      ['error', 'pod-privileged'], ['warning', 'pod-liveness-probe'], ['waived', 'pod-privileged'], ['known', 'pod-seccomp'],
    ]);
    expect(details[0].textContent).toContain("Deployment shop/web: container 'web' is privileged");
    for (const told of ['web.yaml:12:9', 'app/chart/web', 'Remove privileged.', 'pss baseline; cis 1.10:5.2.2', '0123456789abcdef']) {
      expect(details[0].textContent).toContain(told);
    }
    expect(details[2].textContent).toContain('Waived by team-a until 2027-01-31, SEC-1: loads a module');
    expect(document.documentElement!.textContent).toContain('x.yaml:4 it is not YAML.');
  });

  test('offers to filter by state, rule and file, each with its count', () => {
    const { document } = page(written(ALL));
    const texts = (name: string, within: string) => (
      [...document.getElementById(within)!.getElementsByTagName(name)].map(({ textContent }) => textContent)
    );
    expect(texts('option', 'rule')).toEqual(['all', 'pod-liveness-probe (1)', 'pod-privileged (2)', 'pod-seccomp (1)']);
    expect(texts('option', 'file')).toEqual(['all', 'web.yaml (2)', 'z.yaml (2)']);
    expect(texts('label', 'filters').slice(1, -3)).toEqual(['error (1)', 'warning (1)', 'waived (1)', 'known (1)']);
    const controls = elementsOf(document).filter(({ localName }) => ['input', 'select'].includes(localName!));
    expect(controls.filter(({ parentNode }) => parentNode!.nodeName !== 'label')).toEqual([]);
  });

  test('lets in its own style and script by their hashes, and nothing else', () => {
    const { document, styles, scripts } = page(written(ALL));
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const policy = [...document.getElementsByTagName('meta')].find(meta => meta.getAttribute('http-equiv') === 'Content-Security-Policy')!.getAttribute('content');
    expect([styles.length, scripts.length]).toEqual([1, 1]);
    expect(policy).toBe(`default-src 'none'; style-src ${hash(styles[0])}; script-src ${hash(scripts[0])}; base-uri 'none'; form-action 'none'`);
    expect(() => new Script(scripts[0])).not.toThrow();
    const loading = elementsOf(document).filter(({ attributes }) => [...attributes].some(({ name }) => /^(?:src|href|style|on.*|action|srcset)$/.test(name)));
    expect(loading).toEqual([]);
  });

  test('of nothing has nothing to filter, and no script', () => {
    const { document, scripts } = page(written(answer([])));
    expect([scripts, document.getElementsByTagName('form').length]).toEqual([[], 0]);
    expect(document.documentElement!.textContent).toContain('3 objects, pack hardened, Kubernetes 1.37: clean');
  });

  test('of many findings comes in parts', () => {
    const many = answer(Array.from({ length: 2500 }, (_, i) => finding({ line: i + 1 })));
    const parts = [...html(many)];
    expect(parts.length).toBeLessThan(15);
    expect(page(parts.join('')).document.getElementsByTagName('details')).toHaveLength(2500);
  });
});
