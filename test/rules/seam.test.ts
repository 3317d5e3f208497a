import { ApiObject, App, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { HardenedDeployment } from '../../src';
import { seamOf } from '../../src/rules/harden/seam';

function web(...patches: JsonPatch[]): { chart: Chart; web: HardenedDeployment } {
  const chart = new Chart(new App(), 'chart');
  const deployment = new HardenedDeployment(chart, 'web', { containers: [{ image: 'ghcr.io/acme/web:1.0', portNumber: 8080 }] });
  ApiObject.of(deployment).addJsonPatch(...patches);
  return { chart, web: deployment };
}

describe('the seam', () => {
  test.each([
    ['a quantity as plain text', '/spec/template/spec/containers/0/resources/limits', { memory: '64Mi' }],
    ['the plain port of a probe', '/spec/template/spec/containers/0/livenessProbe', { httpGet: { path: '/', port: 8080 } }],
    ['a sidecar', '/spec/template/spec/initContainers', [{ name: 'proxy', image: 'ghcr.io/acme/proxy:1.0', restartPolicy: 'Always' }]],
    ['a field that cdk8s-plus does not know', '/spec/template/spec/containers/0/securityContext/appArmorProfile', { type: 'RuntimeDefault' }],
    ['another of those', '/spec/template/spec/securityContext/supplementalGroupsPolicy', 'Strict'],
    ['a field of the future', '/spec/template/spec/someday', { maybe: true }],
    ['a field that cdk8s-plus calls by another name', '/spec/template/spec/hostPID', false],
    ['an annotation of the pod', '/spec/template/metadata/annotations', { 'acme.example/x': 'y' }],
  ])('keeps %s that a user patched in', (_, path, value) => {
    const { chart } = web(JsonPatch.add(path, value));
    const [, deployment] = Testing.synth(chart);
    const found = path.split('/').slice(1).reduce((object, key) => object[key], deployment);
    // What is a default of ours may stand beside it.
    if (typeof value === 'object') expect(found).toMatchObject(value as object);
    else expect(found).toBe(value);
  });

  test('loses no field between what hardening returns and the YAML', () => {
    const { chart, web: deployment } = web(JsonPatch.add('/spec/template/spec/someday', [1, { a: null, b: 'no', c: '012', d: '1e3' }]));
    const { manifest } = seamOf(ApiObject.of(deployment))!.harden();
    expect(parse(Yaml.stringify(Testing.synth(chart)[1]))).toEqual(manifest);
  });

  test('is laid once, whatever comes after', () => {
    const { chart, web: deployment } = web();
    const before = ApiObject.of(deployment).toJson();
    expect(Testing.synth(chart)[1]).toEqual(before);
    expect(Testing.synth(chart)[1]).toEqual(before);
  });

  test('says where a patch does not fit', () => {
    const { chart } = web(JsonPatch.replace('/spec/nowhere/x', 1));
    expect(() => Testing.synth(chart)).toThrow(
      "chart/web/Resource: the JSON patch 'replace /spec/nowhere/x' does not fit the manifest [json-patch-invalid]. "
      + 'Its path starts at the manifest as Kubernetes reads it, such as /spec/template/spec/containers/0/env.');
  });

  test('shows everything that is wrong in the app in one error, sorted, each once', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
    const containers: kplus.ContainerProps[] = [{ image: 'ghcr.io/acme/web:1.0', securityContext: { user: 0, readOnlyRootFilesystem: false } }];
    new HardenedDeployment(chart, 'b', { metadata: { name: 'b' }, containers });
    new HardenedDeployment(chart, 'a', { metadata: { name: 'a' }, containers: [{ image: 'redis:7' }] });
    expect(() => Testing.synth(chart)).toThrow(/^3 errors:\n {2}chart\/a: .*\[data-folder-without-claim\].*\n {2}chart\/b · .*\[pod-read-only-root\].*\n {2}chart\/b · .*\[pod-run-as-root\].*$/);
  });
});
