import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedDeployment, RbacResource, SecurityDefaults } from '../../src';
import { audit } from '../../src/rules/audit';
import { PACKS } from '../../src/rules/packs';
import { failure } from '../workload/made';

const { ApiResource } = kplus;

function shop(): Chart {
  return new Chart(Testing.app(), 'shop', { namespace: 'shop' });
}

function web(chart = shop()): HardenedDeployment {
  return new HardenedDeployment(chart, 'web', { metadata: { name: 'web' }, containers: [{ image: 'nginx:1.28', portNumber: 80 }] });
}

/** What a chart writes of a kind. */
function written(workload: { node: { root: unknown } }, kind: string): any[] {
  const app = workload.node.root as ReturnType<typeof Testing.app>;
  return app.charts.flatMap(chart => Testing.synth(chart)).filter(manifest => manifest.kind === kind);
}

const rules = (workload: HardenedDeployment, kind = 'Role') => written(workload, kind).flatMap(role => role.rules);

describe('rights that no workload should have', () => {
  const WEAK: readonly [rule: string, grant: (workload: HardenedDeployment) => void][] = [
    ['rbac-wildcard-verbs', workload => workload.allow(['*'], ApiResource.CONFIG_MAPS)],
    ['rbac-wildcard-resources', workload => workload.allow(['get'], RbacResource.of({ resourceType: '*' }))],
    ['rbac-wildcard-resources', workload => workload.allow(['get'], RbacResource.of({ apiGroup: '*', resourceType: 'widgets' }))],
    ['rbac-escalate', workload => workload.allow(['escalate'], ApiResource.ROLES)],
    ['rbac-bind', workload => workload.allowClusterWide(['bind'], ApiResource.CLUSTER_ROLES)],
    ['rbac-impersonate', workload => workload.allowClusterWide(['impersonate'], RbacResource.of({ resourceType: 'users' }))],
    ['rbac-token-create', workload => workload.allow(['create'], RbacResource.of({ resourceType: 'serviceaccounts/token' }))],
    ['rbac-secrets', workload => workload.allowRead(ApiResource.SECRETS)],
    ['rbac-exec', workload => workload.allow(['create'], RbacResource.of({ resourceType: 'pods/exec' }))],
  ];
  const WAIVER = { reason: 'an operator', owner: 'platform' };

  test.each(WEAK)('need a waiver of %s', (rule, grant) => {
    const workload = web();
    grant(workload);
    const message = failure(() => written(workload, 'Role'));
    expect(message).toContain(`[${rule}]`);
    expect(message).toContain(`To allow it all the same: waivers: [{ rule: '${rule}', reason: '…', owner: '…' }].`);
    expect(message).toMatch(/^shop\/web\/(Cluster)?Role · (Cluster)?Role shop[/:]deployment-web · rules\[0\]/);
    expect(message).not.toContain('\n');
  });

  test.each(WEAK)('with a waiver of %s are written, and pass check', (rule, grant) => {
    const workload = web();
    grant(workload);
    workload.waive({ rule, ...WAIVER });
    const manifests = (workload.node.root as ReturnType<typeof Testing.app>).charts.flatMap(chart => Testing.synth(chart));
    const waived = manifests.filter(({ metadata }) => metadata.annotations?.[`cdk8s-hardened/waive.${rule}`]);
    expect(waived.map(({ kind }) => kind)).toEqual([expect.stringMatching(/Role$/)]);
    const findings = manifests.flatMap(manifest => audit(manifest, { pack: PACKS[0], minor: 35, today: '2026-06-01' }));
    expect(findings.filter(({ severity, waiver }) => severity === 'error' && !waiver)).toEqual([]);
    expect(workload.findings.filter(({ waiver }) => waiver).map(finding => finding.rule)).toEqual([rule]);
  });

  test('a waiver of a scope covers them, too', () => {
    const workload = web();
    SecurityDefaults.of(workload.node.scope as Chart).waive({ rule: 'rbac-secrets', ...WAIVER });
    workload.allowRead(ApiResource.SECRETS);
    expect(rules(workload)).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] }]);
  });

  test('a waiver that only the one of two roles needs is needed', () => {
    const workload = web();
    workload.allow(['get'], ApiResource.PODS);
    workload.allowClusterWide(['get'], RbacResource.of({ resourceType: '*' }));
    workload.waive({ rule: 'rbac-wildcard-resources', ...WAIVER });
    expect(written(workload, 'ClusterRole')[0].metadata.annotations).toEqual({ 'cdk8s-hardened/waive.rbac-wildcard-resources': JSON.stringify(WAIVER) });
    expect(written(workload, 'Role')[0].metadata.annotations).toBeUndefined();
  });

  test('a waiver that nothing needs, or that has expired, fails', () => {
    const unneeded = web();
    unneeded.allow(['get'], ApiResource.PODS);
    unneeded.waive({ rule: 'rbac-secrets', ...WAIVER });
    expect(failure(() => written(unneeded, 'Role'))).toBe("shop/web: nothing here needs the waiver of 'rbac-secrets' [waiver-unmatched]. Remove it.");
    const expired = web();
    SecurityDefaults.of(expired.node.root).set({ today: '2026-06-01' });
    expired.allowRead(ApiResource.SECRETS);
    expired.waive({ rule: 'rbac-secrets', until: '2026-05-31', ...WAIVER });
    expect(failure(() => written(expired, 'Role'))).toContain("the waiver of 'rbac-secrets' expired on 2026-05-31 [waiver-expired]. Mend what it was for, or have platform extend it.");
  });

  test('those that a person should look at are shown, and stop nothing', () => {
    const workload = web();
    workload.allow(['create'], ApiResource.JOBS);
    expect(rules(workload)).toHaveLength(1);
    expect(workload.findings.filter(({ rule }) => rule.startsWith('rbac-')).map(({ subject, field, what }) => [subject, field, what])).toEqual([
      ['Role shop/deployment-web', 'rules[0]', 'the role may create jobs: such pods can have every service account and every Secret of the namespace'],
    ]);
  });
});
