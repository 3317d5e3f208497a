import * as fc from 'fast-check';
import { Severity } from '../../src/kube/severity';
import { CheckAnswer, PlacedFinding } from '../../src/report/answer';
import { FindingJson } from '../../src/report/finding-json';
import { json as parts } from '../../src/report/json';
import { plainJson } from '../../src/report/plain';
import { WAIVER, answer, finding } from './answers';
import { faultsBy } from './schemas';

const json = (of: CheckAnswer) => [...parts(of)].join('');

describe('the JSON', () => {
  test('has every field of the contract, by its schema', () => {
    const written = json(answer([finding({ construct: 'app/chart/web', waiver: WAIVER })], [{ file: 'x', line: 0, message: 'it is not there.' }]));
    expect(faultsBy('check', JSON.parse(written))).toEqual([]);
    expect(JSON.parse(written)).toEqual({
      version: 1,
      kubernetes: '1.37',
      summary: { objects: 3, errors: 0, warnings: 0, waived: 1 },
      problems: [{ file: 'x', line: 0, message: 'it is not there.' }],
      findings: [{
        rule: 'pod-privileged',
        severity: 'error',
        object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
        field: 'spec.template.spec.containers[0].securityContext.privileged',
        container: 'web',
        message: "container 'web' is privileged",
        advice: 'Remove privileged.',
        fingerprint: '0123456789abcdef',
        source: { file: 'web.yaml', document: 0, line: 12, column: 9, construct: 'app/chart/web' },
        controls: { pss: ['baseline'], cis: ['1.10:5.2.2'] },
        waiver: { reason: 'loads a module', owner: 'team-a', until: '2027-01-31', ticket: 'SEC-1', expired: false },
      }],
    });
  });

  test('of nothing is an answer, too', () => {
    expect(json(answer([]))).toBe('{"version":1,"kubernetes":"1.37","summary":{"objects":3,"errors":0,"warnings":0,"waived":0},\n "problems":[],\n "findings":[]}\n');
  });

  test('of many findings comes in parts', () => {
    const many = answer(Array.from({ length: 2500 }, (_, i) => finding({ line: i + 1 })));
    expect([...parts(many)].length).toBeLessThan(15);
    const { findings } = JSON.parse(json(many)) as CheckAnswer;
    expect(findings.map(({ source }) => source.line)).toEqual(many.findings.map((_, i) => i + 1));
  });

  test('has a finding a line', () => {
    expect(json(answer([finding(), finding({ line: 13 })])).split('\n').filter(line => line.startsWith('  {"rule"'))).toHaveLength(2);
  });

  test('keeps what would steer a terminal as an escape: the same value', () => {
    const name = '\u001b[2J\u007f\u009b\u202e\u2028\n"\\';
    const written = json(answer([finding({ object: { apiVersion: 'v1', kind: 'Pod', namespace: null, name } })]));
    // eslint-disable-next-line no-control-regex
    expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
    expect(JSON.parse(written).findings[0].object.name).toBe(name);
  });

  test('that lacks something is told so', () => {
    const document = JSON.parse(json(answer([finding()])));
    delete document.findings[0].waiver;
    document.findings[0].severity = 'note';
    document.more = 1;
    expect(faultsBy('check', document)).toHaveLength(3);
  });
});

describe('a finding', () => {
  const text = fc.oneof(fc.constantFrom('', 'a', 'b', 'null', '\u001b[2J', '\u2028"\\'), fc.string({ unit: 'binary', maxLength: 8 }));
  const object = fc.record({ apiVersion: text, kind: text, namespace: fc.option(text), name: text });
  const controls = fc.constantFrom<PlacedFinding['controls']>({}, { pss: ['baseline'] }, { cis: ['1.8:5.1.1'], nsa: ['x'] });
  const number = fc.nat();
  const source = fc.record({
    file: text, document: number, line: number, column: number, construct: fc.option(text), endLine: number, endColumn: number,
  });
  // In the order in which they are written.
  const arbitrary = fc.record({
    rule: text, severity: fc.constantFrom(Severity.ERROR, Severity.WARNING), object, field: text, container: fc.option(text),
    message: text, advice: text, fingerprint: text, source, controls, waiver: fc.constantFrom(null, WAIVER),
  });
  const states = fc.constantFrom(undefined, true, false);

  test('is written as JSON writes it, whatever was written before', () => {
    fc.assert(fc.property(fc.array(fc.tuple(arbitrary, states), { maxLength: 8 }), findings => {
      const writer = new FindingJson();
      for (const [each, isKnown] of [...findings, ...findings]) {
        const { endLine, endColumn, ...place } = each.source;
        expect(writer.write({ ...each, isKnown })).toBe(plainJson({ ...each, source: place, known: isKnown }));
      }
    }));
  });
});
