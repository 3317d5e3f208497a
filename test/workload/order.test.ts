import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { HardenedCronJob, HardenedDeployment, HardenedStatefulSet, IngressWhitelist, Peer, SecureNamespace, SecurityDefaults } from '../../src';

type Step = (state: Record<string, any>, chart: Chart) => void;

/** Steps by name; those that need others say which. */
const STEPS: Record<string, { needs: string[]; run: Step }> = {
  defaults: { needs: [], run: (_, chart) => SecurityDefaults.of(chart).set({ memoryLimit: '256Mi', runAsUser: 10001 }) },
  namespace: { needs: [], run: (s, chart) => { s.namespace = new SecureNamespace(chart, 'shop'); } },
  web: { needs: [], run: (s, chart) => { s.web = new HardenedDeployment(chart, 'web', { containers: [{ image: 'nginx:1.28', portNumber: 80 }] }); } },
  db: { needs: [], run: (s, chart) => { s.db = new HardenedStatefulSet(chart, 'db', { containers: [{ image: 'redis:7.4', portNumber: 6379 }], dataSize: '1Gi' }); } },
  job: { needs: [], run: (s, chart) => { s.job = new HardenedCronJob(chart, 'job', { schedule: { expressionString: '@daily' } as never, containers: [{ image: 'ghcr.io/acme/job:1' }] }); } },
  sidecar: { needs: ['web'], run: s => s.web.addContainer({ image: 'ghcr.io/acme/side:1' }) },
  folder: { needs: ['db'], run: s => s.db.addTempFolder('/tmp') },
  flow: { needs: ['web', 'db'], run: s => s.web.connectTo(s.db) },
  back: { needs: ['web', 'db'], run: s => s.db.acceptFrom(s.web) },
  jobFlow: { needs: ['job', 'db'], run: s => s.job.connectTo(s.db) },
  whitelist: { needs: ['web'], run: (s, chart) => new IngressWhitelist(chart, 'scraping', { workload: s.web, sources: [Peer.cidr('10.0.0.0/8'), Peer.pods({ namespace: 'monitoring', labels: { app: 'x' } })] }) },
  service: { needs: ['web'], run: s => s.web.exposeViaService() },
  autoscaler: { needs: ['web'], run: (s, chart) => new kplus.HorizontalPodAutoscaler(chart, 'hpa', { target: s.web, maxReplicas: 5, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))] }) },
  role: { needs: [], run: (s, chart) => { s.role = new kplus.Role(chart, 'role'); s.role.allowRead(kplus.ApiResource.PODS); } },
  grant: { needs: ['role', 'web'], run: s => s.role.bind(s.web) },
};

function synth(order: readonly string[]): Record<string, string> {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const state = {};
  const done = new Set<string>();
  const run = (name: string) => {
    if (done.has(name)) return;
    done.add(name);
    STEPS[name].needs.forEach(run);
    STEPS[name].run(state, chart);
  };
  order.forEach(run);
  return Object.fromEntries(Testing.synth(chart).map(object => [`${object.kind} ${object.metadata.name}`, JSON.stringify(object)]));
}

test('each object is the same, to the byte and under the same name, in whatever order constructs are made', () => {
  const names = Object.keys(STEPS);
  const expected = synth(names);
  expect(Object.keys(expected).length).toBeGreaterThan(15);
  fc.assert(fc.property(fc.shuffledSubarray(names, { minLength: names.length }), order => {
    expect(synth(order)).toEqual(expected);
  }), { numRuns: 60 });
});

test('synthesis twice gives the same', () => {
  expect(synth(Object.keys(STEPS))).toEqual(synth(Object.keys(STEPS)));
});
