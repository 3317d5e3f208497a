import { hardenPods } from '../../src/hardening/other-peoples-pods';
import { copy } from '../../src/kube/json';
import { Posture } from '../../src/posture/posture';
import { PROFILES } from '../../src/posture/profiles';
import { BUILT_IN } from '../../src/posture/workload-defaults';
import { IS_THERE, SOURCES } from './foreign-manifests';

const POSTURE: Posture = { ...BUILT_IN, where: 'chart/x', today: '2026-01-01', kubernetesMinor: 27, profiles: PROFILES, mirrors: {}, waivers: [] };

(IS_THERE ? describe : describe.skip)('enforced on what others wrote', () => {
  test.each(Object.keys(SOURCES))('%s: never fails, leaves its input alone, and twice is once', name => {
    const all = SOURCES[name]();
    expect(all.length).toBeGreaterThan(0);
    for (const manifest of all) {
      const before = copy(manifest);
      const { manifest: once, faults } = hardenPods(manifest, POSTURE, () => false);
      expect(manifest).toEqual(before);
      // What is refused is not written.
      if (!faults.length) expect(hardenPods(once, POSTURE, () => false).manifest).toEqual(once);
    }
  });
});
