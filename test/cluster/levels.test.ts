import { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { AdoptionStage } from '../../src/namespace/adoption-stage';
import { PodSecurityLevel } from '../../src/namespace/pod-security-level';
import { SecureNamespace } from '../../src/namespace/secure-namespace';
import { SecurityDefaults } from '../../src/posture/security-defaults';
import { HardenedDaemonSet } from '../../src/workload/hardened-daemon-set';
import { HardenedDeployment } from '../../src/workload/hardened-deployment';
import { HardenedStatefulSet } from '../../src/workload/hardened-stateful-set';
import { apply, kubectl, manifestsOf, own, refusal } from './kubectl';

const VERSIONS = ['1.27', '1.29', '1.31', '1.33', '1.35'];
const LEVELS = ['restricted', 'baseline', 'privileged'];
const CONTAINERS = [{ image: 'registry.acme.example/x:1', portNumber: 8080, securityContext: { user: 10001, group: 10001 } }];
const WAIVED = { reason: 'a', owner: 'b' };

/** What can lie in a namespace, and the level that follows. */
const CONTENTS: [string, (namespace: SecureNamespace) => unknown][] = [
  ['restricted', namespace => [
    new HardenedDeployment(namespace, 'nginx', { containers: [{ image: 'nginx:1.28', portNumber: 80 }] }),
    new HardenedStatefulSet(namespace, 'postgres', { containers: [{ image: 'postgres:17', portNumber: 5432 }], dataSize: '1Gi' }),
    new HardenedDaemonSet(namespace, 'agent', { containers: CONTAINERS }),
  ]],
  ['baseline', namespace => new HardenedDeployment(namespace, 'root', {
    containers: [{ image: 'x:1', securityContext: { user: 0, ensureNonRoot: false } }], waivers: [{ rule: 'pod-run-as-root', ...WAIVED }],
  })],
  ['baseline', namespace => new HardenedDeployment(namespace, 'gains', {
    containers: [{ ...CONTAINERS[0], securityContext: { user: 10001, allowPrivilegeEscalation: true } }], waivers: [{ rule: 'pod-privilege-escalation', ...WAIVED }],
  })],
  ['privileged', namespace => {
    const made = new HardenedDaemonSet(namespace, 'logs', { containers: CONTAINERS, waivers: [{ rule: 'pod-host-path', ...WAIVED }] });
    made.containers[0].mount('/logs', kplus.Volume.fromHostPath(made, 'volume', 'logs', { path: '/var/log' }));
  }],
  ['privileged', namespace => new HardenedDeployment(namespace, 'net', { containers: CONTAINERS, hostNetwork: true, waivers: [{ rule: 'pod-host-network', ...WAIVED }] })],
];

/** The pods that the controllers of some manifests would make, with a StatefulSet's claims as its controller mounts them. */
function pods(manifests: readonly any[], namespace: string): any[] {
  return manifests.filter(({ spec }) => spec?.template).map(({ metadata, spec: { template, volumeClaimTemplates = [] } }) => {
    const claims = volumeClaimTemplates.map((claim: any) => ({ name: claim.metadata.name, persistentVolumeClaim: { claimName: 'x' } }));
    const volumes = [...template.spec.volumes ?? [], ...claims];
    return { apiVersion: 'v1', kind: 'Pod', metadata: { ...template.metadata, name: metadata.name, namespace }, spec: { ...template.spec, volumes } };
  });
}

let count = 0;
afterAll(() => console.log(`levels: ${count} pods judged by the API server`));

describe.each(VERSIONS)('labels pinned to %s', kubernetesVersion => {
  const namespaces = CONTENTS.map(([level, fill], i) => {
    const name = own(`level-${kubernetesVersion.replace('.', '-')}-${i}`);
    const manifests = manifestsOf((chart: Chart) => {
      SecurityDefaults.of(chart).set({ kubernetesVersion, today: '2026-01-01' });
      fill(new SecureNamespace(chart, name, { level: PodSecurityLevel.STRICTEST }));
    });
    return { level, name, manifests };
  });

  test.each(namespaces)('$name: the pods are admitted at $level, and refused at the next stricter level', ({ level, name, manifests }) => {
    apply(manifests);
    const labels = manifests.find(({ kind }) => kind === 'Namespace').metadata.labels;
    expect([labels['pod-security.kubernetes.io/enforce'], labels['pod-security.kubernetes.io/enforce-version']]).toEqual([level, `v${kubernetesVersion}`]);
    const made = pods(manifests, name);
    expect(made.length).toBeGreaterThan(0);
    expect(refusal(made, '--dry-run=server')).toBe('');
    const stricter = LEVELS[LEVELS.indexOf(level) - 1];
    if (stricter) {
      kubectl(['label', 'namespace', name, '--overwrite', `pod-security.kubernetes.io/enforce=${stricter}`]);
      expect(refusal(made, '--dry-run=server').split('violates PodSecurity')).toHaveLength(made.length + 1);
    }
    count += made.length * (stricter ? 2 : 1);
  });
});

test('the stages refuse nothing, then what baseline refuses, then what restricted refuses', () => {
  const pod = (namespace: string, spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', namespace }, spec: { containers: [{ name: 'a', image: 'x' }], ...spec } });
  const refused = [AdoptionStage.OBSERVE, AdoptionStage.WARN, AdoptionStage.ENFORCE].map(stage => {
    apply(manifestsOf(chart => new SecureNamespace(chart, own(`stage-${stage}`), { stage })));
    return [{}, { hostPID: true }].map(spec => refusal(pod(own(`stage-${stage}`), spec), '--dry-run=server').includes('violates PodSecurity'));
  });
  expect(refused).toEqual([[false, false], [false, true], [true, true]]);
});

test('a namespace goes through its stages by being applied again', () => {
  for (const stage of [AdoptionStage.OBSERVE, AdoptionStage.WARN, AdoptionStage.ENFORCE]) {
    const manifests = manifestsOf(chart => new SecureNamespace(chart, own('adopted'), { stage }));
    apply(manifests);
    const policy = JSON.parse(kubectl(['-n', own('adopted'), 'get', 'networkpolicy', 'default-deny', '-o', 'json']).out).spec;
    const binds = stage === AdoptionStage.ENFORCE;
    expect([policy.ingress, policy.egress]).toEqual(binds ? [undefined, undefined] : [[{}], [{}]]);
  }
});
