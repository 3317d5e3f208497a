import { Severity } from '../../src/kube/severity';
import { place, text } from '../../src/report/text';
import { WAIVER, answer, finding } from './answers';

const BARE = { colours: false };

describe('the text', () => {
  test('groups by file, shows places in columns, and counts in its last line', () => {
    const all = answer([
      finding({ line: 7, construct: 'app/chart/web' }),
      finding({ line: 120, severity: Severity.WARNING, rule: 'pod-liveness-probe', field: 'spec', message: 'there is none', advice: 'State it.' }),
      finding({ file: 'z.yaml', waiver: WAIVER }),
      finding({ file: 'z.yaml', line: 13, waiver: { ...WAIVER, expired: true }, object: { apiVersion: 'v1', kind: 'Pod', namespace: null, name: '' } }),
    ], [{ file: '-', line: 4, message: 'it is not YAML.' }, { file: 'x', line: 0, message: 'it is not there.' }]);
    expect(text(all, BARE)).toBe([
      'web.yaml',
      "    7:9  error    app/chart/web · Deployment shop/web · spec.template.spec.containers[0].securityContext.privileged: container 'web' is privileged [pod-privileged]. Remove privileged.",
      '  120:9  warning  Deployment shop/web · spec: there is none [pod-liveness-probe]. State it.',
      '',
      'z.yaml',
      "  12:9  waived   Deployment shop/web · spec.template.spec.containers[0].securityContext.privileged: container 'web' is privileged [pod-privileged]. Waived by team-a until 2027-01-31, SEC-1: loads a module",
      "  13:9  error    Pod ? · spec.template.spec.containers[0].securityContext.privileged: container 'web' is privileged [pod-privileged]. Remove privileged.",
      '',
      'could not be read',
      '  standard input:4: it is not YAML.',
      '  x: it is not there.',
      '',
      '3 objects, pack hardened, Kubernetes 1.37: 2 errors, 1 warning, 1 waived, 2 inputs that could not be read',
      '',
    ].join('\n'));
  });

  test('of nothing is one line', () => {
    expect(text(answer([], [], 1), BARE)).toBe('1 object, pack hardened, Kubernetes 1.37: clean\n');
    expect(text(answer([], [], 1), { colours: false, findingsOnly: true })).toBe('');
  });

  test('leaves out what is said elsewhere, but counts it', () => {
    const all = answer([], [{ file: 'x', line: 0, message: 'it is not there.' }], 0);
    expect(text(all, { colours: false, withoutProblems: true })).toBe(
      '0 objects, pack hardened, Kubernetes 1.37: 0 errors, 0 warnings, 0 waived, 1 input that could not be read\n');
  });

  test('has colours where they are wanted, and the same words', () => {
    const all = answer([finding(), finding({ waiver: WAIVER })]);
    const coloured = text(all, { colours: true });
    expect(coloured).toContain('\u001b[31merror  \u001b[0m');
    // eslint-disable-next-line no-control-regex
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(text(all, BARE));
  });

  test('shows what would steer a terminal, and stays in one line', () => {
    const evil = '\u001b[2J\u001b]0;x\u0007\r\n\u202e\u009b31m\u2028';
    const all = answer([finding({ file: evil, message: evil, object: { apiVersion: 'v1', kind: evil, namespace: evil, name: evil }, waiver: { ...WAIVER, reason: evil } })],
      [{ file: evil, line: 0, message: evil }]);
    const shown = text(all, BARE);
    // eslint-disable-next-line no-control-regex
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
    expect(shown).toContain('\\u001b[2J');
    expect(shown.split('\n')).toHaveLength(8);
    expect(place(evil, 1)).toContain('\\u001b');
  });

  test('cuts what is endless', () => {
    expect(text(answer([finding({ message: 'x'.repeat(1e6) })]), BARE).length).toBeLessThan(2000);
  });
});
