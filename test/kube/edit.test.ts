import { edit } from '../../src/kube/edit';
import { Json, JsonObject } from '../../src/kube/json';
import { compose } from '../../src/kube/reading/compose';

/** The text after a change of its value. */
function after(text: string, change: (value: any) => void): string {
  const [value] = compose(text);
  change(value);
  return edit(text, value as Json);
}

const POD = `# a pod
kind: Pod # of course
metadata:
    name: 'web' # its name
    labels: {app: web,
             "tier": front} # two
spec:
    # what runs
    containers:
      - image: nginx   # the server
        name: a

        # its ports
        ports: [80, 81]
      - name: b
        args:
        - one # first
        - two
`;

describe('an edit touches what differs, and nothing else', () => {
  test.each<[string, (value: any) => void, [string, string][]]>([
    ['a value', pod => { pod.kind = 'Job'; }, [['kind: Pod', 'kind: Job']]],
    ['a value in quotes keeps them', pod => { pod.metadata.name = "it's"; }, [["'web' #", "'it''s' #"]]],
    ['a new key, as deep as its siblings', pod => { pod.metadata.namespace = 'shop'; }, [['front} # two\n', 'front} # two\n    namespace: shop\n']]],
    ['a new key in brackets', pod => { pod.metadata.labels.zone = 'a'; }, [['"tier": front}', '"tier": front,\n             zone: a}']]],
    ['a key that goes', pod => { delete pod.spec.containers[1].args; }, [['        args:\n        - one # first\n        - two\n', '']]],
    ['the first key behind a dash', pod => { delete pod.spec.containers[0].image; }, [['image: nginx   # the server\n        name: a', 'name: a']]],
    ['a key in brackets that goes', pod => { delete pod.metadata.labels.app; }, [['app: web,\n             ', '']]],
    ['an item that goes', pod => { pod.spec.containers.shift(); }, [['      - image: nginx   # the server\n        name: a\n\n        # its ports\n        ports: [80, 81]\n', '']]],
    ['an item that comes', pod => { pod.spec.containers[1].args.splice(1, 0, 'more'); }, [['one # first\n', 'one # first\n        - more\n']]],
    ['an item that comes first', pod => { pod.spec.containers[1].args.unshift('zero'); }, [['        - one', '        - zero\n        - one']]],
    ['an item in brackets', pod => { pod.spec.containers[0].ports = [80, 8080, 81]; }, [['[80, 81]', '[80, 8080, 81]']]],
    ['a nested value, in the way of the document', pod => { pod.spec.securityContext = { runAsNonRoot: true, drop: ['ALL'], empty: {} }; },
      [['        - two\n', '        - two\n    securityContext:\n        runAsNonRoot: true\n        drop:\n          - ALL\n        empty: {}\n']]],
    ['a value that becomes a mapping; the comment behind it stays', pod => { pod.kind = { a: 1 }; }, [['kind: Pod # of course', 'kind: # of course\n    a: 1']]],
    ['a mapping that becomes empty', pod => { pod.metadata.labels = {}; }, [['{app: web,\n             "tier": front}', '{}']]],
    ['a text of several lines', pod => { pod.metadata.note = 'a\n  b\n'; }, [['front} # two\n', 'front} # two\n    note: |\n        a\n          b\n']]],
    ['strings that others would read as something else', pod => { pod.metadata.odd = ['y', 'on', '1_000', '0o17', '1e3', '12:30:45', 'null', '~', '', 'a: b', '# c', 'plain text']; },
      [['front} # two\n', 'front} # two\n    odd:\n      - "y"\n      - "on"\n      - "1_000"\n      - "0o17"\n      - "1e3"\n      - "12:30:45"\n      - "null"\n      - "~"\n      - ""\n      - "a: b"\n      - "# c"\n      - plain text\n']]],
  ])('%s', (_, change, replacements) => {
    const wanted = replacements.reduce((text, [was, is]) => {
      expect(text).toContain(was);
      return text.replace(was, () => is);
    }, POD);
    expect(after(POD, change)).toBe(wanted);
  });

  test.each<[string, string, (value: any) => void, string]>([
    ['the line ends of Windows', 'a: 1\r\nb: 2\r\n', v => { v.c = { d: 1 }; }, 'a: 1\r\nb: 2\r\nc:\r\n  d: 1\r\n'],
    ['no line end at the end', 'a: 1', v => { v.b = 2; }, 'a: 1\nb: 2'],
    ['an empty value', 'a:\nb: 1\n', v => { v.a = 'x'; }, 'a: x\nb: 1\n'],
    ['an empty value that becomes a list', 'a: # c\nb: 1\n', v => { v.a = ['x']; }, 'a: # c\n- x\nb: 1\n'],
    ['a marker and what stands around', '# x\n---\na: 1 # c\n# y\n', v => { v.a = 2; }, '# x\n---\na: 2 # c\n# y\n'],
    ['an anchor whose aliases follow', 'a: &x {b: 1}\nc: *x\n', v => { v.a.b = 2; v.c = { b: 2 }; }, 'a: &x {b: 2}\nc: *x\n'],
    ['an anchor whose aliases do not', 'a: &x {b: 1}\nc: *x\n', v => { v.a.b = 2; }, 'a: &x {b: 2}\nc:\n  b: 1\n'],
    ['an alias', 'a: &x {b: 1}\nc: *x # same\n', v => { v.c = { b: 2 }; }, 'a: &x {b: 1}\nc: # same\n  b: 2\n'],
    ['a key beside a merge', 'a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n', v => { v.c.e = 2; }, 'a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n  e: 2\n'],
    ['a key that a merge brings', 'a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n', v => { v.c.b = 2; }, 'a: &x {b: 1}\nc:\n  b: 2\n  d: 1\n'],
    ['a list in a list', '- - a\n  - b\n- - c\n', v => { v[0].shift(); v[1].push('d'); }, '- - b\n- - c\n  - d\n'],
    ['a block of text', 'a: |\n  x\n  y\nb: 1\n', v => { v.a = 'x\nz\n'; }, 'a: |\n  x\n  z\nb: 1\n'],
    ['keys that are no strings', '1: a\nyes: b\n', v => { v['1'] = 'c'; delete v.true; }, '1: c\n'],
    ['JSON in one line', '{"a":1,"b":[1]}', v => { v.b.push({ c: 'y' }); v.d = 'x'; }, '{"a":1,"b":[1, {"c":"y"}], "d":"x"}'],
    ['JSON over lines', '{\n  "a": 1,\n  "b": [\n    1\n  ]\n}\n', v => { v.b.push(2); v.c = { d: 1 }; delete v.a; }, '{\n  "b": [\n    1,\n    2\n  ],\n  "c": {\n    "d": 1\n  }\n}\n'],
  ])('%s', (_, text, change, wanted) => {
    expect(after(text, change)).toBe(wanted);
  });

  test('an item of a list of objects', () => {
    const text = 'kind: List\nitems:\n- kind: Pod # a\n- kind: Job # b\n';
    const [list] = compose(text);
    const job = (list as { items: JsonObject[] }).items[1];
    expect(edit(text, { ...list as JsonObject, items: [(list as { items: JsonObject[] }).items[0], { ...job, spec: { a: 1 } }] })).toBe('kind: List\nitems:\n- kind: Pod # a\n- kind: Job # b\n  spec:\n    a: 1\n');
  });
});
