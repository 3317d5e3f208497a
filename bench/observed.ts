import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../scripts/build';
import { bold, green, red } from '../scripts/demo/paint';

const ROOT = join(__dirname, '..');
const RECORDS = Number(process.env.OBSERVED_RECORDS ?? 10_000_000);
/** Memory for so many records may be so much above that for a hundredth of them. */
const TARGET = { growth: 1.5 };
const WORKLOADS = 100;

/** Workloads of which each may be reached by the next. */
function manifests(): string {
  return Array.from({ length: WORKLOADS }, (_, i) => [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: `w${i}`, namespace: 'shop' }, spec: { template: { metadata: { labels: { app: `w${i}` } }, spec: { containers: [{ name: 'c', image: 'i' }] } } } },
    {
      apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: `w${i}`, namespace: 'shop' },
      spec: { podSelector: { matchLabels: { app: `w${i}` } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: `w${(i + 1) % WORKLOADS}` } } }], ports: [{ port: 8080 }] }] },
    },
  ]).flat().map(manifest => JSON.stringify(manifest)).join('\n---\n');
}

/** CPU seconds and memory of `reach --observed -`, which the generator's process writes to. */
function measured(format: string, records: number, file: string): Promise<{ seconds: number; mebibytes: number; told: string }> {
  return new Promise((resolve, reject) => {
    const script = '"$0" "$1" "$2" "$3" | "$0" -r "$4" "$5" reach "$6" --observed - --quiet';
    const args = [process.execPath, join(__dirname, 'observed-records.js'), format, String(records), join(__dirname, 'measured.js'), join(ROOT, 'lib/cli/main.js'), file];
    const child = spawn('bash', ['-c', script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', data => { stdout = `${stdout}${String(data)}`.slice(-10_000); });
    child.stderr.on('data', data => { stderr += String(data); });
    child.on('error', reject);
    child.on('close', () => resolve({
      ...JSON.parse(stderr.trim().split('\n').pop()!) as { seconds: number; mebibytes: number }, told: /^\d+ records?, .*$/m.exec(stdout)?.[0] ?? `nothing: ${stderr}`,
    }));
  });
}

async function main(): Promise<void> {
  build(ROOT);
  const folder = mkdtempSync(join(tmpdir(), 'bench-observed-'));
  try {
    const file = join(folder, 'all.yaml');
    writeFileSync(file, manifests());
    console.log(`${bold('reach --observed')}: CPU and peak of memory of its process, records from a pipe`);
    for (const format of ['hubble', 'csv']) {
      const few = await measured(format, Math.ceil(RECORDS / 100), file);
      const all = await measured(format, RECORDS, file);
      const ok = all.mebibytes / few.mebibytes < TARGET.growth && all.told.startsWith(`${RECORDS} records, `);
      console.log(`${ok ? green('ok') : red('missed')} ${format}: ${RECORDS} records in ${all.seconds.toFixed(1)} CPU s and ${all.mebibytes.toFixed()} MiB, a hundredth of them in ${few.seconds.toFixed(1)} and ${few.mebibytes.toFixed()}; under ${TARGET.growth} times the memory wanted`);
      console.log(`  ${all.told}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

void main();
