import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckAnswer } from '../../src/report/answer';
import { faultsBy } from '../report/schemas';
import { answerIn, call } from './called';

const pod = (name: string, ...fields: string[]) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {${[...fields, 'containers: [{name: a, image: "nginx:1.28"}]'].join(', ')}}\n`;
const PACK = ['--pack', 'pss-baseline'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baseline-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const put = (name: string, text: string) => {
  writeFileSync(at(name), text);
  return at(name);
};
/** The answer of `check` on files of the folder, which has to be as its schema says. */
function answered(names: string[], ...options: string[]): CheckAnswer & { status: number } {
  const { status, stdout } = call(['check', ...PACK, '--format', 'json', ...options, ...names.map(at)]);
  return { ...answerIn(stdout) as CheckAnswer, status };
}
const found = ({ findings }: CheckAnswer) => findings.map(({ rule, object: { name }, isKnown: _, ...rest }) => `${name} ${rule} ${(rest as { known?: boolean }).known}`);

describe('with a baseline only what is new fails', () => {
  beforeEach(() => {
    put('a.yaml', pod('a', 'hostPID: true'));
    call(['check', ...PACK, '--write-baseline', at('known.json'), at('a.yaml')]);
  });

  test('what it has is known, and the exit status is 0', () => {
    const answer = answered(['a.yaml'], '--baseline', at('known.json'));
    expect([answer.status, answer.summary, answer.gone]).toEqual([0, { objects: 1, errors: 0, warnings: 0, waived: 0, known: 1 }, []]);
    expect(found(answer)).toEqual(['a pod-host-pid true']);
  });

  test('what it has not is new, and fails', () => {
    put('a.yaml', pod('a', 'hostPID: true', 'hostIPC: true'));
    const answer = answered(['a.yaml'], '--baseline', at('known.json'));
    expect([answer.status, answer.summary.errors, answer.summary.known]).toEqual([1, 1, 1]);
    expect(found(answer)).toEqual(['a pod-host-ipc false', 'a pod-host-pid true']);
  });

  test('the place in the file does not matter', () => {
    put('a.yaml', `# moved\n\n${pod('b')}---\n${pod('a', 'hostPID: true')}`);
    expect(answered(['a.yaml'], '--baseline', at('known.json')).status).toBe(0);
  });

  test('what has gone is said, and fails nothing', () => {
    put('a.yaml', pod('a'));
    const answer = answered(['a.yaml'], '--baseline', at('known.json'));
    expect([answer.status, answer.summary.known]).toEqual([0, 0]);
    expect(answer.gone).toMatchObject([{ rule: 'pod-host-pid', object: { kind: 'Pod', name: 'a' }, source: { file: at('a.yaml') } }]);
    const { stdout } = call(['check', ...PACK, '--baseline', at('known.json'), at('a.yaml')]);
    expect(stdout).toBe([
      'gone since the baseline',
      `  ${at('a.yaml')} · Pod a · spec.hostPID: the pod sees and can signal the processes of its node [pod-host-pid]`,
      '',
      '1 object, pack pss-baseline, Kubernetes 1.37: 0 errors, 0 warnings, 0 waived, 0 known, 1 gone since the baseline; Pod Security met: 1 baseline',
      '',
    ].join('\n'));
  });

  test('what was not asked for has not gone: another file, a file that cannot be read, another pack; a file that is no more has', () => {
    put('b.yaml', pod('b'));
    const gone = (...options: string[]) => answered(['b.yaml'], '--baseline', at('known.json'), ...options).gone!.length;
    expect(gone()).toBe(0);
    put('a.yaml', 'a: [');
    expect(answered(['a.yaml', 'b.yaml'], '--baseline', at('known.json'))).toMatchObject({ status: 2, gone: [] });
    rmSync(at('a.yaml'));
    expect(gone()).toBe(1);
    const known = readFileSync(at('known.json'), 'utf8').replace('pod-host-pid', 'pod-secret-env');
    writeFileSync(at('known.json'), known);
    expect(gone()).toBe(0);
  });

  test('what is there twice is known as often as the baseline has it, in the file that it names first', () => {
    put('copy.yaml', pod('a', 'hostPID: true'));
    put('0.yaml', pod('a', 'hostPID: true'));
    const answer = answered(['0.yaml', 'a.yaml', 'copy.yaml'], '--baseline', at('known.json'));
    expect(answer.findings.map(({ source: { file }, ...rest }) => [file, (rest as unknown as { known: boolean }).known])).toEqual([
      [at('0.yaml'), false], [at('a.yaml'), true], [at('copy.yaml'), false],
    ]);
    const [{ fingerprint }] = answer.findings;
    put('list.txt', `# accepted in spring\n${fingerprint}\n\n${fingerprint}  the second one\r\n`);
    const { summary } = answered(['0.yaml', 'a.yaml', 'copy.yaml'], '--baseline', at('list.txt'));
    expect([summary.errors, summary.known]).toEqual([1, 2]);
  });

  test('the JSON of an earlier check is one, but what a waiver allowed was not accepted', () => {
    const waived = (annotations: string) => put('a.yaml', pod('a', 'hostPID: true', 'hostIPC: true').replace('{name: a}', `{name: a${annotations}}`));
    waived(', annotations: {cdk8s-hardened/waive.pod-host-ipc: \'{"reason": "r", "owner": "o"}\'}');
    call(['check', ...PACK, '--format', 'json', '--output', at('answer.json'), at('a.yaml')]);
    waived('');
    const answer = answered(['a.yaml'], '--baseline', at('answer.json'));
    expect(found(answer)).toEqual(['a pod-host-ipc false', 'a pod-host-pid true']);
  });

  test('a waiver stands before it, and what is waived has not gone', () => {
    put('a.yaml', pod('a', 'hostPID: true').replace('{name: a}', '{name: a, annotations: {cdk8s-hardened/waive.pod-host-pid: \'{"reason": "r", "owner": "o"}\'}}'));
    const answer = answered(['a.yaml'], '--baseline', at('known.json'));
    expect([answer.summary, answer.gone]).toEqual([{ objects: 1, errors: 0, warnings: 0, waived: 1, known: 0 }, []]);
  });

  test('every format tells new from known', () => {
    put('a.yaml', pod('a', 'hostPID: true', 'hostIPC: true'));
    const shown = (format: string) => call(['check', ...PACK, '--format', format, '--baseline', at('known.json'), at('a.yaml')]).stdout;
    const { runs: [{ results }] } = JSON.parse(shown('sarif'));
    expect(results.map(({ baselineState }: { baselineState: string }) => baselineState)).toEqual(['new', 'unchanged']);
    expect(faultsBy('sarif', JSON.parse(shown('sarif')))).toEqual([]);
    expect(shown('junit')).toMatch(/pod-host-pid">\n {3}<skipped type="known"/);
    expect(shown('markdown')).toContain('<summary>1 known to the baseline</summary>');
    expect(shown('text')).not.toContain('[pod-host-pid]');
    expect(shown('text')).toContain('1 error, 0 warnings, 0 waived, 1 known');
  });
});

describe('a baseline that is written', () => {
  test('is as its schema says, is the same wherever in the file things stand, and takes all as known at once', () => {
    put('a.yaml', `${pod('b', 'hostIPC: true')}---\n${pod('a', 'hostPID: true')}`);
    const { status, stdout } = call(['check', ...PACK, '--write-baseline', at('one.json'), at('a.yaml')]);
    expect([status, stdout]).toEqual([0, expect.stringContaining('2 known')]);
    expect(faultsBy('baseline', JSON.parse(readFileSync(at('one.json'), 'utf8')))).toEqual([]);
    put('a.yaml', `\n# turned round\n${pod('a', 'hostPID: true')}---\n${pod('b', 'hostIPC: true')}`);
    call(['check', ...PACK, '--write-baseline', at('two.json'), at('a.yaml')]);
    expect(readFileSync(at('two.json'), 'utf8')).toBe(readFileSync(at('one.json'), 'utf8'));
  });

  test('beside another one drops what has gone, and takes nothing new', () => {
    put('a.yaml', pod('a', 'hostPID: true', 'hostNetwork: true'));
    call(['check', ...PACK, '--write-baseline', at('known.json'), at('a.yaml')]);
    put('a.yaml', pod('a', 'hostPID: true', 'hostIPC: true'));
    const { status } = call(['check', ...PACK, '--baseline', at('known.json'), '--write-baseline', at('known.json'), at('a.yaml')]);
    expect(status).toBe(1);
    expect(JSON.parse(readFileSync(at('known.json'), 'utf8')).findings.map(({ rule }: { rule: string }) => rule)).toEqual(['pod-host-pid']);
  });

  test('may lie beside the manifests, but is none of them', () => {
    put('a.yaml', pod('a', 'hostPID: true'));
    for (const _ of [1, 2]) expect(call(['check', ...PACK, '--write-baseline', at('known.json'), folder]).status).toBe(0);
    const { status, stderr } = call(['check', ...PACK, '--write-baseline', at('a.yaml'), folder]);
    expect([status, stderr]).toEqual([2, `cdk8s-hardened check: --write-baseline '${at('a.yaml')}' is one of the files that are judged [option-invalid]. Name another file.\n`]);
    expect(readFileSync(at('a.yaml'), 'utf8')).toBe(pod('a', 'hostPID: true'));
  });

  test('is not, where not all could be read: nobody has seen what there is to accept', () => {
    put('a.yaml', pod('a', 'hostPID: true'));
    put('b.yaml', 'a: [');
    const { status, stderr } = call(['check', ...PACK, '--write-baseline', at('known.json'), folder]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('the baseline was not written, since not all input could be read.\n')]);
    expect(() => readFileSync(at('known.json'))).toThrow('ENOENT');
  });
});

describe('what is no baseline is told in one line', () => {
  test.each([
    ['', 'it is empty'],
    ['{"findings": [', 'it is not JSON ('],
    ['{"version":1}', 'it has no list of findings'],
    ['{"findings":[{"fingerprint":"0123456789abcdef"},{"rule":"x"}]}', 'findings[1] has no fingerprint of 16 hexadecimal digits'],
    ['{"findings":[null]}', 'findings[0] has no fingerprint'],
    ['0123456789abcdef\nweb.yaml\n', 'line 2 is no fingerprint of 16 hexadecimal digits'],
  ])('%j', (text, what) => {
    const { status, stdout, stderr } = call(['check', '--baseline', put('b', text), put('a.yaml', pod('a'))]);
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2]);
    expect(stderr).toContain(`cdk8s-hardened check: --baseline '${at('b')}': ${what}`);
    expect(stderr).toMatch(/ \[option-invalid\]\. Name what --write-baseline or --format json has written, or a list of fingerprints, one a line\.\n$/);
  });

  test('a file that is not there, standard input, and one file for two things', () => {
    const said = (...options: string[]) => call(['check', ...options, put('a.yaml', pod('a'))]).stderr;
    expect(said('--baseline', at('no.json'))).toContain('there is no such file or folder [option-invalid].');
    expect(said('--baseline', folder)).toContain('it cannot be read');
    expect(said('--baseline', '-')).toBe("cdk8s-hardened check: --baseline names no file, but '-' [option-invalid]. Name a file.\n");
    expect(said('--output', at('x'), '--write-baseline', at('x'))).toContain('[option-invalid]. Name two files.');
    expect(said('--write-baseline', at('no/x'))).toContain('its folder is not there');
  });

  test('whatever its entries say besides, they are only texts to be shown', () => {
    put('b.json', JSON.stringify({ findings: [{ fingerprint: '0123456789abcdef', rule: { a: 1 }, object: 'x', source: 7, message: ['\u001b[2J'], waiver: 'x' }] }));
    const answer = answered([], '--baseline', at('b.json'), put('a.yaml', pod('a')));
    expect(answer.gone).toEqual([{ fingerprint: '0123456789abcdef', rule: null, object: null, field: null, container: null, message: null, source: { file: null } }]);
  });
});
