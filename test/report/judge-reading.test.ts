import { readInputs } from '../../src/kube/reading/read';
import { judgeReading } from '../../src/report/judge-reading';
import { packNamed } from '../../src/rules/packs';

const PODS = ['a', 'b'].map(name => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {hostPID: true, containers: [{name: main, image: nginx}]}\n`).join('---\n');
const YARDSTICK = { pack: packNamed('hardened')!, minor: 35, today: '2026-11-21' };

function judged(forgets: boolean) {
  const reading = readInputs(['-'], { standardInput: Buffer.from(PODS) });
  return { reading, answer: judgeReading(reading, YARDSTICK, { constructOf: () => undefined, forgets }) };
}

test('what is let go of once it was judged changes nothing of what is said', () => {
  const [kept, gone] = [judged(false), judged(true)];
  const said = ({ answer: { findings, summary } }: typeof kept) => (
    [findings.map(finding => ({ ...finding, fingerprint: finding.fingerprint })), summary]
  );
  expect(said(gone)).toEqual(said(kept));
  expect(kept.reading.objects.map(({ manifest }) => manifest.metadata.name)).toEqual(['a', 'b']);
  expect(gone.reading.documents).toEqual([]);
  expect(gone.reading.objects.filter(({ manifest, source }) => manifest.spec !== undefined || source.text !== undefined)).toEqual([]);
});

test('findings say the same of several objects in the same text, and each has a fingerprint of its own', () => {
  const { findings } = judged(true).answer;
  const [first, second] = findings.filter(({ rule }) => rule === 'pod-host-pid');
  expect([first.message, first.field, first.advice]).toEqual([second.message, second.field, second.advice]);
  expect(first.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  expect(first.fingerprint).not.toBe(second.fingerprint);
});
