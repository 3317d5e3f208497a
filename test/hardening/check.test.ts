import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { FailOn, HardenedDeployment, Hardening, ImageProfile, ProfileConfidence, SecureNamespace, SecurityDefaults, rules } from '../../src';

const PODS = rules.Pack.of(['pod-host-pid', 'pod-host-network', 'pod-privileged']);

function app(): { app: App; chart: Chart } {
  const made = Testing.app();
  SecurityDefaults.of(made).set({ today: '2026-06-01' });
  return { app: made, chart: new Chart(made, 'shop', { namespace: 'shop' }) };
}

function pod(scope: Chart, id: string, spec: object = { hostPID: true }): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'Pod', metadata: { name: id }, spec: { containers: [{ name: 'main', image: 'nginx:1.28' }], ...spec } });
}

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};
const lines = (made: App) => refusal(() => made.synth()).split('\n').slice(1).map(line => line.trim());

describe('checked in synthesis', () => {
  test('everything is said at once, at its construct, each once, however many charts there are', () => {
    const { app: made, chart } = app();
    Hardening.of(made).check({ pack: PODS });
    const charts = [chart, ...Array.from({ length: 4 }, (_, i) => new Chart(made, `c${i}`))];
    for (const scope of charts) pod(scope, 'a', { hostPID: true, hostNetwork: true });
    const said = lines(made);
    expect(said).toHaveLength(10);
    expect(new Set(said).size).toBe(10);
    expect(said.slice(0, 2)).toEqual([
      expect.stringMatching(/^\[shop\/a\] Pod shop\/a · spec\.hostNetwork: .* \[pod-host-network\]\./),
      expect.stringMatching(/^\[shop\/a\] Pod shop\/a · spec\.hostPID: .* \[pod-host-pid\]\./),
    ]);
  });

  test('beside what workloads of this library refuse; what other validations say comes before', () => {
    const { app: made, chart } = app();
    Hardening.of(made).check({ pack: PODS });
    let theirs = ['something of their own'];
    pod(chart, 'a').node.addValidation({ validate: () => theirs });
    new HardenedDeployment(chart, 'web', { containers: [{ image: 'nginx:1.28', securityContext: { privileged: true, allowPrivilegeEscalation: true } }] });
    expect(lines(made)).toEqual(['[shop/a] something of their own']);
    theirs = [];
    expect(lines(made)).toEqual([expect.stringContaining('[pod-host-pid]'), expect.stringMatching(/^\[shop\/web\] Deployment .*\[pod-privileged\]/)]);
  });

  test('what is clean is written as it is without', () => {
    const write = (check: boolean) => {
      const { app: made, chart } = app();
      new kplus.Deployment(chart, 'web', { containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
      const closed = new SecureNamespace(chart, 'closed');
      new HardenedDeployment(closed, 'db', { containers: [{ image: 'nginx:1.28', portNumber: 80 }], memoryLimit: '64Mi' });
      if (check) Hardening.of(made).check({ pack: PODS });
      return made.synthYaml();
    };
    expect(write(true)).toBe(write(false));
  });

  test('each object is written out once for all of it, and judged once', () => {
    const { app: made, chart } = app();
    const checks: string[] = [];
    class Counts extends rules.Rule {
      public check(manifest: any): rules.RuleViolation[] {
        checks.push(manifest.metadata.name);
        return [];
      }
    }
    Hardening.of(made).check({ pack: PODS.plus(new Counts({ id: 'acme-counts', title: 'Counts', advice: 'None.' })) });
    const objects = [chart, ...Array.from({ length: 9 }, (_, i) => new Chart(made, `c${i}`))].map((scope, i) => pod(scope, `p${i}`, {}));
    made.synth();
    expect(checks).toHaveLength(objects.length);
  });

  test('what was found of an object holds for one synthesis, and for no other that runs within it', () => {
    const { app: made, chart } = app();
    Hardening.of(made).check({ pack: PODS });
    const object = pod(chart, 'a', {});
    const within: unknown[] = [];
    pod(chart, 'b', {}).node.addValidation({
      validate: () => {
        const inner = app();
        Hardening.of(inner.app).check({ pack: PODS });
        pod(inner.chart, 'c', {});
        within.push(inner.app.synthYaml());
        return [];
      },
    });
    const before = made.synthYaml();
    object.addJsonPatch(JsonPatch.add('/spec/hostname', 'other'));
    expect(object.toJson().spec.hostname).toBe('other');
    const after = made.synthYaml();
    expect([before, after].map(text => text.includes('hostname: other'))).toEqual([false, true]);
    object.addJsonPatch(JsonPatch.add('/spec/hostPID', true));
    expect(refusal(() => object.toJson())).toContain('[pod-host-pid]');
    expect(refusal(() => made.synthYaml())).toContain('[pod-host-pid]');
    expect(new Set(within).size).toBe(1);
  });

  test('what a waiver on a workload of this library is for is asked of all rules, by the profiles of its scope', () => {
    const said = (rule: string) => {
      const { app: made, chart } = app();
      Hardening.of(made).check({ failOn: FailOn.WARNING });
      const profile = ImageProfile.of({ images: ['ghcr.io/acme/web'], user: 10001, confidence: ProfileConfidence.LOW });
      SecurityDefaults.of(made).set({ imageProfiles: [profile] });
      const annotations = { [`cdk8s-hardened/waive.${rule}`]: JSON.stringify({ reason: 'it was tried', owner: 'team shop' }) };
      new HardenedDeployment(chart, 'web', { containers: [{ image: 'ghcr.io/acme/web:1', portNumber: 8080 }], metadata: { annotations } });
      return refusal(() => made.synth());
    };
    expect(said('pod-host-pid')).toContain("nothing here needs the waiver of 'pod-host-pid' [waiver-unmatched]");
    expect(said('pod-image-profile')).toContain('[image-digest]');
    expect(said('pod-image-profile')).not.toContain('waiver-unmatched');
  });

  test.each<[FailOn | undefined, boolean, boolean]>([[undefined, true, false], [FailOn.WARNING, true, true], [FailOn.NEVER, false, false]])('fails on %s', (failOn, onError, onWarning) => {
    const fails = (severity: rules.Severity) => {
      const { app: made, chart } = app();
      pod(chart, 'a');
      Hardening.of(made).check({ pack: PODS.severity('pod-host-pid', severity), failOn });
      return refusal(() => made.synth()) !== '';
    };
    expect([fails(rules.Severity.ERROR), fails(rules.Severity.WARNING)]).toEqual([onError, onWarning]);
  });

  test('shows a hundred of what there is, and says how many more', () => {
    const { app: made, chart } = app();
    for (let i = 0; i < 120; i++) pod(chart, `p${i}`);
    Hardening.of(made).check({ pack: PODS });
    const said = lines(made);
    expect(said).toHaveLength(101);
    expect(said.join('\n')).toContain('… and 20 more, here and elsewhere: Hardening.of(app).report() has them all');
    expect(Hardening.of(made).report().errors).toHaveLength(120);
  });

  test('objects are judged beside each other, over all charts, and a waiver for that holds', () => {
    const { app: made, chart } = app();
    const other = new Chart(made, 'other', { namespace: 'shop' });
    const pack = rules.Pack.of(['service-selects-nothing']);
    const service = new ApiObject(chart, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' }, spec: { selector: { app: 'a' }, ports: [{ port: 80 }] } });
    new ApiObject(other, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', labels: { app: 'b' } }, spec: { containers: [{ name: 'c', image: 'd' }] } });
    Hardening.of(made).check({ pack, failOn: FailOn.WARNING });
    expect(lines(made)).toEqual([expect.stringMatching(/^\[shop\/service\] Service shop\/s · .*\[service-selects-nothing\]/)]);
    SecurityDefaults.of(service).waive({ rule: 'service-selects-nothing', reason: 'pods come from elsewhere', owner: 'team' });
    expect(lines(made)).toEqual([]);
    expect(Testing.synth(chart)[0].metadata.annotations).toEqual({ 'cdk8s-hardened/waive.service-selects-nothing': '{"reason":"pods come from elsewhere","owner":"team"}' });
  });

  test('a report needs nothing before, and changes nothing', () => {
    const { app: made, chart } = app();
    pod(chart, 'a');
    const before = made.synthYaml();
    const report = Hardening.of(chart).report();
    expect(report.errors.map(({ rule, where, subject }) => [rule, where, subject])).toContainEqual(['pod-host-pid', 'shop/a', 'Pod shop/a']);
    expect(report.toString().split('\n')[0]).toMatch(/^shop\/a · Pod shop\/a · /);
    expect(made.synthYaml()).toBe(before);
  });

  test('what cannot be written is said, and hides nothing', () => {
    const { app: made, chart } = app();
    Hardening.of(made).check({ pack: PODS });
    pod(chart, 'a');
    new ApiObject(chart, 'list', { apiVersion: 'v1', kind: 'List', items: ['no object'] });
    const broken = pod(chart, 'b', {});
    broken.toJson = () => { throw new Error('out of order'); };
    expect(lines(made)).toEqual([
      expect.stringContaining('[pod-host-pid]'), expect.stringContaining('[object-invalid]'), '[shop/b] out of order',
    ]);
  });
});

describe("a rule of one's own", () => {
  class TeamLabel extends rules.Rule {
    constructor() {
      super({ id: 'acme-team-label', title: 'Every workload names its team', advice: "Add the label 'team'.", kinds: ['Deployment', 'Pod'] });
    }

    public check({ metadata }: any): rules.RuleViolation[] {
      return metadata.labels?.team ? [] : [{ field: 'metadata.labels.team', what: 'no team is named' }];
    }
  }

  test('speaks like all others, and can be waived', () => {
    const { app: made, chart } = app();
    const web = pod(chart, 'a', {});
    new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap' });
    Hardening.of(made).check({ pack: PODS.plus(new TeamLabel()) });
    expect(lines(made)).toEqual(["[shop/a] Pod shop/a · metadata.labels.team: no team is named [acme-team-label]. Add the label 'team'. To allow it all the same: SecurityDefaults.of(…).waive({ rule: 'acme-team-label', reason: '…', owner: '…' })."]);
    SecurityDefaults.of(web).waive({ rule: 'acme-team-label', reason: 'nobody owns it yet', owner: 'platform' });
    expect(lines(made)).toEqual([]);
    const report = rules.Audit.of(Testing.synth(chart), { pack: PODS.plus(new TeamLabel()) });
    expect(report.waived.map(({ rule }) => rule)).toEqual(['acme-team-label']);
    expect(report.errors).toEqual([]);
  });

  test.each(['team', 'Acme-Team', 'acme/team', `acme-${'x'.repeat(50)}`, 'acme--x', '__proto__'])("has an id that an annotation can carry: '%s' is none", id => {
    class Any extends rules.Rule {
      public check(): rules.RuleViolation[] {
        return [];
      }
    }
    expect(() => new Any({ id, title: '', advice: '' })).toThrow('[rule-id-invalid]');
  });

  test.each<[string, () => any]>([
    ['throws', () => { throw new Error('oh'); }],
    ['answers with no list', () => ({})],
    ['answers with half a breach', () => [{ what: 'x' }]],
  ])('that %s is told as a mistake in the rule', (_, check) => {
    class Broken extends rules.Rule {
      public check(): rules.RuleViolation[] {
        return check();
      }
    }
    const pack = PODS.plus(new Broken({ id: 'acme-broken', title: '', advice: '' }));
    expect(() => rules.Audit.of([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }], { pack })).toThrow(/the rule 'acme-broken' failed .*\[rule-failed\]\. Mend the rule\.$/);
  });
});

describe('a pack', () => {
  test('is never changed: each method gives another one', () => {
    const hardened = rules.Pack.hardened();
    const before = hardened.ruleIds;
    hardened.without('pod-seccomp').severity('pod-privileged', rules.Severity.WARNING);
    expect(hardened.ruleIds).toEqual(before);
    expect(rules.Pack.hardened().without('pod-seccomp').ruleIds).not.toContain('pod-seccomp');
  });

  test.each<[() => unknown, RegExp]>([
    [() => rules.Pack.of(['pod-privilegd']), /\[pack-unknown\]\. Did you mean 'pod-privileged'\?/],
    [() => rules.Pack.hardened().without('pod-privilegd'), /\[rule-unknown\]\. Did you mean 'pod-privileged'\?/],
    [() => rules.Pack.nsa().severity('nothing-such', rules.Severity.ERROR), /\[rule-unknown\]/],
    [() => rules.Pack.cis('0.9'), /\[pack-unknown\]\. Known are: 1\.8/],
  ])('refuses what it does not have', (run, message) => {
    expect(run).toThrow(message);
  });

  test('what the API server holds can be decided on, too', () => {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, dat: {} };
    const pack = rules.Pack.pssRestricted();
    expect(rules.Audit.of([manifest], { pack }).warnings.map(({ rule }) => rule)).toEqual(['schema-unknown-field']);
    expect(rules.Audit.of([manifest], { pack: pack.without('schema-unknown-field') }).findings).toEqual([]);
  });
});

describe('an audit of manifests', () => {
  test('names the item of a List, and refuses what is no object', () => {
    const bad = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { hostPID: true, containers: [] } };
    const { errors } = rules.Audit.of([{ apiVersion: 'v1', kind: 'List', items: [bad] }], { pack: PODS });
    expect(errors.map(({ where, field, rule }) => [where, field, rule])).toContainEqual(['manifests[0]', 'items[0].spec.hostPID', 'pod-host-pid']);
    expect(() => rules.Audit.of([{ kind: 'Pod' }])).toThrow(/^manifests\[0\]: it has no apiVersion.*\[manifest-invalid\]/);
  });
});
