import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { Hardening, SecurityDefaults, rules } from '../../src';
import { hardenPods } from '../../src/hardening/other-peoples-pods';
import { copy } from '../../src/kube/json';
import { Manifest } from '../../src/kube/pod-spec';
import { Posture } from '../../src/posture/posture';
import { PROFILES } from '../../src/posture/profiles';
import { BUILT_IN } from '../../src/posture/workload-defaults';
import { manifests } from '../rules/arbitrary-manifests';

const POSTURE: Posture = { ...BUILT_IN, where: 'chart/x', today: '2026-01-01', kubernetesMinor: 27, profiles: PROFILES, mirrors: {}, waivers: [] };
const PACK = rules.Pack.pssRestricted();

/** The same pods in a kind of somebody else's. */
const rollouts = manifests.filter(({ kind }) => kind === 'Deployment')
  .map((manifest): Manifest => ({ ...manifest, apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' }));
const WEAKENINGS: readonly ((spec: string) => JsonPatch)[] = [
  spec => JsonPatch.add(`${spec}/hostPID`, true),
  spec => JsonPatch.add(`${spec}/hostNetwork`, true),
  spec => JsonPatch.add(`${spec}/securityContext`, { runAsNonRoot: false }),
  spec => JsonPatch.add(`${spec}/containers/0/securityContext`, { privileged: true }),
  spec => JsonPatch.add(`${spec}/containers/0/securityContext`, { capabilities: { add: ['SYS_ADMIN'] } }),
  spec => JsonPatch.add(`${spec}/terminationGracePeriodSeconds`, 5),
  spec => JsonPatch.add(`${spec}/volumes`, [{ name: 'v', hostPath: { path: '/' } }]),
];
const SPEC: { readonly [kind: string]: string } = { Pod: '/spec', CronJob: '/spec/jobTemplate/spec/template/spec' };

function written(manifest: Manifest, order: readonly ('object' | 'patch' | 'enforce')[], weaken: (spec: string) => JsonPatch): string | undefined {
  const chart = new Chart(Testing.app(), 'chart');
  SecurityDefaults.of(chart).set({ today: '2026-01-01' });
  let object: ApiObject | undefined;
  const steps = {
    object: () => { object = new ApiObject(chart, 'x', copy(manifest)); },
    patch: () => object!.addJsonPatch(weaken(SPEC[manifest.kind] ?? '/spec/template/spec')),
    enforce: () => Hardening.of(chart).enforce({ pack: PACK }),
  };
  for (const step of order) steps[step]();
  try {
    return JSON.stringify(Testing.synth(chart));
  } catch {
    return undefined;
  }
}

describe("hardening other people's pods", () => {
  test('changes nothing more when it is done twice', () => {
    fc.assert(fc.property(fc.oneof(manifests, rollouts), fc.boolean(), (manifest, granted) => {
      const once = hardenPods(manifest, POSTURE, () => granted).manifest;
      expect(hardenPods(once, POSTURE, () => granted).manifest).toEqual(once);
    }), { numRuns: 150 });
  });

  test('does not touch what is handed in', () => {
    fc.assert(fc.property(fc.oneof(manifests, rollouts), manifest => {
      const before = copy(manifest);
      hardenPods(manifest, POSTURE, () => false);
      expect(manifest).toEqual(before);
    }), { numRuns: 100 });
  });

  test('does the same to a pod in whatever kind it lies', () => {
    fc.assert(fc.property(rollouts, rollout => {
      const asRollout = hardenPods(rollout, POSTURE, () => false).manifest as any;
      const asTemplate = hardenPods({ apiVersion: 'v1', kind: 'PodTemplate', metadata: rollout.metadata, template: (rollout.spec as any).template }, POSTURE, () => false).manifest as any;
      expect(asRollout.spec.template).toEqual(asTemplate.template);
    }), { numRuns: 100 });
  });

  test('writes nothing that Pod Security would refuse, whatever patch was laid on, before or after; and the same whichever', () => {
    let passed = 0;
    fc.assert(fc.property(manifests, fc.constantFrom(...WEAKENINGS), (manifest, weaken) => {
      const outputs = ([['object', 'patch', 'enforce'], ['object', 'enforce', 'patch'], ['enforce', 'object', 'patch']] as const).map(order => written(manifest, order, weaken));
      expect(new Set(outputs).size).toBe(1);
      if (outputs[0] === undefined) return;
      passed++;
      expect(rules.Audit.of(JSON.parse(outputs[0]), { pack: PACK, today: '2026-01-01' }).errors).toEqual([]);
    }), { numRuns: 60 });
    // What is always refused would prove nothing.
    expect(passed).toBeGreaterThan(0);
    expect(passed).toBeLessThan(60);
  });
});
