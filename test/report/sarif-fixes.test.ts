import { call } from '../cli/called';
import { applied, resultsOf, schemaFaultsOf } from './sarif-fixes';

const CONTAINERS = (...names: string[]) => names.map(name => `    - name: ${name} # ${name}\n      image: acme/${name}:1\n`).join('');
const POD = (name: string, containers: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  enableServiceLinks: false\n  containers:\n${containers}`;
const fixOf = (text: string, rule: string) => resultsOf(text).filter(({ ruleId, fixes }) => ruleId === rule && fixes);
const mended = (text: string, rule: string) => applied(text, fixOf(text, rule)[0] as Required<ReturnType<typeof fixOf>[0]>);

describe('a fix in SARIF', () => {
  test('is the part of its rule, comments and all else as they were', () => {
    const text = POD('web', CONTAINERS('a', 'b'));
    expect(mended(text, 'pod-privilege-escalation')).toBe(POD('web', CONTAINERS('a', 'b').replace(/(image: .*\n)/g,
      '$1      securityContext:\n        allowPrivilegeEscalation: false\n')));
    expect(mended(text, 'pod-seccomp')).toBe(`${text}  securityContext:\n    seccompProfile:\n      type: RuntimeDefault\n`);
    expect(schemaFaultsOf(text)).toEqual([]);
  });

  test('is of its object alone, in a List too', () => {
    const item = (name: string) => POD(name, CONTAINERS(name)).replace(/^/gm, '  ').replace('  ', '- ').trimEnd();
    const text = `kind: List\napiVersion: v1\nitems:\n${item('a')}\n${item('b')}\n`;
    const [first, second] = fixOf(text, 'pod-seccomp').map(result => applied(text, result as Required<typeof result>));
    const seccomp = '\n    securityContext:\n      seccompProfile:\n        type: RuntimeDefault';
    expect(first).toBe(text.replace(item('a'), item('a') + seccomp));
    expect(second).toBe(text.replace(item('b'), item('b') + seccomp));
  });

  test('is left out where an alias would carry it into another object', () => {
    const spec = '{enableServiceLinks: false, containers: [{name: a, image: "a:1"}]}';
    const text = (other: string) => `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a, labels: &l {a: b}, annotations: *l}, spec: &s ${spec}}\n`
      + `- {apiVersion: v1, kind: Pod, metadata: {name: b}, spec: ${other}}\n`;
    expect(fixOf(text(spec), 'pod-seccomp')).toHaveLength(2);
    expect(fixOf(text('*s'), 'pod-seccomp')).toHaveLength(0);
  });

  test('is left out where a waiver is in force, where only a person can decide, and where another container would be mended', () => {
    const waiver = '  annotations:\n    cdk8s-hardened/waive.pod-seccomp: \'{"reason":"r","owner":"o"}\'\n';
    expect(fixOf(POD('web', CONTAINERS('a')).replace('spec:', `${waiver}spec:`), 'pod-seccomp')).toEqual([]);
    const text = POD('web', `${CONTAINERS('a')}    - name: known\n      image: nginx:1.28\n`);
    expect(fixOf(text, 'pod-run-as-non-root').map(({ message }) => /container '\w+'/.exec(message.text)![0])).toEqual(["container 'known'"]);
    expect(fixOf(text, 'pod-memory-limit')).toEqual([]);
  });

  test('is with the first twenty findings of a rule in one object: so much grows with the input, not with its square', () => {
    const text = POD('web', CONTAINERS(...Array.from({ length: 50 }, (_, i) => `c${i}`)));
    expect(fixOf(text, 'pod-privilege-escalation')).toHaveLength(20);
  });

  test('is with a finding that ends because another rule mends the spelling', () => {
    const text = POD('web', CONTAINERS('a')).replace('spec:', 'spec:\n  os: {name: windows}').replace(/(image: .*\n)/, '$1      securityContext: {capabilities: {add: [CAP_CHOWN]}}\n');
    expect(mended(text, 'pod-capabilities-default-set')).toBe(text.replace('CAP_CHOWN', 'CHOWN'));
  });

  test('is not in JSON, whose contract does not have it', () => {
    const { stdout } = call(['check', '-', '--format', 'json'], { stdin: POD('web', CONTAINERS('a')) });
    expect(stdout).not.toContain('"fix');
  });
});
