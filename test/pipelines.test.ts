import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { call } from './cli/called';
import { blocksOf } from './docs/markdown';
import { ROOT } from './house/files';

interface Step {
  readonly name: string;
  readonly if?: string;
  readonly shell?: string;
  readonly env?: { readonly [name: string]: string };
  readonly run?: string;
  readonly uses?: string;
  readonly with?: { readonly [name: string]: string };
}
interface Action {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly required?: boolean; readonly default?: string } };
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const ACTION = parse(read('action.yml')) as Action;

/** A tool that writes down how it was called: npm "installs" the other one, which is the command. */
const recorder = (body: string) => `#!/usr/bin/env node
const { appendFileSync, mkdirSync, writeFileSync } = require('fs');
appendFileSync(process.env.CALLS, JSON.stringify(process.argv.slice(2)) + '\\n');
${body}
`;
const COMMAND = recorder("process.stdout.write('said\\n');\nprocess.exitCode = Number(process.env.STATUS ?? 0);");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'action-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'work'));
  const home = "process.argv[process.argv.indexOf('--prefix') + 1] + '/node_modules/cdk8s-hardened/lib/cli'";
  writeFileSync(join(folder, 'bin', 'npm'), recorder(`mkdirSync(${home}, { recursive: true });\nwriteFileSync(${home} + '/main.js', ${JSON.stringify(COMMAND)});`));
  chmodSync(join(folder, 'bin', 'npm'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the steps that are scripts, as GitHub does: inputs as environment, `if` left to the reader. */
function ran(inputs: { readonly [name: string]: string }, status = 0): { status: number | null; calls: string[][]; summary: string; stderr: string } {
  const values = Object.fromEntries(Object.entries(ACTION.inputs).map(([name, { default: value = '' }]) => [name, inputs[name] ?? value]));
  const given = (text: string) => text.replace(/^\$\{\{ inputs\.([\w-]+) \}\}$/, (_, name: string) => values[name]);
  const [calls, summary] = ['calls', 'summary'].map(name => join(folder, name));
  let last: ReturnType<typeof spawnSync> | undefined;
  for (const { run, env = {} } of ACTION.runs.steps) {
    if (run === undefined) continue;
    const script = join(folder, 'script.sh');
    writeFileSync(script, run);
    last = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
      cwd: join(folder, 'work'),
      env: {
        PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`, RUNNER_TEMP: join(folder, 'temp dir'), GITHUB_STEP_SUMMARY: summary, CALLS: calls, STATUS: String(status),
        ...Object.fromEntries(Object.entries(env).map(([name, text]) => [name, given(text)])),
      },
    });
    if (last.status !== 0) break;
  }
  const lines = (file: string) => existsSync(file) ? readFileSync(file, 'utf8') : '';
  return { status: last!.status, calls: lines(calls).split('\n').filter(line => line).map(line => JSON.parse(line)), summary: lines(summary), stderr: String(last!.stderr) };
}

describe('the action', () => {
  test('hands its inputs to scripts as environment only: nothing that somebody wrote becomes part of one', () => {
    const { using, steps } = ACTION.runs;
    expect(using).toBe('composite');
    for (const { run, shell, env = {}, uses } of steps) {
      expect((run === undefined) !== (uses === undefined)).toBe(true);
      if (run === undefined) continue;
      expect([shell, run.includes('${{')]).toEqual(['bash', false]);
      for (const text of Object.values(env)) expect(text).toMatch(/^\$\{\{ inputs\.[\w-]+ \}\}$/);
    }
    const asked = [...JSON.stringify(steps).matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
    expect([...new Set(asked)].sort()).toEqual(Object.keys(ACTION.inputs).sort());
  });

  test('installs the version that was asked for, runs no scripts of packages, and judges the paths', () => {
    const { status, calls, summary } = ran({ paths: 'k8s\n\n  \ncharts/my app\r\n-x', version: '1.2.3' });
    expect(status).toBe(0);
    expect(calls[0].slice(-2)).toEqual(['--', 'cdk8s-hardened@1.2.3']);
    expect(calls[0]).toContain('--ignore-scripts');
    const paths = ['--', 'k8s', 'charts/my app', '-x'];
    expect(calls.slice(1)).toEqual([
      ['check', '--fail-on=never', '--quiet', '--format=markdown', ...paths],
      ['check', ...paths],
    ]);
    expect(summary).toBe('said\n');
  });

  test('hands on every input, and writes SARIF before it decides', () => {
    const { calls } = ran({ 'paths': 'k8s', 'pack': 'nsa,image-digest', 'fail-on': 'warning', 'kubernetes': '1.31', 'config': 'a b.yaml', 'baseline': 'known.json', 'sarif': 'out.sarif', 'summary': 'false' });
    const options = ['--pack=nsa,image-digest', '--kubernetes=1.31', '--config=a b.yaml', '--baseline=known.json'];
    expect(calls.slice(1)).toEqual([
      ['check', ...options, '--fail-on=never', '--quiet', '--format=sarif', '--output=out.sarif', '--', 'k8s'],
      ['check', ...options, '--fail-on=warning', '--', 'k8s'],
    ]);
  });

  test.each([0, 1, 2])('ends with the status of the check: %d', status => {
    const { status: ended, calls } = ran({ paths: 'k8s', sarif: 'x' }, status);
    expect([ended, calls.length]).toEqual([status, 4]);
  });

  test('has to be told what to judge', () => {
    const { status, stderr } = ran({ paths: ' \n' });
    expect([status, stderr]).toEqual([2, 'cdk8s-hardened: the input paths names nothing. Write files and folders, one a line.\n']);
  });

  test.each(['$(touch pwned)', '`touch pwned`', '; touch pwned', '"; touch pwned; "', "'; touch pwned; '", '&& touch pwned', '| touch pwned', '> pwned', '${IFS}', '*', '~', '\\', '$PATH', '--output=pwned'])(
    'takes %j for nothing but a text', text => {
      const names = ['version', 'pack', 'kubernetes', 'config', 'baseline', 'fail-on', 'sarif'];
      const { calls } = ran({ paths: text, summary: text, ...Object.fromEntries(names.map(name => [name, text])) });
      expect(calls[0].at(-1)).toBe(`cdk8s-hardened@${text}`);
      expect(calls.at(-1)).toEqual(['check', `--pack=${text}`, `--kubernetes=${text}`, `--config=${text}`, `--baseline=${text}`, `--fail-on=${text}`, '--', text]);
      expect(readdirSync(join(folder, 'work'))).toEqual([]);
    });

  test('asks the command for options that it has', () => {
    const { calls } = ran({ 'paths': 'k8s', 'pack': 'nsa', 'fail-on': 'never', 'kubernetes': '1.31', 'config': 'x', 'baseline': 'x', 'sarif': 'x' });
    const { stdout } = call(['check', '--help']);
    for (const option of calls.slice(1).flat().filter(argument => /^--\w/.test(argument))) expect(stdout).toContain(`  ${option.split('=')[0]} `);
  });
});

test('what stands behind -- is a path, whatever it looks like', () => {
  expect(call(['check', '--', '--output=x']).stderr).toMatch(/^--output=x: there is no such file/);
});

describe('the hooks for pre-commit', () => {
  const hooks = parse(read('.pre-commit-hooks.yaml')) as { [key: string]: unknown }[];

  test('have what its manifest needs, and nothing that it does not know', () => {
    const known = [
      'id', 'name', 'entry', 'language', 'files', 'exclude', 'types', 'types_or', 'exclude_types', 'always_run', 'fail_fast', 'verbose', 'pass_filenames',
      'require_serial', 'description', 'language_version', 'minimum_pre_commit_version', 'args', 'stages', 'additional_dependencies', 'log_file',
    ];
    for (const hook of hooks) {
      expect(Object.keys(hook).filter(key => !known.includes(key))).toEqual([]);
      for (const key of ['id', 'name', 'entry', 'language']) expect([key, typeof hook[key]]).toEqual([key, 'string']);
    }
  });

  test('call the command that the package installs', () => {
    const { bin } = JSON.parse(read('package.json'));
    for (const { entry } of hooks) {
      const [command, ...args] = (entry as string).split(' ');
      expect(Object.keys(bin)).toContain(command);
      expect(call([...args, '--help']).status).toBe(0);
    }
  });
});

describe('what the README shows', () => {
  const blocks = blocksOf(read('README.md'));
  const shown = (head: string) => parse(blocks.find(({ text }) => text.startsWith(`# ${head}\n`))!.text);

  test('hands the action inputs that it has', () => {
    const { with: inputs } = shown('.github/workflows/manifests.yaml').jobs.check.steps.find(({ uses }: Step) => uses?.startsWith('cdk8s-hardened/'));
    expect(Object.keys(inputs).filter(name => !(name in ACTION.inputs))).toEqual([]);
    const needed = Object.entries(ACTION.inputs).filter(([, { required }]) => required).map(([name]) => name);
    expect(needed.filter(name => !(name in inputs))).toEqual([]);
  });

  test('names a hook that is there', () => {
    const [{ hooks }] = shown('.pre-commit-config.yaml').repos;
    expect(hooks.map(({ id }: { id: string }) => id)).toEqual((parse(read('.pre-commit-hooks.yaml')) as { id: string }[]).map(({ id }) => id));
  });

  test('calls commands with options and formats that they have', () => {
    const calls = blocks.flatMap(({ text }) => [...text.matchAll(/cdk8s-hardened (check|fix|reach|diff) ([^#|\n]*)/g)]);
    expect(calls.length).toBeGreaterThan(10);
    for (const [, command, line] of calls) {
      const { stdout } = call([command, '--help']);
      for (const [option, , value] of line.matchAll(/(--[\w-]+)(?: (\w+))?/g)) {
        const [name] = option.split(' ');
        expect([line, stdout.includes(`  ${name} `)]).toEqual([line, true]);
        if (name === '--format') expect(stdout).toMatch(new RegExp(`--format FORMAT[^]*\\b${value}\\b`));
      }
    }
  });
});
