import { copy } from '../../src/kube/json';
import { podPart } from '../../src/kube/kinds';
import { Manifest } from '../../src/kube/pod-spec';
import { AlikeManifests } from '../../src/rules/alike-manifests';
import { AuditFinding, audit, judge as judgeOne, lookAcross, rulesAsked } from '../../src/rules/audit';
import { PACKS } from '../../src/rules/packs';

const TODAY = '2026-11-21';
const GOOD = { reason: 'reads the logs of the node', owner: 'platform team' };

/** A Deployment that mounts the node's logs, and passes everything else. */
function deployment(waivers: { [rule: string]: unknown } = {}, tweak: (spec: any) => void = () => {}): Manifest {
  const spec = {
    serviceAccountName: 'web',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }],
    containers: [{
      name: 'web',
      image: `ghcr.io/acme/web:1@sha256:${'0'.repeat(64)}`,
      ports: [{ containerPort: 8080 }],
      livenessProbe: { tcpSocket: { port: 8080 } },
      readinessProbe: { httpGet: { path: '/ok', port: 8080 } },
      resources: { requests: { cpu: '50m' }, limits: { 'memory': '64Mi', 'ephemeral-storage': '64Mi' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, runAsUser: 10001, runAsGroup: 10001 },
    }],
  };
  tweak(spec);
  const annotations = Object.fromEntries(Object.entries(waivers).map(([rule, waiver]) => (
    [`cdk8s-hardened/waive.${rule}`, typeof waiver === 'string' ? waiver : JSON.stringify(waiver)]
  )));
  const labels = { app: 'web' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', annotations },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } } as Manifest['spec'],
  };
}

function judge(manifest: Manifest, pack = 'hardened', minor = 37): readonly AuditFinding[] {
  return audit(manifest, { pack: PACKS.find(({ name }) => name === pack)!, minor, today: TODAY });
}

/** `rule`, or `(rule)` where a waiver allows it. */
function shortly(findings: readonly AuditFinding[]): string[] {
  return findings.map(({ rule, waiver }) => waiver && !waiver.expired ? `(${rule})` : rule);
}

const sentences = (findings: readonly AuditFinding[]) => findings.map(({ field, message, rule, advice }) => `${field}: ${message} [${rule}]. ${advice}`);

describe('one stream of findings', () => {
  test('what the API server says first, then the rules, then the waivers', () => {
    const manifest = deployment({ 'pod-host-pid': GOOD }, spec => { spec.containers[0].securtyContext = {}; });
    expect(shortly(judge(manifest))).toEqual(['schema-unknown-field', 'pod-host-path', 'waiver-unmatched']);
  });

  test('says the same of fields that it drops under every pack: a typo protects nobody', () => {
    const manifest = deployment({}, spec => {
      spec.volumes = [];
      spec.containers[0].securtyContext = {};
    });
    for (const { name, exact } of PACKS) {
      // Pod Security's verdict is Pod Security's alone.
      expect(judge(manifest, name)).toMatchObject([{ rule: 'schema-unknown-field', severity: exact ? 'warning' : 'error' }]);
    }
  });

  test('says of pods that objects of other kinds embed what it says of others, at their fields', () => {
    const { spec, metadata } = deployment({ 'pod-host-path': GOOD }, pod => { pod.containers[0].securityContext.privileged = true; });
    const rollout = (apiVersion: string, holder: object) => judge({ apiVersion, kind: apiVersion.startsWith('argo') ? 'Rollout' : 'Elasticsearch', metadata, spec: holder } as Manifest);
    const found = rollout('argoproj.io/v1alpha1', { template: spec!.template });
    expect(shortly(found)).toEqual(['pod-privileged', '(pod-host-path)']);
    expect(found[0].field).toBe('spec.template.spec.containers[0].securityContext.privileged');
    expect(rollout('elasticsearch.k8s.elastic.co/v1', { podTemplate: spec!.template }).map(({ rule }) => rule)).toEqual(['waiver-unmatched']);
  });

  test('has no schema for a Kubernetes that is older than those known, but Pod Security', () => {
    const manifest = deployment({}, spec => { spec.containers[0].securtyContext = {}; });
    expect(shortly(judge(manifest, 'pss-restricted', 20))).toEqual(['pod-volume-types']);
  });

  test('names no rule that the pack does not list', () => {
    const manifest = deployment({ 'pod-host-pid': GOOD, 'pod-x': GOOD }, spec => { spec.containers[0] = { name: 'web', x: 1 }; });
    for (const pack of PACKS) {
      const ids = rulesAsked(pack).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { rule } of judge(manifest, pack.name)) expect(ids).toContain(rule);
    }
  });

  test('leaves the manifest as it was', () => {
    const manifest = { ...deployment(), spec: { template: { spec: { containers: [null, 7], volumes: 'x' } } } } as unknown as Manifest;
    const before = JSON.stringify(manifest);
    judge(manifest);
    expect(JSON.stringify(manifest)).toBe(before);
  });

  test('a fingerprint stays when containers move, and tells containers apart', () => {
    const side = { name: 'side', image: 'ghcr.io/acme/side:1', securityContext: { privileged: true } };
    const of = (containers: (first: object) => object[]) => judge(deployment({}, spec => { spec.containers = containers(spec.containers[0]); }))
      .filter(({ container }) => container === 'side').map(({ fingerprint }) => fingerprint).sort();
    expect(of(first => [first, side])).toEqual(of(first => [side, first]));
    expect(new Set(of(first => [first, side])).size).toBe(of(first => [first, side]).length);
  });
});

describe('a waiver in a manifest', () => {
  test('allows what it is for, and is shown', () => {
    const [finding, ...rest] = judge(deployment({ 'pod-host-path': { ...GOOD, until: TODAY, ticket: 'SEC-1' } }));
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ rule: 'pod-host-path', waiver: { ...GOOD, until: TODAY, ticket: 'SEC-1', expired: false } });
  });

  test('allows what another rule says of the same thing', () => {
    expect(shortly(judge(deployment({ 'pod-host-path': GOOD }), 'pss-restricted'))).toEqual(['(pod-volume-types)']);
  });

  test('allows a fault by the schema, too', () => {
    const manifest = deployment({ 'schema-unknown-field': GOOD, 'pod-host-path': GOOD }, spec => { spec.newField = 1; });
    expect(shortly(judge(manifest))).toEqual(['(schema-unknown-field)', '(pod-host-path)']);
  });

  test('that has expired allows nothing and is a finding of its own', () => {
    const findings = judge(deployment({ 'pod-host-path': { ...GOOD, until: '2026-11-20' } }));
    expect(findings[0].waiver).toMatchObject({ expired: true });
    expect(sentences(findings)).toEqual([
      expect.stringContaining("spec.template.spec.volumes[0].hostPath: volume 'logs' is a folder of the node [pod-host-path]."),
      "metadata.annotations[cdk8s-hardened/waive.pod-host-path]: the waiver of 'pod-host-path' expired on 2026-11-20 [waiver-expired]. "
        + 'Mend what it was for, or have platform team extend it.',
    ]);
  });

  test('that nothing needs is a finding, but only under a pack that asks its rule', () => {
    const manifest = deployment({ 'pod-host-path': GOOD, 'pod-service-account': GOOD });
    expect(sentences(judge(manifest)).slice(1)).toEqual([
      "metadata.annotations[cdk8s-hardened/waive.pod-service-account]: nothing here needs the waiver of 'pod-service-account' [waiver-unmatched]. Remove it.",
    ]);
    expect(shortly(judge(manifest, 'pss-baseline'))).toEqual(['(pod-host-path)']);
  });

  test('of one container allows nothing in another', () => {
    const manifest = deployment({ 'pod-privileged': { ...GOOD, container: 'side' } }, spec => {
      spec.volumes = [];
      spec.containers[0].securityContext.privileged = true;
      delete spec.containers[0].securityContext.allowPrivilegeEscalation;
    });
    expect(sentences(judge(manifest))).toEqual([
      expect.stringContaining('[pod-privileged]'),
      "metadata.annotations[cdk8s-hardened/waive.pod-privileged]: nothing here needs the waiver of 'pod-privileged' for container 'side' [waiver-unmatched]. Remove it.",
    ]);
  });

  test('of several containers stands in a list', () => {
    const waivers = ['web', 'side'].map(container => ({ ...GOOD, container }));
    const manifest = deployment({ 'pod-read-only-root': waivers }, spec => {
      spec.volumes = [];
      spec.containers[0].securityContext.readOnlyRootFilesystem = false;
      spec.containers.push({ ...spec.containers[0], name: 'side' });
    });
    expect(shortly(judge(manifest))).toEqual(['(pod-read-only-root)', '(pod-read-only-root)']);
  });

  test.each(['hardened', 'pss-restricted'])('that only an older Kubernetes needs is no fault under %s: manifests are written for several', pack => {
    const manifest = deployment({ 'pod-sysctls': GOOD }, spec => {
      spec.volumes = [];
      spec.securityContext.sysctls = [{ name: 'net.ipv4.tcp_keepalive_time', value: '60' }];
    });
    expect(shortly(judge(manifest, pack, 27))).toEqual(['(pod-sysctls)']);
    expect(shortly(judge(manifest, pack, 37))).toEqual([]);
  });

  test('of a rule that there is not says which was meant', () => {
    expect(sentences(judge(deployment({ 'pod-host-path': GOOD, 'pod-hostpath': GOOD }))).slice(1)).toEqual([
      "metadata.annotations[cdk8s-hardened/waive.pod-hostpath]: the waiver of 'pod-hostpath' is for no rule that there is [waiver-unmatched]. Did you mean 'pod-host-path'?",
    ]);
  });

  test.each([
    ['not json', "the waiver 'cdk8s-hardened/waive.pod-host-path' is no JSON object"],
    ['[]', "the waiver 'cdk8s-hardened/waive.pod-host-path' is no JSON object"],
    ['[7]', "the waiver 'cdk8s-hardened/waive.pod-host-path' is no JSON object"],
    [{ owner: 'a' }, "the waiver of 'pod-host-path' has no reason"],
    [{ reason: 'a', owner: ['b'] }, "the waiver of 'pod-host-path' has no owner"],
    [{ ...GOOD, until: 'soon' }, "'soon' is no date for the end of the waiver of 'pod-host-path'", expect.stringContaining('YYYY-MM-DD')],
    [{ ...GOOD, until: 2027 }, "the until of the waiver of 'pod-host-path' is no text"],
    [{ ...GOOD, ticket: {} }, "the ticket of the waiver of 'pod-host-path' is no text"],
    [{ ...GOOD, untill: '2026-01-01' }, "the waiver of 'pod-host-path' says 'untill', which waivers do not have", "Did you mean 'until'?"],
    [{ ...GOOD, rule: 'pod-privileged' }, "the waiver of 'pod-host-path' says 'rule', which waivers do not have", 'Known are: container, owner, reason, ticket, until.'],
  ])('written as %j allows nothing', (waiver, message, advice = 'Write reason and owner as JSON: {"reason":"…","owner":"…"}.') => {
    const [found, broken, ...rest] = judge(deployment({ 'pod-host-path': waiver }));
    expect(found).toMatchObject({ rule: 'pod-host-path', waiver: null });
    expect(broken).toMatchObject({ rule: 'waiver-invalid', message, advice, field: 'metadata.annotations[cdk8s-hardened/waive.pod-host-path]' });
    expect(rest).toEqual([]);
  });

  test.each(['waiver.pod-host-path', 'Waive.pod-host-path', 'waive/pod-host-path', 'waived-pod-host-path'])('under the misspelt key %s is not passed over', key => {
    const manifest = deployment({ 'pod-host-path': GOOD });
    manifest.metadata.annotations = { [`cdk8s-hardened/${key}`]: JSON.stringify(GOOD) };
    expect(judge(manifest)).toEqual([
      expect.objectContaining({ rule: 'pod-host-path', waiver: null }),
      expect.objectContaining({
        rule: 'waiver-invalid', field: `metadata.annotations[cdk8s-hardened/${key}]`, message: `the annotation 'cdk8s-hardened/${key}' is none that is read`,
        advice: "Did you mean 'cdk8s-hardened/waive.pod-host-path'?",
      }),
    ]);
  });

  test('on the pod template allows nothing, and is not passed over', () => {
    const manifest = deployment({});
    podPart(manifest)!.meta.annotations = { 'cdk8s-hardened/waive.pod-host-path': JSON.stringify(GOOD) };
    expect(judge(manifest)).toEqual([
      expect.objectContaining({ rule: 'pod-host-path', waiver: null }),
      expect.objectContaining({
        rule: 'waiver-invalid', field: 'spec.template.metadata.annotations[cdk8s-hardened/waive.pod-host-path]', advice: 'Move it to metadata.annotations of the Deployment.',
      }),
    ]);
  });
});

test('nothing is added to what is judged, whatever it lacks', () => {
  const job = (more: object): Manifest => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a', namespace: 'b' }, spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'a:1' }] } }, ...more } });
  const manifests = [job({}), job({ suspend: null }), job({ suspended: true }), job({})];
  const before = copy(manifests);
  for (const alike of [undefined, new AlikeManifests()]) {
    const yardstick = { pack: PACKS[0], minor: 35, today: TODAY, alike };
    const across = lookAcross(manifests, yardstick);
    for (const manifest of manifests) judgeOne(manifest, yardstick, across.get(manifest), across.look(manifest));
    expect(manifests).toEqual(before);
  }
});
