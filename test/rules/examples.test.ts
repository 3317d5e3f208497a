import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readInputs } from '../../src/kube/reading/read';
import { Severity } from '../../src/kube/severity';
import { Yardstick, judge, lookAcross, rulesAsked } from '../../src/rules/audit';
import { PACKS, chosen } from '../../src/rules/packs';

const FOLDER = join(__dirname, 'examples');
const FILES = readdirSync(FOLDER).filter(file => file.endsWith('.yaml'));
const SHOWN = [...new Set(FILES.map(file => file.replace(/\.(bad|good)\.yaml$/, '')))].sort();
const [pack] = PACKS;
/** What the examples of rules that ask an organisation are judged by. */
const YARDSTICK: Omit<Yardstick, 'pack'> = { minor: 37, today: '2026-01-01', parameters: { allowedRegistries: ['registry.example.org'] } };

/** What has something against a file where one rule is asked alone, so that no wider one speaks in its place; and how grave that is. */
function found(file: string, rule: string): [rule: string, severity: Severity][] {
  const yardstick: Yardstick = { ...YARDSTICK, pack: chosen(rule, rule, ({ id }) => id === rule) };
  const { objects, problems } = readInputs([join(FOLDER, file)]);
  expect(problems).toEqual([]);
  const manifests = objects.map(({ manifest }) => manifest);
  const across = lookAcross(manifests, yardstick);
  const findings = manifests.flatMap(manifest => judge(manifest, yardstick, across.get(manifest)).findings);
  return findings.map(finding => [finding.rule, finding.severity]);
}

const told = (rule: string) => rulesAsked(pack).find(({ id }) => id === rule);

describe('the examples of a rule', () => {
  test.each(SHOWN)('show what %s finds, and the same put right', rule => {
    expect(told(rule)).toBeDefined();
    expect(found(`${rule}.bad.yaml`, rule)).toContainEqual([rule, told(rule)!.severity]);
    expect(found(`${rule}.good.yaml`, rule).map(([id]) => id)).not.toContain(rule);
  });

  test('are short, and end with a line of their own', () => {
    for (const file of FILES) {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      expect([file, text.endsWith('\n'), text.split('\n').length <= 60]).toEqual([file, true, true]);
    }
  });
});
