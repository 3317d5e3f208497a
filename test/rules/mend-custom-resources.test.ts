import * as fc from 'fast-check';
import { hardenPods } from '../../src/hardening/other-peoples-pods';
import { CUSTOM_WORKLOADS } from '../../src/kube/custom-workloads';
import { Json } from '../../src/kube/json';
import { podPart } from '../../src/kube/kinds';
import { Manifest } from '../../src/kube/pod-spec';
import { PROFILES } from '../../src/posture/profiles';
import { BUILT_IN } from '../../src/posture/workload-defaults';
import { audit } from '../../src/rules/audit';
import { ASSUMPTIONS } from '../../src/rules/mend/assumptions';
import { mend } from '../../src/rules/mend/mend';
import { MendLine, MendOptions } from '../../src/rules/mend/remedy';
import { PACKS } from '../../src/rules/packs';
import { manifests } from './arbitrary-manifests';

const how: MendOptions = { minor: 37, today: '2026-11-21', assume: new Set() };
const everything: MendOptions = { ...how, assume: new Set(ASSUMPTIONS) };
const POD = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'main', image: 'nginx:1.28', ports: [{ containerPort: 80 }] }] } };
const custom = (apiVersion: string, kind: string, spec: Json, annotations = {}): Manifest => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'shop', annotations }, spec: spec as never });
const KINDS = CUSTOM_WORKLOADS.flatMap(({ group, kinds, templates }) => kinds.map(kind => [`${group}/v1`, kind, templates] as const));

describe('mending custom resources', () => {
  test.each(KINDS)('%s %s: mended as it would be enforced, where it takes a pod as it stands', (apiVersion, kind, templates) => {
    const written = custom(apiVersion, kind, { template: POD });
    const { manifest, changes, left } = mend(written, how);
    expect(changes.length > 0).toBe(templates === 'whole');
    expect(manifest).toEqual(templates === 'whole' ? expect.objectContaining({ kind }) : written);
    const enforced = hardenPods(written, { ...BUILT_IN, where: '', today: how.today, kubernetesMinor: 37, profiles: PROFILES, mirrors: {}, waivers: [] }, () => false).manifest;
    expect(enforced !== written).toBe(templates === 'whole');
    expect(left.some(({ rule }) => rule === 'fix-custom-resource')).toBe(templates === 'own');
  });

  test('do the same to a pod as to one in a kind of Kubernetes', () => {
    fc.assert(fc.property(manifests, fc.boolean(), (manifest, assumed) => {
      const { spec, meta } = podPart(manifest)!;
      const template = JSON.parse(JSON.stringify({ metadata: meta, spec }));
      const [rollout, job] = [custom('argoproj.io/v1alpha1', 'Rollout', { template }), custom('keda.sh/v1alpha1', 'ScaledJob', { jobTargetRef: { template } })];
      const [asRollout, asScaledJob] = [rollout, job].map(each => mend(each, assumed ? everything : how));
      const asTemplate = mend({ apiVersion: 'v1', kind: 'PodTemplate', metadata: rollout.metadata, template }, assumed ? everything : how);
      const asJob = mend({ apiVersion: 'batch/v1', kind: 'Job', metadata: job.metadata, spec: { template } as never }, assumed ? everything : how);
      expect((asRollout.manifest.spec as any).template).toEqual((asTemplate.manifest as any).template);
      expect((asScaledJob.manifest.spec as any).jobTargetRef.template).toEqual((asJob.manifest.spec as any).template);
      const at = (before: string, place: string) => (line: MendLine) => ({ ...line, field: line.field.replace(before, place) });
      expect(asRollout.changes).toEqual(asTemplate.changes.map(at('template', 'spec.template')));
      expect(asRollout.assumptions).toEqual(asTemplate.assumptions.map(at('template', 'spec.template')));
      expect(asScaledJob.changes).toEqual(asJob.changes.map(at('spec.template', 'spec.jobTargetRef.template')));
    }), { numRuns: 80 });
  });

  test('mend each pod of an object by itself', () => {
    const second = { spec: { hostPID: true, containers: [{ name: 'main', image: 'redis:7.4' }] } };
    const { manifest, changes, left } = mend(custom('leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', { leaderWorkerTemplate: { leaderTemplate: POD, workerTemplate: second } }), how);
    const { leaderTemplate, workerTemplate } = (manifest.spec as any).leaderWorkerTemplate;
    expect([leaderTemplate, workerTemplate].map(({ spec }) => spec.containers[0].securityContext.runAsUser)).toEqual([101, 999]);
    expect(changes.map(({ field }) => field)).toContain('spec.leaderWorkerTemplate.workerTemplate.spec.containers[0].securityContext.runAsUser');
    expect(left).toContainEqual(expect.objectContaining({ rule: 'pod-host-pid', field: 'spec.leaderWorkerTemplate.workerTemplate.spec.hostPID' }));
  });

  test('leave what an annotation of the object waives', () => {
    const waiver = { 'cdk8s-hardened/waive.pod-read-only-root': '{"reason":"r","owner":"o"}' };
    const written = (annotations = {}) => mend(custom('argoproj.io/v1alpha1', 'Rollout', { template: POD }, annotations), everything).manifest;
    expect(JSON.stringify(written())).toContain('readOnlyRootFilesystem');
    expect(JSON.stringify(written(waiver))).not.toContain('readOnlyRootFilesystem');
  });

  test('leave a pod with a field of a wrong type, and say where', () => {
    const written = custom('argoproj.io/v1alpha1', 'Rollout', { template: { spec: { hostPID: 'yes', containers: [{ name: 'main', image: 'nginx:1.28' }] } } });
    const { manifest, changes, left } = mend(written, how);
    expect([manifest, changes]).toEqual([written, []]);
    expect(left[0]).toMatchObject({ rule: 'fix-unsound', field: 'spec.template.spec' });
  });

  test('judge the others, and say so in one line with all that is wrong', () => {
    const written = custom('example.org/v1', 'Thing', { template: { spec: { hostPID: true, containers: [{ name: 'a', image: 'a:1' }] } } });
    const { manifest, changes, assumptions, left } = mend(written, everything);
    expect([manifest, changes, assumptions, left.length]).toEqual([written, [], [], 1]);
    const errors = audit(written, { pack: PACKS[0], minor: 37, today: how.today }).filter(({ severity }) => severity === 'error');
    expect(left[0]).toMatchObject({ rule: 'fix-custom-resource', field: 'spec.template' });
    expect(left[0].what).toContain(`left as it is: what its controller makes of this pod is not known here. ${errors.length} errors (`);
    expect(left[0].what).toContain('pod-host-pid');
    expect(mend(custom('serving.knative.dev/v1', 'Service', { template: POD }), how).left[0].what).toContain('its controller adds to this pod');
  });

  test('say nothing of one in order, and nothing of what is laid over a pod of the controller', () => {
    const restricted = mend(custom('argoproj.io/v1alpha1', 'Rollout', { template: { spec: { serviceAccountName: 'web', automountServiceAccountToken: false, ...POD.spec, containers: [{ ...POD.spec.containers[0], resources: { limits: { memory: '64Mi' }, requests: { cpu: '1m' } } }] } } }), everything).manifest;
    expect(mend({ ...restricted, apiVersion: 'example.org/v1', kind: 'Thing' }, how).left).toEqual([]);
    expect(mend(custom('monitoring.coreos.com/v1', 'Prometheus', { template: POD }), how).left).toEqual([]);
  });
});
