import { Evaluator } from '../../src/invariants/evaluate';
import { describe as inWords, Invariant } from '../../src/invariants/invariant';
import { ANYONE, selectorOf } from '../../src/invariants/party';
import { partyNamed, readInvariants } from '../../src/invariants/words';
import { Reach } from '../../src/reach/reach';
import { ASKED_ADDRESSES, readObjects } from '../reach/agreement';
import { End, holds, NaiveCluster, NaivePod, verdict } from '../reach/naive';
import { Dice, manifestsOf, randomCluster, selector } from '../reach/random-cluster';

const CLUSTERS = Number(process.env.FUZZ_CLUSTERS ?? 200);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const PORTS = [79, 80, 81, 8080];
const EVERY_PORT = [1, 78, ...PORTS, 82, 83, 8081, 8082, 65535];
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];
const NAMESPACES = ['a', 'b', 'default', 'elsewhere', 'x', 'y'];
/** Those that random clusters name, and one that none names. */
const VALUES = ['x', 'y', '', 'a', 'b', 'default', 'other'];
const ASKED_OUTSIDERS = 100;

type Labels = { [key: string]: string };

/** A statement, and what the naive evaluator says of it. */
interface Expected {
  readonly statement: object;
  /** Whether it holds among pods of the input and addresses. */
  readonly holds: boolean;
  /** Whether it holds for a pod that is not in the input. Absent: it is not about such. */
  isShutTo?(labels: Labels, space: Labels, namespace: string): boolean;
}

const id = ({ namespace, name }: NaivePod) => `${namespace}/${name}[Pod]`;

test(`statements hold on ${CLUSTERS} random clusters from seed ${SEED} on if and only if a naive evaluator finds nothing against them`, () => {
  const count: { [result: string]: number } = {};
  for (let seed = SEED; seed < SEED + CLUSTERS; seed++) {
    const cluster = randomCluster(seed);
    const dice = new Dice(seed ^ 0x5eed);
    const reach = new Reach(readObjects(manifestsOf(cluster)));
    for (const { statement, holds: expected, isShutTo } of statements(cluster, dice)) {
      const [invariant] = 'type' in statement ? [statement as Invariant] : readInvariants(String, [statement as never]).map(its => its.invariant);
      const { nobody, breaches } = new Evaluator(reach).evaluate(invariant);
      // A random selector may select nothing at all.
      if (nobody === 'some') continue;
      const outsiders = breaches.flatMap(({ from }) => from.type === 'outsider' ? [from.unit] : []);
      const agrees = nobody === undefined && (breaches.length === outsiders.length) === expected
        && outsiders.every(({ labels, namespace }) => isShutTo?.(labels, namespace.labels, namespace.name) === false)
        && (outsiders.length > 0 || randomOutsiders(cluster, dice).every(its => isShutTo?.(...its) ?? true));
      if (!agrees) throw new Error(`seed ${seed}: ${inWords(invariant)}: ${expected}; found are ${breaches.map(({ from }) => from.type).join()}`);
      const key = `${Object.keys(statement)[0]} ${breaches.length === 0}`;
      count[key] = (count[key] ?? 0) + 1;
    }
  }
  // A property of which one side is hardly ever tried shows nothing.
  const tried = ['noPath', 'allowed', 'isolatedNamespaces', 'only', 'type'].flatMap(kind => [`${kind} true`, `${kind} false`]);
  expect([...tried, 'none false'].filter(key => !((count[key] ?? 0) >= CLUSTERS / 50))).toEqual([]);
});

/** Statements about a cluster, and whether the naive evaluator says that they hold. */
function* statements(cluster: NaiveCluster, dice: Dice): Iterable<Expected> {
  const { pods } = cluster;
  const [from, to] = [dice.one(pods), dice.one(pods)];
  const [port, ip] = [dice.one(PORTS), dice.one(ASKED_ADDRESSES)];
  if (from !== to) {
    yield { statement: { noPath: { from: id(from), to: id(to), port } }, holds: isShut(cluster, { pod: from }, { pod: to }, port) };
    yield { statement: { allowed: { from: id(from), to: id(to), port } }, holds: verdict(cluster, { pod: from }, { pod: to }, 'TCP', port) === 'allowed' };
  }
  yield { statement: { noPath: { from: ip, to: id(to), port } }, holds: isShut(cluster, { ip }, { pod: to }, port) };
  yield { statement: { none: { to: ip, port } }, holds: pods.every(pod => isShut(cluster, { pod }, { ip }, port)) };
  const [one, two] = dice.one([['a', 'b'], ['a', 'default'], ['b', 'default']]);
  if ([one, two].every(name => known(cluster).has(name))) {
    const between = (...ends: NaivePod[]) => ends.map(({ namespace }) => namespace).sort().join() === `${one},${two}`;
    const pairs = pods.flatMap(source => pods.filter(target => between(source, target)).map(target => [source, target]));
    const areShut = pairs.every(([a, b]) => EVERY_PORT.every(each => isShut(cluster, { pod: a }, { pod: b }, each)));
    yield { statement: { isolatedNamespaces: [one, two] }, holds: areShut };
  }
  yield {
    statement: { only: { to: id(to), from: [id(from)], port } },
    holds: isShutToPeers(cluster, to, from, port),
    isShutTo: (...outsider) => isShutToOutsider(cluster, to, port, ...outsider),
  };
  // With everybody excepted but pods that the input does not hold, these alone decide.
  const [namespaces, labels] = [selector(dice, true), selector(dice)];
  const excepted = { title: 'some', parts: [{ type: 'pods', namespaces: selectorOf(namespaces), pods: selectorOf(labels) }] };
  const outside = { title: 'outside', parts: [ANYONE.parts[1]] };
  const inside = pods.map(pod => partyNamed(id(pod)));
  yield {
    statement: { type: 'only', to: partyNamed(id(to)), from: [...inside, outside, excepted], port: { port } },
    holds: true,
    isShutTo: (own, space, name) => (holds(namespaces, { ...space, 'kubernetes.io/metadata.name': name }, true) && holds(labels, own, true))
      || isShutToOutsider(cluster, to, port, own, space, name),
  };
}

/** The namespaces of which something is in the input. */
function known({ namespaces, pods }: NaiveCluster): Set<string> {
  return new Set([...Object.keys(namespaces), ...pods.map(({ namespace }) => namespace)]);
}

/** Whether a source surely does not reach a target on a port, whatever the protocol. */
function isShut(cluster: NaiveCluster, from: End, to: End, port: number): boolean {
  return PROTOCOLS.every(protocol => verdict(cluster, from, to, protocol, port) === 'denied');
}

/** No other pod of the cluster but one reaches a pod, and no address. */
function isShutToPeers(cluster: NaiveCluster, to: NaivePod, except: NaivePod, port: number): boolean {
  return cluster.pods.every(pod => pod === to || pod === except || isShut(cluster, { pod }, { pod: to }, port))
    && ASKED_ADDRESSES.every(ip => isShut(cluster, { ip }, { pod: to }, port));
}

/** A pod in a namespace that the cluster has nothing of does not reach a pod. Nothing is known of policies there: they are taken to be none. */
function isShutToOutsider(cluster: NaiveCluster, to: NaivePod, port: number, labels: Labels, space: Labels, name: string): boolean {
  const names = known(cluster);
  const policies = cluster.policies.filter(({ metadata }) => names.has(metadata.namespace ?? 'default'));
  const pod = { name: 'outsider', namespace: name, labels, ips: [], hostNetwork: false, ports: [] };
  return isShut({ ...cluster, policies, namespaces: { ...cluster.namespaces, [name]: space } }, { pod }, { pod: to }, port);
}

/** Labels of pods, those of their namespaces, and the names of these. */
function randomOutsiders(cluster: NaiveCluster, dice: Dice): [Labels, Labels, string][] {
  const absent = NAMESPACES.filter(name => !known(cluster).has(name));
  const labels = () => Object.fromEntries(['app', 'tier', 'env'].flatMap(key => dice.chance(0.3) ? [] : [[key, dice.one(VALUES)]]));
  return Array.from({ length: ASKED_OUTSIDERS }, () => [labels(), labels(), dice.one(absent)]);
}
