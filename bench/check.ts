import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../scripts/build';
import { bold, dim, green, red, table } from '../scripts/demo/paint';
import { OBJECTS, Style, writeManifests } from './manifests';
import { Measure, median, middle, node } from './processes';
import { besideOthers } from './scanners';

const ROOT = join(__dirname, '..');
const MAIN = join(ROOT, 'lib/cli/main.js');
const SIZES = [1000, 2500, 5000, 10_000];
const STYLES: readonly Style[] = ['hardened', 'plain'];
const PACKS = ['pss-restricted', 'hardened'];
const FORMATS = ['json', 'text', 'sarif'];
const TARGET = { seconds: 1.5, mebibytes: 600, growth: 1.25, startUp: 2.5 };

function check(folder: string, pack: string, format = 'json'): Measure {
  return node(MAIN, 'check', folder, '--pack', pack, '--format', format, '--quiet');
}

/** What two programs take in turns, so that whatever else the machine does hits both. */
function startUp(file: string): { bare: number; ours: number } {
  const runs = Array.from({ length: 15 }, () => [node('-e', '0').seconds, node(MAIN, 'check', file).seconds]);
  return { bare: middle(runs.map(([bare]) => bare)), ours: middle(runs.map(([, ours]) => ours)) };
}

function verdict(isMet: boolean, words: string): string {
  return `${isMet ? green('met') : red('missed')}: ${words}`;
}

function show(title: string, lines: readonly (readonly string[])[]): void {
  const widths = lines[0].map((_, i) => Math.max(...lines.map(line => line[i].length)));
  const cells = lines.map((line, row) => line.map((text, i) => ({ lines: [text.padStart(widths[i])], paint: row ? undefined : dim })));
  console.log(`${bold(title)}\n${table(cells).join('\n')}\n`);
}

/** One kind of input by one pack, over all sizes; the smallest in every format. */
function growth(folders: ReadonlyMap<number, { folder: string; bytes: number }>, style: Style, pack: string): string[] {
  const verdicts: string[] = [];
  const lines = [['workloads', 'objects', 'MB', 'CPU s', 'CPU ms each', 'peak MiB']];
  const each: number[] = [];
  let last = 0;
  for (const [size, { folder, bytes }] of folders) {
    const { seconds, mebibytes } = median(size <= 2500 ? 5 : 3, () => check(folder, pack));
    each.push(seconds / size);
    last = mebibytes;
    const megabytes = (bytes / 1e6).toFixed(1);
    lines.push([size, size * OBJECTS, megabytes, seconds.toFixed(2), (seconds / size * 1000).toFixed(2), mebibytes.toFixed()].map(String));
    if (size > SIZES[0]) continue;
    const others = FORMATS.slice(1).map(format => [format, median(5, () => check(folder, pack, format)).seconds] as const);
    for (const [format, time] of [[FORMATS[0], seconds] as const, ...others]) {
      const words = `1,000 workloads (${style}) by ${pack} as ${format} in ${time.toFixed(2)} CPU s, start included; under ${TARGET.seconds} wanted`;
      verdicts.push(verdict(time < TARGET.seconds, words));
    }
  }
  show(`${style} workloads, pack ${pack}: reading, schema, rules, JSON`, lines);
  const grown = each[each.length - 1] / each[0];
  verdicts.push(verdict(grown < TARGET.growth, `what one workload costs among 10,000 is ${grown.toFixed(2)} of what it costs among 1,000; under ${TARGET.growth} wanted`));
  verdicts.push(verdict(last < TARGET.mebibytes, `10,000 workloads in ${last.toFixed()} MiB; under ${TARGET.mebibytes} wanted`));
  return verdicts;
}

function main(): void {
  build(ROOT);
  const home = mkdtempSync(join(tmpdir(), 'bench-check-'));
  const verdicts: string[] = [];
  try {
    for (const style of STYLES) {
      const folders = new Map(SIZES.map(size => {
        const folder = join(home, `${style}-${size}`);
        return [size, { folder, bytes: writeManifests(folder, style, size) }];
      }));
      for (const pack of PACKS) verdicts.push(...growth(folders, style, pack));
      const { folder } = folders.get(SIZES[0])!;
      console.log(`${bold(`Others, 1,000 ${style} workloads; check by the pack hardened`)}\n  ${besideOthers(folder, () => check(folder, 'hardened').seconds).join('\n  ')}\n`);
    }
    const file = join(home, 'one.yaml');
    writeFileSync(file, 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx}]}\n');
    const { bare, ours } = startUp(file);
    const words = `one file in ${(ours * 1000).toFixed()} ms of CPU, bare node in ${(bare * 1000).toFixed()}: ${(ours / bare).toFixed(2)} times; under ${TARGET.startUp} wanted`;
    verdicts.push(verdict(ours / bare < TARGET.startUp, words));
  } finally {
    rmSync(home, { recursive: true });
  }
  console.log(verdicts.join('\n'));
}

main();
