import * as fc from 'fast-check';
import { copy, equal } from '../../src/kube/json';
import { podPart } from '../../src/kube/kinds';
import { Manifest } from '../../src/kube/pod-spec';
import { Severity } from '../../src/kube/severity';
import { Posture } from '../../src/posture/posture';
import { PROFILES } from '../../src/posture/profiles';
import { BUILT_IN } from '../../src/posture/workload-defaults';
import { FolderKind } from '../../src/posture/writable-folder';
import { Claims } from '../../src/rules/harden/claims';
import { harden } from '../../src/rules/harden/harden';
import { manifests } from './arbitrary-manifests';

const POSTURE: Posture = { ...BUILT_IN, where: 'chart/x', today: '2026-01-01', kubernetesMinor: 27, profiles: PROFILES, mirrors: {}, waivers: [] };

const claims: fc.Arbitrary<Claims> = fc.record({
  dataSize: fc.constant('1Gi'),
  apiToken: fc.boolean(),
  containers: fc.constantFrom<Claims['containers']>({}, { main: { folders: [{ path: '/work', kind: FolderKind.EPHEMERAL }] } }, { main: { folders: [{ path: '/opt/app', kind: FolderKind.SEEDED }] } }),
  tokens: fc.constantFrom([], [{ audience: 'vault', path: '/var/run/vault', expirationSeconds: 3600 }]),
});

/** Every field of `part` stands in `whole`, lists of objects compared by what they hold. */
function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && part.every(item => whole.some(other => contains(other, item)));
  if (typeof part !== 'object' || part === null) return whole === part;
  return Object.entries(part).every(([key, value]) => contains((whole as Record<string, unknown> | undefined)?.[key], value));
}

describe('harden', () => {
  test('changes nothing more when it is done twice', () => {
    fc.assert(fc.property(manifests, claims, (manifest, claim) => {
      const once = harden(manifest, claim, POSTURE).manifest;
      expect(harden(once, claim, POSTURE).manifest).toEqual(once);
    }), { numRuns: 500 });
  });

  test('does not touch what is handed in', () => {
    fc.assert(fc.property(manifests, claims, (manifest, claim) => {
      const before = copy(manifest);
      harden(manifest, claim, POSTURE);
      expect(manifest).toEqual(before);
    }), { numRuns: 200 });
  });

  test('writes nothing in two places at once: YAML would make an alias of it', () => {
    fc.assert(fc.property(manifests, claims, (manifest, claim) => {
      const seen = new Set<unknown>();
      const twice = (value: unknown): boolean => {
        if (typeof value !== 'object' || value === null) return false;
        if (seen.has(value)) return true;
        seen.add(value);
        return Object.values(value).some(twice);
      };
      expect(twice(harden(manifest, claim, POSTURE).manifest)).toBe(false);
    }));
  });

  test('gives the same for the same, whatever the order of the keys', () => {
    const reversed = (value: unknown): unknown => Array.isArray(value) ? value.map(reversed)
      : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([k, v]) => [k, reversed(v)])) : value;
    fc.assert(fc.property(manifests, claims, (manifest, claim) => {
      const [a, b] = [manifest, reversed(manifest) as Manifest].map(m => harden(m, claim, POSTURE));
      expect(JSON.stringify(b.manifest)).toBe(JSON.stringify(a.manifest));
      expect(b.findings).toEqual(a.findings);
    }), { numRuns: 200 });
  });

  test('keeps every field of a Linux pod that somebody set, or speaks of it', () => {
    // What is rewritten by design: names of capabilities, tokens, the written default of procMount, and
    // escalation where the pod is privileged or runs as root, which cannot be combined.
    const comparable = (manifest: Manifest) => {
      const part = podPart(copy(manifest))!;
      delete part.spec.automountServiceAccountToken;
      for (const container of [...part.spec.containers, ...part.spec.initContainers ?? []]) {
        const context = container.securityContext;
        if (!context) continue;
        delete context.capabilities;
        if (context.procMount === 'Default') delete context.procMount;
        if (context.privileged) delete context.allowPrivilegeEscalation;
        if ((context.runAsUser ?? part.spec.securityContext?.runAsUser) === 0) delete context.runAsNonRoot;
      }
      return part.spec;
    };
    fc.assert(fc.property(manifests, claims, (manifest, claim) => {
      fc.pre(podPart(copy(manifest))!.spec.os?.name !== 'windows');
      const { manifest: hardened } = harden(manifest, claim, POSTURE);
      expect(contains(podPart(hardened)!.spec, comparable(manifest))).toBe(true);
    }), { numRuns: 500 });
  });

  test('sets no Linux field on a Windows pod', () => {
    const linuxOnly = ['runAsUser', 'runAsGroup', 'fsGroup', 'fsGroupChangePolicy', 'supplementalGroups', 'seccompProfile', 'sysctls', 'seLinuxOptions', 'appArmorProfile', 'capabilities', 'privileged', 'allowPrivilegeEscalation', 'readOnlyRootFilesystem', 'procMount'];
    fc.assert(fc.property(manifests, claims, (manifest, claim) => {
      const windows = copy(manifest);
      podPart(windows)!.spec.os = { name: 'windows' };
      const { spec } = podPart(harden(windows, claim, POSTURE).manifest)!;
      const contexts = [spec, ...spec.containers, ...spec.initContainers ?? []].map(({ securityContext }) => securityContext ?? {});
      expect(contexts.flatMap(context => Object.keys(context as object)).filter(key => linuxOnly.includes(key))).toEqual([]);
    }), { numRuns: 200 });
  });

  test('leaves a manifest without a pod as it is', () => {
    const service: Manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { ports: [{ port: 80 }] } };
    const hardened = harden(service, {}, POSTURE);
    expect(equal(hardened.manifest, service)).toBe(true);
    expect(hardened.findings).toEqual([]);
  });

  test('lets every breach that was made on purpose through where each has a waiver, and says so in annotations', () => {
    fc.assert(fc.property(manifests, claims, (manifest, claim) => {
      const breaches = harden(manifest, claim, POSTURE).findings.filter(({ severity }) => severity === Severity.ERROR);
      const rules = [...new Set(breaches.map(({ rule }) => rule))];
      const waivers = rules.map(rule => ({ where: 'chart/x', waiver: { rule, reason: 'it is needed', owner: 'us' } }));
      const waived = harden(manifest, claim, { ...POSTURE, waivers });
      expect(waived.findings.filter(({ severity, waiver }) => severity === Severity.ERROR && !waiver)).toEqual([]);
      expect(waived.faults.filter(({ id }) => id.startsWith('waiver-'))).toEqual([]);
      expect(Object.keys(waived.manifest.metadata.annotations ?? {}).sort()).toEqual(rules.map(rule => `cdk8s-hardened/waive.${rule}`).sort());
    }), { numRuns: 300 });
  });
});
