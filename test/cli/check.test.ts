import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMATS } from '../../src/cli/check-formats';
import { faultsBy } from '../report/schemas';
import { answerIn, call, checked } from './called';

const GOOD = `apiVersion: v1
kind: ConfigMap
metadata: {name: a}
`;
const BAD = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.28
    securityContext:
      privileged: true
`;
const NO_LIMIT = `apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  template:
    spec:
      restartPolicy: Never
      serviceAccountName: a
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
      containers:
      - {name: a, image: 'ghcr.io/acme/a:1', securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}}
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
  for (const [name, text] of Object.entries({ 'good.yaml': GOOD, 'bad.yaml': BAD, 'warning.yaml': NO_LIMIT, 'broken.yaml': 'a: [' })) {
    writeFileSync(join(folder, name), text);
  }
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (...names: string[]) => names.map(name => join(folder, name));

describe('the exit status', () => {
  test.each([
    [0, ['good.yaml'], []],
    [1, ['bad.yaml'], []],
    [1, ['good.yaml', 'bad.yaml'], []],
    [0, ['warning.yaml'], []],
    [1, ['warning.yaml'], ['--fail-on', 'warning']],
    [0, ['bad.yaml'], ['--fail-on', 'never']],
    [0, ['warning.yaml'], ['--pack', 'pss-restricted', '--fail-on=warning']],
    [1, ['bad.yaml'], ['--pack', 'pss-baseline']],
    [2, ['broken.yaml'], []],
    [2, ['bad.yaml', 'broken.yaml'], []],
    [2, ['bad.yaml', 'nowhere.yaml'], ['--fail-on', 'never']],
  ])('is %d for %j with %j', (status, names, options) => {
    for (const format of Object.keys(FORMATS)) {
      expect(call(['check', ...options, '--format', format, ...at(...names)]).status).toBe(status);
    }
  });

  test('is 2 for a folder with no manifest in it: that is no clean one', () => {
    mkdirSync(join(folder, 'empty'));
    const { status, stderr } = call(['check', join(folder, 'empty')]);
    expect([status, stderr.split('\n').length]).toEqual([2, 2]);
  });

  test('is 2 for a folder with something broken in it, and what else is found there is said', () => {
    const { status, stdout, stderr } = call(['check', folder]);
    expect(status).toBe(2);
    expect(stdout).toContain('[pod-privileged]');
    expect(stdout).toContain('1 input that could not be read');
    expect(stderr).toMatch(/^.*broken\.yaml:1: it is not YAML: .*\n$/);
  });
});

/** As the help has them. */
const KNOWN = [...call(['check', '--help']).stdout.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, name]) => name).sort().join(', ');

describe('a wrong command line is told in one line, and asks nothing', () => {
  test.each([
    [['chek', '.'], "cdk8s-hardened: there is no command 'chek' [command-unknown]. Did you mean 'check'?"],
    [['--helf'], "cdk8s-hardened: there is no option --helf [command-unknown]. Did you mean '--help'?"],
    [['check'], 'cdk8s-hardened check: there is nothing to judge [option-invalid]. Name files, folders, or - for standard input.'],
    [['check', '.', '--pakc', 'x'], "cdk8s-hardened check: there is no option --pakc [option-invalid]. Did you mean '--pack'?"],
    [['check', '.', '--constructor'], "cdk8s-hardened check: there is no option --constructor [option-invalid]. Did you mean '--constructs'?"],
    [['check', '.', '-f', 'json'], `cdk8s-hardened check: there is no option -f [option-invalid]. Known are: ${KNOWN}.`],
    [['check', '.', '--pack', 'pss-restrictd'], "cdk8s-hardened check: 'pss-restrictd' is no pack and no rule [pack-unknown]. Did you mean 'pss-restricted'?"],
    [['check', '.', '--pack', '--quiet'], 'cdk8s-hardened check: --pack has no value [option-invalid]. Write --pack PACK.'],
    [['check', '.', '--output'], 'cdk8s-hardened check: --output has no value [option-invalid]. Write --output FILE.'],
    [['check', '.', '--quiet=yes'], "cdk8s-hardened check: --quiet takes no value, but has 'yes' [option-invalid]. Write --quiet."],
    [['check', '.', '--fail-on', 'Error'], "cdk8s-hardened check: 'Error' is nothing that --fail-on takes [option-invalid]. Did you mean 'error'?"],
    [['check', '.', '--format', 'xml'], "cdk8s-hardened check: 'xml' is nothing that --format takes [option-invalid]. Did you mean 'html'?"],
    [['check', '.', '--kubernetes', '1.38'], "cdk8s-hardened check: '1.38' is no Kubernetes version that is known here [option-invalid]. Write one up to 1.37, such as --kubernetes 1.37."],
    [['check', '.', '--kubernetes', 'latest'], "cdk8s-hardened check: 'latest' is no Kubernetes version that is known here [option-invalid]. Write one up to 1.37, such as --kubernetes 1.37."],
    [['check', '.', '--\u001b[2J'], `cdk8s-hardened check: there is no option --\\u001b[2J [option-invalid]. Known are: ${KNOWN}.`],
  ])('%j', (args, line) => {
    expect(call(args)).toEqual({ status: 2, stdout: '', stderr: `${line}\n` });
  });

  test('a command that is none', () => {
    expect(call([]).stderr).toMatch(/^cdk8s-hardened: no command was named \[command-unknown\]\. Write one of: check.*; or --help\.\n$/);
    expect(call(['__proto__']).stderr).toMatch(/^cdk8s-hardened: there is no command '__proto__' \[command-unknown\]\. Known are: check.*\.\n$/);
  });

  test('a day that is none', () => {
    process.env.HARDENED_TODAY = '2026-02-30';
    try {
      expect(call(['check', ...at('good.yaml')]).stderr).toMatch(/^cdk8s-hardened check: '2026-02-30' is no date for HARDENED_TODAY \[date-invalid\]\. Write a day .*\n$/);
    } finally {
      delete process.env.HARDENED_TODAY;
    }
  });
});

describe('the output', () => {
  test('as JSON is as the schema in the package says, the version of Kubernetes included', () => {
    const { status, stdout, stderr } = call(['check', '--format', 'json', '--kubernetes', 'v1.31.4', ...at('bad.yaml', 'broken.yaml')]);
    const { kubernetes, summary, problems, findings } = answerIn(stdout);
    expect([status, kubernetes, summary.objects, problems.length, stderr.split('\n').length]).toEqual([2, '1.31', 1, 1, 2]);
    expect(findings.find(({ rule }) => rule === 'pod-privileged')).toMatchObject({
      severity: 'error',
      object: { apiVersion: 'v1', kind: 'Pod', namespace: null, name: 'web' },
      field: 'spec.containers[0].securityContext.privileged',
      container: 'web',
      source: { file: at('bad.yaml')[0], document: 0, line: 10, column: 7, construct: null },
      controls: { pss: ['baseline'] },
      waiver: null,
    });
  });

  test('as SARIF is as the standard says, with places relative to where it was called', () => {
    const { stdout } = call(['check', '--format', 'sarif', 'examples', ...at('bad.yaml')]);
    expect(faultsBy('sarif', JSON.parse(stdout))).toEqual([]);
    expect(stdout).not.toContain(process.cwd());
  });

  test('says by what was judged', () => {
    expect(call(['check', '-', '--pack', 'pss-baseline'], { stdin: GOOD }).stdout).toBe('1 object, pack pss-baseline, Kubernetes 1.37: clean\n');
    expect(checked(GOOD)).toMatchObject({ kubernetes: '1.37', status: 0 });
  });

  test('is sorted, and the same for every order of the paths', () => {
    const [one, other] = [at('bad.yaml', 'warning.yaml'), at('warning.yaml', 'bad.yaml')].map(paths => call(['check', '--format', 'json', ...paths]).stdout);
    expect(one).toBe(other);
  });

  test('is quiet if asked: findings and what could not be read, nothing else', () => {
    expect(call(['check', '--quiet', ...at('good.yaml')])).toEqual({ status: 0, stdout: '', stderr: '' });
    const { stdout, stderr } = call(['check', '--quiet', '--format', 'text', ...at('bad.yaml', 'broken.yaml')]);
    expect(stdout).toContain('[pod-privileged]');
    expect(stdout).not.toContain('Kubernetes 1.37');
    expect(stderr.split('\n')).toHaveLength(2);
  });

  test('has colours on a terminal only, and not where they are unwanted', () => {
    const shown = (isTTY: boolean, env = {}) => call(['check', ...at('bad.yaml')], { isTTY, env }).stdout.includes('\u001b[');
    expect([shown(true), shown(false), shown(true, { NO_COLOR: '1' }), shown(true, { TERM: 'dumb' })]).toEqual([true, false, false, false]);
  });

  test('goes to a file: standard output stays empty, and the log says what came out', () => {
    const [output] = at('out.sarif');
    const { status, stdout, stderr } = call(['check', '--format', 'sarif', '--output', output, ...at('bad.yaml')]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^1 object, pack hardened, Kubernetes 1\.37: \d+ errors, \d+ warnings, 0 waived; Pod Security met: 1 privileged\n$/);
    expect(faultsBy('sarif', JSON.parse(readFileSync(output, 'utf8')))).toEqual([]);
    expect(readdirSync(folder).filter(name => name.includes('tmp'))).toEqual([]);
  });

  test('replaces a file whole, through a link, and keeps its mode; has no colours in it, and all that could not be read', () => {
    const [output, link] = at('out.txt', 'link.txt');
    writeFileSync(output, 'old');
    chmodSync(output, 0o600);
    symlinkSync(output, link);
    call(['check', '--output', link, ...at('bad.yaml', 'broken.yaml')], { isTTY: true });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(statSync(output).mode & 0o777).toBe(0o600);
    expect(readFileSync(output, 'utf8')).toMatch(/\ncould not be read\n {2}.*broken\.yaml:1: it is not YAML/);
    expect(readFileSync(output, 'utf8')).not.toContain('\u001b');
  });

  test('that cannot be written leaves the old file as it was', () => {
    expect(call(['check', '--output', join(folder, 'no/where.txt'), ...at('good.yaml')])).toEqual({
      status: 2, stdout: '', stderr: `cdk8s-hardened check: --output '${join(folder, 'no/where.txt')}' cannot be written (its folder is not there) [option-invalid]. Name a file that can be written.\n`,
    });
    expect(call(['check', '--output', folder, ...at('good.yaml')]).stderr).toContain('is a folder [option-invalid]. Name a file in it.');
  });

  test('that is a file to be judged is refused, and the file stays', () => {
    const [file] = at('good.yaml');
    const before = readFileSync(file, 'utf8');
    expect(call(['check', '--output', file, ...at('good.yaml', 'bad.yaml')])).toEqual({
      status: 2, stdout: '', stderr: `cdk8s-hardened check: --output '${file}' is one of the files that are judged [option-invalid]. Name another file.\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('may be a device', () => {
    expect(call(['check', '--output', '/dev/null', ...at('good.yaml')]).status).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

test('--help tells the options, --version the version', () => {
  expect(call(['--help']).stdout).toContain('check');
  for (const args of [['check', '--help'], ['check', '-h'], ['help', 'check']]) {
    const { status, stdout } = call(args);
    expect(status).toBe(0);
    for (const option of ['--pack', '--fail-on', '--format', '--output', '--kubernetes', '--quiet', 'Exit status']) expect(stdout).toContain(option);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
  }
  expect(call(['--version']).stdout).toBe(`${JSON.parse(readFileSync('package.json', 'utf8')).version}\n`);
});
