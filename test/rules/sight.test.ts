import { Manifest } from '../../src/kube/pod-spec';
import { AuditFinding, Yardstick, judge, lookAcross, rulesAsked } from '../../src/rules/audit';
import { packNamed } from '../../src/rules/packs';
import { green } from './sight/green';
import { Laid, NETWORK, PODS, RIGHTS, TENANCY } from './sight/weakenings';

const YARDSTICK: Yardstick = { pack: packNamed('hardened')!, minor: 37, today: '2026-01-01', parameters: { allowedRegistries: ['registry.example.org'] } };

function found(set: readonly unknown[]): AuditFinding[] {
  const manifests = set as readonly Manifest[];
  const across = lookAcross(manifests, YARDSTICK);
  return manifests.flatMap(manifest => judge(manifest, YARDSTICK, across.get(manifest)).findings);
}

const ALL = [...PODS, ...NETWORK, ...TENANCY, ...RIGHTS];

test('nothing is said of a set of which nothing is to be said', () => {
  expect(found(green()).map(({ rule, object: { kind, name }, field }) => [rule, kind, name, field])).toEqual([]);
});

test.each(ALL.map(weakening => [weakening.what, weakening] as const))('laid on it alone, it is seen: %s', (_, { rules, lay }) => {
  const set = new Laid(green());
  lay(set);
  const seen = new Set(found(set.manifests).map(({ rule }) => rule));
  expect([...seen].filter(rule => rules.includes(rule))).not.toEqual([]);
});

test('each names rules that there are, and there are more of them than others have laid', () => {
  const known = rulesAsked(YARDSTICK.pack).map(({ id }) => id);
  expect(ALL.flatMap(({ rules }) => rules.filter(rule => !known.includes(rule)))).toEqual([]);
  expect(new Set(ALL.map(({ what }) => what)).size).toBe(ALL.length);
  expect(ALL.length).toBeGreaterThan(86);
});
