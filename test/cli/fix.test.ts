import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Manifest } from '../../src/kube/pod-spec';
import { partsOf } from '../../src/kube/reading/documents';
import { readInputs } from '../../src/kube/reading/read';
import { podSecurity } from '../../src/rules/pod-security';
import { call } from './called';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'fix-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A database, as a chart writes it; with a volume or without. */
const database = (mounts = '', volumes = '', image = 'postgres:18') => `# Source: db/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: db   # the name
  namespace: shop
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata:
      labels: {'app': "db"}
    spec:
      containers:
        - name: postgres
          image: "${image}"
          resources: null
${mounts}${volumes}`;
const MOUNTS = `          volumeMounts:
            - name: data   # the claim
              mountPath: /var/lib/postgresql
`;
const VOLUMES = `      volumes:
        - name: data
          persistentVolumeClaim: {claimName: db}
`;
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: db }   # as it is\nspec: {ports: [{port: 5432}]}\n';

const fixed = (text: string, ...options: string[]) => call(['fix', ...options], { stdin: text });
const valueOf = (text: string) => partsOf({ text, start: 0 })[0].value as Manifest;
const lines = (text: string) => text.split('\n').filter(line => line !== '');

test('an empty document that `...` ends is not taken for the one behind it', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - {name: a, image: b}\n';
  const { stdout } = fixed(`~ # nothing\n...\n${pod}`);
  expect(stdout).toBe(`~ # nothing\n...\n${fixed(pod).stdout}`);
});

describe('a plain database of a chart', () => {
  test('with a claim comes out restricted, read-only, and with every folder that it writes to', () => {
    const { status, stdout, stderr } = fixed(database(MOUNTS, VOLUMES));
    expect(status).toBe(0);
    expect(stdout).toMatchSnapshot();
    expect(podSecurity(valueOf(stdout), 'restricted', 35)).toEqual([]);
    expect(lines(stderr).filter(line => line.includes('[pod-read-only-root]') && line.includes('left'))).toEqual([]);
    expect(lines(stderr)[0]).toBe('-:14 · Deployment shop/db · spec.template.spec.containers[0].securityContext.runAsUser: set to 999 [pod-user-unknown]');
  });

  test('without one comes out restricted, and it is said what is missing', () => {
    const { status, stdout, stderr } = fixed(database());
    expect(status).toBe(0);
    expect(podSecurity(valueOf(stdout), 'restricted', 35)).toEqual([]);
    expect(stdout).not.toContain('readOnlyRootFilesystem');
    expect(stderr).toContain("the root file system of container 'postgres' is writable [pod-read-only-root]. The container keeps data in '/var/lib/postgresql', and no volume is mounted there. Mount a claim at it, or an emptyDir if they may be lost with the pod.\n");
  });

  test('of version 17 keeps its user where the root of a volume would have to be its own', () => {
    const { stdout, stderr } = fixed(database(MOUNTS.replace('/postgresql', '/postgresql/data'), VOLUMES, 'postgres:17'));
    expect(stdout).not.toContain('runAsUser');
    expect(stderr).toContain("It is not known that the volume at '/var/lib/postgresql/data' belongs to user 999 already: a fresh one belongs to root (PGDATA can name a folder in it); --assume=user goes by it.");
  });
});

describe('fix', () => {
  test('is a post-renderer: what has no pod, and what it does not know, passes to the last byte', () => {
    const custom = 'apiVersion: acme.example/v1\nkind: Thing\nmetadata: {name: x}\nspec: {template: {spec: {containers: [{name: a}]}}}\n';
    const text = `---\n${SERVICE}---\n# only a comment\n---\r\n${custom}`;
    expect(fixed(text)).toEqual({
      status: 0,
      stdout: text,
      stderr: '-:12 · Thing x · spec.template: left as it is: what its controller makes of this pod is not known here. 8 errors (pod-capabilities-drop, pod-privilege-escalation, '
        + 'pod-read-only-root, pod-run-as-non-root, pod-seccomp, pod-service-account, pod-service-links, pod-token-automount) [fix-custom-resource]. See them with cdk8s-hardened check, and mend them where this is written.\n',
    });
  });

  test('mends custom resources that take a pod as it stands, and keeps everything else in them', () => {
    const rollout = (pod: string) => `apiVersion: argoproj.io/v1alpha1
kind: Rollout   # of Argo
metadata: {name: web, namespace: shop}
spec:
  strategy: {canary: {steps: [{setWeight: 20}]}}   # slowly
  template:
    metadata: {labels: {app: web}}
    spec:
      serviceAccountName: web
      # the application
      containers:
        - name: web
          image: "ghcr.io/acme/web:1"
${pod}  revisionHistoryLimit: 2   # the last line
`;
    const { status, stdout, stderr } = fixed(rollout(''));
    expect(status).toBe(0);
    expect(stdout).toBe(rollout('          securityContext:\n            allowPrivilegeEscalation: false\n      securityContext:\n        seccompProfile:\n          type: RuntimeDefault\n'));
    expect(lines(stderr)[0]).toBe('-:12 · Rollout shop/web · spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation: set to false [pod-privilege-escalation]');
    expect(stderr).toContain('--assume=capabilities goes by it.');
    const assumed = fixed(rollout(''), '--assume');
    expect(assumed.stdout).toContain('readOnlyRootFilesystem: true');
    expect(assumed.stderr).toContain("spec.template.spec.containers[0].image: assumed that container 'web' writes to /tmp and its volumes only [pod-read-only-root]");
    expect(fixed(assumed.stdout, '--assume').stdout).toBe(assumed.stdout);
  });

  test('mends custom resources in Lists and in JSON', () => {
    const job = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledJob', metadata: { name: 'a' }, spec: { jobTargetRef: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] } } }, triggers: [] } };
    const { stdout } = fixed(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [job] }, undefined, 2));
    const { items: [written] } = JSON.parse(stdout);
    expect(written.spec.jobTargetRef.template.spec).toMatchObject({ restartPolicy: 'Never', securityContext: { seccompProfile: { type: 'RuntimeDefault' } } });
    expect({ ...written, spec: { ...written.spec, jobTargetRef: undefined } }).toEqual({ ...job, spec: { ...job.spec, jobTargetRef: undefined } });
  });

  test('changes nothing more when it is done twice', () => {
    const once = fixed(`${SERVICE}---\n${database(MOUNTS, VOLUMES)}`, '--assume').stdout;
    expect(fixed(once, '--assume').stdout).toBe(once);
  });

  test('lists what was assumed', () => {
    const { stderr } = fixed('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - {name: a, image: "ghcr.io/acme/a:1"}\n', '--assume=user,read-only-root');
    expect(lines(stderr).filter(line => line.includes('assumed that'))).toEqual([
      "-:6 · Pod a · spec.containers[0].image: assumed that the image of container 'a' is made for a numeric user other than 0 [pod-run-as-non-root]",
      "-:6 · Pod a · spec.containers[0].image: assumed that container 'a' writes to /tmp and its volumes only [pod-read-only-root]",
    ]);
    expect(stderr).toContain('-:4 · Pod a · spec: cannot be changed where the object is there already: delete it first [fix-immutable]');
    expect(stderr).toContain('--assume=capabilities goes by it.');
  });

  test('is not taken to mean everything where a name follows it', () => {
    expect(call(['fix', '-', '--assume', 'user,token'], { stdin: database() })).toEqual({
      status: 2, stdout: '', stderr: 'cdk8s-hardened fix: --assume takes names behind an equals sign only [option-invalid]. Write --assume=user,token.\n',
    });
  });

  test('leaves what was set on purpose, and what was waived', () => {
    const pod = (annotations: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {${annotations}}}\nspec:\n  hostPID: true\n  containers:\n  - {name: a, image: 'nginx:1.28', securityContext: {runAsUser: 0}}\n`;
    const told = fixed(pod(''), '--assume');
    expect(told.stderr).toContain('-:5 · Pod a · spec.hostPID: left for a person: the pod sees and can signal the processes of its node [pod-host-pid]. Leave hostPID out.');
    expect(told.stdout).toContain('  hostPID: true\n');
    expect(told.stdout).toContain('runAsUser: 0');
    const waived = fixed(pod('cdk8s-hardened/waive.pod-host-pid: \'{"reason":"r","owner":"o"}\', cdk8s-hardened/waive.pod-read-only-root: \'{"reason":"r","owner":"o"}\''), '--assume');
    expect(waived.stderr).not.toMatch(/pod-host-pid|pod-read-only-root/);
    expect(waived.stdout).not.toContain('readOnlyRootFilesystem');
  });

  test('leaves the token where the input grants rights to the default account', () => {
    const binding = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a, namespace: shop}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: a}\nsubjects: [{kind: ServiceAccount, name: default}]\n';
    expect(fixed(`${database()}---\n${binding}`, '--assume').stdout).not.toContain('automountServiceAccountToken');
    expect(fixed(database(), '--assume').stdout).toContain('automountServiceAccountToken: false');
  });

  test.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with its mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16, the low byte first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, the high byte first', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['line ends of Windows', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['line ends of an old Mac', (text: string) => Buffer.from(text.replaceAll('\n', '\r'))],
  ])('keeps what it is written in: %s', (_, bytesOf) => {
    const pod = (name: string, more: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name} # für\nspec:\n  containers:\n    - name: a\n      image: a\n${more}`;
    const mended = '      securityContext:\n        allowPrivilegeEscalation: false\n  securityContext:\n    seccompProfile:\n      type: RuntimeDefault\n';
    const [a, b, output] = ['a.yaml', 'b.yaml', 'output.yaml'].map(name => join(folder, name));
    writeFileSync(a, bytesOf(pod('a', '')));
    writeFileSync(b, bytesOf(pod('b', '')));
    expect(call(['fix', a, '--output', output]).status).toBe(0);
    expect(readFileSync(output)).toEqual(bytesOf(pod('a', mended)));
    call(['fix', a, b, '--output', output]);
    expect(readInputs([output]).objects.map(({ manifest }) => manifest.metadata.name)).toEqual(['a', 'b']);
  });

  test('writes UTF-8 where its files are in several encodings', () => {
    const [a, b, output] = ['a.yaml', 'b.yaml', 'output.yaml'].map(name => join(folder, name));
    writeFileSync(a, Buffer.from(`\ufeff${SERVICE}`));
    writeFileSync(b, Buffer.from(`\ufeff${SERVICE}`, 'utf16le'));
    call(['fix', a, b, '--output', output]);
    expect(readFileSync(output, 'utf8')).toBe(`${SERVICE}---\n${SERVICE}`);
  });

  test('writes a diff that applies to a file with a mark', () => {
    const file = join(folder, 'a.yaml');
    writeFileSync(file, '\ufeff{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {"containers": [{"name": "a"}]}}\n');
    const [before, after] = call(['fix', file, '--dry-run']).stdout.split('\n').slice(-3);
    expect(before).toBe(`-${readFileSync(file, 'utf8').trimEnd()}`);
    expect(after).toMatch(/^\+\ufeff\{"apiVersion".*RuntimeDefault/);
  });

  test('mends within Lists, and every document of several files, in their order', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n  spec: {containers: [{name: a, image: a}]}   # here\n';
    writeFileSync(join(folder, 'b.yaml'), list.trimEnd());
    writeFileSync(join(folder, 'a.yaml'), SERVICE);
    const { stdout, status } = call(['fix', join(folder, 'b.yaml'), join(folder, 'a.yaml')]);
    expect(status).toBe(0);
    expect(stdout).toBe(`${list.replace('image: a}]}', 'image: a, securityContext: {allowPrivilegeEscalation: false}}], securityContext: {seccompProfile: {type: RuntimeDefault}}}')}---\n${SERVICE}`);
  });

  test('passes on what it cannot read, says so, and mends the rest', () => {
    const { status, stdout, stderr } = fixed(`a: [\n---\n${database(MOUNTS, VOLUMES)}`);
    expect(status).toBe(2);
    expect(stdout.startsWith('a: [\n---\n')).toBe(true);
    expect(stdout).toContain('runAsUser: 999');
    expect(lines(stderr)[0]).toMatch(/^-:1: /);
  });

  test('guesses nothing where a field has a wrong type', () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: nginx:1.28, securityContext: {runAsUser: "0"}}]}\n';
    const { stdout, stderr } = fixed(text, '--assume');
    expect(stdout).toBe(text);
    expect(stderr).toContain('-:4 · Pod a · spec: left as it is: a field of the pod has a type that the API server refuses [fix-unsound]. Correct that first.');
  });

  test('shows with --dry-run what would change', () => {
    const { stdout } = fixed(`${SERVICE}---\n${database(MOUNTS, VOLUMES)}`, '--dry-run', '--quiet');
    expect(stdout).toMatchSnapshot();
    expect(fixed(SERVICE, '--dry-run')).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('writes to a file, and is quiet if it shall be', () => {
    const file = join(folder, 'out.yaml');
    expect(call(['fix', '--output', file, '--quiet', '-'], { stdin: database() })).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(file, 'utf8')).toContain('seccompProfile');
  });

  test.each([
    [['--assume=users'], "cdk8s-hardened fix: 'users' is nothing that --assume takes [option-invalid]. Write some of user,capabilities,read-only-root,escalation,service-links,token, or --assume for all."],
    [['--kubernetes', '1.99'], "cdk8s-hardened fix: '1.99' is no Kubernetes version that is known here [kubernetes-version-unknown]. Write a version from '1.27' to '1.37'."],
  ])('refuses %s', (args, message) => {
    expect(fixed(SERVICE, ...args)).toEqual({ status: 2, stdout: '', stderr: `${message}\n` });
  });
});
