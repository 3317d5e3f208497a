import { Severity } from '../kube/severity';
import { objectOf } from '../rules/audit';
import { CheckAnswer, PlacedFinding, stateOf, subjectOf, waivedBy } from './answer';
import { escaped } from './markup';

/** What JUnit tells besides the answer. */
export interface JunitOptions {
  /** From which severity on a finding is a failed test. */
  readonly failOn: Severity;
}

/** A test: an object and a rule that had something to say of it, or an object that is clean. */
interface Test {
  readonly file: string;
  readonly name: string;
  readonly findings: PlacedFinding[];
}

/** How many tests a part has: a cluster's answer as one text would take more memory than all else. */
const IN_A_PART = 1000;
const INPUT = 'input';

/**
 * The answer as JUnit's XML: a suite a file, a test an object and rule. Nothing that changes from run to run, such as a
 * line, stands in the name of a test, so that a server tells which ones are new.
 */
export function* junit(answer: CheckAnswer, { failOn }: JunitOptions): Iterable<string> {
  const { pack, kubernetes, problems } = answer;
  const suites = suitesOf(answer);
  const tests = [...suites.values()].flat();
  const failures = tests.filter(test => isFailed(test, failOn)).length;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributes({ name: `cdk8s-hardened check, pack ${pack}, Kubernetes ${kubernetes}`, tests: tests.length + Math.max(problems.length, 1), failures, errors: problems.length })}>\n`;
  yield inputs(answer);
  for (const [file, its] of suites) {
    const failed = its.filter(test => isFailed(test, failOn)).length;
    const skipped = its.filter(isSkipped).length;
    yield ` <testsuite${attributes({ name: fileName(file), tests: its.length, failures: failed, errors: 0, skipped })}>\n`;
    for (let i = 0; i < its.length; i += IN_A_PART) yield its.slice(i, i + IN_A_PART).map(test => shown(test, failOn)).join('');
    yield ' </testsuite>\n';
  }
  yield '</testsuites>\n';
}

/** Files in the order of the answer; an object that nothing was found in is a test that passed. */
function suitesOf({ findings, judged = [] }: CheckAnswer): Map<string, Test[]> {
  const suites = new Map<string, Test[]>();
  const tests = new Map<string, Test>();
  const found = new Set<string>();
  const files = new Set([...findings.map(({ source }) => source.file), ...judged.map(({ source }) => source.file)]);
  for (const file of [...files].sort((a, b) => a < b ? -1 : 1)) suites.set(file, []);
  for (const finding of findings) {
    const { rule, object, source: { file, document } } = finding;
    const whom = key(file, document, object);
    found.add(whom);
    const its = tests.get(`${whom}${rule}`);
    if (its) {
      its.findings.push(finding);
      continue;
    }
    const test: Test = { file, name: `${subjectOf(object)}: ${rule}`, findings: [finding] };
    tests.set(`${whom}${rule}`, test);
    suites.get(file)!.push(test);
  }
  for (const { manifest, source: { file, document } } of judged) {
    const object = objectOf(manifest);
    if (!found.has(key(file, document, object))) suites.get(file)!.push({ file, name: `${subjectOf(object)}: clean`, findings: [] });
  }
  return suites;
}

function key(file: string, document: number, { apiVersion, kind, namespace, name }: PlacedFinding['object']): string {
  return JSON.stringify([file, document, apiVersion, kind, namespace, name]);
}

/** What could not be read is an error of its own; if all could be, that is a test that passed, so that no report is empty. */
function inputs({ problems, summary: { objects } }: CheckAnswer): string {
  const tests = problems.length
    ? problems.map(({ file, line, message }) => testcase(INPUT, fileName(file), element('error', 'unreadable', message, escaped(`${line ? `line ${line}: ` : ''}${message}`))))
    : [testcase(INPUT, `${objects} ${objects === 1 ? 'object' : 'objects'} could be read`, '')];
  return ` <testsuite${attributes({ name: INPUT, tests: tests.length, failures: 0, errors: problems.length, skipped: 0 })}>\n${tests.join('')} </testsuite>\n`;
}

function shown(test: Test, failOn: Severity): string {
  const { file, name, findings } = test;
  return testcase(fileName(file), name, findings.length ? outcome(test, failOn) : '');
}

function outcome(test: Test, failOn: Severity): string {
  const { findings } = test;
  const lines = findings.map(sentence).map(escaped).join('\n');
  if (isFailed(test, failOn)) {
    const [first, ...others] = findings.filter(finding => fails(finding, failOn));
    return element('failure', first.rule, `${first.message}${others.length ? ` (and ${others.length} more)` : ''}`, lines);
  }
  if (isSkipped(test)) return element('skipped', stateOf(findings[0]), whyNot(findings[0])!, lines);
  return `   <system-out>${lines}</system-out>\n`;
}

function sentence(finding: PlacedFinding): string {
  const { source: { line, column, construct }, field, message, rule, advice } = finding;
  const end = whyNot(finding) ?? advice;
  return `${stateOf(finding)} ${line}:${column} ${construct ? `${construct} · ` : ''}${field}: ${message} [${rule}]. ${end}`;
}

/** Why a finding does not count, if so. */
function whyNot(finding: PlacedFinding): string | undefined {
  const state = stateOf(finding);
  return state === 'waived' ? waivedBy(finding.waiver!) : state === 'known' ? 'The baseline has it.' : undefined;
}

function fails(finding: PlacedFinding, failOn: Severity): boolean {
  const state = stateOf(finding);
  return state === 'error' || (state === 'warning' && failOn === Severity.WARNING);
}

function isFailed({ findings }: Test, failOn: Severity): boolean {
  return findings.some(finding => fails(finding, failOn));
}

/** Nothing of it counts: not even as a warning. */
function isSkipped({ findings }: Test): boolean {
  return findings.length > 0 && findings.every(finding => whyNot(finding) !== undefined);
}

function testcase(classname: string, name: string, content: string): string {
  return `  <testcase${attributes({ classname, name })}${content ? `>\n${content}  </testcase>\n` : '/>\n'}`;
}

function element(name: string, type: string, message: string, content: string): string {
  return `   <${name}${attributes({ type, message })}>${content}</${name}>\n`;
}

function attributes(values: { readonly [name: string]: string | number }): string {
  return Object.entries(values).map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');
}

function fileName(file: string): string {
  return file === '-' ? 'standard input' : file;
}
