import { Severity } from '../../src/kube/severity';
import { WAIVER, answer, finding } from './answers';

describe('an answer', () => {
  test('is sorted by file, line and rule, whatever the order of reading', () => {
    const findings = [
      finding({ file: 'b.yaml', line: 1 }), finding({ line: 3, rule: 'pod-b' }), finding({ line: 3, rule: 'pod-a' }),
      finding({ file: 'B.yaml', line: 9 }), finding({ line: 20 }), finding({ line: 3, rule: 'pod-a', container: 'a', message: 'x' }),
    ].map(one => one.source.file === 'web.yaml' ? { ...one, source: { ...one.source, file: 'a.yaml' } } : one);
    const keys = (order: typeof findings) => answer(order).findings.map(({ source, rule, container }) => `${source.file}:${source.line} ${rule} ${container}`);
    expect(keys(findings)).toEqual([
      'B.yaml:9 pod-privileged web', 'a.yaml:3 pod-a a', 'a.yaml:3 pod-a web', 'a.yaml:3 pod-b web', 'a.yaml:20 pod-privileged web', 'b.yaml:1 pod-privileged web',
    ]);
    expect(keys([...findings].reverse())).toEqual(keys(findings));
  });

  test('counts what is waived by itself, and what was waived until yesterday as what it is', () => {
    const { summary } = answer([
      finding(), finding({ waiver: WAIVER }), finding({ waiver: { ...WAIVER, expired: true } }),
      finding({ severity: Severity.WARNING }), finding({ severity: Severity.WARNING, waiver: WAIVER }),
    ]);
    expect(summary).toEqual({ objects: 3, errors: 2, warnings: 1, waived: 2 });
  });
});
