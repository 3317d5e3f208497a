import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call } from './called';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, image: nginx, securityContext: { privileged: true } }
`;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
  mkdirSync(join(folder, 'apps', 'web'), { recursive: true });
  writeFileSync(join(folder, 'apps', 'web', 'pod.yaml'), POD);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What `check` says of the pod where the repository has decided this. */
function checked(config: string, ...args: string[]): { status: number; stdout: string; stderr: string } {
  writeFileSync(join(folder, '.hardened.yaml'), config);
  return call(['check', join(folder, 'apps'), '--quiet', ...args]);
}

const rulesIn = (text: string) => [...new Set([...text.matchAll(/(error|warning) .*\[([a-z-]+)\]/g)].map(([, severity, rule]) => `${severity} ${rule}`))];

describe('what the repository has decided', () => {
  test('is found upwards from the input, and chooses packs and single rules', () => {
    expect(rulesIn(checked('pack: pss-baseline').stdout)).toEqual(['error pod-privileged']);
    expect(rulesIn(checked('pack: [pss-baseline, pod-readiness-probe]').stdout)).toEqual(['error pod-privileged', 'warning pod-readiness-probe']);
  });

  test('is read from the file that is named, wherever that is', () => {
    writeFileSync(join(folder, 'apps', 'other.yml'), 'pack: pod-readiness-probe');
    const { stdout } = call(['check', join(folder, 'apps', 'web'), '--quiet', '--config', join(folder, 'apps', 'other.yml')]);
    expect(rulesIn(stdout)).toEqual(['warning pod-readiness-probe']);
  });

  test('gives way to the command line', () => {
    expect(rulesIn(checked('pack: pss-baseline\nfailOn: never', '--pack', 'pod-liveness-probe,pod-readiness-probe').stdout))
      .toEqual(['warning pod-liveness-probe', 'warning pod-readiness-probe']);
    expect(checked('pack: pss-baseline\nfailOn: never').status).toBe(0);
    expect(checked('pack: pss-baseline\nfailOn: never', '--fail-on', 'error').status).toBe(1);
  });

  test('changes severities and switches rules off, those of the schema too', () => {
    expect(rulesIn(checked('pack: [pod-readiness-probe, pod-liveness-probe]\nrules: { pod-readiness-probe: error, pod-liveness-probe: off }').stdout))
      .toEqual(['error pod-readiness-probe']);
    writeFileSync(join(folder, 'apps', 'web', 'pod.yaml'), POD.replace('spec:', 'spec:\n  hostNetwrk: true'));
    expect(rulesIn(checked('pack: pss-baseline\nrules: { schema-unknown-field: "off", pod-privileged: warning }').stdout)).toEqual(['warning pod-privileged']);
  });

  test('is no manifest, and does not fail a folder that it lies in', () => {
    writeFileSync(join(folder, '.hardened.yaml'), 'pack: pod-readiness-probe\nfailOn: never');
    expect(call(['check', folder, '--quiet'])).toMatchObject({ status: 0, stderr: '' });
  });

  test('names the version that is judged for', () => {
    expect(checked("kubernetes: '1.30'\nfailOn: never", '--format', 'json').stdout).toContain('"kubernetes":"1.30"');
  });

  test.each<[string, string, string]>([
    ['- pack', '1', 'it is no mapping [config-invalid]. Write pack, rules, parameters, kubernetes, failOn, invariants as its keys.'],
    ['\npakc: cis', '2', "there is no setting 'pakc' [config-invalid]. Did you mean 'pack'?"],
    ['pack: []', '1', 'pack is no name and no list of names [config-invalid]. Write a pack, or a list of packs and rules: pack: [pss-restricted, image-digest].'],
    ['pack: pss-restrictd', '1', "'pss-restrictd' is no pack and no rule [pack-unknown]. Did you mean 'pss-restricted'?"],
    ['pack: zzzzzzzzzzzz', '1', "'zzzzzzzzzzzz' is no pack and no rule [pack-unknown]. Packs are: "],
    ['rules:\n  pod-privileged: warning\n  pod-privilegd: off', '3', "'pod-privilegd' is no rule [rule-unknown]. Did you mean 'pod-privileged'?"],
    ['rules:\n  pod-privileged: warn', '2', "'pod-privileged' is to be \"warn\" [config-invalid]. Known are: error, off, warning."],
    ['rules: [pod-privileged]', '1', 'rules is no mapping [config-invalid]. '],
    ['parameters: { minimumUid: 0 }', '1', 'minimumUid is 0 [config-invalid]. Write a whole number above 0, such as 10000.'],
    ['parameters: { allowedRegistries: docker.io }', '1', 'allowedRegistries is no list of registries [config-invalid]. '],
    ['parameters: { minimumUID: 5 }', '1', "there is no setting 'parameters.minimumUID' [config-invalid]. Did you mean 'minimumUid'?"],
    ['kubernetes: 1.30', '1', "kubernetes is 1.3, not a text [config-invalid]. Quote the version: kubernetes: '1.35'; 1.30 without quotes would be 1.3."],
    ['failOn: errors', '1', "failOn is \"errors\" [config-invalid]. Did you mean 'error'?"],
    ['constructor: { pack: cis }', '1', "there is no setting 'constructor' [config-invalid]. "],
  ])('is refused with its line where it is wrong: %j', (config, line, message) => {
    const { status, stdout, stderr } = checked(config);
    expect(stderr).toContain(`${join(folder, '.hardened.yaml')}:${line}: ${message}`);
    expect({ status, stdout, lines: stderr.trim().split('\n').length }).toEqual({ status: 2, stdout: '', lines: 1 });
  });

  test.each<[string, string]>([
    ['a: [', 'line '],
    ['__proto__: { pack: cis }', "line 1: a key is '__proto__', which no manifest has [config-invalid]. Remove it."],
    ['a: 1\n---\nb: 2', 'line 2: it has a second document [config-invalid]. Write one.'],
    ['\u0000', 'it is not text: it holds zero bytes [config-invalid]. '],
  ])('is refused where it cannot be read: %j', (config, message) => {
    const { status, stderr } = checked(config);
    expect(stderr).toContain(`cdk8s-hardened check: '${join(folder, '.hardened.yaml')}': ${message}`);
    expect(status).toBe(2);
  });

  test('that was named and is not there is refused', () => {
    const { status, stderr } = call(['check', folder, '--config', join(folder, 'none.yaml')]);
    expect([status, stderr]).toEqual([2, `cdk8s-hardened check: '${join(folder, 'none.yaml')}': there is no such file or folder [config-invalid]. Check the name, or the link that leads here.\n`]);
  });
});
