import { Manifest } from '../../src/kube/pod-spec';
import { audit } from '../../src/rules/audit';
import { PACKS } from '../../src/rules/packs';

function namespace(labels?: object, annotations?: { [key: string]: string }): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x', ...(labels && { labels: labels as { [key: string]: string } }), ...(annotations && { annotations }) } };
}

const findings = (manifest: Manifest) => audit(manifest, { pack: PACKS[0], minor: 30, today: '2026-01-01' });
const ENFORCE = 'pod-security.kubernetes.io/enforce';
const WAIVER = { 'cdk8s-hardened/waive.namespace-pod-security': '{"reason":"agents of the node","owner":"platform team"}' };

describe('namespace-pod-security', () => {
  test.each<[string, Manifest]>([
    ['restricted is enforced', namespace({ [ENFORCE]: 'restricted' })],
    ['of another group', { ...namespace(), apiVersion: 'example.com/v1' }],
    ['no namespace', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } }],
  ])('says nothing: %s', (_, manifest) => {
    expect(findings(manifest).filter(({ rule }) => rule.startsWith('namespace-'))).toEqual([]);
  });

  test.each<[string, object | undefined]>([
    ['no level of Pod Security is enforced', undefined],
    ['no level of Pod Security is enforced', { 'pod-security.kubernetes.io/warn': 'restricted' }],
    ["Pod Security enforces 'baseline' only", { [ENFORCE]: 'baseline' }],
    ["Pod Security enforces 'privileged' only", { [ENFORCE]: 'privileged' }],
    ["Pod Security enforces 'Restricted' only", { [ENFORCE]: 'Restricted' }],
  ])('says: %s', (message, labels) => {
    expect(findings(namespace(labels)).filter(({ rule }) => rule === 'namespace-pod-security')).toMatchObject([{
      rule: 'namespace-pod-security', severity: 'warning', message, field: `metadata.labels[${ENFORCE}]`,
      advice: `Label the namespace '${ENFORCE}: restricted'.`, controls: { cis: ['1.8:5.2.1', '1.9:5.2.1', '1.10:5.2.1', '1.11:5.2.1', '1.12:5.2.1'] }, waiver: null,
    }]);
  });

  test('can be waived, and needs no waiver where restricted is enforced', () => {
    expect(findings(namespace({ [ENFORCE]: 'baseline' }, WAIVER))).toMatchObject([{ rule: 'namespace-pod-security', waiver: { owner: 'platform team', expired: false } }]);
    expect(findings(namespace({ [ENFORCE]: 'restricted' }, WAIVER))).toMatchObject([{ rule: 'waiver-unmatched', message: "nothing here needs the waiver of 'namespace-pod-security'" }]);
  });
});
