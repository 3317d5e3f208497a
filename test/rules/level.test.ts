import { Manifest, PodSpec } from '../../src/kube/pod-spec';
import { strictestLevel } from '../../src/rules/level';

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
