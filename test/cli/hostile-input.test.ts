import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { call, checked } from './called';

/** Every field of a pod that some rule reads, and some that none does. */
const CONTAINER_FIELDS = [
  'name', 'image', 'imagePullPolicy', 'args', 'command', 'env', 'envFrom', 'ports', 'volumeMounts', 'resources', 'securityContext', 'livenessProbe',
  'readinessProbe', 'startupProbe', 'lifecycle', 'restartPolicy', 'constructor',
];
const POD_FIELDS = [
  'containers', 'initContainers', 'ephemeralContainers', 'volumes', 'securityContext', 'serviceAccountName', 'automountServiceAccountToken',
  'enableServiceLinks', 'hostNetwork', 'hostPID', 'hostIPC', 'hostUsers', 'os', 'nodeSelector', 'runtimeClassName', 'topologySpreadConstraints', 'constructor',
];
const SECURITY_FIELDS = [
  'runAsNonRoot', 'runAsUser', 'runAsGroup', 'fsGroup', 'supplementalGroups', 'privileged', 'allowPrivilegeEscalation', 'readOnlyRootFilesystem',
  'procMount', 'capabilities', 'seccompProfile', 'appArmorProfile', 'seLinuxOptions', 'windowsOptions', 'sysctls', 'fsGroupChangePolicy',
];
const INNER_FIELDS = [
  'type', 'localhostProfile', 'add', 'drop', 'level', 'role', 'user', 'hostProcess', 'name', 'value', 'httpGet', 'tcpSocket', 'host', 'postStart', 'preStop',
  'hostPort', 'containerPort', 'protocol', 'limits', 'requests', 'memory', 'cpu', 'hostPath', 'emptyDir', 'path', 'sizeLimit', 'sources', 'mountPath',
];
const words = fc.constantFrom('ALL', 'RuntimeDefault', 'Localhost', 'windows', 'nginx:1.28', '', '0', 'Always', 'kernel.msgmax', '\u0000\u001b[2J');
const scalar = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), words, fc.string());
const some = (names: string[], value: fc.Arbitrary<unknown>) => fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5 });
const listed = (value: fc.Arbitrary<unknown>) => fc.array(value, { maxLength: 3 });
const deeper = some(INNER_FIELDS, fc.oneof(scalar, some(INNER_FIELDS, scalar)));
const inner = fc.oneof(scalar, some(INNER_FIELDS, scalar), listed(scalar), listed(deeper), fc.jsonValue());
const security = fc.oneof(some(SECURITY_FIELDS, inner), inner);
const container = fc.oneof(some(CONTAINER_FIELDS, fc.oneof(inner, security)), inner);
const pod = fc.oneof(some(POD_FIELDS, fc.oneof(listed(container), security, inner)), inner);
const waivers = fc.dictionary(fc.constantFrom('cdk8s-hardened/waive.pod-seccomp', 'cdk8s-hardened/waive.'), fc.oneof(words, fc.json()));
const anything = fc.record({
  kind: fc.constantFrom('Pod', 'Deployment', 'CronJob', 'PodTemplate', 'Job', '__proto__', 'constructor'),
  metadata: fc.record({ name: inner, namespace: inner, labels: inner, annotations: fc.oneof(inner, waivers) }, { requiredKeys: [] }),
  pod,
  wrap: fc.boolean(),
}).map(({ kind, metadata, pod: spec, wrap }) => {
  const apiVersion = kind.startsWith('Pod') ? 'v1' : kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  const template = { metadata, spec };
  if (!wrap) return { apiVersion, kind, metadata, spec };
  const wrapped = kind === 'PodTemplate' ? { template } : { spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template } };
  return { apiVersion, kind, metadata, ...wrapped };
});

describe('anybody may write anything', () => {
  test('random JSON in every field of a pod is judged, not stumbled over', () => {
    fc.assert(fc.property(anything, fc.constantFrom('hardened', 'pss-baseline', 'pss-restricted'), fc.constantFrom('1.0', '1.27', '1.37'), (manifest, pack, kubernetes) => {
      // Refused whole, as below.
      fc.pre(!JSON.stringify(manifest).includes('"__proto__"'));
      const { problems, summary } = checked(manifest, '--pack', pack, '--kubernetes', kubernetes);
      expect(problems).toEqual([]);
      expect(summary.objects).toBe(1);
    }), { numRuns: 1500 });
  });

  const good = 'apiVersion: v1\nkind: Pod\nmetadata: {name: seen}\nspec: {containers: [{name: a, securityContext: {privileged: true}}]}\n';
  const aliases = `a0: &a0 [${'x,'.repeat(9)}x]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}*a${i}]`).join('\n')}\n`;
  test.each([
    ['an alias bomb', aliases],
    ['deep nesting in YAML', `${'['.repeat(200_000)}\n`],
    ['deep nesting in JSON', `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`],
    ['deep nesting in a pod', `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`],
    ['a tab', 'a:\n\tb: 1\n'],
    ['duplicate keys', 'apiVersion: v1\nkind: Pod\nkind: Pod\nmetadata: {name: a}\n'],
    ['a list', '- 1\n- 2\n'],
    ['no kind', 'apiVersion: v1\nmetadata: {name: a}\n'],
    ['a Helm template', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n'],
    ['zero bytes', Buffer.from([0, 1, 2, 3])],
    ['half a UTF-8 letter', Buffer.from([0x61, 0x3a, 0x20, 0xc3])],
    ['nothing', ''],
    ['__proto__ as a key', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","__proto__":{"x":1}}}'],
    ['kinds of the wrong type', 'apiVersion: 1\nkind: [Pod]\nmetadata: 7\n'],
  ])('%s is one clear line, and hides nothing in the other file', (_, content) => {
    const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
    try {
      writeFileSync(join(folder, 'a.yaml'), content as string);
      writeFileSync(join(folder, 'b.yaml'), good);
      const { status, stdout, stderr } = call(['check', join(folder, 'a.yaml'), join(folder, 'b.yaml'), '--pack', 'pss-baseline']);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^.*a\.yaml(:\d+)?: .{10,300}\n$/);
      expect(stdout).toContain('Pod seen · spec.containers[0].securityContext.privileged');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each([
    ['a BOM', '\ufeff{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","securityContext":{"privileged":true}}]}}'],
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['constructor as a key', 'apiVersion: v1\nkind: Pod\nconstructor: {x: 1}\nmetadata: {name: a}\nspec: {containers: [{name: a, securityContext: {privileged: true, toString: {}}}]}'],
    ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le')],
    ['Lists in Lists', { apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'a' }, spec: { containers: [{ name: 'a', securityContext: { privileged: true } }] } }] }] }],
  ])('%s is read like any other', (_, content) => {
    const { findings, problems } = checked(content, '--pack', 'pss-baseline');
    expect(problems).toEqual([]);
    expect(findings.map(({ rule }) => rule)).toContain('pod-privileged');
  });

  test('names that steer a terminal reach it in no format', () => {
    const name = '\u001b]0;owned\u0007\u001b[2J';
    const manifest = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, annotations: { [`cdk8s-hardened/waive.${name}`]: name } }, spec: { [name]: 1, containers: [{ name, image: name }] } });
    for (const format of ['text', 'json', 'sarif']) {
      const { stdout, stderr } = call(['check', '-', '--format', format], { stdin: manifest });
      expect(stdout).toContain('owned');
      // eslint-disable-next-line no-control-regex
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    }
  });
});
