import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, JsonPatch, Testing, YamlOutputType } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { seamOf } from '../../src/rules/harden/seam';
import { KINDS, MAKE, WEB, apiObject, chart, podOf, podPointer, written } from './workloads';

describe.each(KINDS)('JSON patches of a %s', kind => {
  const pointer = podPointer(kind);
  const patched = (...patches: JsonPatch[]) => {
    const workload = MAKE[kind](chart(), 'web', { containers: [WEB] });
    apiObject(workload).addJsonPatch(...patches);
    return workload;
  };

  test('keep quantities that are plain strings or numbers', () => {
    const resources = { requests: { 'cpu': 0.5, 'memory': '64Mi', 'nvidia.com/gpu': 1 }, limits: { 'memory': '1e8', 'nvidia.com/gpu': '1', 'ephemeral-storage': '2Gi' } };
    expect(podOf(patched(JsonPatch.add(`${pointer}/containers/0/resources`, resources))).containers[0].resources).toEqual({
      limits: resources.limits, requests: { ...resources.requests, 'ephemeral-storage': '64Mi' },
    });
  });

  test('keep fields that Kubernetes got after 1.27, or has yet to get', () => {
    const { containers: [container], ...pod } = podOf(patched(
      JsonPatch.add(`${pointer}/securityContext/appArmorProfile`, { type: 'RuntimeDefault' }),
      JsonPatch.add(`${pointer}/securityContext/supplementalGroupsPolicy`, 'Strict'),
      JsonPatch.add(`${pointer}/containers/0/securityContext/appArmorProfile`, { type: 'Localhost', localhostProfile: 'web' }),
      JsonPatch.add(`${pointer}/containers/0/resizePolicy`, [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }]),
      JsonPatch.add(`${pointer}/containers/0/someDay`, { maybe: [null, {}, [], '', 0, false] }),
      JsonPatch.add(`${pointer}/resourceClaims`, [{ name: 'gpu', resourceClaimName: 'gpu' }]),
      JsonPatch.add(`${pointer}/someDay`, { deep: { er: true } }),
    ));
    expect(pod.securityContext).toMatchObject({ appArmorProfile: { type: 'RuntimeDefault' }, supplementalGroupsPolicy: 'Strict' });
    expect(container).toMatchObject({
      resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }],
      securityContext: { appArmorProfile: { type: 'Localhost', localhostProfile: 'web' } },
    });
    expect(container.someDay).toEqual({ maybe: [null, {}, [], '', 0, false] });
    expect(pod).toMatchObject({ resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpu' }], someDay: { deep: { er: true } } });
  });

  test('may add, replace, copy, move and remove', () => {
    const workload = patched(
      JsonPatch.test('/kind', kind),
      JsonPatch.add('/metadata/annotations', { a: '1' }),
      JsonPatch.copy('/metadata/annotations/a', '/metadata/annotations/b'),
      JsonPatch.move('/metadata/annotations/a', '/metadata/annotations/c'),
      JsonPatch.replace(`${pointer}/containers/0/image`, 'ghcr.io/acme/web:2.0.0'),
      JsonPatch.remove(`${pointer}/terminationGracePeriodSeconds`),
      JsonPatch.add(`${pointer}/containers/-`, { name: 'late', image: 'ghcr.io/acme/late' }),
    );
    const manifest = written(workload);
    expect(manifest.metadata.annotations).toEqual({ b: '1', c: '1' });
    const pod = podOf(workload);
    expect(pod).not.toHaveProperty('terminationGracePeriodSeconds');
    expect(pod.containers[0]).toMatchObject({ image: 'ghcr.io/acme/web:2.0.0', imagePullPolicy: 'IfNotPresent' });
    expect(pod.containers[1]).toMatchObject({
      name: 'late', imagePullPolicy: 'Always', securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true, capabilities: { drop: ['ALL'] } },
    });
  });
});

test.each(Object.values(YamlOutputType).filter(value => typeof value === 'number'))('an app of output type %s writes what hardening returns', type => {
  const outdir = mkdtempSync(join(tmpdir(), 'hardened-'));
  try {
    const app = new App({ outdir, yamlOutputType: type as YamlOutputType });
    const workloads = KINDS.map((kind, i) => {
      const scope = new Chart(app, `chart-${i % 2}-${kind.toLowerCase()}`, { namespace: 'shop' });
      return MAKE[kind](scope, 'web', { containers: [{ ...WEB, image: 'nginx:1.28', envVariables: { ODD: { value: 'y' }, TIME: { value: '12:30:45' }, OCTAL: { value: '0644' } } }] });
    });
    app.synth();
    const files = readdirSync(outdir, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.yaml'));
    const objects = files.flatMap(path => parseAllDocuments(readFileSync(join(outdir, path), 'utf8')).map(document => document.toJS()));
    for (const workload of workloads) {
      const object = objects.find(({ kind, metadata }) => kind === workload.kind && metadata.name === workload.name);
      expect(object).toEqual(seamOf(apiObject(workload))!.harden().manifest);
    }
    const again = files.map(path => readFileSync(join(outdir, path), 'utf8'));
    app.synth();
    expect(files.map(path => readFileSync(join(outdir, path), 'utf8'))).toEqual(again);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test('a copy of the manifest is handed out: who changes it changes nothing of the next', () => {
  const workload = MAKE.Deployment(chart(), 'web', { containers: [WEB] });
  const first = apiObject(workload).toJson();
  const before = JSON.stringify(first);
  first.spec.template.spec.containers[0].securityContext.privileged = true;
  expect(JSON.stringify(Testing.synth(workload.node.scope as Chart).find(({ kind }) => kind === 'Deployment'))).toBe(before);
});
