import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../scripts/build';
import { bold, dim, green, red, table } from '../scripts/demo/paint';
import { Point, Spread, Style, growth, least, measure, ratios, work } from './point';

/** How many rounds for how many workloads: large apps take long, and vary less. */
const ROUNDS: readonly [workloads: number, rounds: number][] = [[10, 9], [100, 7], [1000, 5], [5000, 3]];
const CHARTS = [1, 300];
/** The largest app of which the objects are also written from ready JSON. */
const READY = 1000;
/** From here on it is the work that grows; below, it is the compiler of Node. */
const GROWS_FROM = 100;
/** At most this much per workload, and growth that is no worse but for what two runs differ by. */
const TARGET = { ratio: 2, growth: 0.05 };

const HEAD = ['workloads', 'plain', 'hardened', 'ready', 'hardened/plain', 'from – to', 'ready/plain', 'MiB', 'MiB', 'bytes', 'bytes', 'ratio'];

function row(point: Point): string[] {
  const { workloads, measures } = point;
  const ratio = ratios(point, 'hardened');
  const ms = (style: Style) => measures[style].length ? number(least(point, style, work) * 1000) : '';
  const largest = (style: Style, of: 'mebibytes' | 'bytes') => number(Math.max(...measures[style].map(measured => measured[of])));
  return [
    String(workloads), ms('plain'), ms('hardened'), ms('ready'),
    ratio.median.toFixed(2), `${ratio.least.toFixed(2)} – ${ratio.greatest.toFixed(2)}`, measures.ready.length ? ratios(point, 'ready').median.toFixed(2) : '',
    largest('plain', 'mebibytes'), largest('hardened', 'mebibytes'),
    largest('plain', 'bytes'), largest('hardened', 'bytes'), ratios(point, 'hardened', ({ bytes }) => bytes).median.toFixed(2),
  ];
}

function show(lines: readonly (readonly string[])[]): void {
  const widths = lines[0].map((_, i) => Math.max(...lines.map(line => line[i].length)));
  const cells = lines.map((line, i) => line.map((text, column) => ({ lines: [text.padStart(widths[column])], paint: i ? undefined : dim })));
  console.log(table(cells).join('\n'));
}

function main(): void {
  build(join(__dirname, '..'));
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const empty = measure(0, 1, 5);
  const loading = (style: Style) => `${number(least(empty, style, measured => measured.loading) * 1000)} ms and ${number(least(empty, style, measured => measured.mebibytes))} MiB`;
  console.log(`${bold('Loading')}: cdk8s and cdk8s-plus-27 ${loading('plain')}, cdk8s-hardened with them ${loading('hardened')}\n`);
  console.log(dim([
    'Then CPU ms without loading, the least of all rounds; ratios are medians of the ratios within a round, in which the styles take turns.',
    "ready: hardened's objects from JSON that is there already, by cdk8s alone: what they cost where it writes the YAML, too.",
  ].join('\n')) + '\n');

  const all: Spread[] = [];
  const growths: Record<'plain' | 'hardened', number>[] = [];
  for (const charts of CHARTS) {
    const points = ROUNDS.map(([workloads, rounds]) => measure(workloads, charts, rounds, workloads <= READY ? join(folder, 'ready.json') : undefined));
    const growing = points.filter(({ workloads }) => workloads >= GROWS_FROM);
    const powers = { plain: growth(growing, 'plain'), hardened: growth(growing, 'hardened') };
    console.log(bold(charts === 1 ? 'In one chart' : `In ${charts} charts`) + dim(charts > 1 ? ', at most one chart a workload' : ''));
    show([HEAD, ...points.map(row)]);
    console.log(dim(`  grows from ${GROWS_FROM} on with the power of `) + `${powers.plain.toFixed(2)} / ${powers.hardened.toFixed(2)}` + dim(', plain / hardened') + '\n');
    all.push(...points.map(point => ratios(point, 'hardened')));
    growths.push(powers);
  }
  rmSync(folder, { recursive: true });

  const met = all.every(({ median }) => median <= TARGET.ratio) && growths.every(({ plain, hardened }) => hardened <= plain + TARGET.growth);
  console.log(`Target: at most ${TARGET.ratio} times plain cdk8s-plus-27 per workload, and growth no worse. ${met ? green('Met') : red('Not met')}: `
    + `${all.map(({ median }) => median.toFixed(2)).join(', ')} times; growth ${growths.map(({ plain, hardened }) => `${hardened.toFixed(2)} beside ${plain.toFixed(2)}`).join(', ')}.`);
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en-US').replace(/,/g, ' ');
}

main();
