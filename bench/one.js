// One measurement, in a process of its own: node one.js plain|hardened|ready WORKLOADS CHARTS [FILE]. WORKLOADS may be 0:
// loading alone. hardened keeps its objects in FILE, if one is named, and ready writes those, which somebody else has made.
// Plain JavaScript, since a compiler in the process would be measured, too.
const { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const [style, workloads, charts, file] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4]), process.argv[5]];
const cpu = () => Object.values(process.cpuUsage()).reduce((a, b) => a + b) / 1e6;

const { ApiObject, App, Chart } = require('cdk8s');
const kplus = style === 'ready' ? undefined : require('cdk8s-plus-27');
const hardened = style === 'hardened' ? require('..') : undefined;
const ready = style === 'ready' ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
const loaded = cpu();

const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
const app = new App({ outdir });
const kept = [];
/** A chart that remembers what it wrote. */
class Keeper extends Chart {
  toJson() {
    const objects = super.toJson();
    kept.push(objects);
    return objects;
  }
}
const Kind = file && hardened ? Keeper : Chart;
const all = Array.from({ length: Math.min(charts, workloads) }, (_, i) => new Kind(app, `team-${i}`, { namespace: `team-${i}` }));
if (ready) ready.forEach((objects, i) => objects.forEach((object, j) => new ApiObject(all[i], `object-${j}`, object)));
const last = new Map();
for (let i = 0; i < (ready ? 0 : workloads); i++) {
  const chart = all[i % all.length];
  const props = { containers: [{ image: 'nginx:1.28', portNumber: 8080 }] };
  const workload = hardened ? new hardened.HardenedDeployment(chart, `web-${i}`, props) : new kplus.Deployment(chart, `web-${i}`, props);
  workload.exposeViaService();
  // Each is open to the one before it in its chart; the first to itself.
  const source = last.get(chart) ?? workload;
  if (hardened) {
    source.connectTo(workload, { ports: [8080] });
  } else {
    const rules = [{ peer: source, ports: [kplus.NetworkPolicyPort.tcp(8080)] }];
    new kplus.NetworkPolicy(chart, `policy-${i}`, { selector: workload, ingress: { rules } });
  }
  last.set(chart, workload);
}
const made = cpu();
if (workloads) app.synth();
const total = cpu();
const bytes = readdirSync(outdir).reduce((sum, name) => sum + statSync(join(outdir, name)).size, 0);
rmSync(outdir, { recursive: true });
if (kept.length) writeFileSync(file, JSON.stringify(kept));
console.log(JSON.stringify({ loading: loaded, making: made - loaded, writing: total - made, total, mebibytes: process.resourceUsage().maxRSS / 1024, bytes }));
