import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { HardenedValidation, HardenedValidationProps } from '../src';

/** What cdk8s-cli hands to plugins, as far as its documentation tells; it takes nothing after the report is handed in. */
class Context {
  public readonly violations: any[] = [];
  public submitted?: { status: string; metadata: { [key: string]: string } };
  public readonly report = {
    addViolation: (violation: any) => {
      if (this.submitted) throw new Error('Violations cannot be added to report after its submitted');
      this.violations.push(violation);
    },
    submit: (status: string, metadata: { [key: string]: string }) => { this.submitted = { status, metadata }; },
  };

  constructor(public readonly manifests: readonly string[]) {}

  public get rules(): string[] {
    return this.violations.map(({ ruleName }) => ruleName);
  }
}

function app(...objects: { kind: string; spec?: object; metadata?: object }[]): { app: App; file: string } {
  const made = Testing.app({ recordConstructMetadata: true });
  const chart = new Chart(made, 'shop');
  objects.forEach((object, i) => new ApiObject(chart, `o${i}`, { apiVersion: 'v1', ...object }));
  made.synth();
  return { app: made, file: join(made.outdir, 'shop.k8s.yaml') };
}

async function validated(file: string, properties?: HardenedValidationProps): Promise<Context> {
  const context = new Context([file]);
  await new HardenedValidation(properties).validate(context);
  return context;
}

const POD = { kind: 'Pod', metadata: { name: 'a' }, spec: { hostNetwork: true, containers: [{ name: 'main', image: 'nginx:1.28' }] } };
const BASELINE = { pack: 'pss-baseline' };

describe('the validations plugin of cdk8s-cli', () => {
  test('reports a violation a rule: whom, where, and what to do', async () => {
    const { file } = app(POD);
    const { violations, submitted } = await validated(file, BASELINE);
    expect(submitted).toEqual({ status: 'failure', metadata: { pack: 'pss-baseline', kubernetes: '1.37', errors: '1', warnings: '0', waived: '0' } });
    expect(violations).toEqual([{
      ruleName: expect.stringMatching(/^pod-host/),
      recommendation: 'hostNetwork is off',
      fix: expect.stringMatching(/\.$/),
      violatingResources: [{ resourceName: 'a', manifestPath: file, locations: [expect.stringMatching(/^shop\/o0 · line 9 · spec\.hostNetwork: the pod is on the network of its node/)] }],
    }]);
  });

  test('is content with what is clean', async () => {
    const { file } = app({ kind: 'ConfigMap', metadata: { name: 'c' } });
    expect(await validated(file, BASELINE)).toMatchObject({ violations: [], submitted: { status: 'success' } });
  });

  test('leaves out what a waiver allows, and counts it', async () => {
    const annotations = { 'cdk8s-hardened/waive.pod-host-network': '{"reason":"a test","owner":"team"}' };
    const { rules, submitted } = await validated(app({ ...POD, metadata: { name: 'a', annotations } }).file, BASELINE);
    expect(rules).toEqual([]);
    expect(submitted!.metadata.waived).toBe('1');
  });

  test('names no construct that another object of the name could have written', async () => {
    const { violations: [{ violatingResources }] } = await validated(app(POD, { kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } }).file, BASELINE);
    expect(violatingResources).toMatchObject([{ resourceName: 'Pod a', locations: [expect.stringMatching(/^line 9 · spec/)] }]);
  });

  test.each<[string, HardenedValidationProps, string]>([
    ['never', { ...BASELINE, failOn: 'never' }, 'success'],
    ['a rule that is off', { ...BASELINE, rules: { 'pod-host-network': 'off' } }, 'success'],
    ['a rule that is a warning', { ...BASELINE, rules: { 'pod-host-network': 'warning' } }, 'success'],
    ['warnings that count', { ...BASELINE, rules: { 'pod-host-network': 'warning' }, failOn: 'warning' }, 'failure'],
    ['several packs', { pack: 'pss-baseline, pod-seccomp' }, 'failure'],
  ])('does as the properties say: %s', async (_, properties, status) => {
    expect((await validated(app(POD).file, properties)).submitted!.status).toBe(status);
  });

  describe('reads what the repository has decided', () => {
    const decided = (config: string, folder = mkdtempSync(join(tmpdir(), 'validation-'))) => {
      mkdirSync(join(folder, 'app'));
      writeFileSync(join(folder, '.hardened.yaml'), config);
      jest.spyOn(process, 'cwd').mockReturnValue(join(folder, 'app'));
      return folder;
    };
    afterEach(() => jest.restoreAllMocks());
    const image = (user?: number) => ({
      kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'main', image: 'docker.io/acme/a:1', ...user && { securityContext: { runAsUser: user } } }] },
    });

    test('upwards from the working folder: packs, severities, rules that are off, which findings fail, the version', async () => {
      decided("pack: [pss-baseline, pod-seccomp]\nrules: { pod-seccomp: warning }\nkubernetes: '1.33'\nfailOn: warning\n");
      const { file } = app(image());
      expect(await validated(file)).toMatchObject({ rules: ['pod-seccomp'], submitted: { status: 'failure', metadata: { errors: '0', warnings: '1', kubernetes: '1.33' } } });
      jest.restoreAllMocks();
      decided('pack: [pss-baseline, pod-seccomp]\nrules: { pod-seccomp: off }');
      expect(await validated(file)).toMatchObject({ rules: [], submitted: { status: 'success' } });
    });

    test('parameters of rules', async () => {
      decided('pack: [image-registry, pod-high-user]\nparameters: { allowedRegistries: [registry.example.org], minimumUid: 500 }');
      expect((await validated(app(image(1000)).file)).rules).toEqual(['image-registry']);
      expect((await validated(app(image(1000)).file, { allowedRegistries: ['docker.io/acme'], minimumUid: 2000 })).rules).toEqual(['pod-high-user']);
    });

    test('but its own properties go before', async () => {
      decided("pack: pod-seccomp\nrules: { pod-seccomp: off, pod-host-network: off }\nfailOn: never\nkubernetes: '1.30'\n");
      const { file } = app(POD);
      const { rules, submitted } = await validated(file, { pack: 'pod-seccomp,pod-host-network', rules: { 'pod-seccomp': 'error' }, failOn: 'error', kubernetes: '1.35' });
      expect(rules).toEqual(['pod-seccomp']);
      expect(submitted).toMatchObject({ status: 'failure', metadata: { kubernetes: '1.35' } });
    });

    test('in another file, where one is named', async () => {
      const folder = decided('pack: pod-seccomp');
      writeFileSync(join(folder, 'other.yaml'), 'pack: pod-host-network');
      expect((await validated(app(POD).file, { config: join(folder, 'other.yaml') })).rules).toEqual(['pod-host-network']);
      expect(() => new HardenedValidation({ config: join(folder, 'none.yaml') })).toThrow(/HardenedValidation: '.*none.yaml': .*\[config-invalid\]/);
    });

    test('and what it states of who reaches whom, at its line', async () => {
      const folder = decided('pack: pod-host-network\ninvariants:\n  - none: { to: default/a, port: 22 }\n');
      const { violations, submitted } = await validated(app({ ...image(), metadata: { name: 'a', namespace: 'default' } }).file);
      expect(submitted!.status).toBe('failure');
      expect(violations).toMatchObject([{
        ruleName: 'invariant-broken',
        recommendation: 'What is stated of who reaches whom holds',
        violatingResources: [{ resourceName: '.hardened.yaml', manifestPath: join(folder, '.hardened.yaml'), locations: [expect.stringMatching(/^line 3 · invariants\[0\]: default\/a must be reached by nobody on port 22/)] }],
      }]);
    });

    test.each([
      ['rules: { pod-secomp: off }', /^[^ ]*\.hardened\.yaml:1: 'pod-secomp' is no rule \[rule-unknown\]\. Did you mean 'pod-seccomp'\?$/],
      ['pack: none-such', /\.hardened\.yaml:1: 'none-such' is no pack/],
      ["kubernetes: '2.0'", /\.hardened\.yaml:1: .*\[kubernetes-version-unknown\]/],
      ['packs: nsa', /\.hardened\.yaml:1: there is no setting 'packs' \[config-invalid\]/],
    ])('and refuses what means nothing there: %s', (config, message) => {
      decided(config);
      expect(() => new HardenedValidation()).toThrow(message);
    });
  });

  test('fails where something could not be read, and says what', async () => {
    const { app: made } = app(POD);
    const file = join(made.outdir, 'broken.yaml');
    writeFileSync(file, 'a: [1\n');
    const { rules, violations, submitted } = await validated(file, BASELINE);
    expect(rules).toEqual(['input-unreadable']);
    expect(violations[0].violatingResources[0].manifestPath).toBe(file);
    expect(submitted!.status).toBe('failure');
  });

  test.each<[HardenedValidationProps, RegExp]>([
    [{ pack: 'pss-restrictd' }, /^cdk8s.yaml: validations: HardenedValidation: 'pss-restrictd' is no pack and no rule \[pack-unknown\]\. Did you mean 'pss-restricted'\?$/],
    [{ failOn: 'errors' }, /failOn is 'errors' \[validation-invalid\]/],
    [{ packs: 'nsa' } as HardenedValidationProps, /there is no property 'packs' \[validation-invalid\]\. There are: pack/],
    [{ rules: { 'pod-seccomp': 'no' } }, /the rule 'pod-seccomp' is to be 'no'/],
    [{ kubernetes: '2.0' }, /\[kubernetes-version-unknown\]/],
  ])('refuses properties that mean nothing: %j', (properties, message) => {
    expect(() => new HardenedValidation(properties)).toThrow(message);
  });
});
