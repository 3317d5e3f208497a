import { Manifest } from '../../src/kube/pod-spec';
import { AuditFinding, Yardstick, judge, lookAcross } from '../../src/rules/audit';
import { packNamed } from '../../src/rules/packs';

const YARDSTICK: Yardstick = { pack: packNamed('hardened')!, minor: 37, today: '2026-01-01' };

/** What is said of manifests that lie together, by rule. */
function found(manifests: readonly object[], rule: string): AuditFinding[] {
  const set = manifests as readonly Manifest[];
  const across = lookAcross(set, YARDSTICK);
  return set.flatMap(manifest => judge(manifest, YARDSTICK, across.get(manifest)).findings).filter(finding => finding.rule === rule);
}

const deployment = (labels: object, namespace = 'shop') => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } } },
});
const service = (selector: object | undefined, besides: object = {}, annotations: object = {}) => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop', annotations }, spec: { ...selector && { selector }, ports: [{ port: 80 }], ...besides },
});

describe('a Service that selects no pod', () => {
  const RULE = 'service-selects-nothing';
  const WEB = { 'app': 'web', 'app.kubernetes.io/part-of': 'shop' };

  test.each<[string, object[]]>([
    ['has a pod with all of its labels', [deployment(WEB), service({ app: 'web' })]],
    ['selects nothing by itself, but is filled by hand', [deployment(WEB), service(undefined)]],
    ['is another name for a host', [deployment(WEB), service({ app: 'db' }, { type: 'ExternalName', externalName: 'db.example.org' })]],
    ['lies in a namespace whose pods are not here', [deployment(WEB, 'other'), service({ app: 'db' })]],
    ['has a selector of another type, of which the schema speaks', [deployment(WEB), service({ app: 1 })]],
  ])('passes where it %s', (_, manifests) => {
    expect(found(manifests, RULE)).toEqual([]);
  });

  test('is found, with the labels that no pod has', () => {
    expect(found([deployment(WEB), service({ app: 'web', tier: 'front' })], RULE)).toMatchObject([
      { object: { kind: 'Service', name: 'web' }, field: 'spec.selector', message: "no pod of namespace 'shop' has the labels app=web, tier=front", waiver: null },
    ]);
  });

  test('is waived on the Service, and a waiver that is not needed here may be needed beside others', () => {
    const waiver = { 'cdk8s-hardened/waive.service-selects-nothing': '{"reason":"its pods are made by an operator","owner":"shop"}' };
    expect(found([deployment(WEB), service({ app: 'db' }, {}, waiver)], RULE)).toMatchObject([{ waiver: { owner: 'shop', expired: false } }]);
    expect(found([service({ app: 'db' }, {}, waiver)], 'waiver-unmatched')).toEqual([]);
  });
});
