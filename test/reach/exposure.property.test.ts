import { NewPods, newPods } from '../../src/reach/exposure/new-pods';
import { Direction } from '../../src/reach/policy';
import { Protocol } from '../../src/reach/port-set';
import { Reach } from '../../src/reach/reach';
import { Match, Selector } from '../../src/reach/selector';
import { readObjects } from './agreement';
import { NaiveCluster, NaivePod, verdict } from './naive';
import { Dice, manifestsOf, randomCluster } from './random-cluster';

const KEYS = ['app', 'tier', 'env'];
const VALUES = [undefined, 'x', 'y', '', 'z'];
const PORTS = [1, 79, 80, 81, 8080];
const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
/** All labels of the three keys. */
const combined = (values: readonly (string | undefined)[]) => values.flatMap(a => values.flatMap(b => values.map(c => Object.fromEntries(
  [a, b, c].flatMap((value, i) => value === undefined ? [] : [[KEYS[i], value]]),
) as { [key: string]: string })));
const COMBINATIONS = combined(VALUES);
/** Selectors of namespaces ask for names as values, too. */
const OF_NAMESPACES = combined([...VALUES, 'a', 'b', 'default']);
const FRESH = 'fresh';

const newPod = (namespace: string, labels: { [key: string]: string }, ports: NaivePod['ports'] = []): NaivePod => (
  { name: 'new', namespace, labels, ips: [], hostNetwork: false, ports }
);

function fulfils(selector: { readonly requirements: Selector['requirements'] }, labels: { [key: string]: string }): boolean {
  const matchExpressions = selector.requirements.map(({ key, operator, values }) => ({ key, operator, ...operator.endsWith('In') && { values: [...values] } }));
  return Selector.read({ matchExpressions }, '', () => undefined)!.match(labels) === Match.YES;
}

function isMeant({ namespaces, pods }: NewPods, pod: NaivePod, { namespaces: known }: NaiveCluster): boolean {
  const where = 'name' in namespaces ? namespaces.name === pod.namespace
    : fulfils(namespaces, { ...known[pod.namespace], 'kubernetes.io/metadata.name': pod.namespace });
  return where && fulfils({ requirements: pods }, pod.labels);
}

const spoken = (cluster: NaiveCluster, direction: Direction, pod: NaivePod, own: NaivePod, protocol: Protocol, port: number) => (
  direction === 'ingress' ? verdict(cluster, { pod }, { pod: own }, protocol, port) : verdict(cluster, { pod: own }, { pod }, protocol, port)
);

describe.each(['ingress', 'egress'] as const)('what is exposed to pods to come (%s)', direction => {
  test('holds whatever any of them may do', () => {
    for (let seed = 1; seed <= 120; seed++) {
      const cluster = randomCluster(seed);
      const dice = new Dice(seed);
      const reach = new Reach(readObjects(manifestsOf(cluster)));
      for (const workload of reach.workloads.filter(({ units }) => !units[0].isOnHost)) {
        const entries = newPods(reach, workload, direction);
        const own = cluster.pods.find(({ name, namespace }) => name === workload.name && namespace === workload.namespace.name)!;
        for (let i = 0; i < 12; i++) {
          const place = dice.one([...Object.keys(cluster.namespaces), FRESH]);
          const grown = place === FRESH ? { ...cluster, namespaces: { ...cluster.namespaces, [FRESH]: dice.one(COMBINATIONS) } } : cluster;
          const ports = dice.some(2, () => ({ name: dice.one(['http', 'dns']), protocol: dice.one(PROTOCOLS), containerPort: dice.one(PORTS) }));
          const pod = newPod(place, dice.one(COMBINATIONS), ports);
          const [protocol, port] = [dice.one(PROTOCOLS), dice.one(PORTS)];
          if (spoken(grown, direction, pod, own, protocol, port) === 'denied') continue;
          const names = pod.ports.filter(its => its.protocol === protocol && its.containerPort === port).map(({ name }) => `${protocol}/${name}`);
          const isOpen = (its: NewPods) => its.ports.has(protocol, port) || its.names.some(name => names.includes(name));
          const isSaid = entries.some(its => isMeant(its, pod, grown) && isOpen(its));
          expect({ seed, own: own.name, pod, protocol, port, isSaid }).toEqual({ seed, own: own.name, pod, protocol, port, isSaid: true });
        }
      }
    }
  });

  test('is what one of them can do, where it is certain', () => {
    let seen = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const cluster = randomCluster(seed);
      const reach = new Reach(readObjects(manifestsOf(cluster)));
      for (const workload of reach.workloads.filter(({ units }) => !units[0].isOnHost)) {
        const own = cluster.pods.find(({ name, namespace }) => name === workload.name && namespace === workload.namespace.name)!;
        if (!cluster.namespaces[own.namespace]) continue;
        for (const entry of newPods(reach, workload, direction).filter(({ doubts, ranges }) => !doubts && !ranges)) {
          const all = PROTOCOLS.flatMap(protocol => PORTS.map(port => ({ protocol, port })));
          const asked = all.filter(({ protocol, port }) => entry.ports.has(protocol, port));
          if (!asked.length) continue;
          const { namespaces } = entry;
          const places = 'name' in namespaces ? [namespaces.name] : [FRESH];
          const isFit = (its: object) => 'name' in namespaces || fulfils(namespaces, { ...its, 'kubernetes.io/metadata.name': FRESH });
          const labels = [OF_NAMESPACES.find(isFit)!];
          const grown = places[0] === FRESH ? { ...cluster, namespaces: { ...cluster.namespaces, [FRESH]: labels[0] } } : cluster;
          const candidates = COMBINATIONS.filter(its => fulfils({ requirements: entry.pods }, its)).map(its => newPod(places[0], its));
          for (const { protocol, port } of asked) {
            seen++;
            const isTrue = candidates.some(pod => spoken(grown, direction, pod, own, protocol, port) === 'allowed');
            expect({ seed, own: own.name, entry: { ...entry, ports: entry.ports.key }, protocol, port, isTrue })
              .toEqual({ seed, own: own.name, entry: { ...entry, ports: entry.ports.key }, protocol, port, isTrue: true });
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(100);
  });
});
