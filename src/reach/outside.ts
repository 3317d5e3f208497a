import { AddressRange, Family, WHOLE_SPACE } from '../kube/addresses';
import { BlockPeer } from './peer';
import { PortSet } from './port-set';
import { Verdict, VerdictTable } from './verdict';

/** Ports that are open to or from addresses outside; no block: any. */
export interface OutsideEntry {
  readonly block?: BlockPeer;
  readonly ports: PortSet;
  readonly doubts: number;
}

/** Addresses outside for which the same is said. */
export interface Stretch {
  readonly range: AddressRange;
  readonly verdict: Verdict;
}

/** What is said of the addresses of a family: stretches that cover all of it, neighbours never the same. */
export function stretches(entries: readonly OutsideEntry[], family: Family, verdicts: VerdictTable): Stretch[] {
  const everywhere = entries.filter(({ block }) => !block)
    .reduce((sum, { ports, doubts }) => verdicts.either(sum, verdicts.rule(ports, doubts)), verdicts.none);
  const whole = WHOLE_SPACE[family];
  const edges: { readonly at: bigint; readonly verdict: Verdict; readonly step: 1 | -1 }[] = [];
  for (const { block, ports, doubts } of entries) {
    if (block?.block.family !== family) continue;
    const verdict = verdicts.rule(ports, doubts);
    for (const { first, last } of rangesOf(block)) edges.push({ at: first, verdict, step: 1 }, { at: last + 1n, verdict, step: -1 });
  }
  edges.sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : 0);
  const result: { range: AddressRange; verdict: Verdict }[] = [];
  const active = new Map<Verdict, number>();
  const add = (first: bigint, last: bigint) => {
    if (first > last) return;
    const verdict = [...active.keys()].reduce((sum, its) => verdicts.either(sum, its), everywhere);
    const before = result[result.length - 1];
    if (before?.verdict === verdict) before.range = { family, first: before.range.first, last };
    else result.push({ range: { family, first, last }, verdict });
  };
  let start = whole.first;
  for (let i = 0; i < edges.length;) {
    const { at } = edges[i];
    add(start, at - 1n);
    start = at;
    for (; i < edges.length && edges[i].at === at; i++) {
      const count = (active.get(edges[i].verdict) ?? 0) + edges[i].step;
      if (count) active.set(edges[i].verdict, count); else active.delete(edges[i].verdict);
    }
  }
  add(start, whole.last);
  return result;
}

/** Cuts the addresses of a family wherever one of the lists changes: ranges that cover all of it, for which each list is constant. */
export function cut(family: Family, lists: Iterable<readonly Stretch[]>, besides: readonly AddressRange[] = []): AddressRange[] {
  const starts = new Set<bigint>();
  for (const list of lists) for (const { range } of list) starts.add(range.first);
  starts.add(WHOLE_SPACE[family].first);
  for (const { first, last } of besides) {
    starts.add(first);
    if (last < WHOLE_SPACE[family].last) starts.add(last + 1n);
  }
  const sorted = [...starts].sort((a, b) => a < b ? -1 : 1);
  return sorted.map((first, i) => ({ family, first, last: i + 1 < sorted.length ? sorted[i + 1] - 1n : WHOLE_SPACE[family].last }));
}

/** What is left of a block, ascending. */
export function rangesOf({ block, except }: BlockPeer): AddressRange[] {
  const result: AddressRange[] = [];
  let start = block.first;
  for (const { first, last } of [...except].sort((a, b) => a.first < b.first ? -1 : 1)) {
    if (first > start) result.push({ family: block.family, first: start, last: first - 1n });
    if (last >= start) start = last + 1n;
  }
  if (start <= block.last) result.push({ family: block.family, first: start, last: block.last });
  return result;
}
