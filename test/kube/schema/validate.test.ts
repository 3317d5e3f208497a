import { JsonObject } from '../../../src/kube/json';
import { validate } from '../../../src/kube/schema/validate';

/** Each fault as one line. */
function faults(manifest: JsonObject, minor = 37): string[] {
  return validate(manifest, minor).map(({ kind, field, what, advice }) => `${kind} ${field}: ${what}. ${advice}`);
}

function pod(spec: JsonObject, container: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'a', image: 'i', ...container }], ...spec } };
}

function deployment(spec: JsonObject): JsonObject {
  return {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' },
    spec: { selector: { matchLabels: { a: 'b' } }, template: { spec: { containers: [{ name: 'a' }] } }, ...spec },
  };
}

test.each<[string, JsonObject]>([
  ['a number and a string for what may be either', pod({}, { livenessProbe: { httpGet: { port: 'http' } }, readinessProbe: { httpGet: { port: 80 } } })],
  ['quantities of every form', pod({}, { resources: { limits: { cpu: 2, memory: '1.5Gi', a: '500m', b: '1e3', c: 0.5, d: '12E' } } })],
  ['null where nothing could stand', pod({ securityContext: null, volumes: null, nodeSelector: { a: null } }, { args: null, env: [{ name: 'a', value: null }] })],
  ['a status, whatever is in it', { ...pod({}), status: { whatever: 1 } }],
  ['times', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', creationTimestamp: '2020-12-31T23:59:59.123456Z' } }],
  ['base64 over lines', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'YWJj\nZGVm\n', b: '' } }],
  ['any keys in labels', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { labels: JSON.parse('{"__proto__":"a","constructor":"b"}') } }],
  ['a whole number that is written with a point', deployment({ replicas: 3.0 })],
  ['an empty word where one of a few is wanted', pod({ dnsPolicy: '' })],
  ['a custom resource', { apiVersion: 'example.org/v1', kind: 'Pod', spec: { anything: 1 } }],
  ['a custom resource of a group below k8s.io', { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', spec: { anything: 1 } }],
  ['schemas within a custom resource definition', {
    apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'a' },
    spec: {
      group: 'example.org', scope: 'Namespaced', names: { kind: 'A', plural: 'as' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { a: { items: { type: 'string' }, default: [1] } } } } }],
    },
  }],
  ['a list of objects, which are judged one by one', { apiVersion: 'v1', kind: 'List', items: [] }],
  ['a list of one kind', { apiVersion: 'apps/v1', kind: 'DeploymentList', items: [] }],
  ['what is no object of Kubernetes', { a: 1 }],
])('%s are no fault', (_, manifest) => {
  expect(faults(manifest)).toEqual([]);
});

test.each<[string, JsonObject, string[]]>([
  ['another case', pod({ hostnetwork: true }), ["unknown-field spec.hostnetwork: is no field of PodSpec. Did you mean 'hostNetwork'?"]],
  ['a typo', pod({}, { imagePullPolciy: 'Always' }), ["unknown-field spec.containers[0].imagePullPolciy: is no field of Container. Did you mean 'imagePullPolicy'?"]],
  ['a field of the security context beside it', pod({}, { runAsNonRoot: true }),
    ["unknown-field spec.containers[0].runAsNonRoot: is no field of Container. Did you mean 'securityContext.runAsNonRoot'?"]],
  ["a container's field in the pod's security context", pod({ securityContext: { privileged: true } }),
    ["unknown-field spec.securityContext.privileged: is no field of PodSecurityContext. Did you mean 'spec.containers[].securityContext.privileged'?"]],
  ["the pod's field in a container", pod({}, { serviceAccountName: 'a' }),
    ["unknown-field spec.containers[0].serviceAccountName: is no field of Container. Did you mean 'spec.serviceAccountName'?"]],
  ['something else in a small type', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, secrets: {} },
    ['unknown-field secrets: is no field of Secret. Remove it; Secret has apiVersion, data, immutable, kind, metadata, stringData, type.']],
  ['something else in a large type', pod({}, { whatIsThis: 1 }), ['unknown-field spec.containers[0].whatIsThis: is no field of Container. Remove it, or correct its name.']],
  ['a key that objects inherit', { apiVersion: 'v1', kind: 'ConfigMap', metadata: JSON.parse('{"__proto__":{},"constructor":1}') }, [
    'unknown-field metadata.__proto__: is no field of ObjectMeta. Remove it, or correct its name.',
    'unknown-field metadata.constructor: is no field of ObjectMeta. Remove it, or correct its name.',
  ]],
])('%s is an unknown field', (_, manifest, lines) => {
  expect(faults(manifest)).toEqual(lines);
});

test.each<[string, JsonObject, string[]]>([
  ['a string for a number', deployment({ replicas: '3' }), ['wrong-type spec.replicas: is a string where a whole number is wanted. Remove the quotes.']],
  ['a word for a number', deployment({ replicas: 'three' }), ['wrong-type spec.replicas: is a string where a whole number is wanted. Write a whole number.']],
  ['a fraction', deployment({ replicas: 1.5 }), ['wrong-type spec.replicas: is a number with a fraction where a whole number is wanted. Write a whole number.']],
  ['a number that is too large', deployment({ replicas: 3e9 }), ['wrong-type spec.replicas: is a number of more than 32 bits where a whole number is wanted. Write a whole number.']],
  ['a number for a string', pod({}, { env: [{ name: 'PORT', value: 8080 }] }), ['wrong-type spec.containers[0].env[0].value: is a whole number where a string is wanted. Put it in quotes.']],
  ['a boolean for a string', { apiVersion: 'v1', kind: 'ConfigMap', metadata: {}, data: { 'a.b/c': true } }, ['wrong-type data["a.b/c"]: is a boolean where a string is wanted. Put it in quotes.']],
  ['a string for a boolean', pod({ hostNetwork: 'true' }), ['wrong-type spec.hostNetwork: is a string where true or false is wanted. Remove the quotes.']],
  ['yes for a boolean', pod({ hostNetwork: 'yes' }), ['wrong-type spec.hostNetwork: is a string where true or false is wanted. Write true or false, without quotes.']],
  ['a string for a list', pod({}, { args: '--a' }), ["wrong-type spec.containers[0].args: is a string where a list is wanted. Write a list: each element after '- '."]],
  ['a list for an object', pod({ securityContext: [] }), ['wrong-type spec.securityContext: is a list where an object is wanted. Write the fields of PodSecurityContext below it.']],
  ['a list for a map', pod({ nodeSelector: ['a'] }), ["wrong-type spec.nodeSelector: is a list where a map is wanted. Write each entry as 'key: value'."]],
  ['an object for a string', pod({ nodeName: {} }), ['wrong-type spec.nodeName: is an object where a string is wanted. Write a string.']],
  ['a quantity with a unit that is none', pod({}, { resources: { limits: { memory: '64MB' } } }),
    ["wrong-type spec.containers[0].resources.limits.memory: is a string, but not a quantity. Write a number with one of Kubernetes' units, such as 500m, 64Mi or 2Gi."]],
  ['a boolean for a port', pod({}, { livenessProbe: { httpGet: { port: true } } }),
    ['wrong-type spec.containers[0].livenessProbe.httpGet.port: is a boolean where a whole number or a string is wanted. Write a whole number or a string.']],
  ['plain text for base64, which is not repeated', { apiVersion: 'v1', kind: 'Secret', metadata: {}, data: { a: 'my password' } },
    ['wrong-type data.a: is a string, but not base64. Encode it, or put the plain text into stringData where the object is a Secret.']],
  ['a day for a time', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { creationTimestamp: '2020-12-31' } },
    ['wrong-type metadata.creationTimestamp: is a string, but not a time. Write it as in RFC 3339: 2030-12-31T23:59:59Z.']],
])('%s is of the wrong type', (_, manifest, lines) => {
  expect(faults(manifest)).toEqual(lines);
});

test.each<[string, JsonObject, string[]]>([
  ['another case', pod({}, { imagePullPolicy: 'always' }), ["wrong-value spec.containers[0].imagePullPolicy: is 'always', which is none of Always, IfNotPresent, Never. Did you mean 'Always'?"]],
  ['a word of its own', deployment({ strategy: { type: 'BlueGreen' } }), ["wrong-value spec.strategy.type: is 'BlueGreen', which is none of Recreate, RollingUpdate. Write one of these."]],
  ['nothing, in a list', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {}, spec: { podSelector: {}, policyTypes: [null] } },
    ["wrong-value spec.policyTypes[0]: is '', which is none of Egress, Ingress. Write one of these."]],
  ['a number', pod({ restartPolicy: 1 }), ['wrong-type spec.restartPolicy: is a whole number where a string is wanted. Put it in quotes.']],
])('%s is none of the allowed values', (_, manifest, lines) => {
  expect(faults(manifest)).toEqual(lines);
});

test.each<[string, JsonObject, string[]]>([
  ['a selector', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: {}, spec: { template: { spec: { containers: [] } } } },
    ['missing-field spec.selector: is missing, and DeploymentSpec cannot be without it. Write it.']],
  ['a field that is null', deployment({ template: null }), ['missing-field spec.template: is missing, and DeploymentSpec cannot be without it. Write it.']],
  ['the name of an empty element', pod({ containers: [null] }), ['missing-field spec.containers[0].name: is missing, and Container cannot be without it. Write it.']],
])('%s is missing', (_, manifest, lines) => {
  expect(faults(manifest)).toEqual(lines);
});

test('a field is known from the version on that brought it', () => {
  const manifest = pod({ securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } });
  expect(faults(manifest, 30)).toEqual([]);
  expect(faults(manifest, 29)).toEqual([
    'unknown-field spec.securityContext.appArmorProfile: is a field of PodSecurityContext since Kubernetes 1.30, and this is 1.29. Remove it, or say that the cluster is of 1.30 or later.',
  ]);
});

test('a field is known up to the version that dropped it', () => {
  const manifest: JsonObject = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {}, spec: { podSelector: {} }, status: {} };
  expect(faults(manifest, 27)).toEqual([]);
  expect(faults(manifest, 28)).toEqual(['unknown-field status: is no field of NetworkPolicy since Kubernetes 1.28. Remove it.']);
});

test('the manifest is not changed, and the same comes out twice', () => {
  const manifest = pod({ hostnetwork: 1, containers: [null] });
  const before = JSON.stringify(manifest);
  expect(validate(manifest, 37)).toEqual(validate(manifest, 37));
  expect(JSON.stringify(manifest)).toBe(before);
});
