import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readInputs, ReadOptions } from '../../../src/kube/reading/read';
import { arrange, pod } from './arranged';

/** What is read from a folder with these files, paths shown as they lie in it. */
function read(files: Record<string, string | Buffer>, options?: ReadOptions, ...paths: string[]) {
  const folder = arrange(files);
  return told(folder, readInputs(paths.length ? paths.map(path => join(folder, path)) : [folder], options));
}

function told(folder: string, { objects, problems, skipped }: ReturnType<typeof readInputs>) {
  const short = (file: string) => relative(folder, file) || '.';
  return {
    names: objects.map(({ manifest, source }) => `${short(source.file)}#${source.document}${source.path && ` ${source.path}`} ${manifest.kind} ${manifest.metadata.name}`),
    problems: problems.map(({ file, line, message }) => `${short(file)}:${line} ${message}`),
    skipped: skipped.map(({ file, reason }) => `${short(file)} ${reason}`),
  };
}

describe('what is read', () => {
  test('is told while it is read, file by file and document by document', () => {
    const shares: string[] = [];
    read({ 'a.yaml': `${pod('a')}---\n${pod('b')}`, 'b.yaml': pod('c') }, { onProgress: (done, all) => shares.push(`${done.toFixed(1)} of ${all}`) });
    expect(shares).toEqual(['0.0 of 2', '0.5 of 2', '1.0 of 2']);
  });

  test('files of a folder in alphabetical order, sub-folders included, manifests only', () => {
    expect(read({ 'b.yml': pod('b'), 'a.yaml': pod('a'), 'sub/c.json': '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"c"}}', 'notes.txt': 'x: [' }))
      .toEqual({ names: ['a.yaml#0 Pod a', 'b.yml#0 Pod b', 'sub/c.json#0 Pod c'], problems: [], skipped: [] });
  });

  test.each<[string, string]>([
    ['markers', `${pod('a')}---\n${pod('b')}`],
    ['markers with comments and empty documents', `# first\n---\n---\n# x\n${pod('a')}--- # next\n\n---\n${pod('b')}---\n`],
    ['ends of documents', `${pod('a')}...\n---\n${pod('b')}...\n`],
    ['ends of documents alone', `${pod('a')}...\n${pod('b')}`],
    ['the line ends of Windows', `${pod('a')}---\n${pod('b')}`.replace(/\n/g, '\r\n')],
    ['a directive', `%YAML 1.1\n---\n${pod('a')}---\n${pod('b')}`],
    ['a document on the line of its marker', `--- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n---\n${pod('b')}`],
    ['JSON, one after the other', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}'],
    ['JSON between markers', '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}\n---\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}'],
    ['a mark of byte order', `\ufeff${pod('a')}---\n${pod('b')}`],
  ])('documents are parted by %s', (_, text) => {
    expect(read({ 'x.yaml': text })).toEqual({ names: ['x.yaml#0 Pod a', 'x.yaml#1 Pod b'], problems: [], skipped: [] });
  });

  test('UTF-16 with its mark', () => {
    const little = Buffer.from(`\ufeff${pod('ä')}`, 'utf16le');
    expect(read({ 'little.yaml': little, 'big.yaml': Buffer.from(little).swap16() }).names).toEqual(['big.yaml#0 Pod ä', 'little.yaml#0 Pod ä']);
  });

  test('lists within lists, and typed ones whose items leave out their kind', () => {
    const text = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: List
  items:
  - {apiVersion: v1, kind: Pod, metadata: {name: a}}
- apiVersion: v1
  kind: PodList
  items:
  - metadata: {name: b}
`;
    expect(read({ 'x.yaml': text }).names).toEqual(['x.yaml#0 items[0].items[0] Pod a', 'x.yaml#0 items[1].items[0] Pod b']);
  });

  test('standard input, which may be handed in', () => {
    // Named twice it is still one.
    const { objects, problems } = readInputs(['-', '-'], { standardInput: Buffer.from(pod('a')) });
    expect(problems).toEqual([]);
    expect(objects).toMatchObject([{ manifest: { metadata: { name: 'a' } }, source: { file: '-', document: 0 } }]);
  });

  test('a file once, however many paths and links lead to it', () => {
    const folder = arrange({ 'a.yaml': pod('a') });
    symlinkSync('a.yaml', join(folder, 'b.yaml'));
    expect(told(folder, readInputs([folder, join(folder, 'a.yaml')]))).toEqual({ names: ['a.yaml#0 Pod a'], problems: [], skipped: [] });
  });

  test('aliases are copies, so that a change to one object changes no other', () => {
    const folder = arrange({ 'x.yaml': `${pod('a')}spec: {a: &x {b: 1}, c: *x}\n` });
    const [{ manifest }] = readInputs([folder]).objects;
    expect(manifest.spec!.a).toEqual(manifest.spec!.c);
    expect(manifest.spec!.a).not.toBe(manifest.spec!.c);
  });
});

describe('what is skipped, and said so', () => {
  test.each<[string, string, string]>([
    ['Chart.yaml', 'apiVersion: v2\nname: x\n', 'it describes a Helm chart. Check what the chart renders: helm template'],
    ['values-prod.yaml', 'a: 1\n', 'it holds the values of a Helm chart. Check what the chart renders: helm template'],
    ['kustomization.yaml', 'resources: [a.yaml]\n', 'it tells kustomize what to build. Check what it builds: kustomize build'],
    ['other.yaml', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n', 'it tells kustomize what to build. Check what it builds: kustomize build'],
    ['docker-compose.yml', 'services: {}\n', 'it is for Docker Compose'],
    ['package.json', '{"name":"x"}', 'it configures a tool'],
    ['dashboard.json', '{"panels":[]}', 'it is JSON of another sort: it has neither apiVersion nor kind'],
  ])('%s', (name, text, reason) => {
    expect(read({ [name]: text, 'z.yaml': pod('z') })).toEqual({ names: ['z.yaml#0 Pod z'], problems: [], skipped: [`${name} ${reason}`] });
  });

  test('the folders of tools', () => {
    expect(read({ 'node_modules/x/a.yaml': pod('a'), '.git/a.yaml': pod('a'), 'z.yaml': pod('z') }).skipped)
      .toEqual(['.git the folder belongs to a tool', 'node_modules the folder belongs to a tool']);
  });

  test('nothing that is named as a manifest would be', () => {
    expect(read({ 'values.yaml': pod('a') }).names).toEqual(['values.yaml#0 Pod a']);
  });
});

const DEEP = 100_000;
const BOMB = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(',')}]`).join('\n')}\n`;

describe('what cannot be read is one problem with its line, and the rest is read', () => {
  test.each<[string, string | Buffer, string]>([
    ['no YAML', 'a: [b\nc: d\n', '2 it is not YAML: missed comma between flow collection entries. Mend it there.'],
    ['a tab', 'a:\n\tb: c\n', '2 a tab stands where only spaces may indent. Replace it by spaces.'],
    ['a list', '- a\n', '1 it is a list, not an object with apiVersion and kind. Write it as one.'],
    ['a text', 'hello\n', '1 it is a string, not an object with apiVersion and kind. Write it as one.'],
    ['no kind', 'a: 1\nb: 2\n', '1 it has no apiVersion, so it is no object of Kubernetes. Write its apiVersion, or leave the file out.'],
    ['a kind that is misspelt', 'apiVersion: v1\nKind: Pod\n', "1 it has no kind, but 'Kind'. Did you mean 'kind'?"],
    ['a kind that is no text', 'apiVersion: v1\nkind: [Pod]\n', '1 kind is a list, not a string. Quote it.'],
    ['metadata that are none', 'apiVersion: v1\nkind: Pod\nmetadata: web\n', '3 metadata is a string, not a mapping. Write it as one, with a name.'],
    ['a list with a text in it', 'apiVersion: v1\nkind: List\nitems:\n- web\n', '4 items[0]: it is a string, not an object with apiVersion and kind. Write it as one.'],
    ['a key that stands twice', `${pod('a')}spec:\n  hostNetwork: false\n  hostNetwork: true\n`, "7 the key 'hostNetwork' stands twice in one mapping. Keep the one that is meant."],
    ['a key that stands twice in JSON', '{"apiVersion":"v1",\n"kind":"Pod","kind":"Pod"}', "2 the key 'kind' stands twice in one mapping. Keep the one that is meant."],
    ['a __proto__', `${pod('a')}  __proto__: {admin: true}\n`, "5 a key is '__proto__', which no manifest has. Remove it."],
    ['a __proto__ in JSON', '{"__proto__":{"admin":true}}', "1 a key is '__proto__', which no manifest has. Remove it."],
    ['a template of Helm', `${pod('a')}spec:\n{{- if .Values.x }}\n  a: b\n{{- end }}\n---\nb: {{ .Values.y }}\n`, '6 it is a template that has not been rendered. Render it first: helm template CHART | cdk8s-hardened check -'],
    ['zero bytes', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0]), '0 it is not text: it holds zero bytes. Name manifests only, as YAML or JSON.'],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0x62]), '0 it is not text in UTF-8. Save it as UTF-8, or name manifests only.'],
    ['control characters', 'a: \u0001\n', '1 it holds control characters, which no YAML may. Remove them.'],
    ['aliases that explode', BOMB, '6 its aliases expand to more than 400000 values, so Kubernetes refuses it. Write out what is meant.'],
    ['an alias of nothing', 'a: *b\n', '1 *b names an anchor that is not there. Write &b before it.'],
    ['an anchor in itself', 'a: &b [*b]\n', '1 &b contains itself. Write out what is meant.'],
    ['brackets without end', '['.repeat(DEEP), '1 fields are nested more than 250 levels deep. No manifest is; check where it comes from.'],
    ['JSON without end', '{"a":'.repeat(DEEP), '1 fields are nested more than 250 levels deep. No manifest is; check where it comes from.'],
    ['a line end that no editor shows', '# x\u2028privileged: true\n', '1 it holds the character U+2028, which Kubernetes reads as the end of a line. Write it as "\\u2028" in double quotes, or remove it.'],
    ['an infinite number', `${pod('a')}spec: {a: .inf}\n`, "5 '.inf' is a number that JSON cannot hold, so Kubernetes refuses it. Quote it if it is meant as text."],
    ['a key that is a list', '[a]: b\n', '1 a key is a list or a mapping. Keys are text.'],
    ['a key that is empty', ': b\n', '1 a key is empty or null. Write the key, in quotes if it is meant as text.'],
  ])('%s', (_, content, problem) => {
    const { names, problems } = read({ 'bad.yaml': content, 'good.yaml': pod('good') });
    expect(problems).toEqual([`bad.yaml:${problem}`]);
    expect(names).toEqual(['good.yaml#0 Pod good']);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  test('a fault in one document hides no other of the same file', () => {
    const { names, problems } = read({ 'x.yaml': `${pod('a')}---\na: [\n---\n${pod('b')}---\na: 1\na: 2\n` });
    expect(names).toEqual(['x.yaml#0 Pod a', 'x.yaml#1 Pod b']);
    expect(problems).toEqual([expect.stringMatching(/^x.yaml:6 it is not YAML/), "x.yaml:14 the key 'a' stands twice in one mapping. Keep the one that is meant."]);
  });

  test('what is missing, empty, without a manifest, or without an end', () => {
    const folder = arrange({ 'only/values.yaml': 'a: 1', 'loop/a.yaml': pod('a'), 'empty.yaml': '# nothing\n' });
    mkdirSync(join(folder, 'nothing'));
    symlinkSync('..', join(folder, 'loop', 'up'));
    symlinkSync('self.yaml', join(folder, 'loop', 'self.yaml'));
    symlinkSync('gone.yaml', join(folder, 'loop', 'to-gone.yaml'));
    const nothing = 'there is no manifest in it, so there is nothing to say about it. Check the name, or what should have written it.';
    const paths = ['missing.yaml', 'nothing', 'only', 'empty.yaml'].map(name => join(folder, name));
    expect(told(folder, readInputs(paths)).problems).toEqual([
      'missing.yaml:0 there is no such file or folder. Check the name, or the link that leads here.',
      `nothing:0 ${nothing}`,
      `only:0 ${nothing}`,
      `empty.yaml:0 ${nothing}`,
    ]);
    expect(told(folder, readInputs([join(folder, 'loop')]))).toEqual({
      names: ['loop/a.yaml#0 Pod a'],
      problems: [
        'loop/self.yaml:0 its links lead in a circle. Remove the link.',
        'loop/to-gone.yaml:0 there is no such file or folder. Check the name, or the link that leads here.',
        'loop/up:0 it is a link to a folder that it lies in, so it has no end. Remove the link.',
      ],
      skipped: [],
    });
    expect(readInputs(['-'], { standardInput: Buffer.from('') }).problems).toEqual([{ file: '-', line: 0, message: nothing }]);
  });

  (process.getuid?.() === 0 ? test.skip : test)('what may not be read', () => {
    const folder = arrange({ 'x/a.yaml': pod('a'), 'b.yaml': pod('b'), 'c.yaml': pod('c') });
    chmodSync(join(folder, 'x'), 0);
    chmodSync(join(folder, 'b.yaml'), 0);
    const refused = 'it may not be read. Grant the right to read it, or leave it out.';
    expect(told(folder, readInputs([folder]))).toEqual({ names: ['c.yaml#0 Pod c'], problems: [`x:0 ${refused}`, `b.yaml:0 ${refused}`], skipped: [] });
    chmodSync(join(folder, 'x'), 0o700);
  });

  test('what takes too long or too much', () => {
    expect(read({ 'x.yaml': `a: [${'{a: 1},'.repeat(300_000)}]` }, { seconds: 0.05 }).problems)
      .toEqual(['x.yaml:0 it takes more than 0.05 seconds to read. Split it, or look for what makes it so.']);
    expect(read({ 'x.yaml': pod('a').repeat(20) }, { bytes: 100 }).problems).toEqual(['x.yaml:0 it has more than 0 MB. Split it, or leave it out.']);
    expect(read({ 'x.yaml': `a: [${'1,'.repeat(4_000_000)}]` }).problems)
      .toEqual(['x.yaml:1 one document holds more than 3000000 values. Split it, or write it as JSON.']);
    expect(read({ 'x.yaml': Buffer.alloc(100_000_000, 'x') }).problems).toEqual(['x.yaml:1 one document has 100 MB; at most 64 are read. Split it.']);
  });

  test('constructor and its like are keys as others are', () => {
    const folder = arrange({ 'x.yaml': `${pod('a')}  labels: {constructor: x, toString: t, hasOwnProperty: z}\n` });
    expect(readInputs([folder])).toMatchObject({ problems: [], objects: [{ manifest: { metadata: { labels: { constructor: 'x', toString: 't', hasOwnProperty: 'z' } } } }] });
  });
});
