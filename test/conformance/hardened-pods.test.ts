import * as fc from 'fast-check';
import { Severity } from '../../src/kube/severity';
import { Posture } from '../../src/posture/posture';
import { PROFILES } from '../../src/posture/profiles';
import { BUILT_IN } from '../../src/posture/workload-defaults';
import { harden } from '../../src/rules/harden/harden';
import { POD_RULES } from '../../src/rules/pod';
import { manifests } from '../rules/arbitrary-manifests';
import { judge } from './psa';

const POSTURE: Posture = { ...BUILT_IN, where: 'chart/x', today: '2026-01-01', kubernetesMinor: 27, profiles: PROFILES, mirrors: {}, waivers: [] };
const OF_POD_SECURITY = new Set(POD_RULES.filter(({ controls }) => controls?.pss).map(({ id }) => id));
// From 1.35 on Kubernetes lets pods with a user namespace of their own run as root; that is not let through here.
const VERSION = 'v1.34';
const SEED = Number(process.env.SEED ?? 20260101);

test('what hardening lets through without a finding, Kubernetes admits at restricted, and the other way round', () => {
  const pods = fc.sample(manifests, { seed: SEED, numRuns: 3000 }).map((manifest, i) => ({ id: `pod ${i}`, hardened: harden(manifest, { dataSize: '1Gi' }, POSTURE) }));
  const verdicts = judge(pods.map(({ id, hardened }) => ({ id, manifest: hardened.manifest })), ['restricted'], [VERSION]);
  const wrong = pods.flatMap(({ hardened }, i) => {
    const breached = hardened.findings
      .filter(({ rule, severity }) => severity === Severity.ERROR && OF_POD_SECURITY.has(rule))
      .map(({ rule }) => rule);
    const { allowed, violations } = verdicts[i];
    return allowed === (breached.length === 0) ? [] : [{ breached, violations, manifest: JSON.stringify(hardened.manifest) }];
  });
  console.log(`seed ${SEED}: ${pods.length} pods, ${verdicts.filter(({ allowed }) => allowed).length} admitted`);
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(verdicts.filter(({ allowed }) => allowed).length).toBeGreaterThan(200);
});
