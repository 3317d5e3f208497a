import * as fc from 'fast-check';
import { copy } from '../../src/kube/json';
import { Manifest, PodSpec } from '../../src/kube/pod-spec';
import { sound } from '../../src/kube/sound';
import { strictestLevel } from '../../src/rules/level';
import { hindrances } from '../../src/rules/level/hindrances';
import { manifests } from './arbitrary-manifests';

const RESTRICTED: PodSpec = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [{ name: 'a', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
};

function pod(change: Partial<PodSpec> = {}): Manifest {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { ...RESTRICTED, ...change } };
}

describe('the strictest level that a pod meets', () => {
  test.each([
    ['restricted', {}],
    ['baseline', { securityContext: {} }],
    ['privileged', { hostPID: true }],
    ['privileged', { volumes: [{ name: 'v', hostPath: { path: '/' } }] }],
    ['baseline', { volumes: [{ name: 'v', nfs: { server: 'x', path: '/' } }] }],
  ])('is %s with %j', (level, change) => {
    expect(strictestLevel(pod(change as Partial<PodSpec>), 37)).toBe(level);
  });

  test('depends on the version: a sysctl that is safe by now, a user namespace of its own', () => {
    const tuned = pod({ securityContext: { ...RESTRICTED.securityContext, sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] } });
    expect([31, 32].map(minor => strictestLevel(tuned, minor))).toEqual(['privileged', 'restricted']);
    const root = pod({ hostUsers: false, securityContext: { ...RESTRICTED.securityContext, runAsNonRoot: false, runAsUser: 0 } });
    expect([34, 35].map(minor => strictestLevel(root, minor))).toEqual(['baseline', 'restricted']);
  });

  test('is none where there is no pod', () => {
    expect(strictestLevel({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: {} }, 37)).toBeUndefined();
  });
});

describe('what keeps a pod from a level', () => {
  test('is there exactly where the pod does not meet it', () => {
    fc.assert(fc.property(manifests, fc.integer({ min: 27, max: 37 }), (manifest, minor) => {
      const found = hindrances(manifest, minor, '2026-01-01').map(({ level }) => level);
      const level = found.includes('baseline') ? 'privileged' : found.length ? 'baseline' : 'restricted';
      expect(level).toBe(strictestLevel(sound(copy(manifest)), minor));
    }), { numRuns: 500 });
  });

  test('is said once, by the rule that says most, with its field and its waiver', () => {
    const waived = { ...pod({ volumes: [{ name: 'v', hostPath: { path: '/' } }] }), metadata: { annotations: { 'cdk8s-hardened/waive.pod-host-path': '{"reason":"a","owner":"b"}' } } };
    expect(hindrances(waived, 30, '2026-01-01')).toEqual([{
      rule: 'pod-host-path', title: expect.any(String), level: 'baseline', field: 'spec.volumes[0].hostPath', what: "volume 'v' is a folder of the node",
      waiver: { rule: 'pod-host-path', reason: 'a', owner: 'b' },
    }]);
  });

  test('is nothing in a manifest without a pod, and survives one that is malformed', () => {
    expect(hindrances({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' } }, 30, '')).toEqual([]);
    const wrong = { apiVersion: 'v1', kind: 'Pod', metadata: { annotations: 3 }, spec: { containers: [null, 'x', { securityContext: 'y' }], securityContext: [] } };
    expect(hindrances(wrong as unknown as Manifest, 30, '').length).toBeGreaterThan(0);
  });
});
