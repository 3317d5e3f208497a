import { JsonObject, copy } from '../../../src/kube/json';
import { refusedTemplate } from '../../../src/kube/validation/pod-template';
import { Validation } from '../../../src/kube/validation/refusal';
import { refusedBinding } from '../../../src/kube/validation/role-binding';

const RBAC = 'rbac.authorization.k8s.io';
const binding = (kind: string, more: JsonObject): JsonObject => ({ apiVersion: `${RBAC}/v1`, kind, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'a' }, ...more });
const controller = (kind: string, spec: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1', kind,
  spec: { template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a' }], ...spec } }, ...more },
});

const sentences = (validation: Validation, manifest: JsonObject) => {
  const before = copy(manifest);
  const found = validation(manifest).map(({ field, what, advice }) => `${field}: ${what}. ${advice}`);
  expect(manifest).toEqual(before);
  return found;
};

describe('the API server refuses bindings', () => {
  test.each<[string, JsonObject, string[]]>([
    ['to a role in another case', binding('RoleBinding', { roleRef: { kind: 'role', name: 'a' } }), ["roleRef.kind: is 'role', which is not what a RoleBinding can refer to. Write Role or ClusterRole."]],
    ['of a cluster to the role of a namespace', binding('ClusterRoleBinding', { roleRef: { kind: 'Role', name: 'a' } }), ["roleRef.kind: is 'Role', which is not what a ClusterRoleBinding can refer to. Write ClusterRole."]],
    ['with a version in the group', binding('RoleBinding', { roleRef: { kind: 'Role', name: 'a', apiGroup: `${RBAC}/v1` } }), [`roleRef.apiGroup: is '${RBAC}/v1', which is not the group of roles. Write ${RBAC}.`]],
    ['of something that cannot act', binding('RoleBinding', { subjects: [{ kind: 'Pod', name: 'a' }] }), ["subjects[0].kind: is 'Pod', which is not a subject. Write User or Group or ServiceAccount."]],
    ['of an account with the group of users', binding('RoleBinding', { subjects: [{ kind: 'User', name: 'a' }, { kind: 'ServiceAccount', name: 'a', apiGroup: RBAC }] }), [`subjects[1].apiGroup: is '${RBAC}', which is not the group of a ServiceAccount. Leave it out.`]],
    ['of a cluster to an account without a namespace', binding('ClusterRoleBinding', { subjects: [{ kind: 'ServiceAccount', name: 'a' }] }), ['subjects[0].namespace: is missing, and a ServiceAccount lies in a namespace. Write it.']],
  ])('%s', (_, manifest, expected) => {
    expect(sentences(refusedBinding, manifest)).toEqual(expected);
  });

  test.each<[string, JsonObject]>([
    ['whose groups are left out', binding('RoleBinding', { roleRef: { kind: 'Role', name: 'a' }, subjects: [{ kind: 'User', name: 'a' }, { kind: 'ServiceAccount', name: 'a' }] })],
    ['of which the schema speaks', binding('RoleBinding', { roleRef: { kind: 7 }, subjects: [null, 7, { kind: [] }] })],
    ['of another group', { ...binding('RoleBinding', { roleRef: { kind: 'x' } }), apiVersion: 'example.org/v1' }],
    ['of no kind', { kind: 'constructor' }],
  ])('but not those %s', (_, manifest) => {
    expect(sentences(refusedBinding, manifest)).toEqual([]);
  });
});

describe('the API server refuses templates', () => {
  test.each<[string, JsonObject, string[]]>([
    ['of Jobs whose pods never end', controller('Job'), ["spec.template.spec.restartPolicy: is not set, which means 'Always', and the pods of a Job end. Write OnFailure or Never."]],
    ['of Jobs that say so', controller('Job', { restartPolicy: 'Always' }), ["spec.template.spec.restartPolicy: is 'Always', and the pods of a Job end. Write OnFailure or Never."]],
    ['of Deployments whose pods end', controller('Deployment', { restartPolicy: 'Never' }), ["spec.template.spec.restartPolicy: is 'Never', and a Deployment restarts its pods always. Leave it out; what ends by itself is a Job."]],
    ['that their selector misses', controller('StatefulSet', {}, { selector: { matchLabels: { a: 'c' } } }), ['spec.selector.matchLabels: asks for a=c, which the pods of the template do not have. Write the same labels in both.']],
    ['with two containers of one name', controller('DaemonSet', { initContainers: [{ name: 'b' }, { name: 'a' }] }), ["spec.template.spec.containers[0].name: is 'a', as another container is called. Give one of them another name."]],
    ['with two volumes of one name', controller('DaemonSet', { volumes: [{ name: 'a' }, { name: 'a' }] }), ["spec.template.spec.volumes[1].name: is 'a', as another volume is called. Give one of them another name."]],
  ])('%s', (_, manifest, expected) => {
    expect(sentences(refusedTemplate, manifest)).toEqual(expected);
  });

  test.each<[string, JsonObject]>([
    ['that say what is the case anyway', controller('Deployment', { restartPolicy: 'Always' }, { selector: { matchLabels: { a: 'b' } } })],
    ['of Jobs that end', controller('Job', { restartPolicy: 'OnFailure' }, { selector: { matchLabels: { c: 'd' } } })],
    ['of Pods, which may end or not', { apiVersion: 'v1', kind: 'Pod', spec: { restartPolicy: 'Never', containers: [{ name: 'a' }] } }],
    ['of which the schema speaks', controller('Deployment', { restartPolicy: 7, containers: [null, { name: 7 }, { name: 7 }], volumes: {} }, { selector: [] })],
    ['without metadata', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: {} } } }],
    ['of custom resources', { ...controller('Job'), apiVersion: 'batch.volcano.sh/v1alpha1' }],
  ])('but not those %s', (_, manifest) => {
    expect(sentences(refusedTemplate, manifest)).toEqual([]);
  });
});
