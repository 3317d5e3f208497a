import { writeFileSync } from 'node:fs';
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
