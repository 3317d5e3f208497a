import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../scripts/rules/catalogue';
import { examplesOf } from '../../scripts/rules/examples';
import { ShownControls, allControls } from '../../src/rules/controls';
import { MANIFEST_RULES } from '../../src/rules/manifest';
import { PACKS, rulesIn } from '../../src/rules/packs';
import { RuleHead } from '../../src/rules/rule';
import { FOLDER } from './foreign-manifests';

const FILE = join(__dirname, '..', '..', '..', 'shared', 'data', 'controls.json');
const known = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as { properties: Property[] }).properties : [];
/** Kyverno's policies, of which the table of properties has some. */
const CATALOGUE_OF_KYVERNO = join(FOLDER, 'kyverno/policies.json');
const POLICIES: ReadonlySet<string> = new Set(existsSync(CATALOGUE_OF_KYVERNO)
  ? (JSON.parse(readFileSync(CATALOGUE_OF_KYVERNO, 'utf8')) as { group: string }[]).map(({ group }) => `kyverno ${group}`) : []);
if (!known.length) console.log(`skipped: ${FILE} is not there`);
const RULES: readonly RuleHead[] = [...MANIFEST_RULES, ...rulesIn(PACKS[0])];

/** A property that standards and scanners know. */
interface Property {
  readonly id: string;
  readonly pss?: readonly { readonly level: string }[];
  readonly cis?: { readonly [version: string]: readonly string[] };
  readonly nsa?: { readonly section?: string };
  readonly [scanner: string]: unknown;
}

const SCANNERS = { 'checkov': 'checkov', 'kube-linter': 'kubeLinter', 'kube-score': 'kubeScore', 'kubescape': 'kubescape', 'polaris': 'polaris', 'trivy': 'trivy', 'kyverno': 'kyverno' };

/** `standard id` of everything that a property is known as. */
function idsOf(property: Property): string[] {
  const { cis = {}, nsa } = property;
  return [
    ...Object.entries(cis).flatMap(([version, sections]) => sections.map(section => `cis ${version}:${section}`)),
    ...(nsa?.section ? [`nsa ${nsa.section}`] : []),
    ...Object.entries(SCANNERS).flatMap(([name, key]) => ((property[key] ?? []) as string[]).map(id => `${name} ${id}`)),
  ];
}

function idsIn(controls: ShownControls): string[] {
  return Object.entries(controls).flatMap(([standard, ids]) => standard === 'pss' ? [] : ids.map(id => `${standard} ${id}`));
}

(known.length ? describe : describe.skip)('the catalogue', () => {
  test('has a rule for each property that is known, or a reason why none', () => {
    expect(Object.keys(CATALOGUE).sort()).toEqual(known.map(({ id }) => id).sort());
    const ids = RULES.map(({ id }) => id);
    for (const coverage of Object.values(CATALOGUE)) {
      if ('leftOut' in coverage) expect(coverage.leftOut).toMatch(/^[a-z].{15,}[^.]$/);
      else for (const rule of coverage) expect(ids).toContain(rule);
    }
  });

  test.each(known.filter(({ id }) => Object.hasOwn(CATALOGUE, id) && !('leftOut' in CATALOGUE[id])).map(property => [property.id, property] as const))(
    '%s is known by each of its names', (id, property) => {
      const rules = CATALOGUE[id] as readonly string[];
      const ours = new Set(RULES.filter(rule => rules.includes(rule.id)).flatMap(({ controls }) => idsIn(allControls(controls))));
      expect(idsOf(property).filter(name => !ours.has(name))).toEqual([]);
    });

  test.each(RULES.map(rule => [rule.id, rule] as const))('%s claims no name that is another\'s', (id, { controls }) => {
    const properties = known.filter(property => {
      const coverage = CATALOGUE[property.id];
      return coverage && !('leftOut' in coverage) && coverage.includes(id);
    });
    const allowed = new Set(properties.flatMap(idsOf));
    const isFree = (name: string) => POLICIES.has(name) && !known.some(property => idsOf(property).includes(name));
    // Flags of the control plane are in no table but Checkov's own and the benchmark.
    if (properties.length) expect(idsIn(allControls(controls)).filter(name => !allowed.has(name) && !isFree(name))).toEqual([]);
  });
});

test.each(RULES.map(({ id }) => id))('%s is shown by a bad and a good manifest', id => {
  expect(examplesOf(id)).toBeDefined();
});
