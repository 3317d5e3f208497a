import { App, Chart, Cron, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { HardenedCronJob, HardenedDeployment, HardenedDeploymentProps, SecurityDefaults, Waiver } from '../../src';
import { Severity } from '../../src/kube/severity';
import { checked } from './called';

/** What weakens a workload on purpose, and the rule that has to be waived for it. */
interface Weakening {
  readonly rule: string;
  readonly props?: Partial<HardenedDeploymentProps>;
  readonly security?: kplus.ContainerSecurityContextProps;
  readonly container?: Partial<kplus.ContainerProps>;
  readonly patch?: (pod: string) => JsonPatch;
}

const WEAKENINGS: readonly Weakening[] = [
  { rule: 'pod-privileged', security: { privileged: true, allowPrivilegeEscalation: true } },
  { rule: 'pod-privilege-escalation', security: { allowPrivilegeEscalation: true } },
  { rule: 'pod-read-only-root', security: { readOnlyRootFilesystem: false } },
  { rule: 'pod-run-as-non-root', security: { ensureNonRoot: false } },
  { rule: 'pod-run-as-root', security: { user: 0, ensureNonRoot: false } },
  { rule: 'pod-capabilities-add', security: { capabilities: { add: [kplus.Capability.NET_ADMIN] } } },
  { rule: 'pod-capabilities-drop', security: { capabilities: { drop: [] } } },
  { rule: 'pod-host-network', props: { hostNetwork: true } },
  { rule: 'pod-host-pid', patch: pod => JsonPatch.add(`${pod}/hostPID`, true) },
  { rule: 'pod-host-ipc', patch: pod => JsonPatch.add(`${pod}/hostIPC`, true) },
  { rule: 'pod-host-ports', container: { ports: [{ number: 8080, hostPort: 8080 }] } },
  { rule: 'pod-seccomp', patch: pod => JsonPatch.add(`${pod}/securityContext/seccompProfile`, { type: 'Unconfined' }) },
  { rule: 'pod-proc-mount', patch: pod => JsonPatch.add(`${pod}/containers/0/securityContext/procMount`, 'Unmasked') },
  { rule: 'pod-service-links', patch: pod => JsonPatch.add(`${pod}/enableServiceLinks`, true) },
  { rule: 'pod-host-path', patch: pod => JsonPatch.add(`${pod}/volumes`, [{ name: 'logs', hostPath: { path: '/var/log' } }]) },
  { rule: 'pod-sysctls', props: { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } } },
  { rule: 'pod-sysctls', props: { securityContext: { sysctls: [{ name: 'net.ipv4.tcp_keepalive_time', value: '60' }] } } },
  { rule: 'pod-service-account', patch: pod => JsonPatch.add(`${pod}/serviceAccountName`, 'default') },
  { rule: 'pod-apparmor', patch: pod => JsonPatch.add(`${pod}/securityContext/appArmorProfile`, { type: 'Unconfined' }) },
  { rule: 'pod-selinux', patch: pod => JsonPatch.add(`${pod}/securityContext/seLinuxOptions`, { type: 'spc_t' }) },
];

interface Workload {
  readonly kind: 'Deployment' | 'CronJob';
  readonly image: string;
  readonly weakenings: readonly Weakening[];
  readonly forContainer: boolean;
  readonly hostUsers?: boolean;
  readonly kubernetes?: string;
}

const workload: fc.Arbitrary<Workload> = fc.record({
  kind: fc.constantFrom('Deployment', 'CronJob'),
  image: fc.constantFrom('ghcr.io/acme/web:1.0', 'nginx:1.28', 'python:3.13', 'memcached:1.6'),
  weakenings: fc.uniqueArray(fc.constantFrom(...WEAKENINGS), { maxLength: 4, selector: ({ rule }) => rule }),
  forContainer: fc.boolean(),
  hostUsers: fc.constantFrom(undefined, false),
  kubernetes: fc.constantFrom(undefined, '1.27', '1.31', '1.37'),
});

const REASON = { reason: 'it is "needed" – für jetzt', owner: 'team-a' };

/** The manifests as the library writes them with these waivers, or what it says against them. */
function written({ kind, image, weakenings, hostUsers, kubernetes }: Workload, waivers: Waiver[]): object[] | string {
  const app = new App();
  SecurityDefaults.of(app).set({ today: '2026-11-21', ...(kubernetes && { kubernetes }), ...(hostUsers === false && { hostUsers }) });
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  const all = <K extends 'props' | 'security' | 'container'>(key: K) => Object.assign({}, ...weakenings.map(weakening => weakening[key] ?? {}));
  const props = { ...all('props'), containers: [{ name: 'app', image, securityContext: all('security'), ...all('container') }], waivers };
  try {
    const made = kind === 'Deployment' ? new HardenedDeployment(chart, 'web', props) : new HardenedCronJob(chart, 'web', { ...props, schedule: Cron.daily() });
    const pod = kind === 'Deployment' ? '/spec/template/spec' : '/spec/jobTemplate/spec/template/spec';
    const patches = weakenings.flatMap(({ patch }) => patch ? [patch(pod)] : []);
    (made.node.defaultChild as never as { addJsonPatch(...laid: JsonPatch[]): void }).addJsonPatch(...patches);
    return Testing.synth(chart);
  } catch (error) {
    return (error as Error).message;
  }
}

/** The same with every waiver that its messages say is needed, and no other: a person would do just that. */
function waived(made: Workload): object[] | string {
  let waivers: Waiver[] = [];
  for (let round = 0; ; round++) {
    const outcome = written(made, waivers);
    const asked = typeof outcome === 'string' ? [...outcome.matchAll(/waivers: \[\{ rule: '([\w-]+)',(?: container: '([\w-]+)',)?/g)] : [];
    if (!asked.length || round > 5) return outcome;
    const more = asked.map(([, rule, container]): Waiver => ({ rule, ...REASON, ...(made.forContainer && container && { container }) }));
    waivers = [...new Map([...waivers, ...more].map(waiver => [`${waiver.rule} ${waiver.container}`, waiver])).values()];
  }
}

describe('what the library writes passes its own check', () => {
  test('random weakenings, each waived: no error is left, every waiver is shown, none is at fault', () => {
    let [clean, allowed, refused] = [0, 0, 0];
    fc.assert(fc.property(workload, fc.constantFrom('1.31', '1.37'), (made, kubernetes) => {
      const manifests = waived(made);
      if (typeof manifests === 'string') {
        // What can be waived by nobody, such as a capability that clashes with another option.
        refused++;
        return;
      }
      // The version that is judged for is one of those that were written for. The patch for AppArmor is of 1.30.
      const judgedFor = [made.kubernetes ?? '1.27', kubernetes].sort().pop()!;
      const { findings, problems, summary } = checked({ apiVersion: 'v1', kind: 'List', items: manifests }, '--kubernetes', judgedFor);
      expect(problems).toEqual([]);
      const errors = findings.filter(({ severity, waiver }) => severity === Severity.ERROR && waiver === null);
      expect(errors.map(({ rule, field, message }) => `${rule} ${field} ${message}`)).toEqual([]);
      for (const { waiver } of findings) if (waiver) expect(waiver).toEqual({ ...REASON, until: null, ticket: null, expired: false });
      allowed += summary.waived;
      if (!summary.waived) clean++;
      // And no waiver of them is at fault where Pod Security alone is asked.
      for (const pack of ['pss-baseline', 'pss-restricted']) {
        const alone = checked({ apiVersion: 'v1', kind: 'List', items: manifests }, '--kubernetes', judgedFor, '--pack', pack);
        expect(alone.findings.filter(({ rule }) => rule.startsWith('waiver-'))).toEqual([]);
      }
    }), { numRuns: 100 });
    expect(refused).toBeLessThan(15);
    expect(allowed).toBeGreaterThan(60);
    expect(clean).toBeGreaterThan(5);
  });
});
