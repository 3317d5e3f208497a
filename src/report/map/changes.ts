import { ChangedLink, Diff } from '../../reach/diff';
import { Listing } from '../../reach/listing';
import { NetworkPeer } from '../../reach/network-peer';
import { Reach } from '../../reach/reach';
import { coarse } from './coarse';
import { finished } from './make';
import type { ChangeState, ReachMap } from './reach-map';
import { FoundLink, Sketch } from './sketch';
import { MOST_LINKS } from './survey';

/** A map of what a change opens and closes, among what is as before. */
export function mapOfChanges({ before, after }: Diff, changes: readonly ChangedLink[]): ReachMap {
  const found = changes.map(foundOf);
  const isFine = found.length <= MOST_LINKS;
  const same = isFine ? sameLinks(after, changes, MOST_LINKS - found.length) : undefined;
  const sketch = isFine
    ? fine(before, after, found, same)
    : coarse(found, workloadsOf(before, after).map(its => [its]), after.world.verdicts, MOST_LINKS);
  sketch.notes.unshift(summary(found));
  if (!same && changes.length) sketch.notes.push('What is as before is left out: it is too much to draw.');
  return finished(sketch, 'What the change opens and closes', after, before);
}

function fine(before: Reach, after: Reach, found: readonly FoundLink[], same: readonly FoundLink[] | undefined): Sketch {
  const sketch = new Sketch();
  // Where only changes are drawn, so are only those whom they are about.
  for (const workload of same ? workloadsOf(before, after) : []) sketch.addWorkload(workload, stateOf(before, after, workload.id));
  for (const { from, to } of found) {
    for (const peer of [from, to]) if (peer.kind === 'workload') sketch.addWorkload(peer.workload, stateOf(before, after, peer.workload.id));
  }
  for (const link of [...found, ...same ?? []]) sketch.addLink(link);
  return sketch;
}

function foundOf({ from, to, before, after }: ChangedLink): FoundLink {
  const state: ChangeState = before.maybe.isEmpty ? 'added' : after.maybe.isEmpty ? 'removed' : 'changed';
  return { from, to, verdict: after, before, state };
}

/** What is as before, or nothing where it is more than there is room for. */
function sameLinks(after: Reach, changes: readonly ChangedLink[], most: number): FoundLink[] | undefined {
  const changed = new Set(changes.map(({ from, to }) => keyOf(from, to)));
  const links: FoundLink[] = [];
  for (const link of new Listing(after, { mergesAddresses: true }).links()) {
    if (link.from.kind === 'node' || changed.has(keyOf(link.from, link.to))) continue;
    if (links.push(link) > most) return undefined;
  }
  return links;
}

/** Addresses are one: where some of them change, what is said of the others is beside the point. */
function keyOf(from: NetworkPeer, to: NetworkPeer): string {
  return [from, to].map(peer => peer.kind === 'ip' ? 'addresses' : peer.id).join(' ');
}

function workloadsOf(before: Reach, after: Reach) {
  const gone = before.workloads.filter(({ id }) => !after.world.workload(id));
  return [...after.workloads, ...gone].sort((a, b) => a.id < b.id ? -1 : 1);
}

function stateOf(before: Reach, after: Reach, id: string): ChangeState | undefined {
  if (!before.world.workload(id)) return 'added';
  return after.world.workload(id) ? undefined : 'removed';
}

function summary(found: readonly FoundLink[]): string {
  const count = (state: ChangeState) => found.filter(its => its.state === state).length;
  return found.length ? `${count('added')} added, ${count('removed')} removed, ${count('changed')} changed.` : 'Nothing is opened or closed.';
}
