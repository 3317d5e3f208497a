import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { AdoptionStage, EgressStance, HardenedDaemonSet, HardenedCronJob, HardenedDeployment, PodSecurityLevel, SecureNamespace } from '../../src';
import { fill } from './details';
import { decide } from './posture';
import { onWindows, waived, workloads } from './workloads';

/** An app with every kind of workload and every property of each, in namespaces of every sort; what it leaves out, `torture.test.ts` names. */
export function torture(): any[] {
  const app = new App();
  const chart = new Chart(app, 'torture', { disableResourceNameHashes: true });
  decide(chart);
  const closed = new SecureNamespace(chart, 'closed', { metadata: { name: 'torture', labels: { team: 'a' } }, dns: true, limitRange: true });
  fill(closed, workloads(closed));
  onWindows(new SecureNamespace(chart, 'torture-windows', { egress: EgressStance.IN_CLUSTER }));
  waived(new SecureNamespace(chart, 'torture-waived', { level: PodSecurityLevel.STRICTEST }));
  new SecureNamespace(chart, 'torture-privileged', {
    level: PodSecurityLevel.PRIVILEGED, egress: EgressStance.STRICT, waivers: [{ rule: 'namespace-pod-security', reason: 'drivers live here', owner: 'team-a' }],
  });
  new SecureNamespace(chart, 'torture-baseline', { level: PodSecurityLevel.BASELINE, waivers: [{ rule: 'namespace-pod-security', reason: 'is moving', owner: 'team-a' }] });
  for (const stage of [AdoptionStage.OBSERVE, AdoptionStage.WARN, AdoptionStage.ENFORCE]) {
    const adopted = new SecureNamespace(chart, `torture-${stage}`, { stage, level: PodSecurityLevel.RESTRICTED, dns: false, limitRange: false });
    new HardenedDeployment(adopted, 'web', { containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
  }
  const bounded = new SecureNamespace(chart, 'torture-bounded', { resourceQuota: { headroomPercent: 50, nodes: 1, jobsPerCronJob: 2 } });
  new HardenedDeployment(bounded, 'web', { replicas: 2, containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
  new HardenedDaemonSet(bounded, 'agent', { containers: [{ image: 'ghcr.io/acme/worker:2.0' }] });
  new HardenedCronJob(bounded, 'nightly', {
    schedule: { expressionString: '0 3 * * *' } as never, containers: [{ image: 'ghcr.io/acme/worker:2.0' }], concurrencyPolicy: kplus.ConcurrencyPolicy.ALLOW,
  });
  return Testing.synth(chart);
}
