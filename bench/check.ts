import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../scripts/build';
import { bold, dim, green, red, table } from '../scripts/demo/paint';
import { OBJECTS, Style, writeManifests } from './manifests';
import { Measure, least, middle, node, nodeIn } from './processes';
import { besideOthers } from './scanners';

const ROOT = join(__dirname, '..');
const MAIN = join(ROOT, 'lib/cli/main.js');
/** How often what is measured takes its turn. */
const SIZES: readonly [workloads: number, rounds: number][] = [[1000, 5], [3000, 2], [10_000, 1]];
const STYLES: readonly Style[] = ['hardened', 'plain'];
/** The CPU seconds that 1,000 workloads may take by each pack. */
const PACKS = { 'pss-restricted': 1.5, 'hardened': 2 } as const;
type PackName = keyof typeof PACKS;
/** SARIF carries a fix for each finding: to work them out is more than to check. */
const FORMATS = ['json', 'text', 'sarif'] as const;
const TARGET = { mebibytes: 600, growth: 1.25, startUp: 2.5 };

/** A folder with so many workloads. */
interface Input {
  readonly folder: string;
  readonly bytes: number;
}

function check({ folder }: Input, pack: PackName, format: typeof FORMATS[number] = 'json'): Measure {
  return node(MAIN, 'check', folder, '--pack', pack, '--format', format, '--quiet');
}

/** What two programs take in turns, so that whatever else the machine does hits both. */
function startUp(file: string, env: NodeJS.ProcessEnv, where: string): string {
  const runs = Array.from({ length: 15 }, () => [nodeIn(env, '-e', '0').seconds, nodeIn(env, MAIN, 'check', file).seconds]);
  const [bare, ours] = [0, 1].map(i => middle(runs.map(run => run[i])));
  const words = `one file in ${(ours * 1000).toFixed()} ms of CPU, bare node in ${(bare * 1000).toFixed()}${where}: ${(ours / bare).toFixed(2)} times; under ${TARGET.startUp} wanted`;
  return verdict(ours / bare < TARGET.startUp, words);
}

/** Node reads the certificates of a company at every start, which can take longer than all else of it: without them, too. */
function startUps(file: string): string[] {
  const { NODE_EXTRA_CA_CERTS: certificates, ...rest } = process.env;
  return certificates ? [startUp(file, process.env, ' with NODE_EXTRA_CA_CERTS'), startUp(file, rest, ' without')] : [startUp(file, process.env, '')];
}

function verdict(isMet: boolean, words: string): string {
  return `${isMet ? green('met') : red('missed')}: ${words}`;
}

function show(title: string, lines: readonly (readonly string[])[]): void {
  const widths = lines[0].map((_, i) => Math.max(...lines.map(line => line[i].length)));
  const cells = lines.map((line, row) => line.map((text, i) => ({ lines: [text.padStart(widths[i])], paint: row ? undefined : dim })));
  console.log(`${bold(title)}\n${table(cells).join('\n')}\n`);
}

/** One kind of input over all sizes, by every pack, beside what reads the same text and judges nothing; the smallest in every format. */
function growth(inputs: ReadonlyMap<number, Input>, style: Style): string[] {
  const packs = Object.keys(PACKS) as PackName[];
  const lines = [['workloads', 'objects', 'MB', 'js-yaml s', ...packs.flatMap(pack => [`${pack} s`, 'ms each', 'MiB'])]];
  const each = new Map<PackName, number[]>(packs.map(pack => [pack, []]));
  const verdicts: string[] = [];
  for (const [size, rounds] of SIZES) {
    const input = inputs.get(size)!;
    const isFirst = size === SIZES[0][0];
    const formats = isFirst ? FORMATS : FORMATS.slice(0, 1);
    const asked = packs.flatMap(pack => formats.map(format => ({ pack, format })));
    const [yardstick, ...costs] = least(rounds, [() => node(join(__dirname, 'yardstick.js'), input.folder), ...asked.map(({ pack, format }) => () => check(input, pack, format))]);
    const shown = [String(size), String(size * OBJECTS), (input.bytes / 1e6).toFixed(1), yardstick.seconds.toFixed(2)];
    asked.forEach(({ pack, format }, i) => {
      const { seconds, mebibytes } = costs[i];
      if (format === 'json') {
        each.get(pack)!.push(seconds / size);
        shown.push(seconds.toFixed(2), (seconds / size * 1000).toFixed(2), mebibytes.toFixed());
      }
      const words = `${size} workloads (${style}) by ${pack} as ${format}`;
      if (isFirst) {
        const took = `${words} in ${seconds.toFixed(2)} CPU s, start included, ${(seconds / yardstick.seconds).toFixed(2)} times js-yaml alone`;
        verdicts.push(format === 'sarif' ? `fixes included: ${took}` : verdict(seconds < PACKS[pack], `${took}; under ${PACKS[pack]} s wanted`));
      } else if (size === SIZES[SIZES.length - 1][0]) {
        verdicts.push(verdict(mebibytes < TARGET.mebibytes, `${words} in ${mebibytes.toFixed()} MiB; under ${TARGET.mebibytes} wanted`));
      }
    });
    lines.push(shown);
  }
  show(`${style} workloads: reading, schema, rules, JSON`, lines);
  for (const [pack, costs] of each) {
    const grown = costs[costs.length - 1] / costs[0];
    verdicts.push(verdict(grown < TARGET.growth, `what one workload (${style}) costs by ${pack} among 10,000 is ${grown.toFixed(2)} of what it costs among 1,000; under ${TARGET.growth} wanted`));
  }
  return verdicts;
}

/** The scanners of others, each in turns with ours by the widest pack. What they cost depends on how much lies in a namespace. */
function others(home: string): string[] {
  return [false, true].flatMap(inOne => {
    const what = `1,000 hardened workloads, ${inOne ? 'all in one namespace' : '50 in a namespace'}`;
    const folder = join(home, `others-${inOne}`);
    const input = { folder, bytes: writeManifests(folder, 'hardened', SIZES[0][0], inOne) };
    const found = besideOthers(folder, () => check(input, 'hardened').seconds);
    console.log(`${bold(`Others, ${what}; check by the pack hardened`)}\n  ${found.map(({ words }) => words).join('\n  ')}\n`);
    return found.flatMap(({ name, times, wanted }) => times === undefined || wanted === undefined ? [] : [
      verdict(times > wanted, `${what}, by all rules ${times.toFixed(1)} times faster than ${name}; ${wanted} times wanted`),
    ]);
  });
}

function main(): void {
  build(ROOT);
  const home = mkdtempSync(join(tmpdir(), 'bench-check-'));
  const verdicts: string[] = [];
  try {
    for (const style of STYLES) {
      const inputs = new Map(SIZES.map(([size]) => {
        const folder = join(home, `${style}-${size}`);
        return [size, { folder, bytes: writeManifests(folder, style, size) }];
      }));
      verdicts.push(...growth(inputs, style));
    }
    verdicts.push(...others(home));
    const file = join(home, 'one.yaml');
    writeFileSync(file, 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx}]}\n');
    verdicts.push(...startUps(file));
  } finally {
    rmSync(home, { recursive: true });
  }
  console.log(verdicts.join('\n'));
}

main();
