import { CUSTOM_WORKLOADS } from '../../src/kube/custom-workloads';
import { customWorkload, embeddedPods, standIns } from '../../src/kube/embedded-pods';
import { Manifest } from '../../src/kube/pod-spec';

const POD = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'main', image: 'nginx:1.28' }] } };
const custom = (apiVersion: string, kind: string, spec: object): Manifest => ({ apiVersion, kind, metadata: { name: 'x' }, spec: spec as never });

describe('pods in objects of other kinds', () => {
  test.each<[string, Manifest, string[]]>([
    ['a Rollout', custom('argoproj.io/v1alpha1', 'Rollout', { template: POD }), ['spec.template']],
    ['a ScaledJob', custom('keda.sh/v1alpha1', 'ScaledJob', { jobTargetRef: { template: POD } }), ['spec.jobTargetRef.template']],
    ['a LeaderWorkerSet', custom('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', { leaderWorkerTemplate: { leaderTemplate: POD, workerTemplate: POD } }),
      ['spec.leaderWorkerTemplate.leaderTemplate', 'spec.leaderWorkerTemplate.workerTemplate']],
    ['a JobSet', custom('jobset.x-k8s.io/v1alpha2', 'JobSet', { replicatedJobs: [{}, { template: { spec: { template: POD } } }] }), ['spec.replicatedJobs[1].template.spec.template']],
    ['a kind that nobody knows', custom('example.org/v1', 'Thing', { parts: { a: { podTemplate: POD } } }), ['spec.parts.a.podTemplate']],
    ['a template without containers', custom('example.org/v1', 'Thing', { template: { spec: { containers: [] } } }), []],
    ['a template of something else', custom('example.org/v1', 'Thing', { template: { spec: { containers: 'none' } } }), []],
    ['a field that is called otherwise', custom('example.org/v1', 'Thing', { pod: POD }), []],
    ['no spec', { apiVersion: 'example.org/v1', kind: 'Thing', metadata: {} }, []],
  ])('are found in %s', (_, manifest, fields) => {
    expect(embeddedPods(manifest).map(({ field }) => field)).toEqual(fields);
  });

  test('are judged as pods, with their own field paths', () => {
    const [rollout] = standIns(custom('argoproj.io/v1alpha1', 'Rollout', { template: POD }));
    expect(rollout.fieldOf('template.spec.containers[0].image')).toBe('spec.template.spec.containers[0].image');
    expect(rollout.fieldOf('metadata.annotations[a]')).toBe('metadata.annotations[a]');
    const [job] = standIns(custom('keda.sh/v1alpha1', 'ScaledJob', { jobTargetRef: { template: POD } }));
    expect(job.manifest.kind).toBe('Job');
    expect(job.fieldOf('spec.template.spec.hostPID')).toBe('spec.jobTargetRef.template.spec.hostPID');
  });

  test('are not judged where they are patches, nor twice where the kind is Kubernetes own', () => {
    expect(standIns(custom('elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', { nodeSets: [{ podTemplate: POD }] }))).toEqual([]);
    expect(standIns(custom('apps/v1', 'Deployment', { template: POD }))).toEqual([]);
  });

  test('a template that lies very deep is not looked for, and names from nowhere are nobody', () => {
    const deep = [...Array(12)].reduce<object>(inner => ({ inner }), { template: POD });
    expect(embeddedPods(custom('example.org/v1', 'Thing', deep))).toEqual([]);
    expect(customWorkload({ apiVersion: 'example.org/v1', kind: 'constructor' })).toBeUndefined();
    expect(customWorkload({ apiVersion: 7, kind: null })).toBeUndefined();
  });
});

test('each kind is known once, with a source', () => {
  const names = CUSTOM_WORKLOADS.flatMap(({ group, kinds }) => kinds.map(kind => `${kind}.${group}`));
  expect(new Set(names).size).toBe(names.length);
  expect(CUSTOM_WORKLOADS.filter(({ source }) => source.length < 10)).toEqual([]);
});
