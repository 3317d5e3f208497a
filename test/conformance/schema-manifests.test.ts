import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { JsonObject } from '../../src/kube/json';
import { readInputs } from '../../src/kube/reading/read';
import { validate } from '../../src/kube/schema/validate';
import { ROOT } from '../house/files';

const FOLDER = join(process.env.SHARED ?? join(ROOT, '../shared'), 'conformance');
const IS_THERE = existsSync(FOLDER);
if (!IS_THERE) console.log(`skipped: ${FOLDER} is not there, which holds manifests of many projects`);

/** The manifests of others that are wrong: what is in them, and how often. All others have no field that is not known. */
const REALLY_WRONG: Record<string, number> = {
  // Written in the wrong place: a container's field in the pod, a security context's beside it, and the like.
  'Deployment spec.template.spec.securityContext.allowPrivilegeEscalation': 1,
  'StatefulSet spec.template.spec.securityContext.allowPrivilegeEscalation': 1,
  'Pod spec.securityContext.privileged': 1,
  'Pod spec.securityContext.readOnlyRootFilesystem': 1,
  'CronJob spec.jobTemplate.spec.template.spec.containers[].seccompProfile': 1,
  'Deployment spec.template.spec.containers[].runAsUser': 6,
  'Deployment spec.template.spec.containers[].limit': 1,
  'Pod spec.image': 1,
  'Pod metadata.app': 2,
  'Pod spec.volumes[].fsType': 3,
  'StatefulSet spec.template.spec.replicas': 1,
  'NetworkPolicy spec.podSelector.app': 1,
  // In another case, as a test of what a linter makes of it.
  'CronJob spec.jobTemplate.spec.template.spec.RestartPolicy': 1,
  'Deployment spec.template.spec.dnsConfig.Searches': 1,
  // A fragment of another tool in the midst of a container.
  'Deployment spec.template.spec.containers[].apiVersion': 1,
  'Deployment spec.template.spec.containers[].kind': 1,
  'Deployment spec.template.spec.containers[].parent': 1,
  'Deployment spec.template.spec.containers[].parent_metadata': 1,
  // The API version was raised, the fields were not.
  'HorizontalPodAutoscaler spec.metrics': 4,
  'Ingress spec.rules[].http.paths[].backend.serviceName': 1,
  'Ingress spec.rules[].http.paths[].backend.servicePort': 1,
  // A status that Kubernetes dropped in 1.28.
  'NetworkPolicy status': 9,
};

(IS_THERE ? test : test.skip)('real manifests have no unknown fields, but for those that are really wrong', () => {
  const found: Record<string, number> = {};
  for (const { manifest } of readInputs(yamlFolders(FOLDER)).objects) {
    for (const { kind, field } of validate(manifest as unknown as JsonObject, 37)) {
      const key = `${manifest.kind} ${field.replace(/\[\d+\]/g, '[]')}`;
      if (kind === 'unknown-field') found[key] = (found[key] ?? 0) + 1;
    }
  }
  expect(found).toEqual(REALLY_WRONG);
});

test('what our examples write has no fault in any version', () => {
  const files = readdirSync(join(ROOT, 'examples')).map(name => join(ROOT, 'examples', name, 'expected.yaml')).filter(path => existsSync(path));
  const { objects } = readInputs(files);
  expect(objects.length).toBeGreaterThan(5);
  for (const minor of [30, 33, 37]) {
    expect(objects.flatMap(({ manifest }) => validate(manifest as unknown as JsonObject, minor))).toEqual([]);
  }
});

/** JSON is where the expectations stand. */
function yamlFolders(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name)).sort();
}
