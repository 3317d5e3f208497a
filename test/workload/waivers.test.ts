import { App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { HardenedDeployment, HardenedDeploymentProps, SecurityDefaults, Waiver } from '../../src';
import { Manifest } from '../../src/kube/pod-spec';
import { audit } from '../../src/rules/audit';
import { PACKS } from '../../src/rules/packs';

const ROOT_WAIVER: Waiver = { rule: 'pod-run-as-root', reason: 'the vendor insists', owner: 'team-a' };

type Made = { chart: Chart; web: HardenedDeployment };

function chartWith(props: Partial<HardenedDeploymentProps> = {}, container: Partial<kplus.ContainerProps> = {}): Made {
  const app = new App();
  SecurityDefaults.of(app).set({ today: '2026-06-15' });
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  const web = new HardenedDeployment(chart, 'web', {
    metadata: { name: 'web' },
    containers: [{ name: 'app', image: 'ghcr.io/acme/web:1.0', ...container }],
    ...props,
  });
  return { chart, web };
}

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

const asRoot = { securityContext: { user: 0, ensureNonRoot: false } };

describe('without a waiver, synthesis fails and says exactly what to write', () => {
  test('for a root user', () => {
    expect(messageOf(() => Testing.synth(chartWith({}, asRoot).chart))).toBe(
      "chart/web · Deployment shop/web · spec.template.spec.containers[0].securityContext.runAsUser: container 'app' runs as root [pod-run-as-root]. "
      + 'Choose another user; an image that insists on root often has an unprivileged variant. '
      + "To allow it all the same: waivers: [{ rule: 'pod-run-as-root', container: 'app', reason: '…', owner: '…' }].");
  });

  const weakenings: [string, Partial<HardenedDeploymentProps>, Partial<kplus.ContainerProps>, ...JsonPatch[]][] = [
    ['pod-privileged', {}, { securityContext: { privileged: true, allowPrivilegeEscalation: true } }],
    ['pod-privilege-escalation', {}, { securityContext: { allowPrivilegeEscalation: true } }],
    ['pod-read-only-root', {}, { securityContext: { readOnlyRootFilesystem: false } }],
    ['pod-run-as-non-root', {}, { securityContext: { ensureNonRoot: false } }],
    ['pod-capabilities-add', {}, { securityContext: { capabilities: { add: [kplus.Capability.NET_ADMIN] } } }],
    ['pod-capabilities-drop', {}, { securityContext: { capabilities: { drop: [] } } }],
    ['pod-host-network', { hostNetwork: true }, {}],
    ['pod-host-pid', {}, {}, JsonPatch.add('/spec/template/spec/hostPID', true)],
    ['pod-host-ipc', {}, {}, JsonPatch.add('/spec/template/spec/hostIPC', true)],
    ['pod-host-ports', {}, { ports: [{ number: 8080, hostPort: 8080 }] }],
    ['pod-seccomp', {}, {}, JsonPatch.add('/spec/template/spec/securityContext/seccompProfile', { type: 'Unconfined' })],
    ['pod-proc-mount', {}, {}, JsonPatch.add('/spec/template/spec/containers/0/securityContext/procMount', 'Unmasked')],
    ['pod-service-links', {}, {}, JsonPatch.add('/spec/template/spec/enableServiceLinks', true)],
    ['pod-host-path', {}, {}, JsonPatch.add('/spec/template/spec/volumes', [{ name: 'logs', hostPath: { path: '/var/log' } }])],
    ['pod-sysctls', { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }, {}],
    ['pod-service-account', {}, {}, JsonPatch.add('/spec/template/spec/serviceAccountName', 'default')],
  ];
  test.each(weakenings)('%s', (rule, props, container, ...patches) => {
    const build = (waivers: Waiver[]) => {
      const { chart, web } = chartWith({ ...props, waivers }, container);
      kplusObject(web).addJsonPatch(...patches);
      return chart;
    };
    const message = messageOf(() => Testing.synth(build([])));
    expect(message).toContain(`[${rule}]`);
    expect(message).toContain(`waivers: [{ rule: '${rule}'`);
    expect(message.split('\n')).toHaveLength(1);
    // With what the message says to write it passes, and the reason stands in the manifest.
    const [, deployment] = Testing.synth(build([{ rule, reason: 'it is needed', owner: 'team-a' }]));
    expect(deployment.metadata.annotations).toEqual({ [`cdk8s-hardened/waive.${rule}`]: '{"reason":"it is needed","owner":"team-a"}' });
    expect(deployment.spec.template.metadata.annotations).toBeUndefined();
  });
});

describe('a waiver', () => {
  test('is written on the top-level object, never on the pod template, which would roll the pods', () => {
    const waiver = { ...ROOT_WAIVER, until: '2027-01-31', ticket: 'SEC-12', container: 'app' };
    const [, deployment] = Testing.synth(chartWith({ waivers: [waiver] }, asRoot).chart);
    expect(deployment.metadata.annotations).toEqual({
      'cdk8s-hardened/waive.pod-run-as-root': '{"reason":"the vendor insists","owner":"team-a","container":"app","until":"2027-01-31","ticket":"SEC-12"}',
    });
    expect(deployment.spec.template.metadata.annotations).toBeUndefined();
  });

  test('lets a root container start: the kubelet would refuse it with runAsNonRoot', () => {
    const [, deployment] = Testing.synth(chartWith({ waivers: [ROOT_WAIVER] }, { securityContext: { user: 0 } }).chart);
    expect(deployment.spec.template.spec.containers[0].securityContext).toMatchObject({ runAsUser: 0, runAsNonRoot: false });
    expect(deployment.spec.template.spec.securityContext.runAsNonRoot).toBe(true);
  });

  test('of a privileged container leaves out what the API server refuses beside it', () => {
    const waivers = [{ rule: 'pod-privileged', reason: 'loads a module', owner: 'team-a' }];
    const [, deployment] = Testing.synth(chartWith({ waivers }, { securityContext: { privileged: true, allowPrivilegeEscalation: true } }).chart);
    expect(deployment.spec.template.spec.containers[0].securityContext).not.toHaveProperty('allowPrivilegeEscalation');
  });

  test('for one container does not cover another', () => {
    const { chart, web } = chartWith({ waivers: [{ ...ROOT_WAIVER, container: 'app' }] }, asRoot);
    web.addContainer({ name: 'side', image: 'ghcr.io/acme/side:1.0', ...asRoot });
    expect(messageOf(() => Testing.synth(chart))).toContain("containers[1].securityContext.runAsUser: container 'side' runs as root [pod-run-as-root]");
  });

  test('can be granted to a whole app', () => {
    const { chart } = chartWith({}, asRoot);
    SecurityDefaults.of(chart.node.root).waive(ROOT_WAIVER);
    expect(Testing.synth(chart)[1].metadata.annotations).toHaveProperty(['cdk8s-hardened/waive.pod-run-as-root']);
  });

  test('holds on its last day and not on the next', () => {
    const on = (today: string) => {
      const { chart } = chartWith({ waivers: [{ ...ROOT_WAIVER, until: '2026-06-15' }] }, asRoot);
      SecurityDefaults.of(chart).set({ today });
      return messageOf(() => Testing.synth(chart));
    };
    expect(on('2026-06-15')).toBe('nothing was thrown');
    expect(on('2026-06-16')).toContain("chart/web: the waiver of 'pod-run-as-root' expired on 2026-06-15 [waiver-expired]. Mend what it was for, or have team-a extend it.");
  });

  test('that nothing needs fails', () => {
    expect(messageOf(() => Testing.synth(chartWith({ waivers: [ROOT_WAIVER] }).chart)))
      .toBe("chart/web: nothing here needs the waiver of 'pod-run-as-root' [waiver-unmatched]. Remove it.");
  });

  test('that nothing in the app needs fails', () => {
    const { chart } = chartWith();
    SecurityDefaults.of(chart).waive(ROOT_WAIVER);
    expect(messageOf(() => Testing.synth(chart))).toContain("chart: nothing below needs the waiver of 'pod-run-as-root' [waiver-unmatched]. Remove it.");
  });

  test('of a rule that check alone asks is written for it, where it is laid on the very workload', () => {
    const waiver = { rule: 'image-digest', reason: 'the registry keeps no digests', owner: 'team-a', until: '2026-12-31' };
    const [deployment] = Testing.synth(chartWith({ waivers: [waiver] }).chart).filter(({ kind }) => kind === 'Deployment') as Manifest[];
    expect(deployment.metadata.annotations).toEqual({ 'cdk8s-hardened/waive.image-digest': '{"reason":"the registry keeps no digests","owner":"team-a","until":"2026-12-31"}' });
    const said = audit(deployment, { pack: PACKS[0], minor: 30, today: '2026-06-15' });
    expect(said.filter(({ rule }) => rule === 'image-digest')).toMatchObject([{ waiver: { owner: 'team-a', expired: false } }]);
    expect(said.filter(({ rule }) => rule.startsWith('waiver-'))).toEqual([]);
    expect(messageOf(() => Testing.synth(chartWith({ waivers: [{ ...waiver, until: '2026-06-14' }] }).chart))).toContain("the waiver of 'image-digest' expired on 2026-06-14 [waiver-expired]");
  });

  test('of a rule that does not exist fails with the one that was meant', () => {
    expect(messageOf(() => Testing.synth(chartWith({ waivers: [{ ...ROOT_WAIVER, rule: 'pod-runs-as-root' }] }).chart)))
      .toBe("chart/web: nothing here needs the waiver of 'pod-runs-as-root' [waiver-unmatched]. There is no such rule. Did you mean 'pod-run-as-root'?");
  });

  test.each([
    ['reason', { ...ROOT_WAIVER, reason: '' }], ['owner', { ...ROOT_WAIVER, owner: ' ' }], ['rule', { ...ROOT_WAIVER, rule: '' }],
  ])('without %s is refused at once', (key, waiver) => {
    expect(messageOf(() => chartWith({ waivers: [waiver] }))).toBe(
      `chart/web: the waiver${key === 'rule' ? '' : " of 'pod-run-as-root'"} has no ${key} [waiver-incomplete]. `
      + "A waiver says the rule, why it may be broken and who answers for it: { rule: 'pod-host-path', reason: 'reads the node\\'s logs', owner: 'platform team' }.");
  });

  test.each(['2026-02-30', 'soon', '2026-1-1', '01.03.2026'])('with the end %s is refused at once', until => {
    expect(messageOf(() => chartWith({ waivers: [{ ...ROOT_WAIVER, until }] }))).toBe(
      `chart/web: '${until}' is no date for the end of the waiver of 'pod-run-as-root' [date-invalid]. Write a day of the calendar as YYYY-MM-DD, such as '2027-03-31'.`);
  });
});

function kplusObject(web: HardenedDeployment) {
  return web.node.defaultChild as never as { addJsonPatch(...patches: JsonPatch[]): void };
}
