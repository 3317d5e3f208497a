import { App, Chart, Testing } from 'cdk8s';
import { HardenedDeployment, HardenedJob, SecurityDefaults } from '../../src';
import { WEB, failure } from './made';

const WAIVE = (rule: string, container: string) => ` To allow it all the same: waivers: [{ rule: '${rule}', container: '${container}', reason: '…', owner: '…' }].`;
const UNKNOWN = (where: string) => `${where}: containerOptions names the container 'nobody', which the pod does not have [container-unknown]. Known are: main.`;
const DATA = (where: string) => `${where}: container 'main' keeps data in '/var/lib/postgresql/data', and nothing says where they are to outlive the pod [data-folder-without-claim]. `
  + "Use a HardenedStatefulSet with dataSize: '10Gi', mount a claim of your own there, or, if the files may be lost with the pod, say tempFolders: ['/var/lib/postgresql/data'].";
const PRIVILEGED = "b/root · Job root · spec.template.spec.containers[0].securityContext.privileged: container 'main' is privileged: root on the node [pod-privileged]. "
  + `Remove privileged, or grant the one capability that is needed.${WAIVE('pod-privileged', 'main')}`;

/** Two charts with four workloads, each wrong in its own way, made in any order. */
function brokenApp(order: readonly number[]): App {
  const app = Testing.app();
  const [a, b] = ['a', 'b'].map(id => new Chart(app, id));
  const makers = [
    () => new HardenedDeployment(a, 'unknown', { containers: [WEB], containerOptions: { nobody: {} } }),
    () => new HardenedDeployment(b, 'data', { containers: [{ ...WEB, image: 'postgres:17' }] }),
    () => new HardenedJob(b, 'root', { metadata: { name: 'root' }, containers: [{ ...WEB, securityContext: { user: 1, group: 1, privileged: true, allowPrivilegeEscalation: true } }] }),
    () => new HardenedDeployment(b, 'fine', { containers: [WEB] }),
  ];
  for (const i of order) makers[i]();
  return app;
}

test.each([[[0, 1, 2, 3]], [[3, 2, 1, 0]], [[1, 3, 0, 2]]])('whatever is wrong with the workloads of an app is one error, sorted, made in the order %j', order => {
  const expected = ['3 errors:', UNKNOWN('a/unknown'), DATA('b/data'), PRIVILEGED].join('\n  ');
  for (const chart of brokenApp(order).charts) expect(failure(() => Testing.synth(chart))).toBe(expected);
  expect(failure(() => brokenApp(order).synth())).toBe(expected);
});

test('an error is said once, also where a waiver of a scope is looked for', () => {
  const app = brokenApp([0, 1]);
  SecurityDefaults.of(app).waive({ rule: 'pod-privileged', reason: 'of old', owner: 'team-a' });
  expect(failure(() => app.synth())).toContain("(app): nothing below needs the waiver of 'pod-privileged' [waiver-unmatched]. Remove it.");
});

test('one error needs no list', () => {
  expect(failure(() => brokenApp([3, 0]).synth())).toBe(UNKNOWN('a/unknown'));
});

test('findings throw what is wrong with the workload itself, and nothing of others', () => {
  const app = brokenApp([0, 1, 3]);
  const [unknown, data, fine] = [...app.charts[0].node.children, ...app.charts[1].node.children].filter(child => child instanceof HardenedDeployment);
  expect(failure(() => unknown.findings)).toBe(UNKNOWN('a/unknown'));
  expect(failure(() => data.findings)).toBe(DATA('b/data'));
  expect(fine.findings.map(({ rule }) => rule)).toEqual(['pod-memory-limit', 'pod-readiness-probe', 'pod-liveness-probe']);
});

test('what cdk8s-plus itself refuses arrives too', () => {
  const chart = new Chart(Testing.app(), 'a');
  new HardenedDeployment(chart, 'empty');
  expect(failure(() => Testing.synth(chart))).toMatch(/a\/empty[^]*PodSpec must have at least 1 container/);
});
