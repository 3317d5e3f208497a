import { reach } from '../../src';
import { manifestsOf, randomCluster } from './random-cluster';

const isWorkload = (id: string) => id.endsWith(']');

/** Every way without a circle, by trying all; edges from the list of connections. */
function allWays(connections: readonly reach.Connection[], from: string, to: string, hops: number): string[] {
  const next = new Map<string, Set<string>>();
  for (const { source, target } of connections) next.set(source, (next.get(source) ?? new Set()).add(target));
  const ways: string[][] = [];
  const walk = (so: string[]) => {
    for (const step of next.get(so[so.length - 1]) ?? []) {
      if (step === to) ways.push([...so, step]);
      else if (so.length < hops && isWorkload(step) && !so.includes(step)) walk([...so, step]);
    }
  };
  walk([from]);
  return ways.map(way => way.join(' > ')).sort();
}

test('ways are those that one finds by trying all', () => {
  let long = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const connectivity = reach.Connectivity.of(manifestsOf(randomCluster(seed)));
    const connections = connectivity.connections();
    const ids = [...new Set(connections.flatMap(({ source, target }) => [source, target]))].filter(isWorkload);
    for (const [from, to] of ids.flatMap(a => ids.filter(b => b !== a).map(b => [a, b])).slice(0, 6)) {
      for (const hops of [1, 2, 4]) {
        const ways = connectivity.paths(from, to, hops).map(({ peers }) => peers);
        expect({ seed, from, to, hops, ways: ways.map(way => way.join(' > ')).sort() }).toEqual({ seed, from, to, hops, ways: allWays(connections, from, to, hops) });
        const lengths = ways.map(({ length }) => length);
        expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
        long += lengths.filter(length => length > 3).length;
      }
    }
  }
  expect(long).toBeGreaterThan(20);
});

test('what changes one way is undone the other way', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const [a, b] = [seed, seed + 1].map(its => reach.Connectivity.of(manifestsOf(randomCluster(its))));
    const [there, back] = [a.diff(b), b.diff(a)];
    const text = (list: readonly object[]) => list.map(its => JSON.stringify(its));
    expect({ seed, added: text(there.added), removed: text(there.removed) }).toEqual({ seed, added: text(back.removed), removed: text(back.added) });
    const swapped = (list: readonly reach.ChangedConnection[]) => (
      list.map(({ source, target, before, after }) => JSON.stringify([source, target, after, before]))
    );
    expect({ seed, widened: there.widened.map(({ source, target, before, after }) => JSON.stringify([source, target, before, after])) })
      .toEqual({ seed, widened: swapped(back.narrowed) });
  }
});
