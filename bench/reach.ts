import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../scripts/build';
import { bold, dim, green, red, table } from '../scripts/demo/paint';

const ROOT = join(__dirname, '..');
const GENERATOR = join(ROOT, '../shared/tools/network-bench-gen.py');
const SIZES = [50, 200, 1000, 5000, 10_000, 20_000];
const TARGET = { times: 100, seconds: 3, mebibytes: 700, unpoliced: 1, explain: 0.05, diff: 0.1, growth: 1.5, lines: 60 };

/** What bench/reach-parts.js says, in ms of CPU. */
type Costs = Readonly<Record<string, number>>;

function run(command: string, args: readonly string[]): { stdout: string; stderr: string } {
  const { stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (error) throw error;
  return { stdout, stderr };
}

function parts(folder: string, kind = ''): Costs {
  return JSON.parse(run(process.execPath, [join(__dirname, 'reach-parts.js'), folder, kind]).stdout) as Costs;
}

/** The cheapest of some runs: whatever else the machine does only ever adds. */
function least(times: number, cost: () => number): number {
  return Math.min(...Array.from({ length: times }, cost));
}

function wholeCommand(folder: string): number {
  const { stderr } = run(process.execPath, ['-r', join(__dirname, 'measured.js'), join(ROOT, 'lib/cli/main.js'), 'reach', join(folder, 'a'), '--output', '/dev/null']);
  return (JSON.parse(stderr.trim().split('\n').pop()!) as { seconds: number }).seconds;
}

/** The tool of the field, where it is installed; undefined where it is not. */
function netpolAnalyzer(folder: string): number | undefined {
  const timed = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time netpol-analyzer list --dirpath "$0" -q >/dev/null', join(folder, 'a')], { encoding: 'utf8', timeout: 600_000 });
  if (timed.status !== 0) return undefined;
  return timed.stderr.trim().split('\n').pop()!.split(' ').map(Number).reduce((a, b) => a + b);
}

function verdict(isMet: boolean, words: string): string {
  return `${isMet ? green('met') : red('missed')}: ${words}`;
}

/** Workloads of one namespace without any policy. */
function unpoliced(folder: string, count: number): void {
  mkdirSync(join(folder, 'a'), { recursive: true });
  const workload = (i: number) => JSON.stringify({
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: `w-${i}`, namespace: 'open' },
    spec: { template: { metadata: { labels: { app: `w-${i}` } }, spec: { containers: [{ name: 'c', image: 'i' }] } } },
  });
  writeFileSync(join(folder, 'a/all.yaml'), Array.from({ length: count }, (_, i) => `---\n${workload(i)}\n`).join(''));
}

function main(): void {
  if (!existsSync(GENERATOR)) {
    console.log(`bench:reach skipped: there is no ${GENERATOR}`);
    return;
  }
  build(ROOT);
  const folder = mkdtempSync(join(tmpdir(), 'bench-reach-'));
  const verdicts: string[] = [];
  try {
    const lines = [['workloads', 'read s', 'answer s', 'links', 'ms per link', 'peak MiB']];
    const per = new Map<number, number>();
    for (const size of SIZES) {
      const input = join(folder, String(size));
      run('python3', [GENERATOR, input, '--ns', String(Math.max(1, size / 50)), '--per', '50']);
      const runs = Array.from({ length: size <= 1000 ? 5 : 3 }, () => parts(input));
      const answer = Math.min(...runs.map(({ world, matrix, list }) => world + matrix + list)) / 1000;
      const [{ links, mebibytes }] = runs;
      per.set(size, answer / links);
      const read = Math.min(...runs.map(its => its.read)) / 1000;
      lines.push([String(size), read.toFixed(2), answer.toFixed(2), String(links), (answer / links * 1000).toFixed(3), mebibytes.toFixed()]);
      if (size === 10_000) {
        verdicts.push(verdict(answer < TARGET.seconds && mebibytes < TARGET.mebibytes, `10,000 workloads in ${answer.toFixed(2)} CPU s beyond reading and ${mebibytes.toFixed()} MiB; under ${TARGET.seconds} and ${TARGET.mebibytes} wanted`));
        const diff = least(5, () => parts(input, 'diff').diff / 1000);
        verdicts.push(verdict(diff < TARGET.diff, `diff after one changed policy among 10,000 workloads in ${(diff * 1000).toFixed()} ms; under ${TARGET.diff * 1000} wanted`));
        const explain = least(5, () => parts(input, 'explain').explain / 1000);
        verdicts.push(verdict(explain < TARGET.explain, `explain of one pair among 10,000 in ${(explain * 1000).toFixed()} ms; under ${TARGET.explain * 1000} wanted`));
      }
      if (size === 1000) {
        const ours = least(5, () => wholeCommand(input));
        const theirs = netpolAnalyzer(input);
        verdicts.push(theirs === undefined
          ? `not compared: netpol-analyzer is not installed; 1,000 workloads take ${ours.toFixed(2)} CPU s, start and reading included`
          : verdict(theirs / ours > TARGET.times, `1,000 workloads in ${ours.toFixed(2)} CPU s, netpol-analyzer in ${theirs.toFixed(1)}: ${(theirs / ours).toFixed()} times; ${TARGET.times} wanted`));
        const text = run(process.execPath, [join(ROOT, 'lib/cli/main.js'), 'reach', join(input, 'a')]).stdout;
        const addresses = text.split('\n').filter(line => /^team.* => [\d.]+-[\d.]+/.test(line)).length;
        verdicts.push(verdict(addresses < TARGET.lines, `39 rules about blocks among 1,000 workloads are ${addresses} lines; under ${TARGET.lines} wanted`));
      }
    }
    const growth = per.get(20_000)! / per.get(1000)!;
    verdicts.push(verdict(growth < TARGET.growth, `a link costs among 20,000 workloads ${growth.toFixed(2)} of what it costs among 1,000; under ${TARGET.growth} wanted`));
    unpoliced(join(folder, 'open'), 5000);
    const open = least(3, () => {
      const { world, matrix, grouping, list } = parts(join(folder, 'open'), 'grouped');
      return (world + matrix + grouping + list) / 1000;
    });
    verdicts.push(verdict(open < TARGET.unpoliced, `5,000 workloads without policies, in factored form, in ${open.toFixed(2)} CPU s; under ${TARGET.unpoliced} wanted`));
    const widths = lines[0].map((_, i) => Math.max(...lines.map(line => line[i].length)));
    const cells = lines.map((line, row) => line.map((text, i) => ({ lines: [text.padStart(widths[i])], paint: row ? undefined : dim })));
    console.log(`${bold('reach')}: CPU of one process each\n${table(cells).join('\n')}\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(verdicts.join('\n'));
}

main();
