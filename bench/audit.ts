import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from '../scripts/build';
import { bold, dim, green, red, table } from '../scripts/demo/paint';
import { middle } from './processes';

const CHARTS = 300;
/** How many workloads, each with a Service, and in how many rounds. */
const SIZES: readonly [workloads: number, rounds: number][] = [[300, 9], [1200, 5]];
/** Hardened ones are alike but for their names, or each has settings of its own. */
const STYLES = ['plain', 'hardened', 'unlike'] as const;
const AUDITS = ['without', 'check', 'enforce'] as const;
type Cost = { readonly seconds: number; readonly mebibytes: number };
/** What `app.synth()` with an audit may take, as a multiple of the same without. */
const TARGET = 1.3;

function once(style: typeof STYLES[number], audit: typeof AUDITS[number], workloads: number): Cost {
  const args = [join(__dirname, 'audited.js'), style, audit, String(workloads), String(CHARTS)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout) as Cost;
}

function main(): void {
  build(join(__dirname, '..'));
  const verdicts: string[] = [];
  const lines = [['workloads', 'style', 'without s', 'check s', 'enforce s', 'check', 'enforce', 'MiB', 'MiB', 'MiB']];
  for (const style of STYLES) {
    for (const [workloads, rounds] of SIZES) {
      // They take turns, so that whatever else the machine does hits all of them.
      const rows = Array.from({ length: rounds }, () => AUDITS.map(audit => once(style, audit, workloads)));
      const seconds = AUDITS.map((_, i) => Math.min(...rows.map(row => row[i].seconds)));
      const [, check, enforce] = AUDITS.map((_, i) => middle(rows.map(row => row[i].seconds / row[0].seconds)));
      const mebibytes = AUDITS.map((_, i) => middle(rows.map(row => row[i].mebibytes)).toFixed());
      lines.push([String(workloads), style, ...seconds.map(s => s.toFixed(2)), check.toFixed(2), enforce.toFixed(2), ...mebibytes]);
      const words = `${workloads} ${style} workloads in ${CHARTS} charts take ${check.toFixed(2)} times as long to synthesize where they are audited; ${TARGET} wanted`;
      verdicts.push(`${check <= TARGET ? green('met') : red('missed')}: ${words}`);
    }
  }
  const widths = lines[0].map((_, i) => Math.max(...lines.map(line => line[i].length)));
  const cells = lines.map((line, row) => line.map((text, i) => ({ lines: [text.padStart(widths[i])], paint: row ? undefined : dim })));
  console.log(`${bold('Hardening.of(app)')}: making and writing an app in ${CHARTS} charts, CPU of one process each, the least of all rounds`);
  console.log(`${dim('Ratios are medians of the ratios within a round. enforce also hardens what is not.')}\n${table(cells).join('\n')}\n\n${verdicts.join('\n')}`);
}

main();
