import { Import } from './imports';

/** Arrows between the files of a tree; imports of packages are no arrows. */
export type Graph = ReadonlyMap<string, readonly string[]>;

export function graphOf(imports: readonly Import[]): Graph {
  const graph = new Map<string, string[]>();
  for (const { from, file } of imports) {
    if (file !== undefined) graph.set(from, [...graph.get(from) ?? [], file]);
  }
  return graph;
}

/** Each file that can be reached, with the shortest way to it (both ends included). */
export function waysFrom(starts: readonly string[], graph: Graph): Map<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>(starts.map(start => [start, [start]]));
  for (const [file, way] of ways) {
    for (const next of graph.get(file) ?? []) {
      if (!ways.has(next)) ways.set(next, [...way, next]);
    }
  }
  return ways;
}

/** One shortest circle for each file that lies in one, each circle told once. */
export function circlesIn(graph: Graph): string[][] {
  const circles = new Map<string, string[]>();
  for (const file of [...graph.keys()].sort()) {
    const back = [...graph.get(file) ?? []]
      .map(next => waysFrom([next], graph).get(file))
      .filter(way => way !== undefined)
      .sort((a, b) => a.length - b.length)[0];
    if (back) circles.set([...back].sort().join(), [file, ...back]);
  }
  return [...circles.values()];
}
