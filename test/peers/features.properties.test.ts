import { Chart, Duration, Size, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { seamOf } from '../../src/rules/harden/seam';
import { CommonProps, KINDS, MAKE, apiObject, chart, podTemplate } from './workloads';

const RUNS = { numRuns: 25, seed: 20261121 };

/** One of the values, or nothing said. */
const maybe = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const word = fc.constantFrom('a', 'b-c', 'y', 'on', '0644', '12:30', '1e3', ' x ', 'ü', '${A}', '#', '');
const probe = maybe(
  kplus.Probe.fromHttpGet('/ok', { port: 8080, timeoutSeconds: Duration.seconds(3) }),
  kplus.Probe.fromTcpSocket({ port: 8080 }),
  // What cdk8s-plus invents, said by the user.
  kplus.Probe.fromTcpSocket(),
  kplus.Probe.fromCommand(['ok']),
);

/** Resources; among them the very numbers that cdk8s-plus fills in. */
const resources = maybe<kplus.ContainerResources>(
  { cpu: { request: kplus.Cpu.millis(1000), limit: kplus.Cpu.millis(1500) }, memory: { request: Size.mebibytes(512), limit: Size.mebibytes(2048) } },
  { memory: { limit: Size.mebibytes(32) } },
  { memory: { request: Size.gibibytes(4) } },
  { cpu: { limit: kplus.Cpu.units(2) }, ephemeralStorage: { request: Size.gibibytes(3) } },
  { ephemeralStorage: { limit: Size.gibibytes(1) } },
  {},
);

const container: fc.Arbitrary<Omit<kplus.ContainerProps, 'volumeMounts' | 'name'>> = fc.record({
  image: fc.constantFrom('nginx:1.28', 'postgres:17', 'ghcr.io/acme/web:1.4.0', 'ghcr.io/acme/web', `redis@sha256:${'0'.repeat(64)}`, 'traefik:3'),
  portNumber: maybe(8080),
  ports: maybe<kplus.ContainerPort[]>([{ number: 9090, name: 'metrics' }], [{ number: 53, protocol: kplus.Protocol.UDP }], []),
  command: fc.option(fc.array(word, { minLength: 1, maxLength: 3 }), { nil: undefined }),
  args: fc.option(fc.array(word, { minLength: 1, maxLength: 3 }), { nil: undefined }),
  workingDir: maybe('/work'),
  envVariables: fc.option(fc.dictionary(fc.constantFrom('A', 'B', 'PGDATA', 'no'), word.map(value => ({ value })), { minKeys: 1 }), { nil: undefined }),
  imagePullPolicy: maybe(kplus.ImagePullPolicy.ALWAYS, kplus.ImagePullPolicy.NEVER, kplus.ImagePullPolicy.IF_NOT_PRESENT),
  readiness: probe,
  liveness: probe,
  startup: probe,
  lifecycle: maybe({ preStop: kplus.Handler.fromCommand(['sleep', '1']) }),
  resources,
  securityContext: maybe<kplus.ContainerSecurityContextProps>({ user: 10001 }, { user: 999, group: 998 }, { group: 0 }, {}),
}).map(props => ({ ...props, ...(props.portNumber === undefined && { readiness: undefined, liveness: undefined, startup: undefined }) }));

/** Whether a container mounts a volume of the user's own is drawn, too. */
const containers = fc.array(fc.tuple(container, fc.boolean()), { minLength: 1, maxLength: 3 });

const pod: fc.Arbitrary<Omit<CommonProps, 'containers' | 'initContainers' | 'volumes'>> = fc.record({
  terminationGracePeriod: maybe(Duration.seconds(1), Duration.minutes(5)),
  hostAliases: maybe([{ ip: '10.0.0.1', hostnames: ['db'] }]),
  dns: maybe<kplus.PodDnsProps>({ hostname: 'web', options: [{ name: 'ndots' }] }),
  securityContext: maybe<kplus.PodSecurityContextProps>(
    { user: 4000, group: 4000 }, { fsGroup: 77 }, { fsGroupChangePolicy: kplus.FsGroupChangePolicy.ALWAYS, fsGroup: 5 }, { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] },
  ),
  metadata: maybe({ labels: { team: 'a' }, annotations: { note: 'y' } }),
});

/** Where a database keeps its data: a claim template of a StatefulSet, and elsewhere a folder that may be lost. */
const DATA: { [kind: string]: CommonProps } = { StatefulSet: { dataSize: '1Gi' } };
const LOST: CommonProps = { tempFolders: ['/var/lib/postgresql/data', '/data'] };

/** The properties with names and mounts, which have to fit each other; made anew for each workload, since cdk8s-plus keeps them. */
function propsOf(all: [kplus.ContainerProps, boolean][], init: [kplus.ContainerProps, boolean][], rest: object): CommonProps {
  const volume = kplus.Volume.fromEmptyDir(chart(), 'v', 'own');
  const named = (list: [kplus.ContainerProps, boolean][], prefix: string) => list.map(([props, mounts], i) => (
    { ...props, name: `${prefix}${i}`, ...(mounts && { volumeMounts: [{ path: '/own', volume, subPath: prefix + i }] }) }
  ));
  const unprobed = { readiness: undefined, liveness: undefined, startup: undefined, lifecycle: undefined };
  const forInit = init.map(([props, mounts]): [kplus.ContainerProps, boolean] => [{ ...props, ...unprobed }, mounts]);
  return { ...rest, containers: named(all, 'c'), initContainers: named(forInit, 'i') };
}

/** Each of these is written only where the user said it; lists of ours may follow the user's. */
const SAID: [prop: keyof kplus.ContainerProps, field: string][] = [
  ['image', 'image'], ['command', 'command'], ['args', 'args'], ['workingDir', 'workingDir'], ['envVariables', 'env'], ['imagePullPolicy', 'imagePullPolicy'],
  ['readiness', 'readinessProbe'], ['liveness', 'livenessProbe'], ['startup', 'startupProbe'], ['lifecycle', 'lifecycle'],
  ['resources', 'resources'], ['volumeMounts', 'volumeMounts'],
];

/** Fails where something of `said` is not in `found`. */
function expectKept(found: any, said: any, path: string): void {
  if (said === undefined) return;
  if (Array.isArray(said)) {
    said.forEach((item, i) => expectKept(found?.[i], item, `${path}[${i}]`));
  } else if (typeof said === 'object' && said !== null) {
    for (const key of Object.keys(said)) expectKept(found?.[key], said[key], `${path}.${key}`);
  } else if (found !== said) {
    throw new Error(`${path}: ${JSON.stringify(said)} was said, ${JSON.stringify(found)} is written`);
  }
}

test.each(KINDS)('no setting of the user of a %s is lost, and no field between hardening and YAML', kind => {
  fc.assert(fc.property(containers, fc.array(fc.tuple(container, fc.boolean()), { maxLength: 2 }), pod, (regular, init, rest) => {
    const workload = MAKE[kind](chart('shop'), 'web', { ...propsOf(regular, init, rest), ...(DATA[kind] ?? LOST) });
    const plain = new kplus.Pod(chart('shop'), 'web', propsOf(regular, init, rest) as kplus.PodProps);
    const [{ spec: theirs }] = Testing.synth(Chart.of(plain));
    const manifest = seamOf(apiObject(workload))!.harden().manifest;
    const { spec: ours } = podTemplate(manifest);

    const props = propsOf(regular, init, rest);
    for (const [list, said] of [['containers', props.containers], ['initContainers', props.initContainers]] as const) {
      for (const { name, ...wish } of said ?? []) {
        const [mine, its] = [ours, theirs].map(spec => spec[list].find((other: any) => other.name === name));
        for (const [prop, field] of SAID) {
          if (wish[prop as keyof typeof wish] !== undefined) expectKept(mine[field], its[field], `${name}.${field}`);
        }
        expectKept(mine.ports, its.ports, `${name}.ports`);
        const { user, group } = wish.securityContext ?? {};
        if (user !== undefined) expect(mine.securityContext.runAsUser).toBe(user);
        if (group !== undefined) expect(mine.securityContext.runAsGroup).toBe(group);
      }
    }
    const order = (spec: any) => spec.containers.map((other: any) => other.name);
    expect(order(ours)).toEqual(order(theirs));
    const { containers: _, initContainers: __, serviceAccountName: ___, securityContext, automountServiceAccountToken: ____, ...general } = theirs;
    if (rest.securityContext?.fsGroupChangePolicy === undefined) delete securityContext.fsGroupChangePolicy;
    expectKept(ours, { ...general, securityContext, restartPolicy: ours.restartPolicy }, 'spec');
    expectKept(manifest.metadata, rest.metadata ?? {}, 'metadata');

    const yaml = parse(Yaml.stringify(apiObject(workload).toJson()));
    expect(yaml).toEqual(manifest);
  }), RUNS);
});
