import { Diff } from '../../src/reach/diff';
import { Reach } from '../../src/reach/reach';
import { readObjects } from './agreement';
import { NaiveCluster } from './naive';
import { Dice, manifestsOf, randomCluster } from './random-cluster';

/** One thing of a cluster changed, added or left out, by the dice: a policy, a pod, a namespace. */
function changed(cluster: NaiveCluster, dice: Dice): NaiveCluster {
  const other = randomCluster(dice.below(1e6));
  const swapped = <T>(list: readonly T[], others: readonly T[]) => {
    const place = dice.below(list.length + 1);
    const its = others.length && dice.chance(0.7) ? [dice.one(others)] : [];
    return [...list.slice(0, place), ...its, ...list.slice(place + 1)];
  };
  const unique = <T>(list: readonly T[], key: (item: T) => string) => [...new Map(list.map(item => [key(item), item])).values()];
  switch (dice.below(3)) {
    case 0: return { ...cluster, policies: unique(swapped(cluster.policies, other.policies), ({ metadata }) => `${metadata.namespace ?? 'default'}/${metadata.name}`) };
    case 1: return { ...cluster, pods: unique(swapped(cluster.pods, other.pods), ({ name, namespace }) => `${namespace}/${name}`) };
    default: return { ...cluster, namespaces: other.namespaces };
  }
}

/** Each pair of workloads that is not the same in both, by looking at all. */
function allChanges(before: Reach, after: Reach): string[] {
  const verdicts = [before, after].map(({ workloads, matrix }) => new Map(workloads.flatMap((from, i) => workloads.flatMap((to, j) => {
    const { sure, maybe } = matrix.at(i, j);
    return i === j ? [] : [[`${from.id} ${to.id}`, `${sure.key}/${maybe.key}`] as const];
  }))));
  const keys = new Set([...verdicts[0].keys(), ...verdicts[1].keys()]);
  return [...keys].filter(key => (verdicts[0].get(key) ?? '/') !== (verdicts[1].get(key) ?? '/')).sort();
}

const pairs = (diff: Diff) => diff.changes().filter(({ from, to }) => from.kind === 'workload' && to.kind === 'workload').map(({ from, to }) => `${from.id} ${to.id}`).sort();
const shown = (diff: Diff) => diff.changes().map(({ from, to, before, after }) => (
  [from.id, to.id, before.sure.key, before.maybe.key, after.sure.key, after.maybe.key].join(' | ')
));

test('a diff that looks at what a change touches finds what one finds that looks at everything', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const dice = new Dice(seed);
    const cluster = randomCluster(seed);
    const [old, its] = [cluster, changed(cluster, dice)].map(one => readObjects(manifestsOf(one)));
    const touched = new Diff(old, its, Infinity);
    expect({ seed, pairs: pairs(touched) }).toEqual({ seed, pairs: allChanges(new Reach(old), new Reach(its)) });
    expect({ seed, all: shown(new Diff(old, its, -1)) }).toEqual({ seed, all: shown(touched) });
  }
});

test('the order of objects is no change, nor is a copy', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const manifests = manifestsOf(randomCluster(seed));
    expect(new Diff(readObjects(manifests), readObjects(JSON.parse(JSON.stringify(manifests)).reverse())).changes()).toEqual([]);
  }
});
