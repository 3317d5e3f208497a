import { parseAddress } from '../../src/kube/addresses';
import { ReadObject } from '../../src/kube/reading/read';
import { Matrix } from '../../src/reach/matrix';
import { Direction } from '../../src/reach/policy';
import { Protocol } from '../../src/reach/port-set';
import { Reach } from '../../src/reach/reach';
import { Verdict } from '../../src/reach/verdict';
import { End, NaiveCluster, verdict } from './naive';
import { Dice, manifestsOf, randomCluster } from './random-cluster';

/** One below, one above and one within whatever random clusters name. */
const ASKED_PORTS = [1, 78, 79, 80, 81, 82, 83, 8079, 8080, 8082, 65535];
const ASKED_PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
/** One of each stretch that random clusters tell apart. */
export const ASKED_ADDRESSES = [
  '0.0.0.0', '9.255.255.255', '10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.1.0.0', '10.1.255.255', '10.2.0.0', '11.0.0.0',
  '127.255.255.255', '128.0.0.0', '192.167.255.255', '192.168.0.9', '192.168.1.0', '255.255.255.253', '255.255.255.254', '255.255.255.255',
  '::', 'fcff::1', 'fd00::', 'fd00::1', 'fd00::2', 'fd00::3', 'fd00::4', 'fdff::1', 'fe00::', 'ffff::',
];

/** Objects as the reader gives them. */
export function readObjects(manifests: readonly any[]): ReadObject[] {
  const locate = () => ({ line: 0, column: 0, endLine: 0, endColumn: 0 });
  return manifests.map((manifest, document) => ({ manifest, source: { file: 'x', document, path: '', locate } }));
}

/** Fails on the first random cluster of which engine and naive evaluator say different things, with its seed. */
export function expectAgreement(first: number, count: number): void {
  if (!(count > 0) || !Number.isInteger(first)) throw new Error(`${count} clusters from seed ${first} on are none`);
  for (let seed = first; seed < first + count; seed++) {
    const found = disagreements(randomCluster(seed), new Dice(seed));
    if (!found.length) continue;
    const again = `FUZZ_SEED=${seed} FUZZ_CLUSTERS=1 npx jest test/reach/fuzz`;
    throw new Error(`${again}\n${found.slice(0, 10).join('\n')}\n${JSON.stringify(randomCluster(seed), null, 1)}`);
  }
  if (count > 10_000) process.stderr.write(`${count} random clusters, seeds ${first} to ${first + count - 1}\n`);
}

/** Where engine and naive evaluator say different things of a cluster; nothing, if all is well. */
function disagreements(cluster: NaiveCluster, dice: Dice): string[] {
  const reach = new Reach(readObjects(manifestsOf(cluster)));
  const found: string[] = reach.world.problems.map(({ message }) => message);
  const compare = (ours: Verdict, from: End, to: End, how: string) => {
    for (const protocol of ASKED_PROTOCOLS) {
      for (const port of ASKED_PORTS) {
        const own = ours.sure.has(protocol, port) ? 'allowed' : ours.maybe.has(protocol, port) ? 'depends' : 'denied';
        const naive = verdict(cluster, from, to, protocol, port);
        if (own !== naive) found.push(`${name(from)} -> ${name(to)} ${protocol} ${port}: ${how} says ${own}, the naive evaluator ${naive}`);
      }
    }
  };
  const pods = reach.workloads.map(({ name: its, namespace }) => cluster.pods.find(pod => pod.name === its && pod.namespace === namespace.name)!);
  const { units } = reach.matrix;
  // From which size on a set is looked at as many is no matter of truth, only of speed.
  const matrices = [0, 1 + dice.below(8)].map(mostPairs => new Matrix(reach.world, reach.sides, mostPairs));
  const fresh = new Reach(readObjects(manifestsOf(cluster)));
  pods.forEach((from, i) => {
    pods.forEach((to, j) => {
      if (i === j) return;
      compare(reach.matrix.at(i, j), { pod: from }, { pod: to }, 'the matrix');
      for (const matrix of matrices) if (matrix.at(i, j) !== reach.matrix.at(i, j)) found.push(`${from.name} -> ${to.name}: another cut says another thing`);
      const [source, target] = [fresh.workloads[i].units[0], fresh.workloads[j].units[0]];
      const pair = fresh.sides.between(source, target);
      if (pair.sure.key !== reach.matrix.at(i, j).sure.key || pair.maybe.key !== reach.matrix.at(i, j).maybe.key) {
        found.push(`${from.name} -> ${to.name}: the pair alone says ${pair.sure.key}/${pair.maybe.key}`);
      }
    });
    for (const ip of dice.some(6, () => dice.one(ASKED_ADDRESSES), 4)) {
      const address = parseAddress(ip)!;
      const at = (direction: Direction) => reach.boundary.stretches(reach.workloads[i], direction, address.family)
        .find(({ range: { first, last } }) => first <= address.value && address.value <= last)!.verdict;
      compare(at('egress'), { pod: from }, { ip }, 'the boundary');
      compare(at('ingress'), { ip }, { pod: from }, 'the boundary');
    }
  });
  if (units.length !== cluster.pods.length) found.push('pods are missing');
  return found;
}

function name(end: End): string {
  return 'ip' in end ? end.ip : `${end.pod.namespace}/${end.pod.name}`;
}
