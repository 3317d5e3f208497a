import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Include, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { stringify } from 'yaml';
import { FailOn, HardenedDeployment, Hardening, ImageProfile, SecurityDefaults, rules } from '../../src';

const PROBE = { httpGet: { path: '/ok', port: 8080 } };
/** A pod of which only a person could say more than is said here. */
const POD = {
  serviceAccountName: 'web',
  automountServiceAccountToken: false,
  containers: [{ name: 'main', image: 'nginx:1.28', ports: [{ containerPort: 80 }], livenessProbe: PROBE, readinessProbe: PROBE, resources: { limits: { memory: '64Mi' } } }],
};

/** Only what is asked of pods: what else the rules hold is not what is tried here. */
const PODS = rules.Pack.of(['pod-privileged', 'pod-run-as-non-root', 'pod-capabilities-drop', 'pod-seccomp', 'pod-read-only-root', 'pod-host-path', 'pod-privilege-escalation', 'pod-token-automount']);

function app(): { app: App; chart: Chart } {
  const made = Testing.app();
  SecurityDefaults.of(made).set({ today: '2026-06-01' });
  return { app: made, chart: new Chart(made, 'shop', { namespace: 'shop' }) };
}

function deployment(chart: Chart, id = 'web', spec: object = POD): ApiObject {
  const labels = { app: id };
  return new ApiObject(chart, id, {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: id },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  });
}

const podOf = (manifest: any) => manifest.spec.template.spec;
const whatever = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('enforced on what others wrote', () => {
  test('an object of plain cdk8s passes Pod Security restricted, and starts: its image is known', () => {
    const { chart } = app();
    deployment(chart);
    Hardening.of(chart).enforce({ pack: rules.Pack.pssRestricted() });
    const manifests = Testing.synth(chart);
    expect(rules.Audit.of(manifests, { pack: rules.Pack.pssRestricted() }).findings).toEqual([]);
    const { containers: [main], securityContext } = podOf(manifests[0]);
    expect(main.securityContext).toMatchObject({ runAsUser: 101, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(main.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toContain('/var/cache/nginx');
    expect(securityContext.sysctls).toEqual([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '0' }]);
  });

  test('a Deployment of cdk8s-plus is hardened where it stands', () => {
    const { chart } = app();
    const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'nginx:1.28', portNumber: 80, resources: { memory: { limit: undefined } } }] });
    Hardening.of(chart).enforce({ pack: PODS });
    const [manifest] = Testing.synth(chart);
    expect(podOf(manifest).containers[0].securityContext.capabilities).toEqual({ drop: ['ALL'] });
    expect(podOf(manifest).securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' });
    expect(ApiObject.of(web).toJson()).toEqual(manifest);
  });

  test('it does not matter whether objects are made before or after, or by a validation', () => {
    const { app: made, chart } = app();
    deployment(chart, 'before');
    Hardening.of(made).enforce({ pack: PODS });
    deployment(chart, 'after');
    chart.node.addValidation({
      validate: () => {
        if (!chart.node.tryFindChild('late')) deployment(chart, 'late');
        return [];
      },
    });
    made.synth();
    for (const manifest of Testing.synth(chart)) expect(podOf(manifest).containers[0].securityContext.readOnlyRootFilesystem).toBe(true);
    expect(Testing.synth(chart)).toHaveLength(3);
  });

  test('what an Include brings is hardened, also within a List', () => {
    const { app: made, chart } = app();
    const file = join(made.outdir, 'list.yaml');
    const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: POD });
    writeFileSync(file, stringify({ apiVersion: 'v1', kind: 'List', items: [pod('a'), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { x: 'z' } }, pod('b')] }));
    new Include(chart, 'theirs', { url: file });
    Hardening.of(chart).enforce({ pack: PODS });
    const [{ items }] = Testing.synth(chart);
    expect(items.map(({ spec }: any) => spec?.securityContext?.seccompProfile)).toEqual([{ type: 'RuntimeDefault' }, undefined, { type: 'RuntimeDefault' }]);
    expect(items[1]).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { x: 'z' } });
  });

  test.each([
    ['a Rollout', 'argoproj.io/v1alpha1', 'Rollout', (template: object) => ({ template }), (spec: any) => spec.template],
    ['a ScaledJob', 'keda.sh/v1alpha1', 'ScaledJob', (template: object) => ({ jobTargetRef: { template } }), (spec: any) => spec.jobTargetRef.template],
    ['a JobSet', 'jobset.x-k8s.io/v1alpha2', 'JobSet', (template: object) => ({ replicatedJobs: [{ name: 'a', template: { spec: { template } } }] }), (spec: any) => spec.replicatedJobs[0].template.spec.template],
  ])('%s is hardened like a workload of Kubernetes', (_, apiVersion, kind, specOf, templateOf) => {
    const { chart } = app();
    new ApiObject(chart, 'x', { apiVersion, kind, spec: specOf({ metadata: { labels: { a: 'b' } }, spec: POD }) });
    Hardening.of(chart).enforce({ pack: PODS });
    const template = templateOf(Testing.synth(chart)[0].spec);
    expect(template.metadata).toEqual({ labels: { a: 'b' } });
    expect(template.spec.containers[0].securityContext).toMatchObject({ runAsUser: 101, capabilities: { drop: ['ALL'] } });
  });

  test.each([['serving.knative.dev/v1', 'Service'], ['example.org/v1', 'Thing']])('a %s %s is judged and left as it is', (apiVersion, kind) => {
    const { chart } = app();
    new ApiObject(chart, 'x', { apiVersion, kind, metadata: { name: 'x' }, spec: { template: { spec: POD } } });
    Hardening.of(chart).enforce({ pack: PODS });
    const message = whatever(() => Testing.synth(chart));
    expect(message).toContain(`[shop/x] ${kind} shop/x · spec.template.spec.containers[0].securityContext.capabilities.drop`);
    expect(Hardening.of(chart).report().findings.map(({ rule }) => rule)).toContain('pod-read-only-root');
  });

  test('workloads of this library are left to themselves', () => {
    const written = (enforce: boolean) => {
      const { chart } = app();
      new HardenedDeployment(chart, 'web', { containers: [{ image: 'nginx:1.28', portNumber: 80 }], memoryLimit: '64Mi' });
      if (enforce) Hardening.of(chart).enforce({ pack: PODS });
      return Testing.synth(chart);
    };
    expect(written(true)).toEqual(written(false));
  });

  test('the nearest scope decides', () => {
    const { app: made, chart } = app();
    const other = new Chart(made, 'other');
    deployment(chart);
    deployment(other);
    Hardening.of(made).enforce({ pack: PODS });
    Hardening.of(other).check({ pack: PODS, failOn: FailOn.NEVER });
    expect(podOf(Testing.synth(chart)[0]).securityContext).toBeDefined();
    expect(podOf(Testing.synth(other)[0]).securityContext).toBeUndefined();
    expect(new Set(Hardening.of(made).report().findings.map(({ where }) => where))).toEqual(new Set(['other/web']));
  });

  test('the defaults of the scopes hold: users, profiles of own images', () => {
    const { app: made, chart } = app();
    const image = 'registry.acme.example/shop/web:1.0';
    deployment(chart, 'web', { ...POD, containers: [{ ...POD.containers[0], image, ports: [] }] });
    SecurityDefaults.of(made).set({ imageProfiles: [ImageProfile.of({ images: ['registry.acme.example/shop/web'], user: 4711, folders: [{ path: '/var/spool' }] })] });
    Hardening.of(made).enforce({ pack: rules.Pack.of(['pod-user-unknown', 'pod-image-profile', 'pod-read-only-root']) });
    expect(Hardening.of(made).report().findings).toEqual([]);
    const [main] = podOf(Testing.synth(chart)[0]).containers;
    expect(main.securityContext.runAsUser).toBe(4711);
    expect(main.volumeMounts).toEqual([{ mountPath: '/var/spool', name: expect.any(String) }]);
  });

  test('who is granted rights keeps a token, which expires; of a named account without any it is said', () => {
    const { chart } = app();
    const { automountServiceAccountToken: _, ...spec } = POD;
    deployment(chart, 'web', spec);
    deployment(chart, 'lonely', { ...spec, serviceAccountName: 'lonely' });
    new ApiObject(chart, 'binding', {
      apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'x' }, subjects: [{ kind: 'ServiceAccount', name: 'web', namespace: 'shop' }],
    });
    Hardening.of(chart).enforce({ pack: PODS });
    const [web, lonely] = Testing.synth(chart).filter(({ kind }) => kind === 'Deployment').map(podOf);
    expect(web).toMatchObject({ automountServiceAccountToken: false, volumes: expect.arrayContaining([expect.objectContaining({ name: 'kube-api-access' })]) });
    expect(JSON.stringify(lonely)).not.toContain('kube-api-access');
    expect(Hardening.of(chart).report().warnings).toEqual([expect.objectContaining({ rule: 'pod-token-automount', where: 'shop/lonely', what: expect.stringContaining("the account 'lonely'") })]);
  });
});

describe('what was enforced cannot be undone', () => {
  test.each<[string, JsonPatch, string]>([
    ['a privileged container', JsonPatch.add('/spec/template/spec/containers/0/securityContext', { privileged: true }), 'pod-privileged'],
    ['a writable root', JsonPatch.add('/spec/template/spec/containers/0/securityContext', { readOnlyRootFilesystem: false }), 'pod-read-only-root'],
    ['a folder of the node', JsonPatch.add('/spec/template/spec/volumes', [{ name: 'x', hostPath: { path: '/' } }]), 'pod-host-path'],
  ])('by a later patch: %s stops synthesis, and says what to do', (_, patch, rule) => {
    const { app: made, chart } = app();
    const web = deployment(chart);
    Hardening.of(chart).enforce({ pack: PODS });
    web.addJsonPatch(patch);
    const message = whatever(() => made.synth());
    expect(message).toMatch(new RegExp(`^Validation failed with the following errors:\\n {2}\\[shop/web\\] Deployment shop/web · .*\\[${rule}\\]\\. .*SecurityDefaults\\.of\\(…\\)\\.waive\\(\\{ rule: '${rule}',.*$`));
    expect(whatever(() => web.toJson())).toContain(`[${rule}]`);
  });

  test('but by a waiver, which goes into the annotations of the object', () => {
    const { app: made, chart } = app();
    const web = deployment(chart, 'web', { ...POD, volumes: [{ name: 'x', hostPath: { path: '/var/log' } }] });
    Hardening.of(chart).enforce({ pack: PODS });
    SecurityDefaults.of(web).waive({ rule: 'pod-host-path', reason: 'reads logs', owner: 'team' });
    made.synth();
    const [manifest] = Testing.synth(chart);
    expect(manifest.metadata.annotations).toEqual({ 'cdk8s-hardened/waive.pod-host-path': '{"reason":"reads logs","owner":"team"}' });
    expect(manifest.spec.template.metadata.annotations).toBeUndefined();
    expect(Hardening.of(chart).report().waived).toMatchObject([{ rule: 'pod-host-path', waiver: { owner: 'team' } }]);
  });

  test('by a waiver of a scope above, also one that was granted before; one that nothing needs fails', () => {
    const { app: made, chart } = app();
    SecurityDefaults.of(made).waive({ rule: 'pod-host-path', reason: 'reads logs', owner: 'team' });
    Hardening.of(chart).enforce({ pack: PODS });
    const web = deployment(chart, 'web', { ...POD, volumes: [{ name: 'x', hostPath: { path: '/var/log' } }] });
    made.synth();
    web.addJsonPatch(JsonPatch.remove('/spec/template/spec/volumes'));
    expect(whatever(() => made.synth())).toContain("nothing below needs the waiver of 'pod-host-path' [waiver-unmatched]");
  });

  test('a waiver that has expired allows nothing', () => {
    const { chart } = app();
    const web = deployment(chart, 'web', { ...POD, volumes: [{ name: 'x', hostPath: { path: '/var/log' } }] });
    Hardening.of(chart).enforce({ pack: PODS });
    SecurityDefaults.of(web).waive({ rule: 'pod-host-path', reason: 'reads logs', owner: 'team', until: '2026-05-31' });
    expect(whatever(() => Testing.synth(chart))).toMatch(/\[pod-host-path\][^]*\[waiver-expired\]/);
  });
});

describe('what cannot be hardened is said', () => {
  test('a pod whose fields have wrong types', () => {
    const { chart } = app();
    deployment(chart, 'web', { ...POD, securityContext: { runAsUser: '1000' } });
    Hardening.of(chart).enforce({ pack: rules.Pack.pssRestricted() });
    expect(whatever(() => Testing.synth(chart))).toContain('[shop/web] a field of the pod has a type that the API server refuses, so the pod cannot be hardened [pod-unsound]');
  });

  test('data without a volume, in the words of manifests', () => {
    const { chart } = app();
    deployment(chart, 'db', { ...POD, containers: [{ ...POD.containers[0], image: 'postgres:17' }] });
    Hardening.of(chart).enforce({ pack: PODS });
    const message = whatever(() => Testing.synth(chart));
    expect(message).toContain('[data-folder-without-claim]. Mount a claim there, or, if the files may be lost with the pod, an emptyDir.');
  });
});
