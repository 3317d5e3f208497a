import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { readInputs } from '../../src/kube/reading/read';
import { podSecurity } from '../../src/rules/pod-security';
import { ROOT } from '../house/files';

const HELM = process.env.HELM ?? 'helm';
const IS_THERE = spawnSync(HELM, ['version', '--short']).status === 0;
if (!IS_THERE) console.log(`skipped: there is no ${HELM}, which renders the charts here; go install helm.sh/helm/v3/cmd/helm@latest, or name it by HELM`);

const CHART = {
  'Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
  'values.yaml': 'claim: data\nbroken: false\n',
  'templates/deployment.yaml': `# The database of {{ .Release.Name }}.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  selector:
    matchLabels: {app: {{ .Release.Name }}}
  template:
    metadata:
      labels: {app: {{ .Release.Name }}}
    spec:
      containers:
        - name: postgres
          image: "postgres:18"   # no profile of its own
          {{- if .Values.claim }}
          volumeMounts:
            - {name: data, mountPath: /var/lib/postgresql}
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: {{ .Values.claim }}}
          {{- end }}
`,
  'templates/hook.yaml': `apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .Release.Name }}-hook
  annotations: {helm.sh/hook: post-install}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: a, image: "postgres:18"}]}
`,
  'templates/broken.yaml': '{{- if .Values.broken }}\nkind: ConfigMap\nmetadata: {name: a}\n{{- end }}\n',
};

(IS_THERE ? describe : describe.skip)('fix as a post-renderer of Helm', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'helm-'));
    for (const [name, text] of Object.entries(CHART)) {
      mkdirSync(dirname(join(folder, 'chart', name)), { recursive: true });
      writeFileSync(join(folder, 'chart', name), text);
    }
    // As npm would put it into the path.
    const main = join(ROOT, 'src/cli/main.ts');
    writeFileSync(join(folder, 'cdk8s-hardened'), `#!/bin/sh\ncd '${ROOT}' && exec '${process.execPath}' -r ts-node/register/transpile-only '${main}' "$@"\n`);
    chmodSync(join(folder, 'cdk8s-hardened'), 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function template(...options: string[]) {
    const { status, stdout, stderr } = spawnSync(HELM, ['template', 'shop', join(folder, 'chart'), ...options], {
      encoding: 'utf8',
      env: {
        ...process.env, HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder, HARDENED_TODAY: '2026-11-21',
        PATH: `${folder}${delimiter}${process.env.PATH}`, TS_NODE_PROJECT: join(ROOT, 'bench/tsconfig.json'),
      },
    });
    return { status, stdout, stderr };
  }
  const mended = (...options: string[]) => template('--post-renderer', 'cdk8s-hardened', '--post-renderer-args', 'fix', ...options);
  const deployment = (text: string) => readInputs(['-'], { standardInput: Buffer.from(text) }).objects.find(({ manifest }) => manifest.kind === 'Deployment')!.manifest;

  test('a plain database comes out restricted, its claim and its comments as they were', () => {
    const { status, stdout } = mended();
    expect(status).toBe(0);
    expect(podSecurity(deployment(stdout), 'restricted', 37)).toEqual([]);
    expect(podSecurity(deployment(template().stdout), 'restricted', 37)).not.toEqual([]);
    for (const line of ['# The database of shop.', 'image: "postgres:18"   # no profile of its own', 'persistentVolumeClaim: {claimName: data}', 'readOnlyRootFilesystem: true']) {
      expect(stdout).toContain(line);
    }
  });

  test('hands options on, and without a claim keeps the root writable', () => {
    const { stdout } = mended('--set', 'claim=', '--post-renderer-args', '--assume=token');
    expect(podSecurity(deployment(stdout), 'restricted', 37)).toEqual([]);
    expect(stdout).not.toContain('readOnlyRootFilesystem');
    expect(stdout).toContain('automountServiceAccountToken: false');
  });

  test('what cannot be read stops Helm, with the line that says why', () => {
    const { status, stdout, stderr } = mended('--set', 'broken=true');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/error while running post render[^]*-:\d+: it has no apiVersion, so it is no object of Kubernetes\./);
  });

  test('Helm itself keeps hooks from post-renderers: a pipe mends them', () => {
    const hook = (text: string) => text.slice(text.indexOf('# Source: db/templates/hook.yaml'));
    expect(hook(mended().stdout)).toBe(hook(template().stdout));
    const { stdout } = spawnSync(join(folder, 'cdk8s-hardened'), ['fix', '-'], {
      input: template().stdout, encoding: 'utf8', env: { ...process.env, TS_NODE_PROJECT: join(ROOT, 'bench/tsconfig.json') },
    });
    expect(hook(stdout)).toContain('runAsNonRoot: true');
  });
});
