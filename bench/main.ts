import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from '../scripts/build';
import { bold, dim, green, red, table } from '../scripts/demo/paint';

/** What one process came to: CPU seconds (user and system), memory at its peak, bytes written. */
interface Measure {
  readonly loading: number;
  readonly making: number;
  readonly writing: number;
  readonly total: number;
  readonly mebibytes: number;
  readonly bytes: number;
}
type Style = 'plain' | 'hardened';

const SIZES = [10, 100, 1000, 5000];
const CHARTS = [1, 300];
/** At most this much per workload, and growth that is no worse but for what two runs differ by. */
const TARGET = { ratio: 2, growth: 0.05 };

function once(style: Style, workloads: number, charts: number): Measure {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'one.js'), style, String(workloads), String(charts)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${style} ${workloads} in ${charts}: ${stderr}`);
  return JSON.parse(stdout);
}

/** The medians of runs, in which both styles take turns: what else the machine does hits both. */
function both(workloads: number, charts: number): Record<Style, Measure> {
  const runs = workloads <= 100 ? 7 : workloads <= 1000 ? 5 : 3;
  const measures = Array.from({ length: runs }, () => [once('plain', workloads, charts), once('hardened', workloads, charts)]);
  const of = (i: number) => Object.fromEntries((['loading', 'making', 'writing', 'total', 'mebibytes', 'bytes'] as const)
    .map(key => [key, median(measures.map(pair => pair[i][key]))])) as unknown as Measure;
  return { plain: of(0), hardened: of(1) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** What grows with the workloads: loading does not. */
function work({ making, writing }: Measure): number {
  return making + writing;
}

function show(lines: readonly (readonly string[])[]): void {
  const widths = lines[0].map((_, i) => Math.max(...lines.map(line => line[i].length)));
  const cells = lines.map((line, row) => line.map((text, i) => ({ lines: [i ? text.padStart(widths[i]) : text], paint: row ? undefined : dim })));
  console.log(table(cells).join('\n'));
}

function main(): void {
  build(join(__dirname, '..'));
  const empty = both(0, 1);
  const [a, b] = [empty.plain, empty.hardened];
  console.log(`${bold('Loading')}: cdk8s and cdk8s-plus-27 ${ms(a.loading)} and ${a.mebibytes.toFixed()} MiB, cdk8s-hardened with them ${ms(b.loading)} and ${b.mebibytes.toFixed()} MiB\n`);

  const ratios: number[] = [];
  const growths: [number, number][] = [];
  for (const charts of CHARTS) {
    console.log(bold(charts === 1 ? 'In one chart' : `In ${charts} charts`) + dim(`, CPU ms without loading${charts > 1 ? ', at most one chart a workload' : ''}`));
    const lines = [['workloads', 'plain', 'hardened', 'each', 'each', 'ratio', 'peak MiB', 'peak MiB', 'ratio', 'bytes', 'bytes', 'ratio']];
    const points: Record<Style, number>[] = [];
    for (const workloads of SIZES) {
      const { plain, hardened } = both(workloads, charts);
      points.push({ plain: work(plain), hardened: work(hardened) });
      ratios.push(work(hardened) / work(plain));
      lines.push([
        String(workloads), number(work(plain) * 1000), number(work(hardened) * 1000),
        (work(plain) * 1000 / workloads).toFixed(2), (work(hardened) * 1000 / workloads).toFixed(2), (work(hardened) / work(plain)).toFixed(2),
        plain.mebibytes.toFixed(), hardened.mebibytes.toFixed(), (hardened.mebibytes / plain.mebibytes).toFixed(2),
        number(plain.bytes), number(hardened.bytes), (hardened.bytes / plain.bytes).toFixed(2),
      ]);
    }
    show(lines);
    const steps = SIZES.slice(1).map((size, i) => (['plain', 'hardened'] as const)
      .map(style => Math.log(points[i + 1][style] / points[i][style]) / Math.log(size / SIZES[i])));
    growths.push(steps.at(-1) as [number, number]);
    console.log(dim('  grows with the power of ') + steps.map(([plain, hardened], i) =>
      `${plain.toFixed(2)} / ${hardened.toFixed(2)} ${dim(`(${SIZES[i]} to ${SIZES[i + 1]})`)}`).join(', ') + dim(', plain / hardened') + '\n');
  }

  const worst = Math.max(...ratios);
  const met = worst <= TARGET.ratio && growths.every(([plain, hardened]) => hardened <= plain + TARGET.growth);
  console.log(`Target: at most ${TARGET.ratio} times plain cdk8s-plus-27 per workload, and growth no worse. ${met ? green('Met') : red('Not met')}: `
    + `${ratios.map(ratio => ratio.toFixed(2)).join(', ')} times; growth ${growths.map(([plain, hardened]) => `${hardened.toFixed(2)} beside ${plain.toFixed(2)}`).join(', ')}.`);
}

function ms(seconds: number): string {
  return `${(seconds * 1000).toFixed()} ms`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US').replace(/,/g, ' ');
}

main();
