// One measurement, in a process of its own: node audited.js plain|hardened|unlike without|check|enforce WORKLOADS CHARTS. What an app
// costs from making it to the last byte, in CPU seconds; loading is not counted. Plain JavaScript, since a compiler in the
// process would be measured, too.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { App, Chart } = require('cdk8s');
const kplus = require('cdk8s-plus-27');
const { FailOn, HardenedDeployment, Hardening } = require('..');

const [style, audit, workloads, charts] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5])];
const Kind = style === 'plain' ? kplus.Deployment : HardenedDeployment;
const cpu = () => Object.values(process.cpuUsage()).reduce((a, b) => a + b) / 1e6;
const started = cpu();

const outdir = mkdtempSync(join(tmpdir(), 'bench-audit-'));
const app = new App({ outdir });
const all = Array.from({ length: charts }, (_, i) => new Chart(app, `team-${i}`, { namespace: `team-${i}` }));
for (let i = 0; i < workloads; i++) {
  // Most apps write the same workload under many names; in one that does not, each has to be judged by itself.
  const own = style === 'unlike' ? { portNumber: 8080 + i, envVariables: { NAME: kplus.EnvValue.fromValue(`web-${i}`) } } : { portNumber: 8080 };
  const workload = new Kind(all[i % charts], `web-${i}`, { containers: [{ image: 'nginx:1.28', ...own }] });
  workload.exposeViaService();
}
// The bytes are to be the same: what is found in plain ones does not stop it, and in hardened ones nothing does that is found.
if (audit !== 'without') Hardening.of(app)[audit](style === 'plain' ? { failOn: FailOn.NEVER } : {});
const made = cpu();
app.synth();
const seconds = cpu() - started;
const writing = cpu() - made;
rmSync(outdir, { recursive: true });
console.log(JSON.stringify({ seconds, writing, mebibytes: process.resourceUsage().maxRSS / 1024 }));
