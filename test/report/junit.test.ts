import { Element } from '@xmldom/xmldom';
import { Severity } from '../../src/kube/severity';
import { CheckAnswer } from '../../src/report/answer';
import { junit } from '../../src/report/junit';
import { WAIVER, answer, finding, judged, object } from './answers';
import { childrenOf, elementsOf, parsed } from './xml';

/** What Jenkins' schema (junit-10.xsd) lets stand in what, and which attributes it knows; those with ! have to be there. */
const SCHEMA: { [element: string]: { within: string[]; attributes: string[]; text?: boolean } } = {
  'testsuites': { within: ['#document'], attributes: ['name', 'time', 'tests', 'failures', 'errors'] },
  'testsuite': {
    within: ['testsuites', 'testsuite'],
    attributes: ['name!', 'tests!', 'failures!', 'errors!', 'group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
  },
  'testcase': { within: ['testsuite'], attributes: ['name!', 'time', 'classname', 'group'] },
  'failure': { within: ['testcase'], attributes: ['type', 'message'], text: true },
  'error': { within: ['testcase'], attributes: ['type', 'message'], text: true },
  'skipped': { within: ['testcase'], attributes: ['type', 'message'], text: true },
  'system-out': { within: ['testcase', 'testsuite'], attributes: [], text: true },
};

function faultsOf(element: Element): string[] {
  const { localName, parentNode, childNodes, attributes } = element;
  const schema = SCHEMA[localName!];
  if (!schema) return [`there is no ${localName}`];
  const names = [...attributes].map(({ name }) => name);
  return [
    ...schema.within.includes(parentNode!.nodeName) ? [] : [`${localName} in ${parentNode!.nodeName}`],
    ...names.filter(name => !schema.attributes.some(known => known.replace('!', '') === name)),
    ...schema.attributes.filter(known => known.endsWith('!') && !names.includes(known.slice(0, -1))),
    ...schema.text ? [] : [...childNodes].filter(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue!.trim()).map(({ nodeValue }) => `text ${nodeValue}`),
  ];
}

interface Told { readonly suite: string; readonly classname: string; readonly name: string; readonly outcome: string; readonly text: string }

/** The tests of a report, which has to be as the schema says, and to count what it has. */
function told(of: CheckAnswer, failOn = Severity.ERROR): Told[] {
  const document = parsed([...junit(of, { failOn })].join(''));
  expect(elementsOf(document).flatMap(faultsOf)).toEqual([]);
  const root = document.documentElement!;
  const suites = childrenOf(root);
  const number = (element: Element, name: string) => Number(element.getAttribute(name));
  const outcomes = (element: Element, name: string) => element.getElementsByTagName(name).length;
  for (const suite of suites) {
    expect([number(suite, 'tests'), number(suite, 'failures'), number(suite, 'errors'), number(suite, 'skipped')])
      .toEqual([outcomes(suite, 'testcase'), outcomes(suite, 'failure'), outcomes(suite, 'error'), outcomes(suite, 'skipped')]);
  }
  expect([number(root, 'tests'), number(root, 'failures'), number(root, 'errors')])
    .toEqual([outcomes(root, 'testcase'), outcomes(root, 'failure'), outcomes(root, 'error')]);
  return suites.flatMap(suite => childrenOf(suite).map(test => {
    const [child] = childrenOf(test);
    return {
      suite: suite.getAttribute('name')!, classname: test.getAttribute('classname')!, name: test.getAttribute('name')!,
      outcome: child?.localName ?? 'passed', text: child?.textContent ?? '',
    };
  }));
}

describe('the JUnit report', () => {
  test('has a suite for each file, a test for each object and rule, and one for each object that is clean', () => {
    const all = judged(
      [object('a.yaml', 0, 'ConfigMap', 'settings'), object('web.yaml', 0, 'Secret', 'login')],
      [finding(), finding({ line: 30, message: "container 'proxy' is privileged" }), finding({ rule: 'pod-host-path', line: 14, message: 'it mounts /' })],
    );
    expect(told(all).map(({ suite, name, outcome }) => [suite, name, outcome])).toEqual([
      ['input', '2 objects could be read', 'passed'],
      ['a.yaml', 'ConfigMap settings: clean', 'passed'],
      ['web.yaml', 'Deployment shop/web: pod-privileged', 'failure'],
      ['web.yaml', 'Deployment shop/web: pod-host-path', 'failure'],
      ['web.yaml', 'Secret login: clean', 'passed'],
    ]);
    expect(told(all)[2].text).toBe([
      "error 12:9 spec.template.spec.containers[0].securityContext.privileged: container 'web' is privileged [pod-privileged]. Remove privileged.",
      "error 30:9 spec.template.spec.containers[0].securityContext.privileged: container 'proxy' is privileged [pod-privileged]. Remove privileged.",
    ].join('\n'));
  });

  test('names a test the same wherever in the file its object stands', () => {
    const names = (line: number) => told(answer([finding({ line, message: `seen in line ${line}` })])).map(({ classname, name }) => [classname, name]);
    expect(names(7)).toEqual(names(70));
  });

  test('fails for warnings only where they are to fail', () => {
    const all = answer([finding({ severity: Severity.WARNING })], [], 0);
    expect(told(all)[1].outcome).toBe('system-out');
    expect(told(all)[1].text).toContain('warning 12:9');
    expect(told(all, Severity.WARNING)[1].outcome).toBe('failure');
  });

  test('skips what a waiver in force allows, and says who allows it; one that has expired allows nothing', () => {
    const [, skipped, failed] = told(answer([finding({ waiver: WAIVER }), finding({ rule: 'pod-seccomp', waiver: { ...WAIVER, expired: true } })], [], 0));
    expect([skipped.outcome, failed.outcome]).toEqual(['skipped', 'failure']);
    expect(skipped.text).toContain('Waived by team-a until 2027-01-31, SEC-1: loads a module');
  });

  test('says what could not be read as an error, and is not empty where there is nothing', () => {
    expect(told(answer([], [{ file: '-', line: 3, message: 'it is not YAML.' }], 0))).toEqual([
      { suite: 'input', classname: 'input', name: 'standard input', outcome: 'error', text: 'line 3: it is not YAML.' },
    ]);
    expect(told(answer([], [], 0))).toHaveLength(1);
  });

  test('of many findings comes in parts', () => {
    const many = answer(Array.from({ length: 2500 }, (_, i) => finding({ line: i + 1, object: { apiVersion: 'v1', kind: 'Pod', namespace: null, name: `p${i}` } })), [], 0);
    expect([...junit(many, { failOn: Severity.ERROR })].length).toBeLessThan(15);
    expect(told(many)).toHaveLength(2501);
  });
});
