import { Judged, manifestsIn, podsIn, snapshotsIn, writtenPods } from './manifests';
import { judge, Verdict, VERSIONS } from './psa';

/** Restricted holds baseline, but the evaluator asks each level about its own checks only. */
const LEVELS = ['baseline', 'restricted'] as const;

const WAIVED = /^cdk8s-hardened\/waive\.(.+)$/;

/**
 * The tests that are about a waiver for a control of Pod Security, and the checks that their pods may fail for it.
 * A row that is not needed fails as a missing one does.
 */
const ABOUT_WAIVERS: { readonly test: string; readonly checks: readonly string[] }[] = [];

describe('what tests and examples write', () => {
  const pods = writtenPods();
  const refused = judge(pods, LEVELS, VERSIONS).filter(({ allowed }) => !allowed);
  const exempt = new Map(pods.filter(pod => waivers(pod).length > 0).map(pod => [pod.id, pod]));

  test('is allowed at restricted by every version of Kubernetes, unless it is waived', () => {
    process.stderr.write(`Pod Security: ${pods.length} manifests with pods at ${VERSIONS.length} versions (${VERSIONS[0]} to latest)\n`);
    expect(refused.filter(({ id }) => !exempt.has(id)).map(told)).toEqual([]);
  });

  test('is waived only where a test is about that waiver', () => {
    const found = new Map<string, Set<string>>();
    for (const { id, violations } of refused.filter(verdict => exempt.has(verdict.id))) {
      found.set(id, new Set([...found.get(id) ?? [], ...violations.map(({ check }) => check)]));
    }
    for (const [id, checks] of found) {
      process.stderr.write(`exempt: ${id}: ${[...checks].join(', ')}, waived by ${waivers(exempt.get(id)!).join(', ')}\n`);
    }
    process.stderr.write(`Pod Security: ${found.size} exempt\n`);
    const rows = [...found].map(([test, checks]) => ({ test, checks: [...checks].sort() }));
    expect(rows).toEqual([...ABOUT_WAIVERS].sort((a, b) => a.test < b.test ? -1 : 1));
    expect(rows.length).toBeLessThanOrEqual(25);
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
    expect(told(verdicts[0])).toMatch(/^here > Pod a, restricted v1.27: allowPrivilegeEscalation != false \(container "a" must set/);
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

function waivers({ manifest }: Judged): string[] {
  return Object.keys(manifest.metadata?.annotations ?? {}).flatMap(key => WAIVED.exec(key)?.[1] ?? []);
}

function told({ id, level, version, violations }: Verdict): string {
  return `${id}, ${level} ${version}: ${violations.map(({ reason, detail }) => detail ? `${reason} (${detail})` : reason).join('; ')}`;
}
