import { FORMATS } from '../../src/cli/check-formats';
import { page } from '../report/html';
import { read } from '../report/markdown';
import { elementsOf, parsed } from '../report/xml';
import { call } from './called';

/** What somebody may call an object, a namespace, a container or a reason, in the hope that a report does something about it. */
const NAMES: { readonly [what: string]: string } = {
  'markup': '<img src=x onerror=alert(1)>',
  'the end of a script': '</script><script>alert(1)</script>',
  'the end of an attribute': '"\'><svg onload=alert(1)>',
  'the end of CDATA': ']]>&x;<![CDATA[',
  'the end of a comment': '--><!--',
  'the end of a fold': '</summary></details><h1>x</h1>',
  'entities': '&lt;b&gt;&#60;',
  'a formula': "=cmd|' /C calc'!A0",
  'a formula with plus': '+1+1',
  'a formula with minus': '-1+1',
  'a formula with at': '@SUM(1,1)',
  'a formula behind a tab': '\t=1+1',
  'cells': 'a","b\r\nc',
  'colours': '\u001b[31mred\u001b[0m',
  'a title of the window': '\u001b]0;x\u0007',
  'the control characters of eight bits': '\u009b31m\u0085',
  'a zero byte': 'a\u0000b',
  'lines': 'a\n::error::b\r\nc\u2028d\u2029e',
  'the other direction': '\u202efdp.exe\u2066\u200f\u061c',
  'half of a character': 'a\ud800b\udc00',
  'what is no character': 'a\ufffeb\uffff',
  'backticks': '`` ` ```',
  'pipes': 'a | b \\| c \\\\| d',
  'a link': '[x](javascript:alert(1))',
  'a picture': '![x](http://evil.example/x.png)',
  'a mention': '@acme/admins #1 acme/shop#2',
  'an address': 'http://evil.example www.evil.example a@evil.example',
  'emphasis': '**a** _b_ ~~c~~ $d$ :e:',
  'a template': '${{ secrets.TOKEN }} {{7*7}} $(id) `id`',
  'a prototype': '__proto__',
  'all of a line': 'x'.repeat(5000),
};

const manifests = (name: string) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [deployment(name), { apiVersion: 'v1', kind: name, metadata: { name } }] });

function deployment(name: string): object {
  const labels = { app: name };
  const annotations = {
    'cdk8s-hardened/waive.pod-host-pid': JSON.stringify({ reason: name, owner: name }),
    ...(name !== '__proto__' && { [name]: name }),
  };
  const containers = [{ name, image: name, env: [{ name, value: name }] }];
  const spec = { hostPID: true, hostIPC: true, containers, volumes: [{ name, hostPath: { path: name } }] };
  return {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: name, labels, annotations },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  };
}

// eslint-disable-next-line no-control-regex
const STEERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/;
const names = (elements: { localName: string | null }[]) => new Set(elements.map(({ localName }) => localName));

/** What must hold of each format, as its own readers read it. */
const HOLDS: { readonly [format: string]: (text: string, name: string) => void } = {
  text: text => expect(text).not.toMatch(/\n[^\n]*\n::error/),
  json: (text, name) => {
    const objects = JSON.parse(text).findings.map(({ object }: { object: object }) => object);
    expect(objects).toContainEqual(expect.objectContaining({ name, namespace: name }));
  },
  sarif: (text, name) => expect(JSON.parse(text).runs[0].results[0].locations[0].logicalLocations[0].name).toBe(name),
  junit: text => expect(names(elementsOf(parsed(text)))).toEqual(new Set(['testsuites', 'testsuite', 'testcase', 'failure', 'skipped', 'system-out'])),
  html: text => {
    const { document, styles, scripts } = page(text);
    expect([styles.length, scripts.length]).toEqual([1, 1]);
    const known = 'html head meta title style body header h1 p main form label input fieldset legend select option button output section h2 small details summary b code bdi dl dt dd script';
    expect([...names(elementsOf(document))].filter(element => !known.split(' ').includes(element!))).toEqual([]);
    const attributes = elementsOf(document).flatMap(element => [...element.attributes].map(({ name }) => name));
    expect(attributes.filter(name => /^(?:on|style|src|href|action)/.test(name))).toEqual([]);
  },
  markdown: text => {
    const frame = /^(?:### cdk8s-hardened: [\w ,]+|<details><summary>[\w ]+<\/summary>|<\/details>|(?:\| --- )+\||)$/;
    for (const line of text.trimEnd().split('\n').filter(shown => !frame.test(shown))) {
      const cells = line.startsWith('| ') ? line.slice(2, -2).split(' | ') : [line];
      if (line.startsWith('| ')) expect([4, 2, 6]).toContain(cells.length);
      for (const cell of cells) {
        const { types, outside } = read(`x ${cell} x`);
        expect(types.filter(type => type !== 'code')).toEqual([]);
        expect(outside).not.toMatch(/[<>@#$&*_`|[\]{}~\\]|:\w|\bwww|\/\//);
      }
    }
  },
};

describe('hostile names do nothing', () => {
  test.each(Object.keys(FORMATS))('%s has a reader here', format => expect(Object.keys(HOLDS)).toContain(format));

  test.each(Object.entries(NAMES).flatMap(([what, name]) => Object.entries(HOLDS).map(([format, holds]) => ({ what, name, format, holds }))))(
    '$what in $format', ({ name, format, holds }) => {
      const { status, stdout, stderr } = call(['check', '-', '--format', format], { stdin: manifests(name) });
      expect([status, stderr]).toEqual([1, '']);
      // Whatever reads the log of a build, it reads lines.
      expect(stdout).not.toMatch(STEERS);
      expect(stdout).not.toMatch(/^::/m);
      holds(stdout, name);
    });

  const reach = (format: string, name: string) => call(['reach', '-', '--format', format], { stdin: manifests(name) }).stdout;

  test.each(Object.entries(NAMES))('%s in what reach says', (_, name) => {
    for (const format of ['text', 'json']) expect(reach(format, name)).not.toMatch(STEERS);
    const id = `${name}/${name}[Deployment]`;
    expect(JSON.parse(reach('json', name)).peers).toContainEqual({ id, kind: 'workload' });
    const rows = reach('csv', name).split('\r\n').slice(1, -1);
    for (const row of rows) {
      const cells = [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare);
      expect(cells).toHaveLength(7);
      expect(cells.filter(cell => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    }
  });
});
