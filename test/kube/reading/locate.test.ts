import { readInputs } from '../../../src/kube/reading/read';

/** The text that a field of the n-th object is shown by, and where it stands. */
function shown(text: string, field: string, index = 0): string {
  const { objects, problems } = readInputs(['-'], { standardInput: Buffer.from(text) });
  expect(problems).toEqual([]);
  const { line, column, endLine, endColumn } = objects[index].source.locate(field);
  const lines = text.split(/\r\n?|\n/);
  expect(endLine).toBe(line);
  return `${line}:${column} ${lines[line - 1].slice(column - 1, endColumn - 1)}`;
}

const POD = `# first
apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    a.b/c.d: x
    "quoted": y
spec:
  common: &common
    runAsUser: 0
  containers:
  - name: a
    securityContext: {privileged: true, capabilities: {add: [ALL]}}
  - image: nginx
    securityContext:
      <<: *common
  initContainers: [{name: i}]
  volumes: *common
---
apiVersion: v1
kind: Job
metadata: {name: j}
`;

test.each([
  ['', '2:1 apiVersion'],
  ['kind', '3:1 kind: Pod'],
  ['metadata.name', '5:3 name: web'],
  ['metadata.annotations.a.b/c.d', '7:5 a.b/c.d: x'],
  ["metadata.annotations['a.b/c.d']", '7:5 a.b/c.d: x'],
  ['metadata.annotations["quoted"]', '8:5 "quoted": y'],
  ['spec.containers', '12:3 containers'],
  ['spec.containers[0]', '13:5 name'],
  ['spec.containers[0].securityContext.privileged', '14:23 privileged: true'],
  ['spec.containers[0].securityContext.capabilities.add[0]', '14:62 ALL'],
  ['spec.initContainers[0].name', '18:21 name: i'],
])('%j is found', (field, place) => {
  expect(shown(POD, field)).toBe(place);
});

test.each([
  ['metadata.namespace', '4:1 metadata'],
  ['spec.containers[0].securityContext.runAsNonRoot', '14:5 securityContext'],
  ['spec.containers[7].name', '12:3 containers'],
  ['spec.hostNetwork', '9:1 spec'],
  ['nothing.at.all', '2:1 apiVersion'],
])('%j is not there, so its nearest parent is shown', (field, place) => {
  expect(shown(POD, field)).toBe(place);
});

test('what an alias or a merge brings is shown where it is written', () => {
  expect(shown(POD, 'spec.volumes.runAsUser')).toBe('11:5 runAsUser: 0');
  expect(shown(POD, 'spec.containers[1].securityContext.runAsUser')).toBe('11:5 runAsUser: 0');
});

test('a later document, items of a List, JSON, and the line ends of Windows', () => {
  expect(shown(POD, 'metadata.name', 1)).toBe('23:12 name: j');
  expect(shown('apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n', 'kind')).toBe('5:3 kind: Pod');
  expect(shown('\n{"apiVersion":"v1",\n "kind":"Pod",\n\t"metadata":{"name":"a"}}', 'metadata.name')).toBe('4:14 "name":"a"');
  expect(shown('{"apiVersion":"v1","kind":"Pod"}\n{"apiVersion":"v1",\n"kind":"Job"}', 'kind', 1)).toBe('3:1 "kind":"Job"');
  expect(shown(POD.replace(/\n/g, '\r\n'), 'spec.containers[0].name')).toBe('13:5 name: a');
  expect(shown('apiVersion: v1\nkind: Pod\n...\napiVersion: v1\nkind: Job\n', 'kind', 1)).toBe('5:1 kind: Job');
});

test('lines that the parser had to be helped over keep their places', () => {
  expect(shown('apiVersion: v1\nkind: Pod\nspec: {\n"a": 1,\n"b": [\n2\n]\n}\nmetadata: {\nname: x}\n', 'metadata.name')).toBe('10:1 name: x');
});

test('in a document of millions of values, its beginning must do: a tree of them would take gigabytes', () => {
  const keys = Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":1`).join(',');
  const text = `\n{"apiVersion":"v1","kind":"ConfigMap","data":{${keys}},"metadata":{"name":"a"}}`;
  const { objects } = readInputs(['-'], { standardInput: Buffer.from(text) });
  const before = process.memoryUsage().heapUsed;
  expect(objects[0].source.locate('metadata.name')).toEqual({ line: 2, column: 1, endLine: 2, endColumn: 1 });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(100e6);
});
