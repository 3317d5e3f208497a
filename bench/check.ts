import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../scripts/build';
import { bold, dim, green, red, table } from '../scripts/demo/paint';
import { Style, writeManifests } from './manifests';

interface Measure {
  readonly seconds: number;
  readonly mebibytes: number;
}

const ROOT = join(__dirname, '..');
const MAIN = join(ROOT, 'lib/cli/main.js');
const SIZES = [1000, 2500, 5000, 10_000];
const OBJECTS = 5;
const TARGET = { seconds: 1.5, mebibytes: 600, growth: 1.25, startUp: 2.5 };

/** CPU seconds and memory of one process; whatever it finds. */
function once(...args: string[]): Measure {
  const { stderr, status } = spawnSync(process.execPath, ['-r', join(__dirname, 'measured.js'), ...args], { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status === null || status > 1) throw new Error(`${args.join(' ')}: ${stderr}`);
  return JSON.parse(stderr.trim().split('\n').pop()!) as Measure;
}

function check(folder: string, pack: string): Measure {
  return once(MAIN, 'check', folder, '--pack', pack, '--format', 'json', '--quiet');
}

function median(runs: number, measure: () => Measure): Measure {
  const measures = Array.from({ length: runs }, measure);
  const of = (key: keyof Measure) => measures.map(one => one[key]).sort((a, b) => a - b)[Math.floor(runs / 2)];
  return { seconds: of('seconds'), mebibytes: of('mebibytes') };
}

/** What two programs take in turns, so that whatever else the machine does hits both. */
function startUp(file: string): { bare: number; ours: number } {
  const runs = Array.from({ length: 15 }, () => [once('-e', '0').seconds, once(MAIN, 'check', file).seconds]);
  const of = (i: number) => runs.map(run => run[i]).sort((a, b) => a - b)[7];
  return { bare: of(0), ours: of(1) };
}

function verdict(isMet: boolean, words: string): string {
  return `${isMet ? green('met') : red('missed')}: ${words}`;
}

function main(): void {
  build(ROOT);
  const folder = mkdtempSync(join(tmpdir(), 'bench-check-'));
  const verdicts: string[] = [];
  try {
    for (const [style, pack] of [['hardened', 'pss-restricted'], ['plain', 'pss-restricted'], ['hardened', 'hardened'], ['plain', 'hardened']] as [Style, string][]) {
      const lines = [['workloads', 'objects', 'MB', 'CPU s', 'CPU ms each', 'peak MiB']];
      const each: number[] = [];
      let last = 0;
      for (const size of SIZES) {
        const input = join(folder, `${style}-${size}`);
        const bytes = writeManifests(input, style, size);
        const { seconds, mebibytes } = median(size <= 2500 ? 5 : 3, () => check(input, pack));
        each.push(seconds / size);
        last = mebibytes;
        const megabytes = (bytes / 1e6).toFixed(1);
        lines.push([size, size * OBJECTS, megabytes, seconds.toFixed(2), (seconds / size * 1000).toFixed(2), mebibytes.toFixed()].map(String));
        const words = `1,000 workloads (${style}) by ${pack} in ${seconds.toFixed(2)} CPU s, start included; under ${TARGET.seconds} wanted`;
        if (size === 1000) verdicts.push(verdict(seconds < TARGET.seconds, words));
      }
      const growth = each[each.length - 1] / each[0];
      verdicts.push(verdict(growth < TARGET.growth, `what one workload costs among 10,000 is ${growth.toFixed(2)} of what it costs among 1,000; under ${TARGET.growth} wanted`));
      verdicts.push(verdict(last < TARGET.mebibytes, `10,000 workloads in ${last.toFixed()} MiB; under ${TARGET.mebibytes} wanted`));
      const widths = lines[0].map((_, i) => Math.max(...lines.map(line => line[i].length)));
      const cells = lines.map((line, row) => line.map((text, i) => ({ lines: [text.padStart(widths[i])], paint: row ? undefined : dim })));
      console.log(`${bold(`${style} workloads, pack ${pack}`)}: reading, schema, rules, JSON\n${table(cells).join('\n')}\n`);
    }
    const file = join(folder, 'one.yaml');
    writeFileSync(file, 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx}]}\n');
    const { bare, ours } = startUp(file);
    const ratio = ours / bare;
    verdicts.push(verdict(ratio < TARGET.startUp, `one file in ${(ours * 1000).toFixed()} ms of CPU, bare node in ${(bare * 1000).toFixed()}: ${ratio.toFixed(2)} times; under ${TARGET.startUp} wanted`));
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(verdicts.join('\n'));
}

main();
