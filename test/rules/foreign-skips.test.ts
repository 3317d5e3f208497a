import { Manifest } from '../../src/kube/pod-spec';
import { audit } from '../../src/rules/audit';
import { packNamed } from '../../src/rules/packs';

const pod = { hostPID: true, containers: [{ name: 'a', image: 'ghcr.io/acme/a:1' }] };

function said(annotations: object, { template = {}, pack = 'hardened' } = {}): { field: string; message: string; advice: string }[] {
  const manifest = {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', annotations },
    spec: { selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' }, annotations: template }, spec: pod } },
  } as unknown as Manifest;
  return audit(manifest, { pack: packNamed(pack)!, minor: 37, today: '2026-01-01' }).filter(({ rule }) => rule === 'waiver-foreign');
}
const messages = (annotations: object, options = {}) => said(annotations, options).map(({ message }) => message);

describe('what another scanner is told to skip is said', () => {
  test.each<[string, string, string]>([
    ['checkov.io/skip1', 'CKV_K8S_17=it looks at processes', "Checkov is told to skip 'CKV_K8S_17', since 'it looks at processes'"],
    ['checkov.io/skip17', 'CKV_K8S_17', "Checkov is told to skip 'CKV_K8S_17', no reason given"],
    ['checkov.io/skip1', 'CKV_K8S_17=', "Checkov is told to skip 'CKV_K8S_17', no reason given"],
    ['checkov.io/skip1', ' CKV_K8S_17 = a=b ', "Checkov is told to skip 'CKV_K8S_17', since 'a=b'"],
    ['bridgecrew.io/skip2', 'CKV_K8S_17', "Checkov is told to skip 'CKV_K8S_17', no reason given"],
    ['ignore-check.kube-linter.io/host-pid', 'it looks at processes', "kube-linter is told to skip 'host-pid', since 'it looks at processes'"],
    ['ignore-check.kube-linter.io/host-pid', ' ', "kube-linter is told to skip 'host-pid', no reason given"],
    ['kube-linter.io/ignore-all', 'made by an operator', "kube-linter is told to skip everything, since 'made by an operator'"],
    ['kube-score/skip', 'true', 'kube-score is told to skip everything, no reason given'],
    ['polaris.fairwinds.com/exempt', 'True', 'Polaris is told to skip everything, no reason given'],
    ['polaris.fairwinds.com/hostPIDSet-exempt', 'true', "Polaris is told to skip 'hostPIDSet', no reason given"],
  ])('%s: %j', (key, value, message) => expect(messages({ [key]: value })).toEqual([message]));

  test('each of a list by itself', () => {
    expect(messages({ 'kube-score/ignore': 'pod-probes, ,container-resources' })).toEqual([
      "kube-score is told to skip 'pod-probes', no reason given", "kube-score is told to skip 'container-resources', no reason given",
    ]);
  });

  test('on a pod template, too, at its own field', () => {
    expect(said({}, { template: { 'checkov.io/skip1': 'CKV_K8S_17' } })).toMatchObject([{ field: 'spec.template.metadata.annotations[checkov.io/skip1]' }]);
  });

  test.each<[string, unknown]>([
    ['polaris.fairwinds.com/exempt', 'false'], ['kube-score/skip', 'no'], ['kube-score/ignored', 'x'], ['example.org/skip1', 'CKV_K8S_17'],
    ['ignore-check.kube-linter.io.example', ''], ['checkov.io/skip1', 7], ['__proto__x', '{}'], ['polaris.fairwinds.com/exemption', 'true'],
  ])('%s: %j tells nobody to skip anything', (key, value) => expect(messages({ [key]: value })).toEqual([]));
});

describe('it names the rule that asks the same', () => {
  const [{ advice }] = said({ 'checkov.io/skip1': 'CKV_K8S_17=r' });

  test('and does not waive it', () => {
    expect(advice).toBe("Here 'pod-host-pid' asks the same, and the annotation does not waive it: "
      + "remove it, or write 'cdk8s-hardened/waive.pod-host-pid' with reason and owner as well.");
    const metadata = { name: 'a', annotations: { 'checkov.io/skip1': 'CKV_K8S_17=r' } };
    const manifest = { apiVersion: 'v1', kind: 'Pod', metadata, spec: pod } as unknown as Manifest;
    const findings = audit(manifest, { pack: packNamed('hardened')!, minor: 37, today: '2026-01-01' });
    expect(findings.find(({ rule }) => rule === 'pod-host-pid')).toMatchObject({ severity: 'error', waiver: null });
  });

  test('all of them where several do, none where none does', () => {
    expect(said({ 'checkov.io/skip1': 'CKV_K8S_23' })[0].advice).toMatch(/^Here 'pod-run-as-.*', 'pod-run-as-.*' ask the same/);
    expect(said({ 'checkov.io/skip1': 'CUSTOM_1' })[0].advice).toMatch(/^Remove the annotation, or write a waiver/);
  });

  test('and is quiet where a waiver of that rule accounts for it', () => {
    expect(messages({ 'checkov.io/skip1': 'CKV_K8S_17', 'cdk8s-hardened/waive.pod-host-pid': '{"reason":"r","owner":"o"}' })).toEqual([]);
  });
});

test("Pod Security's own verdict, and a benchmark's, have nothing to do with it", () => {
  for (const pack of ['pss-restricted', 'cis', 'nsa']) expect(messages({ 'kube-score/skip': 'true' }, { pack })).toEqual([]);
});
