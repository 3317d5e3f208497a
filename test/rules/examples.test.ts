import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hasPod } from '../../src/kube/kinds';
import { readInputs } from '../../src/kube/reading/read';
import { AuditFinding, Yardstick, judge, lookAcross, rulesAsked } from '../../src/rules/audit';
import { WAIVABLE_RULES } from '../../src/rules/harden/harden';
import { PACKS, chosen } from '../../src/rules/packs';

const FOLDER = join(__dirname, 'examples');
const FILES = readdirSync(FOLDER).filter(file => file.endsWith('.yaml'));
const SHOWN = [...new Set(FILES.map(file => file.replace(/\.(bad|good)\.yaml$/, '')))].sort();
const [pack] = PACKS;
/** What the examples of rules that ask an organisation are judged by. */
const YARDSTICK: Omit<Yardstick, 'pack'> = { minor: 37, today: '2026-01-01', parameters: { allowedRegistries: ['registry.example.org'] } };

/** What has something against a file where one rule is asked alone, so that no wider one speaks in its place; and how grave that is. */
function found(file: string, rule: string): AuditFinding[] {
  const yardstick: Yardstick = { ...YARDSTICK, pack: chosen(rule, rule, ({ id }) => id === rule) };
  const { objects, problems } = readInputs([join(FOLDER, file)]);
  expect(problems).toEqual([]);
  const manifests = objects.map(({ manifest }) => manifest);
  const across = lookAcross(manifests, yardstick);
  return manifests.flatMap(manifest => judge(manifest, yardstick, across.get(manifest)).findings);
}

const told = (rule: string) => rulesAsked(pack).find(({ id }) => id === rule);

describe('the examples of a rule', () => {
  test.each(SHOWN)('show what %s finds, and the same put right', rule => {
    expect(told(rule)).toBeDefined();
    expect(found(`${rule}.bad.yaml`, rule)).toContainEqual(expect.objectContaining({ rule, severity: told(rule)!.severity }));
    expect(found(`${rule}.good.yaml`, rule).map(finding => finding.rule)).not.toContain(rule);
  });

  test('that is about workloads may be waived on their constructs', () => {
    // No construct writes the control plane, and what the schema refuses is to be corrected.
    const isTheirs = (rule: string) => !/^(apiserver|controller-manager|scheduler|etcd|kubelet|api|schema)-/.test(rule);
    const aboutWorkloads = SHOWN.filter(rule => isTheirs(rule) && found(`${rule}.bad.yaml`, rule).some(finding => finding.rule === rule && hasPod(finding.object.kind)));
    expect(aboutWorkloads.filter(rule => !WAIVABLE_RULES.includes(rule))).toEqual([]);
  });

  test('are short, and end with a line of their own', () => {
    for (const file of FILES) {
      const text = readFileSync(join(FOLDER, file), 'utf8');
      expect([file, text.endsWith('\n'), text.split('\n').length <= 60]).toEqual([file, true, true]);
    }
  });
});
