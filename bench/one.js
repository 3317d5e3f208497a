// One measurement, in a process of its own: node one.js plain|hardened WORKLOADS CHARTS. WORKLOADS may be 0: loading alone.
// Plain JavaScript, since a compiler in the process would be measured, too.
const { mkdtempSync, readdirSync, rmSync, statSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const [style, workloads, charts] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const cpu = () => Object.values(process.cpuUsage()).reduce((a, b) => a + b) / 1e6;

const { App, Chart } = require('cdk8s');
const kplus = require('cdk8s-plus-27');
const hardened = style === 'hardened' ? require('..') : undefined;
const loaded = cpu();

const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
const app = new App({ outdir });
const all = Array.from({ length: Math.min(charts, workloads) }, (_, i) => new Chart(app, `team-${i}`, { namespace: `team-${i}` }));
const last = new Map();
for (let i = 0; i < workloads; i++) {
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
console.log(JSON.stringify({ loading: loaded, making: made - loaded, writing: total - made, total, mebibytes: process.resourceUsage().maxRSS / 1024, bytes }));
