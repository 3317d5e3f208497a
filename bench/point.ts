import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What one process came to: CPU seconds (user and system), memory at its peak, bytes written. */
export interface Measure {
  readonly loading: number;
  readonly making: number;
  readonly writing: number;
  readonly mebibytes: number;
  readonly bytes: number;
}

/** `ready` writes the objects of `hardened` from JSON that is there already: the least that cdk8s takes for these bytes. */
export type Style = 'plain' | 'hardened' | 'ready';

/** So many workloads in so many charts, measured in every style. */
export interface Point {
  readonly workloads: number;
  readonly charts: number;
  readonly measures: { readonly [style in Style]: readonly Measure[] };
}

/** Something measured in several rounds: the median, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
}

/** Measures a point in rounds, in which the styles take turns and begin in turn: what else the machine does hits all of them. */
export function measure(workloads: number, charts: number, rounds: number, file?: string): Point {
  const measures: Record<Style, Measure[]> = { plain: [], hardened: [], ready: [] };
  const styles: Style[] = file ? ['plain', 'hardened', 'ready'] : ['plain', 'hardened'];
  if (file) once('hardened', workloads, charts, file);
  for (let round = 0; round < rounds; round++) {
    for (const style of round % 2 ? [...styles].reverse() : styles) {
      measures[style].push(once(style, workloads, charts, style === 'ready' ? file : undefined));
    }
  }
  return { workloads, charts, measures };
}

function once(style: Style, workloads: number, charts: number, file?: string): Measure {
  const args = [join(__dirname, 'one.js'), style, String(workloads), String(charts), ...file ? [file] : []];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${style} ${workloads} in ${charts}: ${stderr}`);
  return JSON.parse(stdout);
}

/** CPU seconds that grow with the workloads: loading does not. */
export function work({ making, writing }: Measure): number {
  return making + writing;
}

/** How many times plain a style takes, round by round. */
export function ratios({ measures }: Point, style: Style, of: (measured: Measure) => number = work): Spread {
  return spread(measures[style].map((measured, round) => of(measured) / of(measures.plain[round])));
}

export function least({ measures }: Point, style: Style, of: (measured: Measure) => number): number {
  return Math.min(...measures[style].map(of));
}

function spread(values: readonly number[]): Spread {
  const ordered = [...values].sort((a, b) => a - b);
  return { median: ordered[Math.floor(ordered.length / 2)], least: ordered[0], greatest: ordered[ordered.length - 1] };
}

/** The power of the number of workloads with which the work grows: the slope of the straight line through the logarithms. */
export function growth(points: readonly Point[], style: Style): number {
  const [x, y] = [points.map(({ workloads }) => Math.log(workloads)), points.map(point => Math.log(least(point, style, work)))];
  const [meanX, meanY] = [x, y].map(values => values.reduce((a, b) => a + b) / values.length);
  const covariance = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i] - meanY), 0);
  return covariance / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}
