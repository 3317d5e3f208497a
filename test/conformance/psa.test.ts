import { RULE_IDS } from '../../src/rules/harden/harden';
import { Judged, manifestsIn, podsIn, recordedPods, snapshotsIn, writtenPods } from './manifests';
import { judge, Verdict, VERSIONS } from './psa';

/** Restricted holds baseline, but the evaluator asks each level about its own checks only. */
const LEVELS = ['baseline', 'restricted'] as const;

const WAIVED = /^cdk8s-hardened\/waive\.(.+)$/;

/** The rules whose waiver excuses a check of Pod Security, and nothing else does. */
const EXCUSES: Readonly<Record<string, readonly string[]>> = {
  allowPrivilegeEscalation: ['pod-privilege-escalation', 'pod-privileged', 'pod-capabilities-add'],
  appArmorProfile: ['pod-apparmor'],
  capabilities_baseline: ['pod-capabilities-add'],
  capabilities_restricted: ['pod-capabilities-add', 'pod-capabilities-drop'],
  hostNamespaces: ['pod-host-network', 'pod-host-pid', 'pod-host-ipc'],
  hostPathVolumes: ['pod-host-path'],
  // On the host network every port is one of the node.
  hostPorts: ['pod-host-ports', 'pod-host-network'],
  hostProbesAndHostLifecycle: ['pod-probe-hosts'],
  privileged: ['pod-privileged'],
  procMount: ['pod-proc-mount'],
  procMount_restricted: ['pod-proc-mount'],
  restrictedVolumes: ['pod-host-path', 'pod-volume-types'],
  // Root starts only where nothing says that it must not.
  runAsNonRoot: ['pod-run-as-non-root', 'pod-run-as-root'],
  runAsUser: ['pod-run-as-root'],
  seLinuxOptions: ['pod-selinux'],
  seccompProfile_baseline: ['pod-seccomp'],
  seccompProfile_restricted: ['pod-seccomp'],
  sysctls: ['pod-sysctls'],
  windowsHostProcess: ['pod-host-process'],
};

/** Tests that are about a waiver are few; the app with everything has one of each kind. */
const MOST_EXCUSED = 46;

describe('what tests and examples write', () => {
  const recorded = recordedPods();
  const written = writtenPods();
  const pods = [...written, ...recorded];
  const verdicts = judge(pods, LEVELS, VERSIONS);

  test('is judged, all of it', () => {
    process.stderr.write(`Pod Security: ${written.length} manifests in snapshots and examples, ${recorded.length} that tests wrote, `
      + `at ${VERSIONS.length} versions (${VERSIONS[0]} to latest): ${verdicts.length} verdicts\n`);
    expect(recorded).not.toHaveLength(0);
  });

  test('is allowed at restricted by every version of Kubernetes, unless that very control is waived', () => {
    expect(judged(verdicts).refused).toEqual([]);
  });

  test('is excused by a waiver in few tests only', () => {
    const { excused } = judged(verdicts);
    for (const [id, checks] of excused) process.stderr.write(`excused: ${id}: ${[...checks].sort().join(', ')}\n`);
    process.stderr.write(`Pod Security: ${excused.size} excused\n`);
    expect(excused.size).toBeLessThanOrEqual(MOST_EXCUSED);
  });

  test('is excused by rules that there are', () => {
    expect(Object.values(EXCUSES).flat().filter(rule => !RULE_IDS.includes(rule))).toEqual([]);
  });

  test('is excused for the control of its waiver only', () => {
    const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { annotations: { 'cdk8s-hardened/waive.pod-host-path': '{}' } } };
    const verdict = (check: string): Verdict => (
      { id: 'a', manifest, level: 'restricted', version: 'latest', allowed: false, violations: [{ check, reason: check }] }
    );
    expect(judged([verdict('restrictedVolumes'), verdict('hostPathVolumes')])).toEqual({
      refused: [], excused: new Map([['a', new Set(['restrictedVolumes', 'hostPathVolumes'])]]),
    });
    expect(judged([verdict('restrictedVolumes'), verdict('privileged')]).refused).toEqual(['a, restricted: privileged at latest']);
    expect(judged([verdict('a check of next year')]).refused).toHaveLength(1);
  });
});

describe('the oracle', () => {
  const container = { name: 'a', image: 'a:1' };
  const good = {
    ...container,
    securityContext: {
      allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' },
    },
  };
  const pod = (kind: string, spec: object) => podsIn([{ apiVersion: 'v1', kind, metadata: { name: 'a' }, spec }], 'here');

  test('refuses a bad pod at every version, and says why', () => {
    const verdicts = judge(pod('Pod', { containers: [container] }), ['restricted'], VERSIONS);
    expect(verdicts.map(({ version, allowed }) => [version, allowed])).toEqual(VERSIONS.map(version => [version, false]));
    expect(told(verdicts[0])).toMatch(/^here > Pod a, restricted: allowPrivilegeEscalation != false \(container "a" must set/);
  });

  test('allows a good pod at every version, in a controller too', () => {
    const both = [...pod('Pod', { containers: [good] }), ...pod('Deployment', { template: { spec: { containers: [good] } } })];
    expect(judge(both, LEVELS, VERSIONS).filter(({ allowed }) => !allowed)).toEqual([]);
  });

  test('sees what only the API server adds: a volume without a source is an emptyDir, a host port is the port', () => {
    expect(judge(pod('Pod', { containers: [good], volumes: [{ name: 'a' }] }), LEVELS, ['latest']).map(({ allowed }) => allowed)).toEqual([true, true]);
    const onHost = { containers: [{ ...good, ports: [{ containerPort: 80 }] }], hostNetwork: true };
    expect(judge(pod('Pod', onHost), ['baseline'], ['latest'])[0].violations.map(({ check }) => check)).toContain('hostPorts');
  });

  test('never takes a question that it cannot answer for a pass', () => {
    expect(() => judge([{ id: 'x', manifest: { apiVersion: 'v1', kind: 'Service' } }], LEVELS, ['latest'])).toThrow('x cannot be judged');
  });
});

describe('a snapshot', () => {
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', annotations: { quoted: 'say "a", or', lines: 'one "two"\nthree', empty: '' } },
    spec: { replicas: 2, list: [{ a: true }, 'b'], nothing: {} },
  };

  test.each([
    ['YAML text', '"apiVersion: v1\nkind: Pod\nmetadata:\n  name: "a"\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"', ['Pod a', 'Deployment web']],
    ['JSON text', `"${JSON.stringify(deployment)}"`, ['Deployment web']],
    ['a list of kind List', `"${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [deployment] })}"`, ['Deployment web']],
    ['something else', '"a message"', []],
  ])('of %s is read', (_, text, names) => {
    expect(podsIn(manifestsIn(text, 'here'), 'here').map(({ id }) => id)).toEqual(names.map(name => `here > ${name}`));
  });

  test.each(['', 'Object '])('of objects is read as jest prints them (%s{)', brace => {
    const list = brace ? 'Array [' : '[';
    const printed = `
${list}
  ${brace}{
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": ${brace}{
      "annotations": ${brace}{
        "empty": "",
        "lines": "one "two"
three",
        "quoted": "say "a", or",
      },
      "name": "web",
    },
    "spec": ${brace}{
      "list": ${list}
        ${brace}{
          "a": true,
        },
        "b",
      ],
      "nothing": ${brace}{},
      "replicas": 2,
    },
  },
  ${brace}{
    "apiVersion": "v1",
    "kind": "Service",
  },
]
`;
    expect(manifestsIn(printed, 'here')[0]).toEqual(deployment);
    expect(podsIn(manifestsIn(printed, 'here'), 'here')).toHaveLength(1);
  });

  test('that cannot be read is an error, not a pass', () => {
    expect(() => manifestsIn('{ "apiVersion": <b /> }', 'here')).toThrow('here speaks of an apiVersion, but cannot be read');
    expect(() => manifestsIn('"apiVersion: {"', 'here')).toThrow('here speaks of an apiVersion, but cannot be read');
  });

  test('file gives each snapshot under its title', () => {
    expect(snapshotsIn('// Jest\n\nexports[`a \\`b\\` 1`] = `\n"c"\n`;\n')).toEqual({ 'a `b` 1': '\n"c"\n' });
  });
});

/** Refusals that no waiver excuses, in one line whatever the versions, and which checks were excused, by manifest. */
function judged(verdicts: readonly Verdict[]) {
  const refused = new Map<string, string[]>();
  const excused = new Map<string, Set<string>>();
  for (const verdict of verdicts.filter(({ allowed }) => !allowed)) {
    const waived = waivers(verdict);
    const isExcused = ({ check }: { check: string }) => (EXCUSES[check] ?? []).some(rule => waived.includes(rule));
    const open = verdict.violations.filter(violation => !isExcused(violation));
    if (open.length > 0 || verdict.violations.length === 0) {
      const text = told({ ...verdict, violations: open });
      refused.set(text, [...refused.get(text) ?? [], verdict.version]);
    }
    const checks = verdict.violations.filter(isExcused).map(({ check }) => check);
    if (checks.length > 0) excused.set(verdict.id, new Set([...excused.get(verdict.id) ?? [], ...checks]));
  }
  return { refused: [...refused].map(([text, versions]) => `${text} at ${versions.join(', ')}`), excused };
}

function waivers({ manifest }: Judged): string[] {
  return Object.keys(manifest.metadata?.annotations ?? {}).flatMap(key => WAIVED.exec(key)?.[1] ?? []);
}

function told({ id, level, violations }: Verdict): string {
  return `${id}, ${level}: ${violations.map(({ reason, detail }) => detail ? `${reason} (${detail})` : reason).join('; ')}`;
}
